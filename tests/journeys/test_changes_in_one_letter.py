"""Whoever is told of changes learns what is new to them, and of several groups in one letter."""

import pytest

from tests.support.groups import READER, Groups, move, text_of
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server


@pytest.fixture
def groups(tmp_path):
    with mail_server() as server:
        yield Groups(tmp_path, server)


def test_a_letter_of_several_groups_comes_from_none_of_them_and_one_click_leaves_all(groups):
    groups.set("  letters_per_day: 1")
    groups.begin("RG-D", "RG-E")
    groups.stands(move("RG-D/ii", "2027-04-22"), now="2027-03-01T08:00:00Z")
    assert len(groups.letters("2027-03-01T08:20:00Z")) == 1
    groups.stands(move("RG-D/iii", "2027-05-27"), now="2027-03-01T10:00:00Z")
    assert groups.letters("2027-03-01T10:20:00Z") == []
    groups.stands(("cancel", "RG-E/i"), now="2027-03-01T12:00:00Z")
    for group in ("RG-D", "RG-E"):
        seen = groups.desk.json("preview", "--group", group, now="2027-03-01T12:20:00Z")
        assert seen["kind"] == "urgent_change"
    (letter,) = groups.letters("2027-03-01T12:20:00Z")
    assert letter["From"] == "Interim meetings <office@example.org>"
    assert letter["Subject"] == "[RG-E, RG-D] 2 changes: 1 cancellation"
    text = text_of(letter)
    assert text.index("Cancelled: RG-E") < text.index("Moved: RG-D")
    assert "chair-rg" not in letter.as_string()
    links = [line.rpartition(" ")[2] for line in text.splitlines() if "/unsubscribe/" in line]
    assert len(set(links)) == 3
    assert letter["List-Unsubscribe"] == f"<{links[-1]}>"
    assert (
        f"Group RG-D on Wednesday 10 February 2027.\nTo get no more of them: {links[1]}\n" in text
    )


def test_of_several_groups_one_that_is_left_meanwhile_is_not_in_the_letter(groups):
    groups.set("  letters_per_day: 1")
    groups.begin("RG-D", "RG-E")
    groups.stands(("cancel", "RG-D/i"), ("cancel", "RG-E/i"), now="2027-03-01T08:00:00Z")
    groups.desk.do("unsubscribe", READER, "--group", "RG-E", now="2027-03-01T08:05:00Z")
    (letter,) = groups.letters("2027-03-01T08:20:00Z")
    assert letter["From"] == "RG-D <rg-d@groups.example.org>"
    assert "RG-E" not in letter.as_string()


def test_cancellations_above_the_cap_go_out_as_one_letter(groups):
    names = ("RG-A", "RG-B", "RG-C", "RG-D")
    groups.begin(*names)
    moves = [move(f"{name}/ii", "2027-04-22") for name in names[:3]]
    groups.stands(*moves, now="2027-03-01T08:00:00Z")
    assert len(groups.letters("2027-03-01T08:20:00Z")) == 3
    cancellations = [("cancel", f"{name}/i") for name in names[:3]]
    other = move("RG-D/ii", "2027-04-23")
    groups.stands(*cancellations, other, now="2027-03-01T10:00:00Z")
    (letter,) = groups.letters("2027-03-01T10:20:00Z")
    assert letter["Subject"] == "[RG-A, RG-B, RG-C, RG-D] 4 changes: 3 cancellations"
    assert groups.letters("2027-03-02T08:00:00Z") == []


def test_cancellations_below_the_cap_go_out_one_by_one(groups):
    groups.begin("RG-A", "RG-B", "RG-C")
    cancellations = [("cancel", f"{name}/i") for name in ("RG-A", "RG-B", "RG-C")]
    groups.stands(*cancellations, now="2027-03-01T10:00:00Z")
    assert len(groups.letters("2027-03-01T10:20:00Z")) == 3


