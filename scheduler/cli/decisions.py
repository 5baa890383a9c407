"""The verbs `contribution withdraw|accept|treat|redirect`: what becomes of a contribution."""

import click

from scheduler.actions.contributions import Placed
from scheduler.actions.decide import accept as accept_it
from scheduler.actions.decide import redirect as redirect_it
from scheduler.actions.decide import treat as treat_it
from scheduler.actions.decide import withdraw as withdraw_it
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.agenda_documents import contribution_document
from scheduler.cli.show.agendas import show_placed
from scheduler.cli.values import LINE, NAME
from scheduler.model.contribution import Outcome

number_argument = click.argument("number")
group_option = click.option("--group", type=NAME, help="The acronym of the group that treats it.")
by_option = click.option("--by", type=LINE, help="Who decided it; kept with it.")
reason_option = click.option("--reason", type=LINE, help="Why; kept with it.")


@click.command()
@number_argument
@group_option
@by_option
@reason_option
@json_option
@pass_frame
def withdraw(
    frame: Frame,
    number: str,
    group: str | None,
    by: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """Record that NUMBER was taken back; its number stays in the list."""
    workspace = frame.open()
    done = withdraw_it(
        workspace.store,
        number,
        group,
        groups=workspace.groups,
        now=workspace.now,
        by=by,
        reason=reason,
    )
    _show(frame, done, as_json)


@click.command()
@number_argument
@group_option
@click.option("--by", type=NAME, required=True, help="Who admits it; kept with it.")
@reason_option
@json_option
@pass_frame
def accept(
    frame: Frame, number: str, group: str | None, by: str, reason: str | None, as_json: bool
) -> None:
    """Admit the late contribution NUMBER."""
    workspace = frame.open()
    done = accept_it(
        workspace.store,
        number,
        group,
        groups=workspace.groups,
        now=workspace.now,
        by=by,
        reason=reason,
    )
    _show(frame, done, as_json)


@click.command()
@number_argument
@group_option
@click.option("--meeting", type=NAME, required=True, help="The call that was done with it.")
@click.option("--noted", is_flag=True, help="It was noted: no decision was taken.")
@by_option
@json_option
@pass_frame
def treat(
    frame: Frame,
    number: str,
    group: str | None,
    meeting: str,
    noted: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Record that a meeting was done with NUMBER."""
    workspace = frame.open()
    done = treat_it(
        workspace.store,
        number,
        group,
        meeting,
        outcome=Outcome.NOTED if noted else Outcome.TREATED,
        groups=workspace.groups,
        now=workspace.now,
        by=by,
    )
    _show(frame, done, as_json)


@click.command()
@number_argument
@group_option
@click.option("--to", type=NAME, required=True, help="The group it belongs to.")
@by_option
@reason_option
@json_option
@pass_frame
def redirect(
    frame: Frame,
    number: str,
    group: str | None,
    to: str,
    by: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """Record that NUMBER belongs to another group; to its own takes that back."""
    workspace = frame.open()
    done = redirect_it(
        workspace.store,
        number,
        group,
        to,
        groups=workspace.groups,
        now=workspace.now,
        by=by,
        reason=reason,
    )
    _show(frame, done, as_json)


def _show(frame: Frame, done: Placed, as_json: bool) -> None:
    if as_json:
        print_document({"contribution": contribution_document(done)})
    elif not frame.quiet:
        show_placed(make_console(), (done,))
