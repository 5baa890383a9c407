"""Settings, read once: an option beats the environment, which beats the workspace's file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from scheduler.actions.initialise import GROUP_FOLDER, WORKSPACE_FILE
from scheduler.errors import InterimError, WrongUsage
from scheduler.intake.settings_values import leads_somewhere, without_password
from scheduler.intake.workspace_file import WorkspaceFile, read_workspace
from scheduler.model.address import BadAddress, parse_address
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.signing import SigningKey
from scheduler.notification.brakes import Brakes
from scheduler.notification.channel import MAIL_URL
from scheduler.store.database.places import sqlite_url

DATABASE_FILE = "interim.sqlite"
LOCAL_BASE_URL = "http://127.0.0.1:8080/"
CONNECTIONS = 4
LOCAL_SMTP_URL = "smtp://127.0.0.1:25"


class NotAWorkspace(InterimError):
    """The folder holds no workspace."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is no workspace, since it holds no {WORKSPACE_FILE}; make one with "
            "'interim init', or name one with --workspace DIR"
        )


class BadBaseUrl(WrongUsage):
    """A base address that links cannot begin with."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{without_password(url)!r} is no address for links; give http:// or https:// and a "
            "host, with a port from 1 to 65535 if any, without user, query or fragment, such as "
            "https://meetings.example.org/"
        )


class NoSender(WrongUsage):
    """A base address whose host is none that mail knows, where nobody says who letters come from.

    The host alone is quoted: what follows it is not needed to find the mistake.
    """

    def __init__(self, sender: str) -> None:
        super().__init__(
            f"letters would come from {sender!a}, after the host of base_url, and that is no mail "
            f"address; set mail.from in {WORKSPACE_FILE}, or give base_url (INTERIM_BASE_URL) a "
            "whole name such as https://meetings.example.org/"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a workspace is set to.

    `base_url` ends with a slash; `sender` and `reply_to` are the addresses of groups that name
    none; `language` is that of new groups, `zone` the one of a text that
    names none and whose group is new; `subscribe_form` says whether pages have a form for letters;
    `brakes` is how many letters one address gets and how long edits are gathered, `domain_limits`
    how many letters one domain gets, `connections` how many to the mail server are open at once;
    `signing` is what letters are signed with, a key for a domain. `smtp_url_stands` names the
    variable or the file that the mail server's URL is from, for whoever has to correct it.
    """

    workspace: Path
    database_url: str
    smtp_url: str
    base_url: str
    sender: str
    reply_to: str | None
    language: str
    zone: str | None
    brakes: Brakes
    connections: int = CONNECTIONS
    subscribe_form: bool = True
    smtp_url_stands: str = MAIL_URL
    domain_limits: DomainLimits = field(default_factory=DomainLimits)
    signing: tuple[SigningKey, ...] = ()

    @property
    def mail_url(self) -> tuple[str, str]:
        """The mail server's URL, and where that stands."""
        return self.smtp_url, self.smtp_url_stands

    @property
    def group_folder(self) -> Path:
        """The folder of the group files."""
        return self.workspace / GROUP_FOLDER

    @property
    def doubts(self) -> tuple[str, ...]:
        """What somebody who publishes or sends should know about these settings."""
        if self.base_url != LOCAL_BASE_URL:
            return ()
        doubt = (
            f"notice: links point to {LOCAL_BASE_URL}, which others cannot open; set base_url in "
            f"{WORKSPACE_FILE}, or INTERIM_BASE_URL, to where the site is public"
        )
        return (doubt,)


def read_settings(workspace: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of the workspace in a folder.

    Raises `NotAWorkspace`, `InvalidFile` with every fault of the file, `BadBaseUrl`, or `NoSender`.
    """
    path = workspace / WORKSPACE_FILE
    if not path.is_file():
        raise NotAWorkspace(workspace)
    return merge(workspace, read_workspace(path), environment)


def merge(workspace: Path, file: WorkspaceFile, environment: Mapping[str, str]) -> Settings:
    """Return what the environment, the workspace's file and the defaults come to."""
    base_url = parse_base_url(
        environment.get("INTERIM_BASE_URL") or file.base_url or LOCAL_BASE_URL
    )
    return Settings(
        workspace=workspace,
        database_url=environment.get("INTERIM_DATABASE_URL")
        or file.database_url
        or default_database_url(workspace),
        smtp_url=environment.get(MAIL_URL) or file.smtp_url or LOCAL_SMTP_URL,
        smtp_url_stands=_mail_url_stands(file, environment),
        base_url=base_url,
        sender=file.sender or _usual_sender(base_url),
        reply_to=file.reply_to,
        language=file.language or "en",
        zone=file.zone,
        subscribe_form=file.subscribe_form is not False,
        brakes=_brakes(file),
        domain_limits=DomainLimits(file.domains),
        signing=file.signing,
        connections=file.connections or CONNECTIONS,
    )


def _mail_url_stands(file: WorkspaceFile, environment: Mapping[str, str]) -> str:
    if file.smtp_url and not environment.get(MAIL_URL):
        return f"smtp_url in {WORKSPACE_FILE}"
    return MAIL_URL


def _brakes(file: WorkspaceFile) -> Brakes:
    usual, minutes = Brakes(), file.coalesce_minutes
    return Brakes(
        letters_per_day=file.letters_per_day or usual.letters_per_day,
        letters_per_week=file.letters_per_week or usual.letters_per_week,
        coalescing=usual.coalescing if minutes is None else timedelta(minutes=minutes),
    )


def default_database_url(workspace: Path) -> str:
    """Return the address of the SQLite file in a workspace."""
    return sqlite_url((workspace / DATABASE_FILE).resolve())


def parse_base_url(url: str) -> str:
    """Return a base address with its closing slash; raises `BadBaseUrl`."""
    try:
        parts = urlsplit(url.strip())
        plain = not (parts.query or "#" in url or parts.username or parts.password)
        usable = parts.scheme in ("http", "https") and leads_somewhere(parts) and plain
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url.strip()):
        raise BadBaseUrl(url)
    return url.strip().rstrip("/") + "/"


def _usual_sender(base_url: str) -> str:
    """Return who letters come from where nobody is named; raises `NoSender`.

    Looked at here, for a letter that cannot be composed is held for a person, and this would be
    every one of them.
    """
    sender = f"interim@{_mail_domain(base_url)}"
    try:
        return parse_address(sender)
    except BadAddress:
        raise NoSender(sender) from None


def _mail_domain(base_url: str) -> str:
    """The host of the links, or `localhost` where that is an IP address or a name without a domain.

    Nobody elsewhere knows such a name either, and pages have their use in a house.
    """
    host = urlsplit(base_url).hostname or ""
    named = "." in host and any(character.isalpha() for character in host) and ":" not in host
    return host if named else "localhost"
