"""The tables of the job engine: made once, beside those of the store, and never another's."""

import secrets
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest

from scheduler.store.database.places import Server, read_place, server_at
from scheduler.store.faults import DatabaseUnreachable
from scheduler.store.sql import look_at, open_store
from scheduler.worker.faults import ForeignJobTables, NoRightToJobTables, OtherJobTables
from scheduler.worker.job_tables import make_job_tables
from tests.support.postgresql import PostgreSQL
from tests.support.stores import FreshUrl, databases


@pytest.fixture
def fresh(postgresql: PostgreSQL, made_on_postgresql: str) -> Iterator[FreshUrl]:
    """Give the URL of another database with the newest schema at each call."""
    with databases(postgresql, made_on_postgresql) as made:
        yield made


@pytest.fixture
def url(fresh: FreshUrl) -> str:
    return fresh()


def server(url: str) -> Server:
    found = server_at(read_place(url))
    assert found is not None
    return found


def say(url: str, statement: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def test_they_are_made_in_a_schema_of_their_own(url: str):
    assert make_job_tables(server(url)) == "procrastinate"
    found = say(url, "SELECT schemaname FROM pg_tables WHERE tablename LIKE 'procrastinate%'")
    assert set(found) == {("procrastinate",)}


def test_made_again_they_keep_what_is_in_them(url: str):
    make_job_tables(server(url))
    say(url, "INSERT INTO procrastinate.procrastinate_workers DEFAULT VALUES")
    make_job_tables(server(url))
    assert say(url, "SELECT count(*) FROM procrastinate.procrastinate_workers") == [(1,)]


def test_the_store_does_not_mind_them(url: str):
    make_job_tables(server(url))
    open_store(url)
    state, _ = look_at(url)
    assert state.version == state.newest


def test_those_of_another_form_are_made_anew(url: str):
    make_job_tables(server(url))
    say(url, "COMMENT ON SCHEMA procrastinate IS 'jobs of Interim, in the form of last year'")
    say(url, "ALTER TABLE procrastinate.procrastinate_jobs DROP COLUMN lock CASCADE")
    make_job_tables(server(url))
    assert say(url, "SELECT lock FROM procrastinate.procrastinate_jobs") == []


def test_they_are_not_taken_from_under_workers_that_run(url: str):
    make_job_tables(server(url))
    say(url, "COMMENT ON SCHEMA procrastinate IS 'jobs of Interim, in the form of last year'")
    say(url, "INSERT INTO procrastinate.procrastinate_workers DEFAULT VALUES")
    with pytest.raises(OtherJobTables, match="another version of procrastinate"):
        make_job_tables(server(url))
    assert say(url, "SELECT count(*) FROM procrastinate.procrastinate_workers") == [(1,)]


def test_a_schema_of_another_program_is_left_alone(url: str):
    say(url, "CREATE SCHEMA procrastinate CREATE TABLE procrastinate_jobs (id bigint)")
    with pytest.raises(ForeignJobTables, match="a database of its own"):
        make_job_tables(server(url))
    assert say(url, "SELECT id FROM procrastinate.procrastinate_jobs") == []


def test_who_may_not_make_schemas_is_told_or_given_an_empty_one(postgresql: PostgreSQL, url: str):
    user = f"reader_{secrets.token_hex(4)}"
    say(url, f"CREATE ROLE {user} LOGIN")
    theirs = url.replace("postgresql://interim@", f"postgresql://{user}@")
    with pytest.raises(NoRightToJobTables, match="permission denied"):
        make_job_tables(server(theirs))
    say(url, f"CREATE SCHEMA procrastinate AUTHORIZATION {user}")
    assert make_job_tables(server(theirs)) == "procrastinate"


def test_each_workspace_of_a_database_has_its_own(url: str):
    say(url, "CREATE SCHEMA secretariat")
    beside = f"{url}&options={quote('-c search_path=secretariat')}"
    assert make_job_tables(server(beside)) == "secretariat_procrastinate"
    assert make_job_tables(server(url)) == "procrastinate"


def test_a_server_that_is_away_is_named(tmp_path):
    with pytest.raises(DatabaseUnreachable, match="postgresql://localhost/meetings"):
        make_job_tables(server(f"postgresql://interim@/meetings?host={quote(str(tmp_path))}"))


def test_a_file_is_no_server():
    assert server_at(read_place("sqlite:////srv/interim.sqlite")) is None
