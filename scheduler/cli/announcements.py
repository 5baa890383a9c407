"""`announce`: the verb that tells a list of a group's meetings."""

import click

from scheduler.actions.announce import Announcement
from scheduler.actions.announce import announce as announce_it
from scheduler.cli.frame import Frame, json_option, pass_frame, print_document
from scheduler.cli.notices import note_suppressed
from scheduler.cli.show.counts import counted
from scheduler.cli.show.documents import letter_document
from scheduler.cli.values import NAME
from scheduler.model.address import domain_of
from scheduler.model.letter import LetterState
from scheduler.notification.invitations import may_have_arrived

_WHAT_BECAME = {
    LetterState.QUEUED: "waits already",
    LetterState.FAILED: "failed; 'interim outbox retry' queues it again",
    LetterState.CANCELLED: "was called off by a person",
}


@click.command()
@click.option("--group", type=NAME, required=True, help="The acronym of the group.")
@click.option("--to", "address", type=NAME, required=True, help="The mail address of the list.")
@click.option(
    "--language", type=NAME, help="The language of the list.  [default: as before, or the group's]"
)
@click.option("--again", is_flag=True, help="Write to a list that had asked for no more.")
@click.option("--dry-run", is_flag=True, help="Say what would be queued, and change nothing.")
@json_option
@pass_frame
def announce(
    frame: Frame,
    group: str,
    address: str,
    language: str | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Announce a group's approved meetings to a mailing list, in one letter with all dates.

    The letter is queued; 'interim remind' sends it. A list has one language, and is told once
    what it knows already.
    """
    workspace = frame.open()
    found = announce_it(
        workspace.store,
        group,
        address,
        language=language,
        again=again,
        dry_run=dry_run,
        groups=workspace.groups,
        domain=domain_of(workspace.settings.sender),
        now=workspace.now,
    )
    if as_json:
        announced = letter_document(found.letter)
        print_document({"dry_run": dry_run, "new": found.is_new, "announcement": announced})
    else:
        frame.say(_sentence(found, address, group, dry_run))
    note_suppressed(frame, workspace, [found.letter.recipient])


def _sentence(found: Announcement, address: str, group: str, dry_run: bool) -> str:
    letter, count = found.letter, len(found.letter.subjects)
    meetings = counted(count, "meeting")
    these = "this meeting" if count == 1 else f"these {meetings}"
    if found.is_new:
        done = "would be queued" if dry_run else "is queued"
        return f"A letter to {address} with {meetings} of {group} {done}."
    if may_have_arrived(letter):
        return (
            f"{address} was told {these} already: the letter is {letter.state}. Nothing was queued."
        )
    what = _WHAT_BECAME.get(letter.state, f"is {letter.state}")
    return f"A letter to {address} with {these} {what}. Nothing was queued."
