"""Generated series: their meetings, why each date, what was left out, and how near to the best."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console

from scheduler.actions.generate import Choice, Generated, Generation
from scheduler.cli.show.blocks import heading, paragraph, rows
from scheduler.cli.show.counts import counted
from scheduler.cli.show.proposal import show_changes
from scheduler.cli.show.report import FILE_WAS_LOST, show_meeting, show_problems
from scheduler.model.meeting import Meeting
from scheduler.model.moment import clock_text
from scheduler.planning.body import BodyPlan
from scheduler.planning.candidates import Candidate
from scheduler.planning.explanation import Explanation, Loser
from scheduler.planning.scoring import Points
from scheduler.planning.zone_shares import ZoneShare, zone_shares
from scheduler.publication.exports import Document, meeting_document
from scheduler.rules.fairness import LocalTime


def show_generation(console: Console, generation: Generation) -> None:
    """Print every series with its reasons, and the score beside what none can beat."""
    for generated in generation.groups:
        _show_group(console, generated)
    if generation.body:
        heading(console, "Together")
        rows(console, _distance(generation.body))


def generation_document(generation: Generation) -> Document:
    """Return every series with its reasons, and the score beside what none can beat."""
    body = generation.body
    return {
        "series": [_series(generated) for generated in generation.groups],
        "score": body.score if body else None,
        "bound": body.bound if body else None,
        "gained": body.gained if body else None,
        "distance_percent": round(body.distance_percent, 4) if body else None,
    }


def _show_group(console: Console, generated: Generated) -> None:
    planned, imported = generated.planned, generated.imported
    heading(console, f"{planned.mandate.group}: {planned.mandate.document.number}")
    for meeting in _saved(generated):
        show_meeting(console, meeting)
    if planned.choice:
        rows(console, [("barred", _barred_in_words(planned.choice))])
        rows(console, map(_share_in_words, zone_shares(planned.choice.explanations)))
    show_problems(console, imported.report.problems)
    if imported.new_group_file:
        paragraph(console, f"New group: its settings are in {imported.new_group_file}")
    if imported.file_was_lost:
        paragraph(console, FILE_WAS_LOST)
    if imported.draft is None:
        paragraph(console, "This was generated before; the plan is unchanged.")
    else:
        heading(console, f"Saved as a draft of {planned.mandate.group}'s plan")
        show_changes(console, imported.changes)


def _saved(generated: Generated) -> tuple[Meeting, ...]:
    """The meetings of the series, with their ids where they were saved."""
    saved = generated.imported.draft.meetings if generated.imported.draft else ()
    known = {(meeting.date, meeting.start): meeting for meeting in saved}
    return tuple(known.get((m.date, m.start), m) for m in generated.planned.series.meetings)


def _barred_in_words(choice: Choice) -> str:
    counts = _barred(choice)
    return ", ".join(
        f"{counted(count, 'slot')} {why.replace('_', ' ')}" for why, count in counts.items()
    )


def _share_in_words(share: ZoneShare) -> tuple[str, str]:
    hours = ", ".join(f"{time.start:%a %H:%M}" for time in share.times)
    return share.zone, f"{share.bad_hours} of {len(share.times)} at a bad hour: {hours}"


def _barred(choice: Choice) -> dict[str, int]:
    return dict(sorted(Counter(str(barred.why) for barred in choice.field.barred).items()))


def _distance(body: BodyPlan) -> Iterator[tuple[str, str]]:
    yield "score", counted(body.score, "weighted point")
    if body.gained is not None:
        yield "gained", f"{body.gained} of them by the solver"
    yield "bound", f"{body.bound}; no plan can score more"
    yield "distance", f"{body.distance_percent:.3f} % of the bound"


def _series(generated: Generated) -> Document:
    planned = generated.planned
    choice = planned.choice
    return {
        "group": planned.mandate.group,
        "document": planned.mandate.document.number,
        "changed": generated.imported.draft is not None,
        "meetings": [meeting_document(meeting) for meeting in _saved(generated)],
        "left_out": [
            {"date": day.date.isoformat(), "why": day.why, "reason": day.reason}
            for day in planned.series.left_out
        ],
        "chosen": [_explanation(one) for one in choice.explanations] if choice else [],
        "barred": _barred(choice) if choice else {},
        "zones": [_share(one) for one in zone_shares(choice.explanations)] if choice else [],
    }


def _explanation(explanation: Explanation) -> Document:
    return {
        **_slot(explanation.candidate),
        "score": explanation.score.of_hundred,
        "parts": _parts(explanation.score.parts),
        "local_times": [_local_time(time) for time in explanation.local_times],
        "losers": [_loser(loser, explanation) for loser in explanation.losers],
    }


def _share(share: ZoneShare) -> Document:
    return {
        "zone": share.zone,
        "bad_hours": share.bad_hours,
        "local_times": [_local_time(time) for time in share.times],
    }


def _loser(loser: Loser, explanation: Explanation) -> Document:
    return {
        **_slot(loser.candidate),
        "score": loser.score.of_hundred,
        "parts": _parts(loser.score.parts),
        "lost_points": loser.lost_points,
        "worse": _parts(loser.worse_than(explanation.score)),
    }


def _slot(candidate: Candidate) -> Document:
    return {
        "date": candidate.day.isoformat(),
        "start": clock_text(candidate.slot.start),
        "start_utc": str(candidate.start),
        "end_utc": str(candidate.end),
        "room": candidate.room,
    }


def _parts(points: Points) -> dict[str, int]:
    return {str(part): number for part, number in points}


def _local_time(time: LocalTime) -> Document:
    return {
        "zone": time.zone,
        "date": time.start.date().isoformat(),
        "start": clock_text(time.start.time()),
        "end": clock_text(time.end.time()),
        "burden": time.burden,
        "fair": time.is_fair,
    }
