"""Outside calendars from files and copies: when they are fetched, kept, and found too old."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.intake.outside import faults
from scheduler.intake.outside.cache import Copy, copy_of, keep
from scheduler.intake.outside.fetching.fetcher import NO_VALIDATORS, Fetched, Validators
from scheduler.intake.outside.shelf import Shelf
from scheduler.model.busy import OutsideCalendar
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from tests.support.calendar_server import a_calendar, an_event

URL = "https://calendars.example.org/secret/c.ics?token=secret"
NOW = Instant.parse("2027-03-01T12:00:00Z")
FIRST, LAST = dt.date(2027, 3, 1), dt.date(2027, 3, 31)
PLENARY = a_calendar(an_event("DTSTART:20270317T120000Z", "DURATION:PT1H", "SUMMARY:Plenary"))
FLOATING = a_calendar(an_event("DTSTART:20270317T120000", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"))
ETAG = Validators(etag='"1"')


class Line:
    """Answers a fetch with bytes, with nothing new, or with a fault; counts what was asked."""

    def __init__(self, answer: bytes | faults.NoCalendar | None) -> None:
        self.answer = answer
        self.asked: list[Validators] = []

    def fetch(self, address: str, known: Validators = NO_VALIDATORS) -> Fetched:
        assert address == URL
        self.asked.append(known)
        if isinstance(self.answer, faults.NoCalendar):
            raise self.answer
        return Fetched(data=self.answer, validators=ETAG)


def a_group(*calendars: OutsideCalendar) -> Group:
    return Group(acronym="RG-NAV", calendars=calendars)


def by_url(title: str = "Conferences", **others: object) -> Group:
    return a_group(OutsideCalendar(title=title, url=URL, **others))


def by_file(name: str) -> Group:
    return a_group(OutsideCalendar(title="Feasts", file=name, hard=False))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "groups").mkdir()
    return Shelf(cache=tmp_path / "calendars", files=tmp_path / "groups", now=NOW)


def found(shelf: Shelf, group: Group) -> tuple[list[str], list[str]]:
    times = shelf.times(group, FIRST, LAST)
    return [busy.title for busy in times.busy], [problem.code for problem in times.problems]


def later(shelf: Shelf, line: Line, **passed: int) -> Shelf:
    now = NOW.plus(dt.timedelta(**passed))
    return replace(shelf, now=now, fetcher=line, answers={})


def test_a_file_is_read_at_each_run(shelf):
    path = shelf.files / "feasts.ics"
    path.write_bytes(PLENARY)
    assert found(shelf, by_file("feasts.ics")) == (["Plenary"], [])
    path.write_bytes(a_calendar())
    assert found(shelf, by_file("feasts.ics")) == ([], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "it is not there, or no plain file"),
        (b"", "no iCalendar data"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 5_000_000, "more than 5000000 octets"),
        (b"BEGIN:VCALENDAR\r\n", "END:VCALENDAR is missing"),
    ],
)
def test_a_file_that_will_not_do_is_a_warning(shelf, content, said):
    if content is not None:
        (shelf.files / "feasts.ics").write_bytes(content)
    (problem,) = shelf.times(by_file("feasts.ics"), FIRST, LAST).problems
    assert (problem.code, problem.severity) == ("calendar_unread", "warning")
    assert problem.message.startswith('nothing is known of the calendar "Feasts": ')
    assert said in problem.message


def test_a_folder_in_the_place_of_a_file_is_a_warning(shelf):
    (shelf.files / "feasts.ics").mkdir()
    assert found(shelf, by_file("feasts.ics")) == ([], ["calendar_unread"])


def test_what_was_left_out_and_what_was_taken_for_local_is_said(shelf):
    plain = an_event("DTSTART:20270318T120000", "DURATION:PT1H", uid="two")
    both = FLOATING.replace(b"END:VCALENDAR", "\r\n".join([*plain, "END:VCALENDAR"]).encode())
    (shelf.files / "feasts.ics").write_bytes(both)
    told = ["calendar_shortened", "calendar_floating"]
    assert found(shelf, by_file("feasts.ics")) == (["Feasts"], told)


def test_an_address_is_not_asked_before_a_refresh(shelf):
    line = Line(PLENARY)
    assert found(replace(shelf, fetcher=line), by_url()) == ([], ["calendar_unread"])
    assert line.asked == []


def test_a_calendar_is_fetched_when_it_is_due_and_used_until_then(shelf):
    line = Line(PLENARY)
    counts = []
    for hours in (0, 5, 6):
        now = later(shelf, line, hours=hours)
        assert now.refresh([by_url(), by_url("The same")], everything=False) == ()
        assert found(now, by_url()) == (["Plenary"], [])
        counts.append(len(line.asked))
    assert counts == [1, 1, 2]
    assert line.asked == [NO_VALIDATORS, ETAG]


def test_a_calendar_that_has_not_changed_is_fresh_again(shelf):
    later(shelf, Line(PLENARY)).refresh([by_url()], everything=True)
    line = Line(None)
    now = later(shelf, line, hours=30)
    now.refresh([by_url()], everything=False)
    assert found(now, by_url()) == (["Plenary"], [])
    copy = copy_of(shelf.cache, URL)
    assert copy is not None
    assert (copy.fetched, copy.validators) == (now.now, ETAG)


def test_a_failure_leaves_the_earlier_copy_and_says_how_old_it_is(shelf):
    later(shelf, Line(PLENARY)).refresh([by_url()], everything=True)
    now = later(shelf, Line(faults.TooSlow("calendars.example.org", 20)), hours=7)
    now.refresh([by_url()], everything=False)
    times = now.times(by_url(), FIRST, LAST)
    assert [busy.title for busy in times.busy] == ["Plenary"]
    (problem,) = times.problems
    assert problem.message == (
        'a copy of the calendar "Conferences" is used that is 7 hours old: '
        "calendars.example.org took longer than 20 seconds; it was left"
    )


def test_a_host_that_has_just_failed_is_left_alone_for_a_while(shelf):
    line = Line(faults.TooSlow("calendars.example.org", 20))
    for minutes in (0, 14, 15):
        later(shelf, line, minutes=minutes).refresh([by_url()], everything=False)
    assert len(line.asked) == 2


def test_a_copy_that_nobody_refreshes_is_found_old(shelf):
    later(shelf, Line(PLENARY)).refresh([by_url()], everything=True)
    codes = [found(later(shelf, Line(None), hours=hours), by_url())[1] for hours in (23, 24)]
    assert codes == [[], ["calendar_stale"]]


def test_neither_the_names_nor_the_messages_hold_what_may_be_secret(shelf):
    fetching = later(shelf, Line(faults.Refused("calendars.example.org", 403)))
    fetching.refresh([by_url()], everything=True)
    (state,) = fetching.states(by_url(), FIRST, LAST)
    assert state.source == "calendars.example.org"
    told = [*(problem.message for problem in state.problems)]
    told += [path.name + path.read_text() for path in shelf.cache.iterdir()]
    assert len(told) == 2
    assert "secret" not in "".join(told)


@pytest.mark.parametrize("spoilt", [b"", b"{}\n", b"null\n", b'{"tried": 1}\nBEGIN', b"\xff\n"])
def test_a_spoilt_copy_is_as_none(shelf, spoilt):
    keep(shelf.cache, URL, Copy(tried=NOW))
    (path,) = shelf.cache.iterdir()
    path.write_bytes(spoilt)
    assert copy_of(shelf.cache, URL) is None


def test_copies_that_cannot_be_kept_are_a_warning(shelf):
    shelf.cache.write_text("no folder")
    (problem,) = later(shelf, Line(PLENARY)).refresh([by_url()], everything=True)
    assert (problem.code, problem.severity) == ("calendar_unkept", "warning")


def test_a_copy_is_read_as_it_was_kept(shelf):
    kept = Copy(tried=NOW, fetched=NOW, data=b"a\nb\n", validators=ETAG, fault="why")
    keep(shelf.cache, URL, kept)
    assert copy_of(shelf.cache, URL) == kept
    assert [path.suffix for path in shelf.cache.iterdir()] == [".copy"]
