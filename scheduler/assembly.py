"""The only joiner of concrete parts, and the owner of the clock."""

import asyncio
import gc
import random
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from scheduler.actions import letter_jobs
from scheduler.actions import remind as reminding
from scheduler.actions.auditing import note_reminding
from scheduler.actions.braking import Braking
from scheduler.actions.doctor.examination import Patient
from scheduler.actions.doctor.mail_records import GivenRecords
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import doubt
from scheduler.actions.preview import SECRET_OF_PREVIEWS
from scheduler.actions.sending import never
from scheduler.actions.surroundings import Outside
from scheduler.actions.telling import Teller
from scheduler.intake.groups import read_groups
from scheduler.intake.holidays import read_hosts, with_known_days
from scheduler.intake.national_days import national_days, years_around
from scheduler.intake.outside.shelf import Shelf
from scheduler.intake.packs import read_packs
from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.notification.channel import Channel
from scheduler.notification.signatures import public_key, signer
from scheduler.notification.smtp.connection import SmtpChannel, sign_in
from scheduler.notification.smtp.servers import parse_mail_url
from scheduler.notification.tokens import SECRET_OCTETS as CALENDAR_SECRET_OCTETS
from scheduler.settings import Settings, default_database_url, read_settings
from scheduler.store.database.places import Server, read_place, server_at, sqlite_url
from scheduler.store.protocol import Store
from scheduler.store.sql import create, look_at, open_store
from scheduler.zonedata import pin_zone_data

SECRET_OCTETS = 32
CALENDAR_FOLDER = "calendars"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """An open workspace: its settings, store, and the time."""

    settings: Settings
    store: Store
    now: Instant
    zone_data: str
    outside: Outside
    clock: Callable[[], Instant]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs of law; raises what is wrong with one."""
        return read_packs()

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """The groups by acronym; raises what is wrong with their files, all faults at once.

        Read at first use: nobody who has to stop letters is to be kept from it by a typing error.
        """
        return _groups(self.settings.group_folder, self.packs, self.now)


def clock() -> Instant:
    """Return the present instant, to the second."""
    return Instant(datetime.now(UTC).replace(microsecond=0))


def start() -> str:
    """Make the process ready: pins the zone data; returns its version."""
    if not gc.get_freeze_count():  # once: what is made later is to go again
        gc.freeze()  # what was loaded stays to the end: no need to look through it each time
    gc.set_threshold(20_000)  # little goes round in circles here; to look often costs letters 3 %
    return pin_zone_data()


def open_workspace(folder: Path, environment: Mapping[str, str], now: Instant | None) -> Workspace:
    """Open the workspace in a folder; `now` stands still for this run, the clock if None.

    Raises what is wrong with its file or its database.
    """
    settings = read_settings(folder, environment)
    still, now = now, now or clock()
    return Workspace(
        settings=settings,
        store=open_store(settings.database_url),
        now=now,
        zone_data=pin_zone_data(),
        outside=Shelf(cache=folder / CALENDAR_FOLDER, files=settings.group_folder, now=now),
        clock=(lambda: still) if still else clock,
    )


def groups_now(workspace: Workspace) -> Mapping[str, Group]:
    """Return the groups of a workspace as their files are by now; raises what is wrong there."""
    return _groups(workspace.settings.group_folder, workspace.packs, workspace.clock())


def _groups(folder: Path, packs: Sequence[Pack], now: Instant) -> Mapping[str, Group]:
    groups = read_groups(folder, packs)
    places = {place for group in groups for place in group.member_countries}
    known_days = (*read_hosts(), *national_days(places, years_around(now)))
    return {group.acronym: with_known_days(group, known_days) for group in groups}


def create_database(folder: Path, environment: Mapping[str, str]) -> None:
    """Make the database of a new workspace, in it or where the environment says."""
    create(environment.get("INTERIM_DATABASE_URL") or default_database_url(folder))


def store_as_it_stands(folder: Path, environment: Mapping[str, str]) -> tuple[Store, bool]:
    """Open a workspace's database without bringing it up to date; tell whether it is older."""
    state, store = look_at(read_settings(folder, environment).database_url)
    return store, state.version != state.newest


def open_copy(database: Path) -> Store:
    """Open the copy of a database that a backup is made of; its one file stays the only one."""
    return look_at(sqlite_url(database))[1]


def open_recovered(database: Path) -> Store:
    """Open the database of a workspace that is being recovered from a backup."""
    return open_store(sqlite_url(database))


def remind(
    workspace: Workspace,
    *,
    dry_run: bool,
    announce: Callable[[str], None],
    who: str,
    stop: Callable[[], bool] = never,
) -> reminding.Reminded:
    """Run `remind` with the workspace's mail server; `announce` is told of weak settings.

    `who` is named in the audit; `stop` ends the run early. Raises what is wrong with the mail
    server's URL or a key that letters are signed with, before anything is done.
    """
    settings = workspace.settings
    server, post = parse_mail_url(*settings.mail_url), _signing_post(workspace)
    if dry_run:
        return reminding.rehearse(
            workspace.store,
            post,
            groups=workspace.groups,
            brakes=settings.brakes,
            limits=settings.domain_limits,
            now=workspace.now,
        )
    _announce_doubts(workspace, announce)
    return reminding.remind(
        workspace.store,
        [SmtpChannel(server) for _ in range(settings.connections)],
        post,
        groups=workspace.groups,
        brakes=settings.brakes,
        limits=settings.domain_limits,
        clock=workspace.clock,
        chance=_chance(workspace),
        who=who,
        stop=stop,
    )


