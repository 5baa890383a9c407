"""`forecast`: how many letters go out in the days to come, to how many people."""

from collections.abc import Iterable

import click
from rich.table import Table

from scheduler.actions.forecast import Expected
from scheduler.actions.forecast import forecast as forecast_it
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.blocks import printable
from scheduler.cli.show.moments import day
from scheduler.cli.values import NAME

DAYS = 30
MOST_DAYS = 366
SEVERAL = "several"


@click.command()
@click.option("--group", type=NAME, help="The acronym of one group.")
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=DAYS,
    show_default=True,
    help="How many days to look ahead.",
)
@json_option
@pass_frame
def forecast(frame: Frame, group: str | None, days: int, as_json: bool) -> None:
    """Count the letters of the days to come, by day, group and kind, as everything stands now."""
    workspace = frame.open()
    found = forecast_it(
        workspace.store,
        group,
        groups=workspace.groups,
        brakes=workspace.settings.brakes,
        now=workspace.now,
        days=days,
    )
    total = sum(one.letters for one in found)
    if as_json:
        print_document(
            {"days": days, "letters": total, "forecast": [_document(one) for one in found]}
        )
        return
    if found:
        make_console().print(_table(found))
    span = "24 hours" if days == 1 else f"{days} days"
    count = "1 letter goes" if total == 1 else f"{total or 'No'} letters go"
    frame.say(f"{count} out in the next {span}, if nothing changes.")


def _table(found: Iterable[Expected]) -> Table:
    """Return one line for each day, group and kind; the day of each is one of its zone."""
    table = Table(box=None, pad_edge=False)
    for title in ("Day", "Zone of the day", "Group", "Letter"):
        table.add_column(title, overflow="fold")
    for title in ("Letters", "People"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in found:
        table.add_row(
            day(one.day),
            one.zone,
            printable(one.group or SEVERAL),
            one.kind.replace("_", " "),
            str(one.letters),
            str(one.people),
        )
    return table


def _document(one: Expected) -> dict[str, object]:
    return {
        "date": one.day.isoformat(),
        "zone": one.zone,
        "group": one.group or None,
        "kind": one.kind,
        "letters": one.letters,
        "people": one.people,
    }
