"""The verbs that change a series: `move`, `cancel`, `skip`, `restore`, `drop`, `authorize`."""

import datetime as dt
from collections.abc import Callable

import click
from rich.console import Console

from scheduler.actions import edit
from scheduler.actions.authorize import authorize as authorize_it
from scheduler.actions.consequences import Consequences, Step, foresee
from scheduler.actions.drop import drop as drop_it
from scheduler.actions.edit import Edited
from scheduler.actions.restore import restore as restore_it
from scheduler.assembly import Workspace, teller
from scheduler.cli.frame import (
    Frame,
    by_option,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.plans import silent_option
from scheduler.cli.show.consequences import consequences_document, show_consequences
from scheduler.cli.show.documents import changes_document, letter_document
from scheduler.cli.show.proposal import show_changes, show_waivers
from scheduler.cli.show.sending import letters_sentence
from scheduler.cli.values import CLOCK, DATE, LINE, NAME, ZONE, ValueChoice
from scheduler.errors import WrongUsage
from scheduler.model.group import group_named
from scheduler.model.moment import Reading
from scheduler.planning.editing import Move, Scope
from scheduler.publication.exports import Document

scope_option = click.option(
    "--scope",
    type=ValueChoice(Scope),
    default=Scope.THIS,
    show_default=True,
    help="How far it reaches.",
)
reason_option = click.option("--reason", type=LINE, help="Why; kept, and told to subscribers.")


class NothingToMove(WrongUsage):
    """A move without a place to go."""

    def __init__(self) -> None:
        super().__init__(
            "nothing to move to was given; give --date, --start, --end, --zone or --reading"
        )


@click.command()
@click.argument("meeting")
@click.option("--date", "date", type=DATE, help="The new day.")
@click.option("--start", type=CLOCK, help="The new start; the length stays unless --end is given.")
@click.option("--end", type=CLOCK, help="The new end.")
@click.option("--zone", type=ZONE, help="The zone of these hours (IANA name).")
@click.option(
    "--reading",
    type=ValueChoice(Reading),
    help="Which of two readings of an hour that a clock change skips or repeats.",
)
@scope_option
@reason_option
@json_option
@pass_frame
def move(
    frame: Frame,
    meeting: str,
    date: dt.date | None,
    start: dt.time | None,
    end: dt.time | None,
    zone: str | None,
    reading: Reading | None,
    scope: Scope,
    reason: str | None,
    as_json: bool,
) -> None:
    """Move MEETING in the draft; effective with 'interim approve'.

    MEETING is an id or its beginning, a label, a date, or GROUP/label. With a wider scope the
    others go by the same number of days.
    """
    to = Move(date=date, start=start, end=end, zone=zone, reading=reading)
    if to == Move():
        raise NothingToMove
    workspace = frame.open()
    show_edited(
        frame,
        workspace,
        edit.move(
            workspace.store,
            meeting,
            to,
            scope=scope,
            reason=reason,
            groups=workspace.groups,
            now=workspace.now,
        ),
        as_json,
    )


@click.command()
@click.argument("meeting")
@scope_option
@reason_option
@json_option
@pass_frame
def cancel(frame: Frame, meeting: str, scope: Scope, reason: str | None, as_json: bool) -> None:
    """Cancel MEETING in the draft; calendars show it as cancelled once that is approved."""
    _edit(edit.cancel, frame, meeting, scope, reason, as_json)


@click.command()
@click.argument("meeting")
@scope_option
@reason_option
@json_option
@pass_frame
def skip(frame: Frame, meeting: str, scope: Scope, reason: str | None, as_json: bool) -> None:
    """Leave MEETING out of the draft; where it was published, it is cancelled there."""
    _edit(edit.skip, frame, meeting, scope, reason, as_json)


@click.command()
@click.argument("meeting")
@scope_option
@reason_option
@json_option
@pass_frame
def restore(frame: Frame, meeting: str, scope: Scope, reason: str | None, as_json: bool) -> None:
    """Let MEETING, which was cancelled, take place again in the draft."""
    _edit(restore_it, frame, meeting, scope, reason, as_json)


@click.command()
@click.option("--group", type=NAME, required=True, help="The acronym of the group.")
@json_option
@pass_frame
def drop(frame: Frame, group: str, as_json: bool) -> None:
    """Take the group's draft back altogether; what is published stays."""
    workspace = frame.open()
    dropped = drop_it(workspace.store, group, groups=workspace.groups, now=workspace.now)
    if as_json:
        print_document({"dropped": group, "changes": changes_document(dropped.changes)})
        return
    if not frame.quiet:
        frame.say(f"The draft of {group} is gone, and with it:")
        show_changes(make_console(), dropped.changes)
        show_waivers(make_console(), dropped.lost_waivers, dropped.draft)
    stands = dropped.published
    frame.say(f"Revision {stands.revision} stands." if stands else "Nothing of it was published.")


@click.command()
@click.option("--group", type=NAME, required=True, help="The acronym of the group.")
@click.option(
    "--date",
    "decided",
    type=DATE,
    help="The day of the decision.  [default: the day recorded, else today]",
)
@silent_option
@by_option
@json_option
@pass_frame
def authorize(
    frame: Frame,
    group: str,
    decided: dt.date | None,
    without_telling: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Record the parent's decision: the group's tentative meetings are confirmed."""
    workspace = frame.open()
    edited = authorize_it(
        workspace.store,
        group,
        decided,
        groups=workspace.groups,
        now=workspace.now,
        who=frame.who(by),
        teller=teller(workspace, silent=without_telling, by=frame.who(by)),
    )
    if as_json:
        letters = [letter_document(letter) for letter in edited.letters]
        print_document(_edit_document(workspace, edited) | {"letters": letters})
    elif not frame.quiet:
        console = make_console()
        show_changes(console, edited.changes)
        if edited.letters:
            frame.say(letters_sentence(edited.letters))
        _show_foreseen(console, workspace, edited)


def _edit(
    verb: Callable[..., Edited],
    frame: Frame,
    meeting: str,
    scope: Scope,
    reason: str | None,
    as_json: bool,
) -> None:
    workspace = frame.open()
    edited = verb(workspace.store, meeting, scope=scope, reason=reason, now=workspace.now)
    show_edited(frame, workspace, edited, as_json)


def show_edited(frame: Frame, workspace: Workspace, edited: Edited, as_json: bool) -> None:
    """Print what a draft changes after an edit of it, and what becomes of feeds and letters."""
    if as_json:
        print_document(_edit_document(workspace, edited))
    elif not frame.quiet:
        console = make_console()
        frame.say("The draft now changes in the plan that stands:")
        show_changes(console, edited.changes)
        _show_foreseen(console, workspace, edited)
        frame.say(
            "Next: 'interim plan' shows it with every finding, 'interim approve' makes it stand."
        )


def _edit_document(workspace: Workspace, edited: Edited) -> Document:
    return {
        "changes": changes_document(edited.changes),
        "consequences": consequences_document(_foreseen(workspace, edited)),
    }


def _show_foreseen(console: Console, workspace: Workspace, edited: Edited) -> None:
    for found in _foreseen(workspace, edited):
        show_consequences(console, found)


def _foreseen(workspace: Workspace, edited: Edited) -> tuple[Consequences, ...]:
    group = group_named(edited.group, workspace.groups)
    step = Step(group=group, published=edited.published, plan=edited.draft)
    base_url = workspace.settings.base_url
    return foresee(workspace.store, [step], base_url=base_url, now=workspace.now)
