"""The machine interface is what its page says: shapes and values of JSON, words, paths, headers."""

import inspect
import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

import scheduler.actions.answers
from scheduler.intake.contributions.lists import ContributionFile
from scheduler.intake.groups import GroupFile
from scheduler.intake.workspace_file import _File as WorkspaceKeys
from scheduler.model.change import ChangeKind
from scheduler.model.deadline import Anchor, TimeSource, Unit
from scheduler.model.letter import LetterState
from scheduler.model.meeting import Mode, Status
from scheduler.model.problem import Severity
from scheduler.model.report import AuthorizationState
from scheduler.publication.exports import deadline_document
from scheduler.publication.lists.csv_list import COLUMNS
from scheduler.publication.names import (
    ALL,
    FeedKind,
    ListFormat,
    feed_path,
    index_path,
    list_path,
    page_path,
    topic_feed,
)
from tests.support.answering import a_reply
from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT, fenced, read, rows, section, spans
from tests.support.mail_server import mail_server
from tests.support.meetings import a_deadline

INTERFACE = read("docs/interface.md")
SAMPLE = ROOT / "examples" / "report.txt"
DEADLINE = a_deadline("2027-03-10", uid="x")
EVE = "2027-03-09T09:00:00Z"


def table(title: str) -> list[list[str]]:
    return rows(section(INTERFACE, title))


def keys_of(title: str) -> set[str]:
    """The keys that a section's table says an object has."""
    return {key for row in table(title) for key in spans(row[0])}


def is_so(shown: object, found: object) -> bool:
    """Tell whether what is shown is what was found, lists being shortened and texts cut (`…`)."""
    if isinstance(shown, dict) and isinstance(found, dict):
        return shown.keys() == found.keys() and all(is_so(shown[k], found[k]) for k in shown)
    if isinstance(shown, list) and isinstance(found, list):
        return bool(shown) == bool(found) and all(any(is_so(s, f) for f in found) for s in shown)
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(found, str) and found.startswith(shown[:-1].rstrip())
    return shown == found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("interface"))
    desk.do("import", SAMPLE)
    return desk


def test_read_prints_the_document_that_is_shown(desk):
    shown = json.loads(fenced(section(INTERFACE, "read"), "json")[0])
    found = desk.json("read", SAMPLE)
    assert {key: found[key] for key in shown if not is_so(shown[key], found.get(key))} == {}
    assert shown.keys() == found.keys()


def test_import_prints_the_same_and_ids_and_whether_it_changed(desk):
    found = desk.json("import", SAMPLE)
    assert found.keys() - desk.json("read", SAMPLE).keys() == {"changed", "contributions"}


def test_plan_prints_the_keys_that_are_told(desk):
    found = desk.json("plan")
    assert found.keys() == keys_of("plan")
    told = set(spans(section(INTERFACE, "plan")))
    for name in ("groups", "changes", "findings"):
        assert {key for one in found[name] for key in one} <= told
    assert all("id" in meeting for meeting in found["meetings"])
    foreseen = found["consequences"]
    assert foreseen.keys() == {"feeds", "entries", "letters"}
    letters = foreseen["letters"]
    rows = [*foreseen["entries"], *(row for kind in letters.values() for row in kind)]
    assert {*letters, *(key for row in rows for key in row)} <= told


def test_contributions_and_agendas_have_the_keys_that_are_told(desk):
    told = set(spans(section(INTERFACE, "Contributions and agendas")))
    rows_of = table("Contributions and agendas")
    of_one = {key for row in rows_of for key in spans(row[0]) if row[0] != row[1]}
    (entered,) = desk.json(
        "contribution", "add", "TSAG-C071", "--group", "RG-NAV", "--announced", "--title", "Names"
    )["contributions"]
    listed = desk.json("contribution", "list")["contributions"]
    assert {key for one in (*listed, entered) for key in one} <= told
    assert set(listed[0]) <= of_one
    shown = desk.json("agenda", now=EVE)
    assert shown.keys() <= of_one
    for name in ("agendas", "parent", "withdrawn", "redirected", "history"):
        assert {key for one in shown[name] for key in one} <= told
    items = [item for one in shown["agendas"] for item in one["items"] + one["carried"]]
    assert {key for item in items for key in item} <= told
    assert len(items) >= 4
    assert desk.json("agenda", "--history").keys() == {"history"}


