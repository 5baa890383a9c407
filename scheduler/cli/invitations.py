"""The verbs around meetings that people are asked to: `invite` and `uninvite`."""

import click

from scheduler.actions.invite import Guests, Invited
from scheduler.actions.invite import invite as invite_them
from scheduler.actions.invite import uninvite as uninvite_them
from scheduler.cli.frame import Frame, json_option, pass_frame, print_document
from scheduler.cli.notices import note_suppressed
from scheduler.cli.show.counts import counted
from scheduler.cli.show.documents import invitation_document, letter_document
from scheduler.cli.values import NAME, ZONE
from scheduler.model.address import domain_of

group_option = click.option("--group", type=NAME, required=True, help="The acronym of the group.")
meeting_option = click.option(
    "--meeting", type=NAME, help="Only this one: its label, date or id.  [default: all to come]"
)


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS...]")
@group_option
@meeting_option
@click.option("--subscribers", is_flag=True, help="Invite everyone who gets its letters.")
@click.option(
    "--zone", type=ZONE, help="The zone letters speak in.  [default: theirs, or the group's]"
)
@click.option(
    "--language", type=NAME, help="The language of letters.  [default: theirs, or the group's]"
)
@json_option
@pass_frame
def invite(
    frame: Frame,
    addresses: tuple[str, ...],
    group: str,
    meeting: str | None,
    subscribers: bool,
    zone: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Invite each ADDRESS to meetings by an entry for their calendar, which follows every change.

    The letters are queued; 'interim remind' sends them, and later what changes.
    """
    if not addresses and not subscribers:
        raise click.UsageError("nobody is named; give each ADDRESS, or --subscribers")
    workspace = frame.open()
    invited = invite_them(
        workspace.store,
        group,
        meeting,
        Guests(addresses=addresses, subscribers=subscribers, zone=zone, language=language),
        groups=workspace.groups,
        domain=domain_of(workspace.settings.sender),
        now=workspace.now,
    )
    people = len({attendee.address for attendee in invited.attendees})
    meetings = len({attendee.meeting for attendee in invited.attendees})
    _tell(
        frame, f"Invited: {people}, to {counted(meetings, 'meeting')} of {group}.", invited, as_json
    )
    note_suppressed(frame, workspace, (attendee.address for attendee in invited.attendees))


@click.command()
@click.argument("address")
@group_option
@meeting_option
@json_option
@pass_frame
def uninvite(frame: Frame, address: str, group: str, meeting: str | None, as_json: bool) -> None:
    """Take ADDRESS from meetings; the letter that is queued takes them out of their calendar."""
    workspace = frame.open()
    taken = uninvite_them(
        workspace.store,
        group,
        meeting,
        address,
        groups=workspace.groups,
        domain=domain_of(workspace.settings.sender),
        now=workspace.now,
    )
    meetings = counted(len(taken.attendees), "meeting")
    line = f"{address} is not invited any more to {meetings} of {group}."
    _tell(frame, line, taken, as_json)


def _tell(frame: Frame, line: str, invited: Invited, as_json: bool) -> None:
    if not as_json:
        frame.say(f"{line} {counted(len(invited.queued), 'letter')} queued.")
        return
    print_document(
        {
            "invitations": [invitation_document(one) for one in invited.attendees],
            "queued": [letter_document(letter) for letter in invited.queued],
        }
    )
