"""A group's figures as its page shows them: a table, and a picture of the calls beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.planning.metrics import CallFigures, Counts, Figures
from scheduler.wording.figures import carried_in_words, percent
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.moments import short_date

MOST_BARS = 24  # the last calls of a period; the table has them all
MOST_NAMES = 10
BAR_ROOM = 100  # units that the longest bar is wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar of one call: how far each of its two parts reaches, of `BAR_ROOM`, and its words."""

    label: str
    on_time: int
    late: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A call, or all of them, as a row of the table; `uid` is the anchor of the meeting."""

    name: str
    uid: str | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """What became of the contributions in one period."""

    name: str
    meetings: str
    share: str
    carried: str
    rows: tuple[RowView, ...]
    total: RowView
    bars: tuple[Bar, ...]
    room: int
    sources: tuple[str, ...]
    countries: tuple[str, ...]


def period_view(figures: Figures, speaker: Speaker) -> PeriodView:
    """Return what the page shows of one period, in the words of one language."""
    counts = figures.counts
    calls = figures.calls[-MOST_BARS:]
    return PeriodView(
        name=figures.period.name,
        meetings=_meetings(figures, speaker),
        share=percent(counts.share, speaker),
        carried=carried_in_words(counts.carried, speaker),
        rows=tuple(_row(call, speaker) for call in figures.calls),
        total=RowView(name=speaker.say("All"), uid=None, counts=counts),
        bars=_bars(calls, speaker),
        room=BAR_ROOM,
        sources=_names(figures.sources, speaker),
        countries=_names(figures.countries, speaker),
    )


def _meetings(figures: Figures, speaker: Speaker) -> str:
    said = str(len(figures.calls))
    if not figures.called_off:
        return said
    off = speaker.say_many(
        "%(count)s does not take place", "%(count)s do not take place", figures.called_off
    )
    return speaker.say("%(number)s; %(off)s", number=said, off=off)


def _row(call: CallFigures, speaker: Speaker) -> RowView:
    name = short_date(call.meeting.date, speaker)
    return RowView(name=name, uid=call.meeting.uid, counts=call.counts)


def _bars(calls: Sequence[CallFigures], speaker: Speaker) -> tuple[Bar, ...]:
    most = max((call.counts.on_time + call.counts.late for call in calls), default=0)
    return tuple(_bar(call, most, speaker) for call in calls)


def _bar(call: CallFigures, most: int, speaker: Speaker) -> Bar:
    counts = call.counts
    late = speaker.say_many("%(count)s late", "%(count)s late", counts.late) if counts.late else ""
    words = " + ".join(filter(None, (str(counts.on_time), late)))
    return Bar(
        label=short_date(call.meeting.date, speaker),
        on_time=_length(counts.on_time, most),
        late=_length(counts.late, most),
        words=words,
    )


def _length(count: int, most: int) -> int:
    return round(count * BAR_ROOM / most) if most else 0


def _names(tally: Sequence[tuple[str, int]], speaker: Speaker) -> tuple[str, ...]:
    shown = [f"{one_line(name)} ({count})" for name, count in tally[:MOST_NAMES]]
    left = len(tally) - MOST_NAMES
    if left > 0:
        shown.append(speaker.say_many("and %(count)s more", "and %(count)s more", left))
    return tuple(shown)
