"""Figures of groups: a table of sums, a bar for each call, and the same as a document."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from scheduler.actions.metrics import GroupMetrics
from scheduler.cli.show.blocks import heading, paragraph, printable, rows
from scheduler.cli.show.moments import day
from scheduler.model.moment import Instant
from scheduler.planning.metrics import CallFigures, Carrying, Counts, Figures
from scheduler.publication.exports import Document
from scheduler.wording.figures import carried_in_words, percent
from scheduler.wording.languages import SOURCE_LANGUAGE, speaker

BAR_ROOM = 36  # columns, so that a line fits 80 with the day before it and the numbers behind
ON_TIME, LATE = "█", "▒"
MOST_NAMES = 10


def show_metrics(console: Console, found: Sequence[GroupMetrics], now: Instant) -> None:
    """Print the figures of each group, period by period; `now` tells which meetings were held."""
    for group in found:
        if not group.figures:
            heading(console, group.group)
            paragraph(console, "No plan stands yet; 'interim approve' makes one stand.")
        for figures in group.figures:
            _show_period(console, group.group, figures, now)


def metrics_document(found: Sequence[GroupMetrics], now: Instant) -> Document:
    """Return the figures of each group, period by period."""
    return {
        "groups": [
            {"group": one.group, "periods": [_period(each, now) for each in one.figures]}
            for one in found
        ]
    }


def _show_period(console: Console, group: str, figures: Figures, now: Instant) -> None:
    heading(console, printable(f"{group}, {figures.period.name}"))
    rows(console, _sums(figures, now))
    if any(call.counts.contributions for call in figures.calls):
        console.print()
        paragraph(console, f"Contributions to each call ({ON_TIME} on time, {LATE} late):")
        for line in _bars(figures.calls):
            console.print(line, soft_wrap=True)


def _sums(figures: Figures, now: Instant) -> tuple[tuple[str, str], ...]:
    counts, voice = figures.counts, speaker(SOURCE_LANGUAGE)
    off = f", {figures.called_off} more called off or postponed" if figures.called_off else ""
    return (
        ("meetings", f"{len(figures.calls)}, of which {figures.held(now)} held{off}"),
        ("contributions", str(counts.contributions)),
        ("on time", str(counts.on_time)),
        ("late", f"{counts.late}, of which {counts.admitted} admitted" if counts.late else "0"),
        ("announced", _if_any(counts.announced)),
        ("withdrawn", _if_any(counts.withdrawn)),
        ("redirected", _if_any(counts.redirected)),
        ("treated or noted", _treated(counts)),
        ("treated share", percent(counts.share, voice)),
        ("carried", carried_in_words(counts.carried, voice)),
        ("sources", _names(figures.sources)),
        ("countries", _names(figures.countries)),
    )


def _if_any(count: int) -> str:
    return str(count) if count else ""


def _treated(counts: Counts) -> str:
    done = counts.treated + counts.noted
    return f"{done} of {counts.on_table} on the table" if counts.on_table else str(done)


def _names(tally: Sequence[tuple[str, int]]) -> str:
    shown = [f"{name} ({count})" for name, count in tally[:MOST_NAMES]]
    left = len(tally) - MOST_NAMES
    return ", ".join([*shown, *([f"and {left} more"] if left > 0 else [])])


def _bars(calls: Sequence[CallFigures]) -> list[Text]:
    days = [day(call.meeting.date) for call in calls]
    width = max(map(len, days))
    most = max(call.counts.on_time + call.counts.late for call in calls)
    pairs = zip(days, calls, strict=True)
    return [_bar(name.rjust(width), call.counts, most) for name, call in pairs]


def _bar(name: str, counts: Counts, most: int) -> Text:
    line = Text(f"  {name} ")
    for sign, count, style in ((ON_TIME, counts.on_time, "green"), (LATE, counts.late, "yellow")):
        line.append(sign * _length(count, most), style=style)
    late = f" + {counts.late} late" if counts.late else ""
    return line.append(f" {counts.on_time}{late}")


def _length(count: int, most: int) -> int:
    """So many columns that what is there is seen, however little it is."""
    return max(1, count * BAR_ROOM // most) if count else 0


def _period(figures: Figures, now: Instant) -> Document:
    return {
        "period": {
            "name": figures.period.name,
            "from": figures.period.start.isoformat(),
            "until": figures.period.end.isoformat(),
        },
        "meetings": len(figures.calls),
        "held": figures.held(now),
        "called_off": figures.called_off,
        **_counts(figures.counts),
        "sources": [{"name": name, "contributions": n} for name, n in figures.sources],
        "countries": [{"name": name, "contributions": n} for name, n in figures.countries],
        "calls": [
            {
                "id": call.meeting.uid,
                "label": call.meeting.label,
                "date": call.meeting.date.isoformat(),
                **_counts(call.counts),
            }
            for call in figures.calls
        ],
    }


def _counts(counts: Counts) -> Document:
    return {
        "contributions": counts.contributions,
        "announced": counts.announced,
        "on_time": counts.on_time,
        "late": counts.late,
        "admitted": counts.admitted,
        "withdrawn": counts.withdrawn,
        "redirected": counts.redirected,
        "treated": counts.treated,
        "noted": counts.noted,
        "treated_share": None if counts.share is None else round(float(counts.share), 4),
        "carried": [_carrying(one) for one in counts.carried],
    }


def _carrying(one: Carrying) -> Document:
    return {"id": one.contribution, "calls": one.calls, "days": one.days}
