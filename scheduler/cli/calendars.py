"""The verb on calendars that others keep: `calendars`."""

from datetime import timedelta

import click

from scheduler.actions.calendars import Listed
from scheduler.actions.calendars import calendars as list_them
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.plans import group_option
from scheduler.cli.show.blocks import doubt, paragraph
from scheduler.cli.show.counts import counted
from scheduler.model.busy import OutsideState
from scheduler.model.moment import Instant
from scheduler.publication.exports import Document, problem_document


@click.command()
@group_option
@click.option("--refresh", is_flag=True, help="Fetch those with an address anew.")
@json_option
@pass_frame
def calendars(frame: Frame, group: str | None, refresh: bool, as_json: bool) -> None:
    """Show the calendars of others that groups name, and fetch them with --refresh.

    Without --group: all groups.
    """
    workspace = frame.open()
    listed = list_them(
        workspace.store,
        group,
        groups=workspace.groups,
        outside=workspace.outside,
        refresh=refresh,
        now=workspace.now,
    )
    if as_json:
        print_document(_document(listed))
        return
    if not listed.states:
        frame.say("No group names a calendar; see 'calendars:' in groups/example.yaml.")
    _show(listed, workspace.now)


def _document(listed: Listed) -> Document:
    return {
        "calendars": [_row(group, state) for group, state in listed.states],
        "problems": [problem_document(problem) for problem in listed.problems],
    }


def _row(group: str, state: OutsideState) -> Document:
    return {
        "group": group,
        "title": state.calendar.title,
        "about": state.calendar.about,
        "source": state.source,
        "hard": state.calendar.hard,
        "fetched": str(state.fetched) if state.fetched else None,
        "events": len(state.busy),
        "problems": [problem_document(problem) for problem in state.problems],
    }


def _show(listed: Listed, now: Instant) -> None:
    console = make_console()
    for group, state in listed.states:
        own = state.calendar
        fetched = f", fetched {state.fetched}, {_age(state.fetched, now)}" if state.fetched else ""
        paragraph(
            console,
            f"{group}: {own.title} ({state.source}{fetched}), {counted(len(state.busy), 'event')}",
            hanging=2,
        )
        for problem in state.problems:
            doubt(console, problem.severity, f"{problem.message} [{problem.code}]")
    for problem in listed.problems:
        doubt(console, problem.severity, f"{problem.message} [{problem.code}]")


def _age(fetched: Instant, now: Instant) -> str:
    hours = max(now.utc - fetched.utc, timedelta()) // timedelta(hours=1)
    return f"{hours} hour{'' if hours == 1 else 's'} ago"
