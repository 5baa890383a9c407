"""A workspace in one file and out of it again, whoever else is at work and whatever the file is."""

import io
import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from scheduler.assembly import open_recovered
from scheduler.store.archives.packing import put_in_place
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY, EVE = "2027-02-08T09:00:00Z", "2027-03-09T09:00:00Z"
SOMEONE = "someone@example.org"
Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    found.do("approve", now=MONDAY)
    found.do("subscribe", SOMEONE, "--group", "RG-NAV", now=MONDAY)
    return found


@pytest.fixture
def file(desk, tmp_path) -> Path:
    desk.do("backup", tmp_path / "copy.tar", now=MONDAY)
    return tmp_path / "copy.tar"


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def members(file: Path) -> Members:
    with tarfile.open(file) as tar:
        return [(one, tar.extractfile(one).read()) for one in tar.getmembers()]


def written(file: Path, found: Members) -> None:
    with tarfile.open(file, "w") as tar:
        for member, data in found:
            tar.addfile(member, io.BytesIO(data))


def test_what_is_recovered_is_what_was_backed_up(desk, file, tmp_path):
    plan = desk.json("plan", "--group", "RG-NAV")
    again = Desk(tmp_path / "again")
    desk.do("recover", file, again.workspace, now=EVE)
    assert again.json("plan", "--group", "RG-NAV") == plan
    kept = {name for name in tree(desk.workspace) if not name.startswith(".")}
    assert tree(again.workspace) == kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_stands_there_is_left_unless_that_is_asked_for(desk, file):
    before = file.read_bytes()
    ran = desk.run("backup", file)
    assert (ran.status, "is there already" in ran.err) == (1, True)
    assert file.read_bytes() == before
    desk.do("backup", file, "--force", now=EVE)
    assert file.read_bytes() != before


def test_a_name_is_given_to_nothing_that_came_in_between(tmp_path):
    made, taken = tmp_path / "made", tmp_path / "taken"
    made.write_text("new")
    taken.write_text("old")
    with pytest.raises(FileExistsError):
        put_in_place(made, taken, force=False)
    assert taken.read_text() == "old"


def test_where_nothing_can_be_written_nothing_is_left(desk, tmp_path):
    before = desk.json("audit", "list")
    ran = desk.run("backup", tmp_path / "missing" / "copy.tar")
    assert (ran.status, "no backup was written" in ran.err) == (1, True)
    assert desk.json("audit", "list") == before


def test_what_could_not_be_recovered_is_not_backed_up(desk, tmp_path):
    (desk.workspace / "groups" / "two\nlines.yaml").write_text("# nothing\n")
    ran = desk.run("backup", tmp_path / "copy.tar")
    assert (ran.status, "its name cannot stand in a backup" in ran.err) == (1, True)
    assert not (tmp_path / "copy.tar").exists()


def test_files_in_folders_of_groups_come_along(desk, tmp_path):
    more = desk.workspace / "groups" / "outside" / "host: days.ics"
    more.parent.mkdir()
    more.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    desk.do("backup", tmp_path / "copy.tar")
    desk.do("recover", tmp_path / "copy.tar", tmp_path / "again")
    again = tmp_path / "again" / more.relative_to(desk.workspace)
    assert again.read_bytes() == more.read_bytes()


def test_the_head_of_a_backup_is_missed_where_the_rows_after_it_were_cut_off(desk, file):
    head = json.loads(members(file)[0][1])["head"]
    assert desk.json("audit", "verify", "--head", head["digest"])["backup"] == MONDAY
    with closing(sqlite3.connect(desk.workspace / "interim.sqlite")) as connection, connection:
        connection.execute("DELETE FROM audit WHERE number >= ?", [head["number"]])
    ran = desk.run("audit", "verify")
    assert (ran.status, f"row {head['number']} of the audit is broken" in ran.err) == (1, True)


def test_a_backup_made_while_others_write_is_one_state(desk, tmp_path):
    store = open_recovered(desk.workspace / "interim.sqlite")
    began, stop = Event(), Event()

    def write() -> None:
        number = 0
        while not stop.wait(0.005):  # a moment in which others get at the lock
            number += 1
            with store.writing() as memory:
                memory.remember("one", str(number))
                memory.remember("other", str(number))
            began.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert began.wait(timeout=60)
        for number in range(5):
            desk.do("backup", tmp_path / f"{number}.tar")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        folder = tmp_path / f"{number}"
        desk.do("recover", tmp_path / f"{number}.tar", folder)
        with open_recovered(folder / "interim.sqlite").reading() as memory:
            assert memory.recall("one") == memory.recall("other") is not None


def test_what_was_recovered_sends_nothing_until_somebody_lets_it(desk, file, tmp_path):
    again = Desk(tmp_path / "again", {"INTERIM_SMTP_URL": "smtp://127.0.0.1:1"})
    desk.do("recover", file, again.workspace, "--by", "Ada", now=EVE)
    reason = f"recovered from a backup of {MONDAY}, which knows no letter sent since"
    said = " ".join(again.do("remind", now=EVE).out.split())
    assert f"Sending is paused since {EVE} by Ada: {reason}." in said
    assert "interim outbox resume" in said
    assert [one["state"] for one in again.json("outbox", "list")["letters"]] == ["queued"]
    ended = again.json("outbox", "resume", "--by", "Bo", now=EVE)["was"]
    assert ended == {"since": EVE, "by": "Ada", "reason": reason}
    assert again.run("remind", now=EVE).status == 3  # it would send, if there were a server


