"""The verbs on all that is kept of one person: `export`, `forget`."""

import click

from scheduler.actions.export import Exported
from scheduler.actions.export import export as export_it
from scheduler.actions.forget import Forgotten
from scheduler.actions.forget import forget as forget_it
from scheduler.cli.audits import row_document
from scheduler.cli.frame import Frame, by_option, json_option, pass_frame, print_document
from scheduler.cli.show.counts import counted
from scheduler.cli.show.documents import (
    invitation_document,
    letter_document,
    suppression_document,
)
from scheduler.cli.show.people import wish_document
from scheduler.model.attendee import MailingList
from scheduler.model.kept import Kept, KeptCalendar, KeptLetter
from scheduler.model.subscription import SubscriptionRequest

NOTHING_KEPT = "Nothing was kept of {}."
STILL_SUPPRESSED = (
    "Nothing is sent to the address still: a digest is kept for that, and not why. "
    "'interim suppress ADDRESS --lift' takes it away."
)
BEYOND_REACH = (
    "What cannot be forgotten: mail that was sent, backups and copies of calendars that were made "
    "before, logs of web and mail servers."
)


@click.command()
@click.argument("address")
@pass_frame
def export(frame: Frame, address: str) -> None:
    """Print all that is kept of the person at ADDRESS, as one JSON document."""
    print_document(_export_document(export_it(frame.open_office().store, address)))


@click.command()
@click.argument("address")
@by_option
@json_option
@pass_frame
def forget(frame: Frame, address: str, by: str | None, as_json: bool) -> None:
    """Take away all that is kept of the person at ADDRESS; nothing brings it back."""
    workspace = frame.open_office()
    done = forget_it(workspace.store, address, who=frame.who(by), now=workspace.now)
    if as_json:
        print_document(
            {"address": done.address, **_counts(done.kept), "elsewhere": list(done.elsewhere)}
        )
        return
    frame.say(*_forgotten_lines(done))


def _export_document(found: Exported) -> dict[str, object]:
    kept = found.kept
    return {
        "address": found.address,
        "person": found.person,
        "subscriptions": [wish_document(wish) for wish in kept.subscriptions],
        "requests": [_request_document(one) for one in kept.requests],
        "letters": [_letter_document(one) for one in kept.letters],
        "invitations": [invitation_document(one) for one in kept.invitations],
        "lists": [_list_document(one) for one in kept.lists],
        "contributions": [
            {"group": one.group, "number": one.contribution, "address": one.address}
            for one in kept.contributions
        ],
        "calendars": [_calendar_document(one) for one in kept.calendars],
        "suppressions": [suppression_document(one) for one in [found.suppression] if one],
        "refusals": kept.refusals,
        "audit": [row_document(row) for row in found.rows],
        "elsewhere": list(found.elsewhere),
    }


def _request_document(request: SubscriptionRequest) -> dict[str, object]:
    return {
        "address": request.address,
        "groups": list(request.groups),
        "zone": request.zone,
        "language": request.language,
        "asked": str(request.asked),
        "expires": str(request.expires),
    }


def _letter_document(kept: KeptLetter) -> dict[str, object]:
    settled = str(kept.settled_at) if kept.settled_at else None
    return {**letter_document(kept.letter), "settled": settled}


def _list_document(mailing_list: MailingList) -> dict[str, object]:
    return {
        "address": mailing_list.address,
        "group": mailing_list.group,
        "language": mailing_list.language,
        "since": str(mailing_list.since),
        "left": str(mailing_list.left) if mailing_list.left else None,
    }


def _calendar_document(kept: KeptCalendar) -> dict[str, object]:
    return {"made": str(kept.made), "revoked": str(kept.revoked) if kept.revoked else None}


def _counts(kept: Kept) -> dict[str, int]:
    return {
        "subscriptions": len(kept.subscriptions),
        "requests": len(kept.requests),
        "letters": len(kept.letters),
        "calendars": len(kept.calendars),
        "suppressions": len(kept.suppressions),
        "refusals": kept.refusals,
        "invitations": len(kept.invitations),
        "lists": len(kept.lists),
        "contributions": len(kept.contributions),
    }


def _forgotten_lines(done: Forgotten) -> list[str]:
    counts = ", ".join(
        counted(count, name.removesuffix("s"), name) for name, count in _counts(done.kept).items()
    )
    told = f"{done.address} is forgotten: {counts}."
    lines = [told if done.kept else NOTHING_KEPT.format(done.address)]
    if done.kept.suppressions:
        lines.append(STILL_SUPPRESSED)
    if done.elsewhere:
        places = ", ".join(done.elsewhere)
        lines.append(f"The address stands still in what somebody wrote there: {places}.")
    return [*lines, BEYOND_REACH]