def test_what_changed_in_silence_and_is_taken_back_is_told_to_nobody(groups):
    groups.begin("RG-A")
    silent = ["--without-telling"]
    groups.stands(move("iv", "2027-07-08"), now="2027-02-15T10:00:00Z", how=silent)
    groups.stands(move("iv", "2027-07-09"), now="2027-02-15T11:00:00Z", how=silent)
    groups.stands(move("iv", "2027-07-07"), now="2027-02-16T10:00:00Z")
    assert groups.outbox() == []


def test_what_changes_after_a_silent_change_is_told_from_what_was_told_before(groups):
    groups.begin("RG-A")
    groups.stands(move("iv", "2027-07-08"), now="2027-02-15T10:00:00Z", how=["--without-telling"])
    groups.stands(move("iv", "2027-07-09"), now="2027-02-16T10:00:00Z")
    (letter,) = groups.letters("2027-02-16T10:20:00Z")
    text = text_of(letter)
    assert text.index("- Wednesday 7 July") < text.index("Now:") < text.index("- Friday 9 July")
    assert "Thursday 8 July" not in text


def test_what_stands_again_is_told_without_what_no_longer_applied(groups):
    groups.begin("RG-A")
    groups.stands(("cancel", "ii"), now="2027-02-15T10:00:00Z")
    (cancelled,) = groups.letters("2027-02-15T10:20:00Z")
    assert "no longer applies" in text_of(cancelled)
    groups.stands(("restore", "ii"), now="2027-02-16T10:00:00Z")
    (letter,) = groups.letters("2027-02-16T10:20:00Z")
    text = text_of(letter)
    assert "Stands again" in letter["Subject"]
    assert "Contribution deadline\nNow:\n- Wednesday 14 April 2027, 23:59:59" in text
    assert "Before" not in text


def test_a_dry_run_gives_no_rule_for_a_letter_about_a_change(groups):
    groups.begin("RG-A")
    now = "2027-02-15T10:00:00Z"
    groups.stands(move("ii", "2027-04-22"), now=now)
    dry_run = ("remind", "--dry-run")
    (found,) = groups.desk.json(*dry_run, now="2027-02-15T10:20:00Z")["rehearsed"]
    assert (found["kind"], found["because"], found["kept_back"]) == ("change", [], None)


def test_approving_in_silence_names_no_letter_that_tells_of_another_change(groups):
    groups.begin("RG-A")
    silent = ["--without-telling"]
    groups.stands(move("ii", "2027-04-22"), now="2027-02-15T10:00:00Z")
    ran = groups.stands(move("iii", "2027-05-27"), now="2027-02-15T10:02:00Z", how=silent)
    assert "of it" not in ran.out
    ran = groups.stands(move("ii", "2027-04-23"), now="2027-02-15T10:04:00Z", how=silent)
    assert "1 letter tells of it" in ran.out


def test_who_left_and_came_back_is_not_said_to_be_told_of_what_was_changed_back(groups):
    groups.begin("RG-A")
    groups.stands(move("ii", "2027-04-22"), now="2027-02-15T10:00:00Z")
    reader = (READER, "--group", "RG-A")
    groups.desk.do("unsubscribe", *reader, now="2027-02-15T10:01:00Z")
    groups.desk.do("subscribe", *reader, now="2027-02-15T10:02:00Z")
    assert groups.letters("2027-02-15T10:20:00Z") == []
    (letter,) = groups.outbox()
    assert letter["last_error"] == "unsubscribed since it was queued"


def test_what_presses_is_not_put_off_by_what_goes_with_it(groups):
    groups.set("  letters_per_day: 1")
    groups.begin("RG-A", "RG-B")
    now = "2027-03-17T12:30:00Z"  # meeting i begins at 13:00
    for edit in (("cancel", "RG-A/i"), ("cancel", "RG-B/iv")):
        groups.desk.do(*edit, now=now)
    approved = groups.desk.json("approve", "--despite", "same days", now=now)["approved"]
    (queued,) = {letter["key"] for one in approved for letter in one["letters"]}
    assert [len(one["letters"]) for one in approved] == [1, 1]
    (letter,) = groups.letters(now)
    assert letter["X-Notification-Key"] == queued
    assert letter["Subject"].endswith("] 2 cancellations")
