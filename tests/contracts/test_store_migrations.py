"""On every database a change of schema is whole or not at all, whatever interrupts it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from scheduler.model.contribution import Contribution
from scheduler.store.database.schema import (
    MIGRATIONS,
    VERSION_TABLE,
    bring_up,
    known_versions,
)
from scheduler.store.faults import DatabaseTooNew
from scheduler.store.memory.tables import metadata
from scheduler.store.sql import open_store
from tests.support.migrating import (
    NEW,
    NEWEST,
    OLD,
    State,
    database,
    interrupted_at_every_statement,
    killed_at_every_statement,
    later_migrations,
    make,
    migrations_up_to,
    state,
)
from tests.support.stores import FreshUrl

MADE = State(NEWEST, None, (), ("name", "value"))
CONTRIBUTION = Contribution(
    group="RG-X", id="TSAG-TD7", document_group="TSAG", series="TD", number=7
)
Interrupt = Callable[[str, str, Path], list[object]]
every_interruption = pytest.mark.parametrize(
    "interrupt", [interrupted_at_every_statement, killed_at_every_statement]
)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later version of the program."""
    return later_migrations(tmp_path / "later")


@pytest.fixture
def old(made_url: FreshUrl) -> str:
    """A database of today's version, with something in it."""
    url = made_url()
    with open_store(url).writing() as memory:
        memory.remember("hall", "B")
    return url


def differences(url: str) -> list[object]:
    """Return where a database is not as `tables` says."""
    options = {"version_table": VERSION_TABLE, "compare_type": True}
    with database(url).transaction(writing=False) as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))


def test_the_migrations_lead_to_the_tables(old: str) -> None:
    assert differences(old) == []


def test_an_older_schema_is_brought_up_with_what_it_holds(old: str, later: Path) -> None:
    assert state(old) == OLD
    bring_up(database(old), later)
    assert state(old) == NEW


@pytest.mark.parametrize("version", known_versions()[:-1])
def test_a_database_of_each_earlier_version_is_brought_up(
    fresh_url: FreshUrl, tmp_path: Path, version: str
) -> None:
    url = fresh_url()
    make(url, migrations_up_to(version, tmp_path / "earlier"))
    with open_store(url).writing() as memory:
        memory.save_contribution(CONTRIBUTION)
        assert memory.recall("hall") == "B"
        assert memory.contributions("RG-X") == (CONTRIBUTION,)
    assert differences(url) == []


def test_what_digests_told_before_is_found_by_it(fresh_url: FreshUrl, tmp_path: Path) -> None:
    url = fresh_url()
    make(url, migrations_up_to("0009", tmp_path / "earlier"))
    columns = '"key", kind, recipient, subscription, "group", subjects, told, message_id, due, '
    columns += "not_after, state, attempts, rungs"
    noon, evening = (f"2027-03-08T{hour}:00:00.000000Z" for hour in (12, 18))
    digest = (
        f"('d', 'digest', 'one@example.org', 1, '', '[\"u-1\", \"u-2\"]', "
        f"'[\"{evening}\", \"{noon}\"]', '<d@x>', '{noon}', '{evening}', 'sent', 1, "
        f'\'["{noon}", "{evening}"]\')'
    )
    with database(url).transaction(writing=True) as connection:
        connection.execute(text(f"INSERT INTO letters ({columns}) VALUES {digest}"))
    bring_up(database(url))
    with database(url).transaction(writing=False) as connection:
        found = connection.execute(text("SELECT * FROM gatherings ORDER BY uid")).all()
    assert [tuple(row) for row in found] == [
        ("d", "u-1", evening, noon),
        ("d", "u-2", noon, evening),
    ]


def test_invitations_of_an_earlier_version_stay_and_have_no_answer(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url()
    make(url, migrations_up_to("0009", tmp_path / "earlier"))
    with database(url).transaction(writing=True) as connection:
        connection.execute(
            text(
                'INSERT INTO attendees (address, "group", meeting, zone, language, invited, '
                "member, attendance, ahead, told, letter, letters) VALUES "
                "('one@example.org', 'RG-X', 'u', 'UTC', 'en',  "
                "'2027-03-08T12:00:00.000000Z', true, 'left', 1, 't', 'k', 2)"
            )
        )
    with open_store(url).reading() as memory:
        (kept,) = memory.attendees("RG-X")
    assert (kept.attendance, kept.letters, kept.asked, kept.answer) == ("left", 2, None, None)


def test_what_a_later_version_brought_up_is_refused_by_this_one(old: str, later: Path) -> None:
    bring_up(database(old), later)
    with pytest.raises(DatabaseTooNew, match=rf"version 9001 .* up to {NEWEST}"):
        open_store(old)


def test_two_that_bring_up_at_once_do_it_once(old: str, later: Path) -> None:
    with ThreadPoolExecutor(2) as rivals:
        list(rivals.map(lambda _: bring_up(database(old), later), range(2)))
    assert state(old) == NEW


@every_interruption
def test_an_interrupted_change_leaves_the_old_schema_or_the_new(
    old: str, later: Path, interrupt: Interrupt
) -> None:
    *interrupted, ended = map(str, interrupt("bring_up", old, later))
    assert len(interrupted) > 10
    assert set(interrupted) == {str(OLD)}
    assert ended == str(NEW)


@every_interruption
def test_an_interrupted_making_leaves_nothing_and_is_simply_done_again(
    fresh_url: FreshUrl, interrupt: Interrupt
) -> None:
    *interrupted, ended = map(str, interrupt("make", fresh_url(), MIGRATIONS))
    assert len(interrupted) > 10
    assert set(interrupted) == {"None"}
    assert ended == str(MADE)
