"""What every store does when its database is not as it should be."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from sqlalchemy import text

from scheduler.errors import ServiceUnreachable
from scheduler.store.database.engines import database_at
from scheduler.store.database.places import read_place
from scheduler.store.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseExists,
    DatabaseRightsMissing,
    DatabaseTooNew,
    DatabaseUnreachable,
    NotAWorkspaceDatabase,
    TextWithNul,
)
from scheduler.store.protocol import Store
from scheduler.store.sql import create, open_store
from tests.support.postgresql import PostgreSQL, postgresql_server
from tests.support.stores import FreshUrl

HALF = 0.5


def say(url: str, *statements: str) -> None:
    with database_at(read_place(url), 30).transaction(writing=True) as connection:
        for statement in statements:
            connection.execute(text(statement))


def recalled(store: Store, name: str) -> str | None:
    with store.reading() as memory:
        return memory.recall(name)


def remember(store: Store, value: str) -> None:
    with store.writing() as memory:
        memory.remember("site", value)


def test_a_writer_that_does_not_finish_in_time_is_reported(made_url: FreshUrl) -> None:
    url = made_url()
    slow, hasty = open_store(url), open_store(url, patience=0.05)
    with slow.writing() as memory:
        memory.remember("site", "slow")
        with pytest.raises(DatabaseBusy, match=r"more than 0\.05 seconds") as fault:
            remember(hasty, "hasty")
        assert recalled(hasty, "site") is None
    assert fault.value.exit_status == 3
    assert recalled(hasty, "site") == "slow"


def test_without_any_patience_nothing_is_waited_for(made_url: FreshUrl) -> None:
    url = made_url()
    with open_store(url).writing(), pytest.raises(DatabaseBusy):
        remember(open_store(url, patience=0), "hasty")


def test_a_writer_waits_for_its_turn_as_long_as_it_has_patience(made_url: FreshUrl) -> None:
    url = made_url()
    with ThreadPoolExecutor(1) as rival:
        with open_store(url).writing() as memory:
            waiting = rival.submit(remember, open_store(url), "second")
            sleep(HALF)
            assert not waiting.done()
            memory.remember("site", "first")
        waiting.result()
    assert recalled(open_store(url), "site") == "second"


def test_a_newer_schema_is_refused(made_url: FreshUrl) -> None:
    url = made_url()
    say(url, "UPDATE interim_schema SET version_num = '0999'")
    with pytest.raises(DatabaseTooNew, match="version 0999"):
        open_store(url)
    with pytest.raises(DatabaseExists):
        create(url)


def test_another_programs_database_is_refused(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    create(url)
    say(url, "ALTER TABLE interim_schema RENAME TO alembic_version")
    for open_it in (create, open_store):
        with pytest.raises(NotAWorkspaceDatabase):
            open_it(url)


def test_a_database_that_lacks_a_table_is_damaged(made_url: FreshUrl) -> None:
    url = made_url()
    store = open_store(url)
    say(url, "DROP TABLE facts")
    with pytest.raises(DatabaseDamaged, match="facts"):
        recalled(store, "site")


def test_a_text_with_nul_is_refused_by_both_doors(store: Store) -> None:
    with pytest.raises(TextWithNul, match=r"'out\\x00'"):
        remember(store, "out\0")
    with pytest.raises(TextWithNul):
        recalled(store, "site\0")


def interrupted(server: PostgreSQL, store: Store) -> None:
    with store.writing() as memory:
        memory.remember("site", "half")
        server.kill()
        memory.remember("hall", "half")


def interrupted_before_its_end(server: PostgreSQL, store: Store) -> None:
    with store.writing() as memory:
        memory.remember("site", "half")
        memory.remember("hall", "half")
        server.kill()


def interrupted_while_reading(server: PostgreSQL, store: Store) -> None:
    with store.reading() as memory:
        server.kill()
        memory.recall("site")


def stopped(server: PostgreSQL, store: Store) -> None:
    server.kill()
    remember(store, "half")


def test_a_server_that_is_killed_is_out_of_reach_and_used_again_once_it_is_back() -> None:
    # A server of its own: that of the other tests is not put at risk.
    with postgresql_server() as server:
        url = server.url(server.make_database())
        store = create(url)
        remember(store, "whole")
        for deed in (interrupted, interrupted_before_its_end, interrupted_while_reading, stopped):
            with pytest.raises(DatabaseUnreachable, match="could not be used") as fault:
                deed(server, store)
            assert isinstance(fault.value, ServiceUnreachable)
            assert fault.value.exit_status == 3
            server.start()
            assert (recalled(store, "site"), recalled(store, "hall")) == ("whole", None)


def test_a_server_that_is_gone_is_out_of_reach_when_it_is_opened(postgresql: PostgreSQL) -> None:
    with pytest.raises(DatabaseUnreachable, match='"missing" does not exist'):
        open_store(postgresql.url("missing"))


def test_what_the_url_asks_of_the_server_holds_beside_our_patience(postgresql: PostgreSQL) -> None:
    url = f"{postgresql.url('postgres')}&options=-c%20search_path%3Dplans"
    with database_at(read_place(url), 7).transaction(writing=False) as connection:
        asked = text("SELECT current_setting('search_path'), current_setting('lock_timeout')")
        assert connection.execute(asked).one() == ("plans", "7s")


def test_a_database_that_may_only_be_read_is_told_apart(
    postgresql: PostgreSQL, made_on_postgresql: str
) -> None:
    name = postgresql.make_database(made_on_postgresql)
    store = open_store(postgresql.url(name))
    say(postgresql.url(name), f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert recalled(store, "site") is None
    with pytest.raises(DatabaseRightsMissing, match="read-only"):
        remember(store, "out")


def test_a_user_without_the_rights_is_told_so(
    postgresql: PostgreSQL, made_on_postgresql: str
) -> None:
    url = postgresql.url(postgresql.make_database(made_on_postgresql))
    say(url, "CREATE ROLE guest LOGIN")
    guest = url.replace("interim@", "guest@", 1)
    with pytest.raises(DatabaseRightsMissing, match="permission denied for table") as fault:
        open_store(guest)
    assert fault.value.exit_status == 1
    with pytest.raises(DatabaseRightsMissing, match="permission denied for schema"):
        create(postgresql.url(postgresql.make_database()).replace("interim@", "guest@", 1))
    say(url, "DROP ROLE guest")
