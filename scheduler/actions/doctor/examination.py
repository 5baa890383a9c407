"""`doctor`: all checks of a workspace; what stands in the way of one is itself told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.actions.doctor.checks import Check, error, ok, unreachable, warning
from scheduler.actions.doctor.clock import (
    check_clock,
    check_zone_data,
    doubt_of_file,
    doubt_of_server,
    doubt_of_year,
)
from scheduler.actions.doctor.database import check_durability, check_schema
from scheduler.actions.doctor.mail_records import GivenRecords, check_records, read_records
from scheduler.actions.doctor.reading import free_octets, modes_of_secrets, newest_file
from scheduler.actions.doctor.signing import check_signing
from scheduler.actions.doctor.surroundings import (
    check_asserts,
    check_base_url,
    check_disk,
    check_files,
    check_publication,
    check_senders,
)
from scheduler.actions.publications import last_publication
from scheduler.errors import InterimError, ServiceUnreachable
from scheduler.intake.missing_files import REMEDY, what_holds, without_file
from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.signing import SigningKey
from scheduler.notification.channel import MailServerRefused
from scheduler.notification.signing import PublicKey
from scheduler.store.database.inspection import DatabaseState
from scheduler.store.database.places import read_place
from scheduler.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is examined: settings, and how to look at what may not be there.

    `look` opens the database without changing it, `sign_in` goes to the mail server and leaves it
    without a letter, `read_groups` reads the groups, `public_key` a key that letters are signed
    with; each raises an `InterimError` where that cannot be. `mail_notice` is what is weak in how
    letters travel. `now` is the time of this run, `clock` this machine's.
    """

    workspace: Path
    database_url: str
    base_url: str
    sender: str
    zone_data: str
    now: Instant
    clock: Callable[[], Instant]
    optimised: bool
    records: GivenRecords
    keys: Sequence[SigningKey]
    public_key: Callable[[SigningKey], PublicKey]
    mail_notice: Callable[[], str | None]
    sign_in: Callable[[], None]
    look: Callable[[], tuple[DatabaseState, Store]]
    read_groups: Callable[[], Mapping[str, Group]]


def examine(patient: Patient) -> Iterator[Check]:
    """Yield the checks of a workspace; sends no letter and changes nothing."""
    yield check_zone_data(patient.zone_data, patient.now)
    yield check_asserts(optimised=patient.optimised)
    yield check_base_url(patient.base_url)
    yield from _folder(patient)
    yield from _database(patient)
    yield from _mail_server(patient)
    yield from _groups(patient)


def _folder(patient: Patient) -> Iterator[Check]:
    try:
        file = read_place(patient.database_url).file
        yield check_files(modes_of_secrets(patient.workspace, file))
        yield check_disk(free_octets(patient.workspace))
    except InterimError:  # an address of a database that the check of it will tell about
        return
    except OSError as fault:
        yield error("files", f"could not be looked at: {fault.strerror or fault}")


def _database(patient: Patient) -> Iterator[Check]:
    server = newest = None
    try:
        state, store = patient.look()
        server = doubt_of_server(patient.clock(), state.clock)
        yield ok("database", "can be reached")
        yield check_schema(state)
        yield check_durability(state)
        if state.version == state.newest:
            newest, publication = _remembered(store, patient.now)
            yield publication
    except InterimError as fault:
        yield _broken("database", fault)
    year = doubt_of_year(patient.now, patient.zone_data)
    file = doubt_of_file(patient.clock(), newest_file(patient.workspace))
    yield check_clock(patient.now, newest, year, server, file)


def _remembered(store: Store, now: Instant) -> tuple[Instant | None, Check]:
    """Return the newest instant that was recorded, and the check of what was published."""
    with store.reading() as memory:
        newest, published = memory.newest_instant(), last_publication(memory)
        standing = memory.revision_numbers()
    return newest, check_publication(published, standing, now)


def _mail_server(patient: Patient) -> Iterator[Check]:
    try:
        notice = patient.mail_notice()
        patient.sign_in()
    except InterimError as fault:
        yield _broken("mail server", fault)
        return
    yield ok("mail server", "answers, and encryption and signing in work as asked")
    if notice:
        yield warning("mail server", notice, "ask for starttls=required, or smtps://")


def _groups(patient: Patient) -> Iterator[Check]:
    try:
        groups = patient.read_groups()
    except InterimError as fault:
        yield from (error("groups", text) for text in fault.faults)
        return
    yield ok("groups", f"{len(groups)} can be read")
    if missing := without_file(_planned(patient), groups):
        yield warning("groups", what_holds(missing), REMEDY)
    senders = {patient.sender, *(group.sender for group in groups.values() if group.sender)}
    yield check_senders(senders)
    domains = {domain_of(sender) for sender in senders}
    given = read_records(patient.records.dkim)
    yield from check_signing(patient.keys, patient.public_key, given, domains)
    yield from check_records(patient.records, domains)


def _planned(patient: Patient) -> tuple[str, ...]:
    """Return the groups that have a plan, none where the check of the database tells why."""
    try:
        state, store = patient.look()
        if state.version != state.newest:
            return ()
        with store.reading() as memory:
            return memory.groups()
    except InterimError:
        return ()


def _broken(name: str, fault: InterimError) -> Check:
    """Return what a fault means; a server that answers and refuses is no service out of reach."""
    away = isinstance(fault, ServiceUnreachable) and not isinstance(fault, MailServerRefused)
    return unreachable(name, str(fault)) if away else error(name, str(fault))
