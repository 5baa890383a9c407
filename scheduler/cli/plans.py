"""The verbs on drafts: `plan` and `approve`."""

import click

from scheduler.actions.approve import approve as approve_it
from scheduler.actions.check import check as check_it
from scheduler.actions.consequences import Step, foresee
from scheduler.actions.plan import plan as plan_it
from scheduler.assembly import teller
from scheduler.cli.frame import (
    DONE,
    FINDINGS,
    Frame,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.show.consequences import consequences_document, show_consequences
from scheduler.cli.show.documents import approved_document, check_document, plan_document
from scheduler.cli.show.proposal import show_changes, show_check, show_proposal
from scheduler.cli.show.sending import letters_sentence
from scheduler.cli.values import LINE, NAME

silent_option = click.option(
    "--without-telling", is_flag=True, help="Tell nobody what changes; kept with the plan."
)

group_option = click.option("--group", type=NAME, help="The acronym of one group.")


@click.command()
@group_option
@json_option
@pass_frame
def plan(frame: Frame, group: str | None, as_json: bool) -> int:
    """Show drafts beside what is published, with every finding and the reason of each date.

    Without --group: all groups with a draft, or with an hour that newer zone data moved.
    """
    workspace = frame.open()
    proposals = plan_it(
        workspace.store,
        group,
        groups=workspace.groups,
        packs=workspace.packs,
        now=workspace.now,
        outside=workspace.outside,
    )
    steps = [
        Step(group=one.group, published=one.published, plan=one.plan)
        for one in proposals
        if one.is_draft or one.changes
    ]
    foreseen = foresee(
        workspace.store, steps, base_url=workspace.settings.base_url, now=workspace.now
    )
    if as_json:
        document = plan_document(proposals)
        print_document(document | {"consequences": consequences_document(foreseen)})
    elif proposals:
        console = make_console()
        found = {consequences.group.acronym: consequences for consequences in foreseen}
        for proposal in proposals:
            show_proposal(console, proposal)
            if consequences := found.get(proposal.group.acronym):
                show_consequences(console, consequences)
    else:
        frame.say("No plan awaits approval; --group shows the one that stands.")
    return FINDINGS if any(proposal.has_errors for proposal in proposals) else DONE


@click.command()
@group_option
@click.option("--offline", is_flag=True, help="Fetch no outside calendar; use the kept copies.")
@json_option
@pass_frame
def check(frame: Frame, group: str | None, offline: bool, as_json: bool) -> int:
    """List what the rules say of each draft, or of the plan where there is none.

    Without --group: all groups. Ends with 1 where a finding or problem is an error.
    """
    workspace = frame.open()
    checked = check_it(
        workspace.store,
        group,
        groups=workspace.groups,
        packs=workspace.packs,
        now=workspace.now,
        outside=workspace.outside,
        offline=offline,
    )
    if as_json:
        print_document(check_document(checked))
    else:
        console = make_console()
        for proposal in checked:
            show_check(console, proposal)
    return FINDINGS if any(proposal.has_errors for proposal in checked) else DONE


@click.command()
@group_option
@click.option("--by", type=LINE, help="Who approves it; kept with the plan.")
@click.option("--despite", type=LINE, metavar="REASON", help="Approve in spite of errors, and why.")
@silent_option
@json_option
@pass_frame
def approve(
    frame: Frame,
    group: str | None,
    by: str | None,
    despite: str | None,
    without_telling: bool,
    as_json: bool,
) -> None:
    """Make drafts the plans that stand, and tell subscribers what changes.

    Refuses findings of severity error unless --despite gives a reason. Without --group: all
    groups with a draft.
    """
    workspace = frame.open()
    approved = approve_it(
        workspace.store,
        group,
        groups=workspace.groups,
        packs=workspace.packs,
        now=workspace.now,
        zone_data=workspace.zone_data,
        by=by,
        despite=despite,
        outside=workspace.outside,
        who=frame.who(),
        teller=teller(workspace, silent=without_telling, by=by),
    )
    if as_json:
        print_document({"approved": [approved_document(one) for one in approved]})
        return
    if not approved:
        frame.say("No draft to approve: every plan stands as it is.")
    for one in approved:
        frame.say(f"{one.plan.group}: revision {one.plan.revision} stands.")
        if not frame.quiet:
            show_changes(make_console(), one.changes)
        if one.letters:
            frame.say(letters_sentence(one.letters))
    if approved:
        frame.say("Next: 'interim publish DIR' writes feeds and pages.")