def _announce_doubts(workspace: Workspace, announce: Callable[[str], None]) -> None:
    notice = parse_mail_url(*workspace.settings.mail_url).notice
    for said in (*workspace.settings.doubts, *([f"notice: {notice}"] if notice else [])):
        announce(said)


def _chance(workspace: Workspace) -> Callable[[], float]:
    # Seeded with the instant, so that a run with --now can be repeated.
    return random.Random(str(workspace.now)).random  # noqa: S311  # spreads load, no secret


def look(workspace: Workspace, *, announce: Callable[[str], None], who: str) -> letter_jobs.Look:
    """Queue what is due in the workspace and find what may go, for others to send it."""
    _announce_doubts(workspace, announce)
    return letter_jobs.look(
        workspace.store,
        _post(workspace, letter_secret(workspace.store)),
        groups=workspace.groups,
        brakes=workspace.settings.brakes,
        now=workspace.clock(),
        who=who,
    )


def mail_channel(workspace: Workspace) -> Channel:
    """Return a new way to the workspace's mail server; nothing is opened yet."""
    return SmtpChannel(parse_mail_url(*workspace.settings.mail_url))


def letter_runs(
    workspace: Workspace, stop: Callable[[], bool]
) -> Callable[..., letter_jobs.LetterRun]:
    """Return what gives, for a `channel`, what single letters of the workspace are delivered with.

    Once `stop` says so, no more letter is begun. Raises what is wrong with a key that letters
    are signed with.
    """
    settings, post = workspace.settings, _signing_post(workspace)
    return partial(
        letter_jobs.LetterRun,
        store=workspace.store,
        prepare=letter_jobs.preparing(post, workspace.groups, workspace.clock),
        braking=Braking(settings.brakes, workspace.groups, doubt),
        limits=settings.domain_limits,
        clock=workspace.clock,
        chance=_chance(workspace),
        stop=stop,
    )


def note_handled(workspace: Workspace, handled: Iterable[Letter], *, who: str) -> None:
    """Record in the audit what became of letters that were delivered one by one."""
    with workspace.store.writing() as memory:
        note_reminding(memory, 0, handled, who=who, at=workspace.clock())


def database_server(folder: Path, environment: Mapping[str, str]) -> tuple[str, Server | None]:
    """Return how a workspace's database is shown, and the server that keeps it, None for a file."""
    place = read_place(read_settings(folder, environment).database_url)
    return place.shown, server_at(place)


def _signing_post(workspace: Workspace) -> Post:
    """Return what the workspace's letters go out with; raises what is wrong with its keys."""
    sign = signer(workspace.settings.signing)
    return replace(_post(workspace, letter_secret(workspace.store)), sign=sign)


def preview_post(workspace: Workspace) -> Post:
    """Return what the workspace's letters go out with, but for the secret of their links."""
    return _post(workspace, SECRET_OF_PREVIEWS)


def _post(workspace: Workspace, secret: bytes) -> Post:
    settings = workspace.settings
    return Post(
        sender=settings.sender,
        reply_to=settings.reply_to,
        base_url=settings.base_url,
        secret=secret,
    )


def teller(workspace: Workspace, *, silent: bool = False, by: str | None = None) -> Teller:
    """Return how people are told what changes in the workspace; `silent`: that nobody is."""
    settings = workspace.settings
    return Teller(domain=domain_of(settings.sender), brakes=settings.brakes, silent=silent, by=by)


def patient(
    folder: Path, environment: Mapping[str, str], now: Instant | None, records: GivenRecords
) -> Patient:
    """Return a workspace as `doctor` examines it; raises what is wrong with its settings' file."""
    settings, moment = read_settings(folder, environment), now or clock()
    return Patient(
        workspace=folder,
        database_url=settings.database_url,
        base_url=settings.base_url,
        sender=settings.sender,
        zone_data=pin_zone_data(),
        now=moment,
        clock=clock,
        optimised=sys.flags.optimize > 0,
        records=records,
        keys=settings.signing,
        public_key=public_key,
        mail_notice=lambda: parse_mail_url(*settings.mail_url).notice,
        sign_in=lambda: asyncio.run(sign_in(parse_mail_url(*settings.mail_url))),
        look=lambda: look_at(settings.database_url),
        read_groups=lambda: _groups(settings.group_folder, read_packs(), moment),
    )


def letter_secret(store: Store) -> bytes:
    """Return the secret of the links in letters, made at its first use."""
    return reminding.secret_of(store, lambda: secrets.token_hex(SECRET_OCTETS))


def calendar_secret() -> str:
    """Return a new secret that opens one person's own calendar."""
    return secrets.token_urlsafe(CALENDAR_SECRET_OCTETS)