def test_the_other_verbs_print_the_keys_that_are_told(desk, tmp_path):
    told = {span: row[1] for row in table("The other verbs") for span in spans(row[0])}
    subscriber = ("someone@example.org", "--group", "RG-NAV")
    moved = ("ii", "--date", "2027-04-22")
    calls = {
        "done": ("i", "--kind", "contribution"),
        "move": moved,
        "check": (),
        "calendars": (),
        "waive": ("two_months", "--group", "RG-NAV", "--reason", "so agreed"),
        "approve": (),
        "authorize": ("--group", "RG-NAV"),
        "publish": (tmp_path / "site",),
        "subscribe": subscriber,
        "subscribers": (),
        "personal": ("someone@example.org",),
        "unsubscribe": subscriber,
        "remind": ("--dry-run",),
        "forecast": (),
        "suppress": ("someone@example.org",),
        "invite": ("someone@example.org", "another@example.org", "--group", "RG-NAV"),
        "uninvite": ("someone@example.org", "--group", "RG-NAV"),
        "invitations": (),
        "answers": (answer_of(tmp_path),),
        "answer": ("another@example.org", "accepted", "--group", "RG-NAV"),
        "announce": ("--group", "RG-NAV", "--to", "list@example.org"),
        "cancel": ("iii",),
        "skip": ("iv",),
        "restore": ("iii",),
        "drop": ("--group", "RG-NAV"),
        "backup": (tmp_path / "copy.tar",),
        "recover": (tmp_path / "copy.tar", tmp_path / "again"),
    }
    assert calls.keys() == told.keys()
    for verb, arguments in calls.items():
        for key in desk.json(verb, *arguments):
            assert f'"{key}"' in told[verb], verb


def answer_of(folder: Path) -> Path:
    """A saved answer of somebody whom nobody has invited."""
    file = folder / "answer.ics"
    file.write_bytes(a_reply("unknown", "stranger@example.org"))
    return file


def test_an_answer_and_an_invitation_have_the_keys_that_are_told(desk):
    told = {span: row[1] for row in table("The other verbs") for span in spans(row[0])}
    guest = ("another@example.org", "--group", "RG-NAV", "--meeting", "i")
    desk.do("approve", "--despite", "so agreed")
    (invited,) = desk.json("invite", *guest)["invitations"]
    (answered,) = desk.json("answer", guest[0], "accepted", *guest[1:])["answers"]
    meeting, *_ = desk.json("invitations", "--all")["meetings"]
    assert invited.keys() <= set(re.findall(r'"(\w+)"', told["invite"]))
    assert answered.keys() <= set(re.findall(r'"(\w+)"', told["answers"]))
    assert meeting.keys() == set(re.findall(r'"(\w+)"', told["invitations"])) - {"meetings"}
    assert meeting["counts"].keys() <= set(spans(told["invitations"]))
    assert meeting["invitations"][0].keys() == invited.keys() | {"stands"}


def test_why_an_answer_is_not_taken_is_told():
    source = inspect.getsource(scheduler.actions.answers)
    codes = set(re.findall(r'_NotTaken\(\s*"(\w+)"', source))
    told = rows(section(read("docs/mail.md"), "Answers"))
    assert {spans(row[0])[0] for row in told} == codes


def test_the_audit_has_the_keys_that_are_told(desk):
    desk.do("approve", "--despite", "so agreed")
    rows = desk.json("audit", "list")["rows"]
    of_rows = {key for row in table("audit") for key in spans(row[0])}
    assert {key for row in rows for key in row} | set(desk.json("audit", "verify")) == of_rows
    assert rows


def test_export_and_forget_have_the_keys_that_are_told(desk):
    told = {key for row in table("export and forget") for key in spans(row[0])}
    desk.do("subscribe", "gone@example.org", "--group", "RG-NAV")
    assert json.loads(desk.do("export", "gone@example.org").out).keys() == told
    assert desk.json("forget", "gone@example.org").keys() == told - {"person", "audit"}


