"""Database URLs."""

from pathlib import Path

import pytest

from scheduler.errors import InterimError
from scheduler.store.database.places import read_place, sqlite_url
from scheduler.store.faults import UnknownDatabaseKind, UnreadableDatabaseUrl
from scheduler.store.sql import create, open_store


@pytest.mark.parametrize("name", ["a.db", "a b.db", "50%41.db", "what?.db", "é#1.db", "a+b@c:d.db"])
def test_a_file_of_any_name_has_a_url(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert read_place(sqlite_url(file)).file == file
    create(sqlite_url(file))
    open_store(sqlite_url(file))
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_relative_file_is_found_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_place("sqlite:///sub/a.db").file == tmp_path / "sub" / "a.db"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://host/plans", "postgresql://host/plans"),
        ("postgres://u:s3cret@host:5433/plans", "postgresql://host:5433/plans"),
        ("postgresql+psycopg://u@/plans?password=s3cret", "postgresql://localhost/plans"),
        ("postgresql://u:s3%40cret@host/plans?sslmode=require", "postgresql://host/plans"),
        ("postgresql://u:s3/c:ret@host/plans", "postgresql://host/plans"),
        ("postgresql://u@corp:s3cret@host/plans", "postgresql://host/plans"),
    ],
)
def test_a_server_is_shown_without_its_password(url: str, shown: str) -> None:
    assert read_place(url).shown == shown


@pytest.mark.parametrize("url", ["mysql://u:s3cret@host/plans", "ODBC+x://u:s3cret@host/plans"])
def test_a_database_of_another_kind_is_refused_by_its_kind(url: str) -> None:
    kind = url.partition("://")[0].partition("+")[0].lower()
    with pytest.raises(UnknownDatabaseKind, match=f"kind '{kind}'") as refusal:
        read_place(url)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "plans.db",
        "u:s3cret@host/plans",
        "postgresql://u:s3cret@host:port/plans",
        "postgresql://u:ge@s3cret@host:5433/plans",
        "postgresql://u:ge@s3cret@host/plans",
        "postgresql://u:ge@s3/cret@host/plans",
        "postgresql://u:ge@s3?cret@host/plans",
        "postgresql://u:ge@s3?a=cret@host/plans",
        "postgresql://u:ge@s3\ncret@host/plans",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "sqlite://host/a.db",
        "sqlite:///a%00.db",
    ],
)
def test_a_url_that_names_no_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UnreadableDatabaseUrl) as refusal:
        read_place(url)
    assert "s3" not in str(refusal.value)
    assert [word in str(refusal.value) for word in ("database_url", "%40")] == [True, True]
    assert isinstance(refusal.value, InterimError)
