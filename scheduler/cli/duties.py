"""The verb on what is owed to a meeting: `done`."""

import click

from scheduler.actions.done import Marked, mark_done, mark_undone
from scheduler.cli.frame import Frame, json_option, pass_frame, print_document
from scheduler.cli.show import moments
from scheduler.cli.show.documents import done_document
from scheduler.cli.values import LINE, NAME
from scheduler.wording.deadlines import deadline_name
from scheduler.wording.languages import speaker


@click.command()
@click.argument("meeting")
@click.option("--kind", type=NAME, required=True, help="The kind of the deadline, such as minutes.")
@click.option("--group", type=NAME, help="The acronym of the group that meets.")
@click.option("--by", type=LINE, help="Who says so; kept with it.")
@click.option("--undo", is_flag=True, help="Take it back: it is owed again.")
@json_option
@pass_frame
def done(
    frame: Frame,
    meeting: str,
    kind: str,
    group: str | None,
    by: str | None,
    undo: bool,
    as_json: bool,
) -> None:
    """Say that MEETING has what its deadlines of a kind are for.

    Nobody is reminded of them any more, before or after.
    """
    workspace = frame.open()
    store, now, who = workspace.store, workspace.now, frame.who(by)
    if undo:
        marked = mark_undone(store, meeting, kind, group, now=now, who=who)
    else:
        marked = mark_done(store, meeting, kind, group, now=now, by=by, who=who)
    if as_json:
        print_document({"done": done_document(marked.done) if marked.done else None})
        return
    frame.say(_sentence(marked))


def _sentence(marked: Marked) -> str:
    name, meeting = deadline_name(marked.kind, speaker("en")), marked.meeting
    of = f"{name} of {meeting.group}, meeting {meeting.label or meeting.uid[:8]} of "
    when = moments.day(meeting.date)
    if marked.done is None:
        return f"The {of}{when}: owed again; people are reminded of it as before."
    return f"The {of}{when}: done since {marked.done.at}; nobody is reminded of it."
