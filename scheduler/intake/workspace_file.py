"""`interim.yaml`: what a workspace is set to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from scheduler.intake.settings_values import (
    BaseAddress,
    Domain,
    KeyFile,
    Language,
    Mail,
    MailDomain,
    Selector,
    Strict,
    Zone,
)
from scheduler.intake.yaml_files import parse_file
from scheduler.model.domain_limit import USUAL_AT_ONCE, DomainLimit
from scheduler.model.signing import SigningKey


class _DomainLimit(Strict):
    """How many letters one domain is sent, by workers that share their work."""

    at_once: int = Field(default=USUAL_AT_ONCE, ge=1)
    per_minute: int | None = Field(default=None, ge=1)


class _Signing(Strict):
    """What letters from one domain are signed with."""

    selector: Selector
    key_file: KeyFile


MOST_CONNECTIONS = 16


class _WorkspaceMail(Mail):
    """What holds for letters to everyone, besides who they come from."""

    letters_per_day: int | None = Field(default=None, ge=1)
    letters_per_week: int | None = Field(default=None, ge=1)
    domains: dict[Domain, _DomainLimit] = Field(default_factory=dict)
    dkim: dict[MailDomain, _Signing] = Field(default_factory=dict)
    connections: int | None = Field(default=None, ge=1, le=MOST_CONNECTIONS)


class _File(Strict):
    """The file as it is written."""

    base_url: BaseAddress | None = None
    database_url: str | None = Field(default=None, repr=False)
    smtp_url: str | None = Field(default=None, repr=False)
    mail: _WorkspaceMail = _WorkspaceMail()
    language: Language | None = None
    zone: Zone | None = None
    subscribe_form: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFile:
    """What the file says; None where it says nothing."""

    base_url: str | None = None
    database_url: str | None = None
    smtp_url: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    coalesce_minutes: int | None = None
    letters_per_day: int | None = None
    letters_per_week: int | None = None
    domains: Mapping[str, DomainLimit] = field(default_factory=dict)
    signing: tuple[SigningKey, ...] = ()
    connections: int | None = None
    language: str | None = None
    zone: str | None = None
    subscribe_form: bool | None = None


NEW_WORKSPACE = """\
# An Interim workspace. Each line says what holds as long as it stays commented out.
# Options and environment variables (INTERIM_BASE_URL and so on) come before this file.
#
# base_url: http://127.0.0.1:8080/     # where the site is public; links in feeds and letters
# database_url: sqlite:///…            # a file in this folder
# smtp_url: smtp://127.0.0.1:25        # the mail server: smtp://user:password@host:port, smtps://…
#                                      # (a password is better kept in INTERIM_SMTP_URL)
# mail:
#   from: interim@localhost            # who letters come from, where a group names nobody
#   reply_to: secretariat@example.org  # where answers go
#   coalesce_minutes: 10               # for so long edits are gathered into one letter
#   letters_per_day: 3                 # the most reminders one address gets in a day (UTC)
#   letters_per_week: 20               # and in seven days
#   domains:                           # at most so many letters to one domain
#     example.org: {at_once: 2, per_minute: 60}
#   dkim:                              # sign letters from these domains; others are not signed
#     example.org: {selector: interim1, key_file: /etc/interim/dkim.pem}
#   connections: 4                     # the most to the mail server at once
# language: en
# zone: Europe/Zurich                  # of texts that name none, until their group has its own
# subscribe_form: true                 # pages have a form for letters, which interim serve answers
"""


def read_workspace(path: Path) -> WorkspaceFile:
    """Return what a workspace's file says.

    Raises `InvalidFile` with every fault at once, or `UnreadableFile`.
    """
    file = parse_file(path, _File) or _File()
    return WorkspaceFile(
        base_url=file.base_url,
        database_url=file.database_url,
        smtp_url=file.smtp_url,
        sender=file.mail.sender,
        reply_to=file.mail.reply_to,
        coalesce_minutes=file.mail.coalesce_minutes,
        letters_per_day=file.mail.letters_per_day,
        letters_per_week=file.mail.letters_per_week,
        domains={
            name: DomainLimit(at_once=limit.at_once, per_minute=limit.per_minute)
            for name, limit in file.mail.domains.items()
        },
        signing=tuple(_signing_keys(path.parent, file.mail.dkim)),
        connections=file.mail.connections,
        language=file.language,
        zone=file.zone,
        subscribe_form=file.subscribe_form,
    )


def _signing_keys(folder: Path, table: Mapping[str, _Signing]) -> Iterator[SigningKey]:
    for domain, said in table.items():
        yield SigningKey(domain=domain, selector=said.selector, file=str(folder / said.key_file))
