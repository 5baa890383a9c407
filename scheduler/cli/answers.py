"""The verbs around what people answer: `invitations`, `answers` and `answer`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from scheduler.actions.answers import Received, take_answers
from scheduler.actions.answers import answer as answer_it
from scheduler.actions.invitees import list_invitations
from scheduler.actions.read_report import STANDARD_INPUT
from scheduler.cli.frame import (
    Frame,
    by_option,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.invitations import group_option, meeting_option
from scheduler.cli.show.answers import (
    guestlist_document,
    problem_lines,
    received_document,
    received_line,
    show_guestlist,
)
from scheduler.cli.show.counts import counted
from scheduler.cli.values import NAME, ValueChoice
from scheduler.intake.saved_answers import (
    LARGEST_FILE,
    SavedMail,
    mails_in,
    read_answers,
    saved_mails,
)
from scheduler.model.attendee import Participation
from scheduler.publication.exports import problem_document

NOBODY_INVITED = "Nobody is invited."


@click.command()
@click.option("--group", type=NAME, help="The acronym of one group.")
@click.option("--meeting", type=NAME, help="Only this one: its label, date or id.")
@click.option("--all", "everything", is_flag=True, help="Meetings that are over, too.")
@json_option
@pass_frame
def invitations(
    frame: Frame, group: str | None, meeting: str | None, everything: bool, as_json: bool
) -> None:
    """List who is invited to each meeting to come, and what they have answered."""
    workspace = frame.open()
    found = list_invitations(
        workspace.store,
        group,
        meeting,
        groups=workspace.groups,
        everything=everything,
        now=workspace.now,
    )
    if as_json:
        print_document({"meetings": [guestlist_document(one) for one in found]})
    elif found:
        console = make_console()
        for one in found:
            show_guestlist(console, one)
    else:
        frame.say(NOBODY_INVITED)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@by_option
@json_option
@pass_frame
def answers(frame: Frame, files: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Read what calendars answer to invitations, from mails as they were saved.

    FILE is a mail (.eml), a mailbox (mbox), a folder of mails such as a Maildir, an .ics file, or
    - for standard input. The same mails again change nothing.
    """
    workspace = frame.open()
    mails = (mail for file in files for mail in _mails(file))
    found = take_answers(workspace.store, read_answers(mails), who=frame.who(by), now=workspace.now)
    if as_json:
        print_document(
            {
                "mails": found.mails,
                "answers": [received_document(one) for one in found.received],
                "problems": [problem_document(problem) for problem in found.problems],
            }
        )
        return
    frame.say(f"{counted(found.mails, 'mail')}, with {counted(len(found.received), 'answer')}.")
    frame.say(*map(received_line, found.received))
    frame.note(*problem_lines(found.problems))


@click.command()
@click.argument("address")
@click.argument("answer", type=ValueChoice(Participation))
@group_option
@meeting_option
@by_option
@json_option
@pass_frame
def answer(
    frame: Frame,
    address: str,
    answer: Participation,
    group: str,
    meeting: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Record what ADDRESS answered by word or letter to the invitation to meetings."""
    workspace = frame.open()
    found = answer_it(
        workspace.store,
        group,
        meeting,
        address,
        answer,
        groups=workspace.groups,
        who=frame.who(by),
        now=workspace.now,
    )
    _tell(frame, found, as_json)


def _tell(frame: Frame, found: tuple[Received, ...], as_json: bool) -> None:
    if as_json:
        print_document({"answers": [received_document(one) for one in found]})
    else:
        frame.say(*map(received_line, found))


def _mails(file: str) -> Iterator[SavedMail]:
    if file == STANDARD_INPUT:
        yield from mails_in(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input")
    else:
        yield from saved_mails(Path(file))