@pytest.mark.server
def test_a_letter_has_the_keys_and_headers_that_are_told(tmp_path):
    with mail_server() as server:
        desk = replace(a_desk(tmp_path), environment={"INTERIM_SMTP_URL": server.url})
        desk.do("import", SAMPLE)
        desk.do("approve")
        desk.do("subscribe", "someone@example.org", "--group", "RG-NAV")
        desk.do("remind", now=EVE)
    (letter,) = desk.json("outbox", "list")["letters"]
    assert letter.keys() == keys_of("outbox list")
    (taken,) = server.taken
    message = message_from_bytes(taken.message, policy=policy.default)
    assert {name for row in table("Mail") for name in spans(row[0])} <= set(message.keys())
    assert message["X-Notification-Key"] == letter["key"]
    assert message["Message-ID"] == letter["message_id"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("mode", Mode),
        ("status", Status),
        ("severity", Severity),
        ("unit", Unit),
        ("anchor", Anchor),
        ("time_source", TimeSource),
        ("authorization state", AuthorizationState),
        ("change kind", ChangeKind),
        ("letter state", LetterState),
    ],
)
def test_closed_sets_hold_the_words_that_are_told(key: str, words: type[StrEnum]):
    told = {row[0].replace("`", ""): spans(row[1]) for row in table("Values")}
    assert told[key] == list(words)


def test_feeds_and_pages_lie_where_it_is_told():
    told = [spans(row[0])[0] for row in table("Feeds and pages")]
    feeds = [feed_path("<group>", kind) for kind in FeedKind]
    shared = [topic_feed("<group>", "<topic>"), ALL, "<group>-tree", "body-<body>"]
    lists = [list_path("<group>", one) for one in ListFormat]
    news, pages = list_path(ALL, ListFormat.ATOM), [page_path("<group>"), index_path()]
    assert told == [*feeds, *map(feed_path, shared), *lists, news, *pages]


def test_lists_have_the_keys_and_columns_that_are_told(desk, tmp_path):
    told = set(spans(section(INTERFACE, "Lists"))) | set(spans(section(INTERFACE, "read")))
    meetings = desk.json("import", SAMPLE)["meetings"]
    desk.do("approve")
    desk.do("publish", tmp_path / "site")
    (group,) = json.loads((tmp_path / "site/feeds/rg-nav.json").read_bytes())["groups"]
    deadlines = [one for meeting in group["meetings"] for one in meeting["deadlines"]]
    objects = (group, *group["meetings"], *deadlines, *group["events"])
    known = told | set(meetings[0]) | set(deadline_document(DEADLINE))
    assert {key for one in objects for key in one} - known == set()
    assert deadlines
    assert set(COLUMNS) <= told


def keys(model: type[BaseModel]) -> set[str]:
    """The keys of a file, those of a mapping in it after a dot."""
    found = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if inspect.isclass(inner) and issubclass(inner, BaseModel):
            found |= {f"{name}.{key}" for key in keys(inner)}
        else:
            found.add(field.alias or name)
    return found


@pytest.mark.parametrize(
    ("title", "model"), [("Group files", GroupFile), ("interim.yaml", WorkspaceKeys)]
)
def test_every_key_of_a_settings_file_is_explained(title, model):
    text = section(read("docs/group-files.md"), title)
    assert {spans(row[0])[0] for row in rows(text)} == keys(model)


def test_every_key_of_a_list_of_contributions_is_explained():
    text = section(read("docs/agendas.md"), "Lists")
    assert [spans(row[0])[0] for row in rows(text)] == list(ContributionFile.model_fields)


def test_the_group_file_that_is_shown_is_one_that_can_be_read(tmp_path: Path, desk):
    shown = fenced(section(read("docs/group-files.md"), "Group files"), "yaml")[0]
    (desk.workspace / "groups" / "rg-nav.yaml").write_text(shown, encoding="utf-8")
    assert desk.json("plan", "--group", "RG-NAV")["groups"][0]["group"] == "RG-NAV"
