"""Bad input: a clear message with what would do, the right exit status, and nothing half-done."""

import io
import json
import socket
import sqlite3
import sys

import pytest

from scheduler.cli.root import run
from tests.conftest import ROOT

SAMPLE = str(ROOT / "examples" / "report.txt")


@pytest.fixture
def work(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("INTERIM_WORKSPACE", "INTERIM_NOW", "INTERIM_DATABASE_URL", "INTERIM_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    assert run(["init", "work"]) == 0
    capsys.readouterr()
    return tmp_path / "work"


@pytest.fixture
def interim(work, capsys):
    """Return status, standard output and standard error of one run in the workspace."""

    def ran(*arguments):
        status = run(["--workspace", str(work), *map(str, arguments)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


@pytest.fixture
def refused(interim):
    """Return the one line that a refusal is, and its status."""

    def of(*arguments):
        status, out, err = interim(*arguments)
        assert out == ""
        assert [line.startswith("error: ") for line in err.splitlines()] == [True]
        return status, err

    return of


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", ".docx or .txt"),
        (b"%PDF-1.7 ...", ".docx or .txt"),
    ],
)
def test_what_is_no_text_is_refused_with_what_would_do(refused, tmp_path, content, told):
    report = tmp_path / "report.txt"
    report.write_bytes(content)
    for verb in ("read", "import"):
        status, err = refused(verb, report)
        assert (status, told in err) == (1, True), err


def test_a_report_without_meetings_is_refused_and_nothing_is_saved(interim, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("The group met on 3 May 2027. Nothing else was said.\n")
    status, _, err = interim("import", report)
    assert (status, "no meeting was found" in err) == (1, True)
    assert interim("plan")[1].startswith("No plan awaits approval")
    assert [p.name for p in (tmp_path / "work" / "groups").iterdir()] == ["example.yaml"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["read", "absent.txt"], 1, "absent.txt"),
        (["read", "."], 1, "folder"),
        (["read", SAMPLE, "--zone", "Foo/Bar"], 2, "IANA name"),
        (["read", SAMPLE, "--date", "30 February"], 2, "YYYY-MM-DD"),
        (["plan", "--group", "RG-X"], 1, "unknown group 'RG-X'"),
        (["approve", "--group", "RG-X"], 1, "unknown group 'RG-X'"),
        (["authorize", "--group", "RG-X"], 1, "unknown group 'RG-X'"),
        (["publish", "site", "--group", "RG-X"], 1, "unknown group 'RG-X'"),
        (["move", "zz", "--date", "2027-01-01"], 1, "no meeting is called 'zz'"),
        (["move", "i"], 2, "--date"),
        (["cancel", "i", "--scope", "some"], 2, "'this', 'following', 'all'"),
        (["subscribe", "a@x.org, b@y.org", "--group", "RG-X"], 1, "is not a mail address"),
        (["subscribe", "a@example.org", "--group", "RG-X"], 1, "unknown group"),
        (["unsubscribe", "a@example.org"], 1, "is not subscribed"),
        (["serve"], 1, "interim publish"),
        (["bogus"], 2, "No such command 'bogus'"),
        (["plan", "--bogus"], 2, "--bogus"),
        (["--now", "tomorrow", "plan"], 2, "RFC 3339"),
        (["--now", "0001-01-01T00:00:00+14:00", "plan"], 2, "RFC 3339"),
        (["read", SAMPLE, "--date", "20270203"], 2, "YYYY-MM-DD"),
        (["move", "i", "--start", "+9:5"], 2, "HH:MM"),
        (["move", "i", "--zone", ""], 2, "it is empty"),
        (["approve", "--group", " "], 2, "it is empty"),
        (["import", SAMPLE, "--group", ".."], 1, "holds no letter a-z or digit"),
        (["import", SAMPLE, "--group", "Ω"], 1, "holds no letter a-z or digit"),
        (["import", SAMPLE, "--group", "R" * 201], 1, "at most 200 characters"),
        (["import", SAMPLE, "--group", "All"], 1, "feeds/all.ics would belong"),
        (["publish", ""], 2, "'.' for the one you are in"),
        (["init"], 1, "is a workspace already"),
    ],
)
def test_each_refusal_is_one_line_with_its_exit_status(refused, arguments, status, told):
    ended, err = refused(*arguments)
    assert (ended, told in err) == (status, True), err


def test_a_folder_that_is_no_workspace_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("INTERIM_WORKSPACE", raising=False)
    assert run(["--workspace", str(tmp_path), "plan"]) == 1
    assert "interim init" in capsys.readouterr().err


def test_five_mistakes_in_a_group_file_are_told_at_once_with_their_places(interim, work):
    (work / "groups" / "rg-x.yaml").write_text(
        "acronim: RG-X\nzone: Foo/Bar\nlanguage: xx\nreminders: [often]\nmail: {from: a@b, to: c}\n"
    )
    status, _, err = interim("plan")
    places = [line.split("rg-x.yaml:")[1].split(": ")[0] for line in err.splitlines()]
    assert (status, places) == (1, ["1:1", "1:1", "2:7", "3:11", "4:13", "5:14", "5:19"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("i. 29 March 2026, 0230-0330, routing", "nonexistent_local_time"),
        ("i. 25 October 2026, 0230-0330, routing", "ambiguous_local_time"),
    ],
)
def test_a_doubtful_local_time_waits_until_a_person_chooses(interim, tmp_path, line, code):
    report = tmp_path / "report.txt"
    report.write_text(
        "RG-X: the group agreed to hold these interim virtual meetings (all times in Geneva time):"
        f"\n{line}\nii. 24 November 2026, 1400-1500, naming\n"
    )
    interim("import", report, "--group", "RG-X")
    status, _, err = interim("approve")
    assert (status, "may be meant" in err or "occurs twice" in err) == (1, True), err
    assert code in [
        finding["code"] for finding in json.loads(interim("plan", "--json")[1])["findings"]
    ]
    assert interim("move", "i", "--reading", "later")[0] == 0
    assert interim("approve")[0] == 0
    assert interim("publish", tmp_path / "site")[0] == 0


@pytest.mark.parametrize(
    ("date", "code", "chosen"),
    [
        ("28 April 2026", "nonexistent_local_time", "2026-03-29T01:30:00Z"),
        ("24 November 2026", "ambiguous_local_time", "2026-10-25T01:30:00Z"),
    ],
)
def test_a_doubtful_deadline_waits_until_a_person_chooses(interim, tmp_path, date, code, chosen):
    report = tmp_path / "report.txt"
    report.write_text(
        "RG-X plans these interim virtual meetings (all times in Geneva time):\n"
        f"i. {date}, 1400-1500, naming\n"
        "Contributions are due 30 days before each meeting, at 02:30.\n"
    )
    status, out, _ = interim("import", report, "--group", "RG-X", "--json")
    (meeting,) = json.loads(out)["meetings"]
    assert (status, meeting["deadlines"][0]["utc"]) == (1, None)
    assert code in [problem["code"] for problem in meeting["problems"]]
    assert interim("approve")[0] == 1
    changes = json.loads(interim("move", "i", "--reading", "later", "--json")[1])["changes"]
    assert [change["after"]["start_utc"] for change in changes if change["what"] == "meeting"] == [
        meeting["start_utc"]
    ]
    assert interim("approve")[0] == 0
    (stands,) = json.loads(interim("plan", "--group", "RG-X", "--json")[1])["meetings"]
    assert stands["deadlines"][0]["utc"] == chosen


def test_an_error_is_overruled_only_with_a_reason_that_is_kept(interim, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "RG-X agreed on these interim virtual meetings, all times in Geneva time:\n"
        "i. 30 February 2027, 1400-1500, routing\nii. 24 March 2027, 1400-1500, naming\n"
    )
    assert interim("import", report, "--group", "RG-X")[0] == 1
    status, _, err = interim("approve")
    assert (status, "--despite" in err) == (1, True)
    assert interim("approve", "--despite", "the rest is right")[0] == 0


def test_an_output_folder_that_is_a_file_is_refused(refused, interim, tmp_path):
    interim("import", SAMPLE)
    interim("approve")
    (tmp_path / "site").write_text("mine")
    status, err = refused("publish", tmp_path / "site")
    assert (status, str(tmp_path / "site") in err) == (1, True)
    assert (tmp_path / "site").read_text() == "mine"


def test_a_mail_server_that_is_not_there_leaves_the_letter_queued(interim, monkeypatch):
    interim("import", SAMPLE)
    interim("approve")
    interim("subscribe", "someone@example.org", "--group", "RG-NAV")
    with socket.socket() as mute:  # nobody else is given its port, and nobody listens there
        mute.bind(("127.0.0.1", 0))
        port = mute.getsockname()[1]
        monkeypatch.setenv("INTERIM_SMTP_URL", f"smtp://127.0.0.1:{port}")
        status, _, err = interim("--now", "2027-03-09T09:00:00Z", "remind")
    assert (status, f"127.0.0.1:{port}" in err) == (3, True)
    assert "queued" in interim("outbox", "list")[1]


def test_a_database_of_a_newer_version_is_refused(refused, work):
    with sqlite3.connect(work / "interim.sqlite") as database:
        database.execute("UPDATE interim_schema SET version_num = '9999'")
    database.close()
    status, err = refused("plan")
    assert (status, "newer" in err) == (1, True), err


@pytest.mark.parametrize("words", [(), ("outbox",)])
def test_a_command_without_a_verb_shows_its_help_as_wrong_usage(capsys, words):
    assert run(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Usage: interim")
    assert "\nCommands:\n" in told.err


@pytest.mark.parametrize("url", ["nonsense", "mysql://127.0.0.1/plans"])
def test_a_database_url_that_cannot_be_is_wrong_usage(refused, monkeypatch, url):
    monkeypatch.setenv("INTERIM_DATABASE_URL", url)
    status, told = refused("plan")
    assert status == 2
    assert "sqlite:///" in told


@pytest.mark.parametrize("group", ["RG NAV", "RG-NAV-meetings"])
def test_a_group_whose_feeds_another_has_is_refused_before_it_is_made(interim, work, group):
    assert interim("import", SAMPLE)[0] == 0
    status, out, err = interim("import", SAMPLE, "--group", group)
    assert (status, out, "would belong to" in err) == (1, "", True)
    assert sorted(path.name for path in (work / "groups").iterdir()) == [
        "example.yaml",
        "rg-nav.yaml",
    ]


def test_a_group_may_be_called_as_the_file_of_comments_is(interim, work):
    assert interim("import", SAMPLE, "--group", "EXAMPLE")[0] == 0
    assert (work / "groups" / "example-2.yaml").is_file()
    assert interim("plan", "--group", "EXAMPLE")[0] == 0


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("scope", ["this", "all"])
def test_a_move_out_of_the_years_of_calendars_is_refused(interim, refused, day, scope):
    assert interim("import", SAMPLE)[0] == 0
    status, err = refused("move", "i", "--date", day, "--scope", scope)
    assert (status, "years that calendars know" in err) == (1, True)


def test_a_groups_folder_that_is_none_is_refused_rather_than_passed_over(refused, work):
    (work / "groups" / "example.yaml").unlink()
    (work / "groups").rmdir()
    (work / "groups").write_text("")
    status, err = refused("plan")
    assert (status, "cannot read" in err) == (1, True)


def test_a_folder_name_too_long_to_publish_to_is_refused(refused, tmp_path):
    status, err = refused("publish", tmp_path / ("n" * 300))
    assert (status, "cannot publish" in err) == (1, True)


def test_what_cannot_be_remembered_is_not_published(refused, work, tmp_path):
    database = sqlite3.connect(work / "interim.sqlite")
    database.execute(
        "CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    database.commit()
    database.close()
    assert run(["--workspace", str(work), "publish", str(tmp_path / "site")]) == 1
    assert not (tmp_path / "site").exists()


def test_what_was_typed_cannot_steer_the_terminal(interim, tmp_path):
    status, out, err = interim("read", "\x1b]0;owned\x07\x9b31m\u202e.txt")
    assert (status, out) == (1, "")
    assert err.rstrip("\n").isprintable()
    assert interim("import", SAMPLE)[0] == 0
    status, out, _ = interim("cancel", "i", "--reason", "\x9b31m\u202eno room\udcff", "--json")
    assert status == 0
    assert not {"\x9b", "\u202e", "\udcff"} & set(out)
    plan = " ".join(interim("plan")[1].split())  # however wide the terminal is
    assert plan.count("(31m no room)") == 1


def test_authorizing_again_keeps_the_day_that_was_recorded(interim):
    assert interim("import", SAMPLE)[0] == 0
    assert interim("approve")[0] == 0
    for clock, words in (("2027-02-10", ["--date", "2027-02-08"]), ("2027-02-20", [])):
        named = ["--now", f"{clock}T08:00:00Z", "authorize", "--group", "RG-NAV", *words]
        assert interim(*named)[0] == 0
    authorization = json.loads(interim("plan", "--group", "RG-NAV", "--json")[1])["groups"][0]
    assert authorization["authorization"]["decided"] == "2027-02-08"


def test_a_terminal_that_knows_ascii_alone_stops_nothing(interim, work, tmp_path, monkeypatch):
    report = tmp_path / "report.txt"
    text = (ROOT / "examples" / "report.txt").read_text(encoding="utf-8")
    report.write_text(text.replace("Workshop outcome", "the fête"), encoding="utf-8")
    assert interim("import", SAMPLE)[0] == 0
    for words, told in (
        (["read", report, "--json"], b"the f\\u00eate"),
        (["approve"], b"14:00?15:30"),
    ):
        raw = io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
            assert run(["--workspace", str(work), *map(str, words)]) == 0
            sys.stdout.flush()
            assert told in raw.getvalue()


def test_a_workspace_whose_database_cannot_be_made_leaves_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("INTERIM_DATABASE_URL", "sqlite:////nonexistent/plans.sqlite")
    assert run(["init", str(tmp_path / "new")]) == 1
    assert "/nonexistent/plans.sqlite" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", SAMPLE, "--zone", "Mars"),
        ("import", SAMPLE, "--zone", "Mars"),
        ("move", "i", "--zone", "Mars"),
        ("subscribe", "a@example.org", "--group", "RG-NAV", "--zone", "Mars"),
    ],
)
def test_a_zone_that_is_none_is_wrong_usage_as_a_date_is(refused, arguments):
    status, err = refused(*arguments)
    assert (status, "unknown time zone 'Mars'" in err) == (2, True)


@pytest.mark.parametrize("address", ["https://u:secret@example.org/", "https://example.org/#a"])
def test_an_address_that_links_cannot_begin_with_is_refused_with_its_place(
    work, refused, monkeypatch, address
):
    (work / "interim.yaml").write_text(f"language: en\nbase_url: {address}\n")
    status, err = refused("plan")
    assert (status, "interim.yaml:2:11: base_url: links cannot begin" in err) == (1, True)
    (work / "interim.yaml").write_text("language: en\n")
    monkeypatch.setenv("INTERIM_BASE_URL", address)
    status, err = refused("plan")
    assert (status, "is no address for links" in err, "secret" in err) == (2, True, False)


def test_a_file_of_another_shape_is_told_in_plain_words(work, refused):
    (work / "groups" / "x.yaml").write_text("acronym: X\nmail: someone\n")
    status, err = refused("plan")
    assert (status, "mail: keys with values are needed, and 'someone' was given" in err) == (
        1,
        True,
    )


def test_a_lost_database_can_be_made_anew(work, refused, interim):
    interim("import", SAMPLE)
    before = json.loads(interim("plan", "--json")[1])["meetings"]
    (work / "interim.sqlite").unlink()
    for verb in (("plan",), ("init", work)):
        status, err = refused(*verb)
        assert (status, "aside" in err) == (1, True), err
    aside = (work / "interim.yaml").rename(work / "aside.yaml")
    assert interim("init", work)[0] == 0
    aside.replace(work / "interim.yaml")
    interim("import", SAMPLE)
    assert json.loads(interim("plan", "--json")[1])["meetings"] == before
