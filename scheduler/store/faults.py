"""What can go wrong with a database, one class per cause; no message shows a password."""

from pathlib import Path

from scheduler.errors import InterimError, ServiceUnreachable, WrongUsage

_URL_STANDS = "INTERIM_DATABASE_URL, or database_url in interim.yaml"


class UnreadableDatabaseUrl(WrongUsage):
    """A text that should name a database and does not."""

    def __init__(self) -> None:
        # The text itself is not shown: where it cannot be read, a password cannot be found.
        super().__init__(
            f"the database URL ({_URL_STANDS}) cannot be read; give sqlite:///FOLDER/FILE or "
            "postgresql://USER:PASSWORD@HOST/DATABASE, with %-escapes for special characters in "
            "the password, such as %40 for @"
        )


class UnfitDatabaseUrl(WrongUsage):
    """A URL of a server with a word behind its `?` that cannot be, or with a value that cannot."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"{place} cannot be asked for as the database URL says ({_URL_STANDS}): {reason}; "
            "correct what stands behind its ?, such as ?sslmode=verify-full"
        )


class UnknownDatabaseKind(WrongUsage):
    """A URL of a database that this product does not speak to."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"databases of the kind {kind!r} are not supported; give sqlite:///… or postgresql://…"
        )


class DatabaseDriverMissing(InterimError):
    """A database whose driver is not installed."""

    def __init__(self, place: str, driver: str) -> None:
        super().__init__(
            f"{place} needs the driver {driver!r}, which is not installed; "
            f"pip install 'interim-scheduler[postgres]', or use sqlite:///FILE"
        )


class NotAWorkspaceDatabase(InterimError):
    """Something else stands where the database should be."""

    def __init__(self, place: str, found: str) -> None:
        super().__init__(
            f"{place} is not a database of this program: {found}; "
            "name another with INTERIM_DATABASE_URL, or make a new one with 'interim init'"
        )


class DatabaseMissing(InterimError):
    """Nothing stands where the database should be."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} is no database, since there is no such file; put its backup there, name "
            "another with INTERIM_DATABASE_URL, or move interim.yaml aside, make a new one with "
            "'interim init' and put interim.yaml back: reports imported again then keep their "
            "identities, but moves made by hand and subscribers are lost"
        )


class DatabaseExists(InterimError):
    """A new database was asked for where one stands already."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is a database of this program already; use it as it is")


class DatabaseTooNew(InterimError):
    """A database that a later version of the program has written."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(
            f"{place} has version {found} of the schema, and this program knows versions up to "
            f"{known}; install the interim-scheduler that wrote it, or a later one "
            "(nothing was changed)"
        )


class DatabaseDamaged(InterimError):
    """A database whose content contradicts itself."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place} is damaged: {reason}; put back a copy from before")


class DatabaseNotWritable(InterimError):
    """A database that may not be written where it lies."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"{place} cannot be written: {reason}; "
            "make its folder and file writable, or name another with INTERIM_DATABASE_URL"
        )


class DatabaseRightsMissing(InterimError):
    """A server's database that its user may not use as this program has to."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"{place} may not be used: {reason}; let the user in INTERIM_DATABASE_URL make, read "
            "and change tables there, or name another"
        )


class DatabaseBusy(ServiceUnreachable):
    """A database that somebody else kept locked for too long."""

    def __init__(self, place: str, patience: float) -> None:
        super().__init__(
            f"{place} has been locked by another program for more than {patience:g} seconds; "
            "let that one finish, or end it, and try again"
        )


class DatabaseUnreachable(ServiceUnreachable):
    """A database that did not answer, or broke off."""

    def __init__(self, place: str, reason: str, remedy: str = "see that it runs") -> None:
        super().__init__(f"{place} could not be used: {reason}; {remedy}, and try again")


class NoCopyOfServer(InterimError):
    """A copy was asked for of a database that a server keeps."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} is kept by its server, which copies it better: use 'pg_dump --format=custom' "
            "and 'pg_restore', and copy interim.yaml and groups/ beside it (nothing was written)"
        )


class UnfitForBackup(InterimError):
    """A file of a workspace that a backup of it could not give back."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name!a} cannot be backed up: {reason}; rename it, or move it out of the workspace "
            "(nothing was written)"
        )


class BackupRefused(InterimError):
    """A file that should be a backup, and is none or not whole."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            f"{file} is not taken for a backup: {reason}; give a file that 'interim backup' wrote "
            "(nothing was unpacked)"
        )


class UnstorableText(InterimError):
    """A text that is no Unicode, such as a word of the command line in another encoding."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} cannot be stored: it is not UTF-8; write it in UTF-8")


class TextWithNul(InterimError):
    """A text with the character NUL, which no text in PostgreSQL can hold."""

    def __init__(self, text: str) -> None:
        super().__init__(f"the text {text!a} cannot be stored: it holds a NUL; leave that out")


class UnreadablePlan(InterimError):
    """A stored plan that this version of the program does not understand in full."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"a stored plan cannot be read: {fault}; "
            "install the interim-scheduler that wrote it, or a later one"
        )


class UnreadableContribution(InterimError):
    """A stored contribution that this version of the program does not understand in full."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"a stored contribution cannot be read: {fault}; "
            "install the interim-scheduler that wrote it, or a later one"
        )


class RevisionOutOfTurn(InterimError):
    """A revision that does not follow the current one, for somebody was faster."""

    def __init__(self, group: str, given: int, last: int) -> None:
        super().__init__(
            f"revision {given} of {group} cannot be saved, for the current one is {last}; "
            "look at 'interim plan' again"
        )


class MessageIdTaken(InterimError):
    """Two letters with one Message-ID."""

    def __init__(self, message_id: str) -> None:
        super().__init__(f"another letter has the Message-ID {message_id}; give each its own")


class UnknownLetter(InterimError):
    """A key that no letter has."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no letter has the key {key!r}; see 'interim outbox list'")
