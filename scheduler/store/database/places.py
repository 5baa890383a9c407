"""Where a database is: reading its URL, and naming it without its password."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from scheduler.store.faults import UnknownDatabaseKind, UnreadableDatabaseUrl

_MORE_OF_A_PASSWORD = re.compile(r"://[^:/]*:[^@]*@[\s\S]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database: `file` for SQLite, otherwise a server's `url`; `shown` is safe to print."""

    shown: str
    file: Path | None = None
    url: URL | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A database of a server: the words that psycopg connects with, and a name safe to print."""

    shown: str
    words: Mapping[str, str | int] = field(repr=False)


def sqlite_url(file: Path) -> str:
    """Return the URL of a SQLite file, whatever characters its path has."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def read_place(text: str) -> Place:
    """Read a database URL; raises `UnreadableDatabaseUrl` and `UnknownDatabaseKind`."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UnreadableDatabaseUrl from None
    kind = url.drivername.partition("+")[0].lower()
    if kind == "sqlite":
        return _file(url)
    if kind in ("postgresql", "postgres"):
        return _server(url, text)
    raise UnknownDatabaseKind(kind)


def server_at(place: Place) -> Server | None:
    """Return the server that keeps a database, None where that is a file."""
    if place.url is None:
        return None
    _, words = place.url.get_dialect()().create_connect_args(place.url)
    return Server(shown=place.shown, words=words)


def _file(url: URL) -> Place:
    name = url.database or ""
    # A database in memory would forget; a parameter would be dropped without a word.
    if not name or name == ":memory:" or "\0" in name or url.query or url.host:
        raise UnreadableDatabaseUrl
    return Place(shown=name, file=Path(name).absolute())


def _server(url: URL, text: str) -> Place:
    # An unescaped @ ends the password early; what is left of it would pass for a host's name.
    if _MORE_OF_A_PASSWORD.search(text):
        raise UnreadableDatabaseUrl
    # Not even the query is shown: drivers take a password there too.
    host = url.host or "localhost"
    port = f":{url.port}" if url.port else ""
    return Place(
        shown=f"postgresql://{host}{port}/{url.database or ''}",
        url=url.set(drivername="postgresql+psycopg"),
    )
