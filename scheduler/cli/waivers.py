"""The verb on rules that a group does without: `waive`."""

from functools import partial

import click

from scheduler.actions.waive import lift as lift_it
from scheduler.actions.waive import waive as waive_it
from scheduler.cli.edits import scope_option, show_edited
from scheduler.cli.frame import Frame, json_option, pass_frame
from scheduler.cli.values import LINE, NAME
from scheduler.errors import WrongUsage
from scheduler.planning.editing import Scope


class ScopeOfNothing(WrongUsage):
    """A wider scope without a meeting to count from."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(
            f"--scope {scope} counts from a meeting, and none was named; name one, or leave the "
            "scope out to mean the whole plan"
        )


@click.command()
@click.argument("rule")
@click.argument("meeting", required=False)
@click.option("--group", type=NAME, required=True, help="The acronym of the group.")
@click.option("--reason", type=LINE, help="Why the group does without it; required and kept.")
@click.option("--by", type=LINE, help="Who waives it; kept with the reason.")
@click.option("--lift", is_flag=True, help="Let the rule hold again.")
@scope_option
@json_option
@pass_frame
def waive(
    frame: Frame,
    rule: str,
    meeting: str | None,
    group: str,
    reason: str | None,
    by: str | None,
    lift: bool,
    scope: Scope,
    as_json: bool,
) -> None:
    """Do without RULE in the draft, for MEETING or for the whole plan.

    RULE is the id that 'interim check --json' gives each finding. It is found still, as a notice
    with the reason. Effective with 'interim approve'.
    """
    if meeting is None and scope is not Scope.THIS:
        raise ScopeOfNothing(scope)
    workspace = frame.open()
    act = lift_it if lift else partial(waive_it, reason=reason, by=by, packs=workspace.packs)
    edited = act(
        workspace.store,
        group,
        rule,
        meeting,
        scope=scope,
        groups=workspace.groups,
        now=workspace.now,
    )
    show_edited(frame, workspace, edited, as_json)
