"""The verb on figures: `metrics`."""

import datetime as dt

import click

from scheduler.actions.metrics import metrics as count
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.plans import group_option
from scheduler.cli.show.metrics import metrics_document, show_metrics
from scheduler.cli.values import DATE


@click.command()
@group_option
@click.option("--from", "since", metavar="D", type=DATE, help="The first day that counts.")
@click.option("--until", metavar="D", type=DATE, help="The last day that counts.")
@json_option
@pass_frame
def metrics(
    frame: Frame, group: str | None, since: dt.date | None, until: dt.date | None, as_json: bool
) -> None:
    """Count meetings and contributions by the plans that stand.

    For each study period of the group's body, or each calendar year; with --from or --until for
    the one period between these days.
    """
    workspace = frame.open()
    found = count(
        workspace.store,
        group,
        groups=workspace.groups,
        packs=workspace.packs,
        since=since,
        until=until,
    )
    if as_json:
        print_document(metrics_document(found, workspace.now))
    elif found:
        show_metrics(make_console(), found, workspace.now)
    else:
        frame.say("No plan stands yet; 'interim approve' makes one stand.")
