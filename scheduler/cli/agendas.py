"""The verb `agenda`: what stands on each call and why, and what moved."""

import click

from scheduler.actions.agenda import carry_history, set_agendas, show_agendas
from scheduler.actions.edit import Edited
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.agenda_documents import agendas_document, history_document
from scheduler.cli.show.agendas import show_history, show_views
from scheduler.cli.show.documents import changes_document
from scheduler.cli.show.proposal import show_changes
from scheduler.cli.values import LINE, NAME


@click.command()
@click.option("--group", type=NAME, help="The acronym of one group.")
@click.option("--meeting", type=NAME, help="One call, over or not.  [default: those ahead]")
@click.option("--set", "is_set", is_flag=True, help="Write them into the draft, to be approved.")
@click.option("--history", "past", is_flag=True, help="Show every line of what moved instead.")
@click.option("--by", type=LINE, help="Who sets them; kept in the history.")
@json_option
@pass_frame
def agenda(
    frame: Frame,
    group: str | None,
    meeting: str | None,
    is_set: bool,
    past: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Show the agenda of each call: what stands on it and why, and what moves where.

    Without --group: all groups.
    """
    if past and (is_set or meeting):
        raise click.UsageError("--history shows all that moved; leave --set and --meeting out")
    if is_set:
        _set(frame, group, meeting, by, as_json)
    elif past:
        _show_past(frame, group, as_json)
    else:
        _show(frame, group, meeting, as_json)


def _show(frame: Frame, group: str | None, meeting: str | None, as_json: bool) -> None:
    workspace = frame.open()
    views = show_agendas(
        workspace.store, group, meeting, groups=workspace.groups, now=workspace.now
    )
    if as_json:
        print_document(agendas_document(views))
    elif any(view.sittings or view.table.contributions for view in views):
        show_views(make_console(), views)
    else:
        frame.say("No call is ahead, and no contribution is known; 'interim import' reads both.")


def _show_past(frame: Frame, group: str | None, as_json: bool) -> None:
    workspace = frame.open()
    views = carry_history(workspace.store, group, groups=workspace.groups, now=workspace.now)
    if as_json:
        print_document(history_document(views))
    elif any(view.history for view in views):
        show_history(make_console(), views)
    else:
        frame.say("Nothing has moved.")


def _set(
    frame: Frame, group: str | None, meeting: str | None, by: str | None, as_json: bool
) -> None:
    workspace = frame.open()
    edited = set_agendas(
        workspace.store, group, meeting, groups=workspace.groups, now=workspace.now, by=by
    )
    if as_json:
        rows = [row for one in edited for row in changes_document(one.changes)]
        print_document({"changes": rows})
        return
    _show_edited(frame, edited)


def _show_edited(frame: Frame, edited: tuple[Edited, ...]) -> None:
    for one in edited:
        if not one.changes:
            frame.say(f"The agendas of {one.group} stand in its plan as they are; nothing changes.")
            continue
        frame.say(f"The draft of {one.group} now changes in the plan that stands:")
        if not frame.quiet:
            show_changes(make_console(), one.changes)
    if any(one.changes for one in edited):
        frame.say("Next: 'interim approve' makes it stand, and 'interim publish' tells it.")
