"""The tables of the job engine: in a schema of their own, made once, made anew when they change.

No truth lies in them. What a job carries is the key of a letter, and the letters' own table says
whether it still goes; so jobs of an older form are not brought up to a newer one but dropped.
"""

import hashlib
from typing import LiteralString

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from scheduler.store.database.places import Server
from scheduler.store.faults import DatabaseUnreachable
from scheduler.worker.faults import ForeignJobTables, NoRightToJobTables, OtherJobTables

USUAL_SCHEMA = "procrastinate"
SECONDS_OF_SILENCE = 30.0  # after which a worker is taken for dead
_MARK = "jobs of Interim, in the form "
# Who waits for a lock hears when it is free, and need not ask again and again; procrastinate itself
# tells of new jobs alone.
_WAKE_WHO_WAITS: LiteralString = """
CREATE FUNCTION interim_lock_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(
        'procrastinate_queue_v1#' || OLD.queue_name,
        json_build_object('type', 'job_inserted', 'job_id', OLD.id)::text
    );
    RETURN OLD;
END;
$$;
CREATE TRIGGER interim_lock_is_free AFTER DELETE ON procrastinate_jobs
    FOR EACH ROW WHEN (OLD.lock IS NOT NULL) EXECUTE PROCEDURE interim_lock_is_free();
"""
# A number of our own, so that two workers that start together make the tables once.
_MAKERS_LOCK = 0x494E5453


def make_job_tables(server: Server) -> str:
    """See that the tables of the jobs stand in the form that is installed; return their schema.

    Raises `ForeignJobTables`, `OtherJobTables`, `NoRightToJobTables` or `DatabaseUnreachable`.
    """
    form = _form()
    name = USUAL_SCHEMA
    try:
        with psycopg.connect(make_conninfo("", **server.words)) as connection:  # one transaction
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKERS_LOCK])
            name = _schema_beside(connection)
            found = _found_form(connection, server, name)
            if found != _digest(form):
                _make(connection, name, form, standing=found is not None)
    except psycopg.errors.InsufficientPrivilege as fault:
        raise NoRightToJobTables(server.shown, name, _told(fault)) from fault
    except psycopg.Error as fault:
        raise DatabaseUnreachable(server.shown, _told(fault)) from fault
    return name


def _schema_beside(connection: Connection) -> str:
    """Return the schema for the jobs of the workspace whose tables stand in the current schema."""
    (own,) = connection.execute("SELECT current_schema()").fetchone() or ("public",)
    return USUAL_SCHEMA if own == "public" else f"{own}_{USUAL_SCHEMA}"


def _found_form(connection: Connection, server: Server, name: str) -> str | None:
    """Return the digest of the form that the tables have, or None where there are none.

    Raises what keeps those that stand from being made anew.
    """
    standing = connection.execute(
        "SELECT obj_description(oid, 'pg_namespace'), EXISTS "
        "(SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid) "
        "FROM pg_namespace WHERE nspname = %s",
        [name],
    ).fetchone()
    if standing is None or standing == (None, False):
        return None
    told = str(standing[0] or "")
    if not told.startswith(_MARK):
        raise ForeignJobTables(server.shown, name)
    form = told.removeprefix(_MARK)
    if form != _digest(_form()) and _somebody_works(connection, name):
        raise OtherJobTables(server.shown)
    return form


def _somebody_works(connection: Connection, name: str) -> bool:
    (count,) = connection.execute(
        SQL(
            "SELECT count(*) FROM {}.procrastinate_workers "
            "WHERE last_heartbeat > now() - make_interval(secs => %s)"
        ).format(Identifier(name)),
        [SECONDS_OF_SILENCE],
    ).fetchone() or (0,)
    return bool(count)


def _make(connection: Connection, name: str, form: LiteralString, *, standing: bool) -> None:
    schema = Identifier(name)
    if standing:
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(schema))
    if not _stands(connection, name):  # an empty one was made for us by who has the right to
        connection.execute(SQL("CREATE SCHEMA {}").format(schema))
    connection.execute(SQL("SET LOCAL search_path TO {}").format(schema))
    connection.execute(form)
    mark = Literal(_MARK + _digest(form))
    connection.execute(SQL("COMMENT ON SCHEMA {} IS {}").format(schema, mark))


def _stands(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", [name])
    return found.fetchone() is not None


def _form() -> LiteralString:
    return SchemaManager.get_schema() + _WAKE_WHO_WAITS


def _digest(form: str) -> str:
    return hashlib.sha256(form.encode()).hexdigest()


def _told(fault: psycopg.Error) -> str:
    return str(fault).partition("\n")[0] or type(fault).__name__