def test_a_copy_that_tar_unpacked_sends_nothing_either(desk, file, tmp_path):
    with tarfile.open(file) as archive:
        archive.extractall(tmp_path / "by-hand", filter="data")
    ran = replace(desk, workspace=tmp_path / "by-hand").json("outbox", "status", now=EVE)
    assert "recovered from a backup" in ran["paused"]["reason"]
    assert desk.json("outbox", "status", now=EVE)["paused"] is None


def test_the_audit_goes_on_in_what_was_recovered(desk, file, tmp_path):
    again = Desk(tmp_path / "again")
    desk.do("recover", file, again.workspace, "--by", "Ada", now=EVE)
    head = json.loads(members(file)[0][1])["head"]["digest"]
    assert again.json("audit", "verify", "--head", head)["whole"]
    last = again.json("audit", "list")["rows"][-1]
    assert (last["verb"], last["who"]) == ("recover", "Ada")


def test_nothing_is_put_over_what_is_there(desk, file, tmp_path):
    before = tree(desk.workspace)
    for folder in (desk.workspace, tmp_path, file):
        ran = desk.run("recover", file, folder)
        assert (ran.status, "is not empty" in ran.err) == (1, True)
    assert tree(desk.workspace) == before
    (tmp_path / "empty").mkdir()
    desk.do("recover", file, tmp_path / "empty")


def test_a_database_elsewhere_is_not_touched_by_what_was_recovered(desk, tmp_path):
    settings = desk.workspace / "interim.yaml"
    database = desk.workspace / "interim.sqlite"
    settings.write_text(f"database_url: sqlite:///{database}\n")
    desk.do("backup", tmp_path / "copy.tar")
    said = desk.do("recover", tmp_path / "copy.tar", tmp_path / "again").out
    assert "database_url is commented out" in said
    assert (tmp_path / "again/interim.yaml").read_text() == f"# {settings.read_text()}"
    again = Desk(tmp_path / "again")
    again.do("unsubscribe", SOMEONE)
    desk.do("unsubscribe", SOMEONE)


def renamed(name: str) -> Callable[[Members], Members]:
    def change(found: Members) -> Members:
        member, data = found[-1]
        listed = json.loads(found[0][1])
        listed["files"][name] = listed["files"].pop(member.name)
        member.name = name
        return [listing(found[0][0], listed), *found[1:-1], (member, data)]

    return change


def listing(member: tarfile.TarInfo, document: object) -> tuple[tarfile.TarInfo, bytes]:
    data = json.dumps(document).encode()
    member.size = len(data)
    return member, data


def linked(kind: bytes) -> Callable[[Members], Members]:
    def change(found: Members) -> Members:
        member, _ = found[-1]
        member.type, member.linkname, member.size = kind, "/etc/passwd", 0
        return [*found[:-1], (member, b"")]

    return change


def grown(found: Members) -> Members:
    member, data = found[-1]
    member.size += 1
    return [*found[:-1], (member, data + b"x")]


def altered(found: Members) -> Members:
    member, data = found[-1]
    return [*found[:-1], (member, b"#" + data[1:] if data[:1] != b"#" else b" " + data[1:])]


def another(found: Members) -> Members:
    more = tarfile.TarInfo("groups/more.yaml")
    return [*found, (more, b"")]


def twice(found: Members) -> Members:
    return [*found, found[-1]]


def of_a_later_format(found: Members) -> Members:
    return [listing(found[0][0], json.loads(found[0][1]) | {"format": 2}), *found[1:]]


def unlisted(found: Members) -> Members:
    return [listing(found[0][0], []), *found[1:]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (renamed("../outside.yaml"), "'../outside.yaml' is no file of a workspace"),
        (renamed("groups/../../outside.yaml"), "is no file of a workspace"),
        (renamed("/tmp/outside.yaml"), "is no file of a workspace"),
        (renamed("groups"), "'groups' is no file of a workspace"),
        (renamed("interim.sqlite-wal"), "is no file of a workspace"),
        (linked(tarfile.SYMTYPE), "is no plain file"),
        (linked(tarfile.LNKTYPE), "is no plain file"),
        (linked(tarfile.CHRTYPE), "is no plain file"),
        (linked(tarfile.DIRTYPE), "is no plain file"),
        (grown, "has another size than was written"),
        (altered, "is not as it was written"),
        (another, "'groups/more.yaml' is not in its list of contents"),
        (twice, "is not in its list of contents"),
        (of_a_later_format, "of another format"),
        (unlisted, "of another format"),
        (lambda found: found[:-1], "is missing"),
        (lambda found: found[1:], "does not begin with a list of contents"),
        (lambda found: found[:0], "does not begin with a list of contents"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_and_leaves_nothing(
    desk, file, tmp_path, change, reason
):
    hostile = tmp_path / "hostile.tar"
    written(hostile, change(members(file)))
    before = tree(tmp_path)
    ran = desk.run("recover", hostile, tmp_path / "again")
    assert (ran.status, reason in ran.err) == (1, True), ran.err
    assert "is not taken for a backup" in ran.err
    assert tree(tmp_path) == before
    assert not (tmp_path / "again").exists()


def test_a_file_that_was_cut_off_anywhere_is_refused(desk, file, tmp_path):
    whole = file.read_bytes()
    end = max(index for index, octet in enumerate(whole) if octet) + 1
    for length in (0, 100, 600, end // 2, end - 1):
        (tmp_path / "cut.tar").write_bytes(whole[:length])
        assert desk.run("recover", tmp_path / "cut.tar", tmp_path / "again").status == 1
        assert not (tmp_path / "again").exists()


def test_a_file_that_is_missing_is_refused(desk, tmp_path):
    again, none = tmp_path / "again", tmp_path / "none.tar"
    ran = desk.run("recover", none, again)
    assert ran.status == 1
    assert ran.err.startswith(f"error: nothing was recovered into {again}: {none}: No such file")
    assert not (tmp_path / "again").exists()
