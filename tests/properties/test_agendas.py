"""Laws of agendas, whatever the calls, the contributions and the moment."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.agenda import AdministrativeItem, AgendaSettings, LateEffect, Standing
from scheduler.model.contribution import Redirection, Withdrawn
from scheduler.model.meeting import Meeting, Status
from scheduler.model.topic import Topic
from scheduler.planning.agenda import agendas
from scheduler.planning.calls import over_at
from scheduler.planning.carry_history import history
from scheduler.planning.placement import Agendas
from scheduler.rules.priorities import contribution_deadline, is_late
from tests.support.calls import BEFORE_ALL, a_call, a_paper, accepted, treated_at
from tests.support.meetings import a_plan

TITLES = ("routing", "naming", "numbering", "tariffs", "youth")
TOPICS = (Topic(name="routing", aliases=("naming",)), Topic(name="tariffs", in_scope=False))
UIDS = ("a", "b", "c", "d", "e")
HOURS = st.integers(0, 24 * 70)


def after(hours: int) -> dt.timedelta:
    return dt.timedelta(hours=hours)


@st.composite
def some_calls(draw) -> tuple[Meeting, ...]:
    return tuple(
        a_call(
            (dt.date(2027, 1, 25) + dt.timedelta(days=draw(st.integers(0, 60)))).isoformat(),
            *draw(st.sets(st.sampled_from(TITLES), max_size=2).map(sorted)),
            uid=uid,
            end=draw(st.sampled_from(["13:30", "14:30", "16:00", None])),
            status=draw(st.sampled_from([Status.CONFIRMED] * 4 + [Status.CANCELLED])),
        )
        for uid in UIDS[: draw(st.integers(0, len(UIDS)))]
    )


FATES = st.one_of(
    st.just({}),
    st.sampled_from(
        [
            {"accepted": accepted()},
            {"withdrawn": Withdrawn(at=BEFORE_ALL)},
            {"redirection": Redirection(to="SG3", at=BEFORE_ALL)},
            *({"treatment": treated_at(uid)} for uid in UIDS),
        ]
    ),
)


@st.composite
def some_papers(draw):
    return tuple(
        a_paper(
            number,
            draw(st.sampled_from([None, *TITLES])),
            received=draw(st.none() | HOURS.map(lambda hours: BEFORE_ALL.plus(after(hours)))),
            minutes=draw(st.sampled_from([None, 5, 10, 30, 60, 200])),
            meeting=draw(st.sampled_from([None, None, None, "a", "c", "gone"])),
            forwarded=draw(st.booleans()),
            **draw(FATES),
        )
        for number in range(draw(st.integers(0, 25)))
    )


SETTINGS = st.builds(
    AgendaSettings,
    minutes_per_item=st.sampled_from([10, 15, 40]),
    administrative=st.sampled_from([(), (AdministrativeItem(title="Opening", minutes=10),)]),
    late=st.sampled_from([None, *LateEffect]),
)
MOMENTS = HOURS.map(lambda hours: BEFORE_ALL.plus(after(hours)))


def placed(calls, papers, settings, now) -> Agendas:
    return agendas(a_plan(*calls), papers, settings, TOPICS, now)


@given(some_calls(), some_papers(), SETTINGS, MOMENTS)
def test_nothing_is_lost_and_nothing_stands_twice(calls, papers, settings, now):
    found = placed(calls, papers, settings, now)
    standing = {uid: a.items for uid, a in found.by_meeting.items()}
    seated = [(i.contribution, uid) for uid in standing for i in standing[uid] if i.contribution]
    off = [p for p in papers if p.treatment and p.treatment.meeting not in found.by_meeting]
    everything = [
        *(paper for paper, _ in seated),
        *(paper.id for paper in off),
        *found.withdrawn,
        *(one.contribution for one in found.redirected),
        *(one.contribution for one in found.parent),
    ]
    assert sorted(everything) == sorted(paper.id for paper in papers)
    assert found.places.keys() == {paper.id for paper in papers}
    assert all(found.places[paper].meeting == uid for paper, uid in seated)
    for paper in papers:
        if paper.treatment:
            assert found.places[paper.id].meeting == paper.treatment.meeting


@given(some_calls(), some_papers(), SETTINGS, MOMENTS, st.randoms())
def test_the_order_of_entry_is_irrelevant_and_the_same_input_gives_the_same(
    calls, papers, settings, now, chance
):
    found = placed(calls, papers, settings, now)
    assert placed(calls, papers, settings, now) == found
    shuffled = [list(calls), list(papers)]
    for one in shuffled:
        chance.shuffle(one)
    again = placed(*shuffled, settings, now)
    assert (again.by_meeting, again.places) == (found.by_meeting, found.places)
    assert (again.parent, again.redirected) == (found.parent, found.redirected)


@given(some_calls(), some_papers(), SETTINGS, MOMENTS)
def test_an_on_time_main_topic_item_never_stands_behind_another_topics(
    calls, papers, settings, now
):
    known = {paper.id: paper for paper in papers}
    main = {call.uid: {"routing" if t == "naming" else t for t in call.topics} for call in calls}
    deadlines = {call.uid: contribution_deadline(call) for call in calls}
    for uid, agenda in placed(calls, papers, settings, now).by_meeting.items():
        others_before = False
        for item in agenda.items:
            if item.contribution is None:
                continue
            own = item.match.topic in main[uid]
            if own and not is_late(known[item.contribution], deadlines[uid]):
                assert not others_before
            others_before |= not own


@given(some_calls(), some_papers(), SETTINGS, MOMENTS, st.sampled_from(UIDS), st.integers(1, 90))
def test_raising_the_time_of_a_call_never_carries_more(calls, papers, settings, now, uid, more):
    """No contribution ends up later, and a call that lies ahead hands on nothing else."""
    longer = [longer_by(call, more) if call.uid == uid else call for call in calls]
    before, then = placed(calls, papers, settings, now), placed(longer, papers, settings, now)
    order = {uid: place for place, uid in enumerate(before.by_meeting)}
    for paper, where in then.placements.items():
        was = before.placements[paper]
        assert order.get(where, len(order)) <= order.get(was, len(order))
    # What a call was done with has its place; that others might have had time for it moves nothing.
    done = {paper.id for paper in papers if paper.treatment}
    for call in calls:
        if call.uid in order and over_at(call) >= now:
            handed_on = {c.contribution for c in then.by_meeting[call.uid].carried} - done
            assert handed_on <= {c.contribution for c in before.by_meeting[call.uid].carried}


def longer_by(call: Meeting, minutes: int) -> Meeting:
    """The call, starting earlier: what came while it lasted is for it as before."""
    if call.end is None:
        return call
    start = dt.datetime.combine(call.date, call.start) - dt.timedelta(minutes=minutes)
    return replace(call, start=start.time())


@given(some_calls(), some_papers(), SETTINGS, MOMENTS, st.sampled_from(UIDS))
def test_carrying_over_and_back_is_the_identity(calls, papers, settings, now, uid):
    found = placed(calls, papers, settings, now)
    off = [replace(c, status=Status.CANCELLED) if c.uid == uid else c for c in calls]
    extra = a_call("2027-03-01", "routing", uid="extra")
    for other_calls in (off, [c for c in calls if c.uid != uid], [*calls, extra]):
        other = placed(other_calls, papers, settings, now)
        again = placed(calls, papers, settings, now)
        there = history(found.placements, other, now)
        back = history(other.placements, again, now)
        assert again == found
        assert walked(walked(found.placements, there), back) == found.placements


def walked(places, records):
    """Where the contributions are once the lines of the history have happened."""
    for record in records:
        assert places[record.contribution] == record.came_from
        assert record.came_from != record.goes_to
    return places | {record.contribution: record.goes_to for record in records}


@given(some_calls(), some_papers(), SETTINGS, MOMENTS)
def test_every_step_leads_to_the_place_where_a_contribution_stands(calls, papers, settings, now):
    found = placed(calls, papers, settings, now)
    steps = {
        (carried.contribution, uid): carried
        for uid, agenda in found.by_meeting.items()
        for carried in agenda.carried
    }
    for paper, place in found.places.items():
        if place.came_from in found.by_meeting and place.came_from is not None:
            step = steps[paper, place.came_from]
            assert (step.to, step.reason) == (place.meeting, place.carried)
    for agenda in found.by_meeting.values():
        starts = 0
        for item in agenda.items:
            assert item.starts == starts
            starts += item.minutes
        assert [i for i in agenda.items if i.standing is Standing.ADMINISTRATIVE] or (
            not settings.administrative
        )
