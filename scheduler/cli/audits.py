"""The verbs `audit list|verify`: who did what when, and whether that is as it was written."""

import datetime as dt
import json

import click
from rich.table import Table

from scheduler.actions.audit import AuditBroken, Verified, list_audit, verify
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.blocks import printable
from scheduler.cli.values import DATE, DIGEST, NAME
from scheduler.model.audit import AuditRow
from scheduler.model.moment import Instant

SHOWN_DIGITS = 12
NOTHING = "Nothing was recorded."


@click.group()
def audit() -> None:
    """Look at who did what when."""


@audit.command("list")
@click.option("--group", type=NAME, help="Only what was done to this group.")
@click.option("--since", metavar="DATE", type=DATE, help="Only from this day on, in UTC.")
@json_option
@pass_frame
def list_(frame: Frame, group: str | None, since: dt.date | None, as_json: bool) -> None:
    """List who approved, authorised, published, subscribed, sent what, and when."""
    start = Instant(dt.datetime.combine(since, dt.time(), dt.UTC)) if since else None
    rows = list_audit(frame.open_office().store, group, start)
    if as_json:
        print_document({"rows": [row_document(row) for row in rows]})
    elif rows:
        make_console().print(_table(rows))
    else:
        frame.say(NOTHING)


@audit.command("verify")
@click.option(
    "--head", metavar="DIGEST", type=DIGEST, help="A digest that has to be among the rows."
)
@json_option
@pass_frame
def verify_(frame: Frame, head: str | None, as_json: bool) -> None:
    """Check that no row was changed, taken away or put in between, nor cut off at the end."""
    found = verify(frame.open_office().store, head)
    if as_json:
        print_document(_verified_document(found))
    if found.broken:
        raise AuditBroken(found.broken)
    if not as_json:
        frame.say(*_verified_lines(found))


def row_document(row: AuditRow) -> dict[str, object]:
    """Return a row as JSON has it; details that are no JSON any more as the text they are."""
    return {
        "number": row.number,
        "at": row.at.replace(".000000Z", "Z"),
        "who": row.who,
        "verb": row.verb,
        "group": row.group,
        "person": row.person,
        "details": _details(row),
        "before": row.before,
        "digest": row.digest,
    }


def _details(row: AuditRow) -> object:
    try:
        found: object = json.loads(row.details)
    except ValueError:
        return row.details
    return found


def _table(rows: tuple[AuditRow, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("Row", "At (UTC)", "Who", "Verb", "Group", "What"):
        table.add_column(title, overflow="fold")
    for row in rows:
        cells = (row.at[:16].replace("T", " "), row.who, row.verb, row.group or "", _what(row))
        table.add_row(str(row.number), *map(printable, cells))
    return table


def _what(row: AuditRow) -> str:
    details = _details(row)
    told = (
        [f"{name} {value}" for name, value in details.items()] if isinstance(details, dict) else []
    )
    person = [f"person {row.person[:SHOWN_DIGITS]}"] if row.person else []
    return ", ".join([*person, *(told or [row.details.strip("{}")])]).strip(", ")


def _verified_document(found: Verified) -> dict[str, object]:
    return {
        "whole": found.broken is None,
        "rows": found.rows,
        "head": found.head.digest if found.head else None,
        "backup": found.backup,
        "first_broken": found.broken.number if found.broken else None,
        "reason": found.broken.reason if found.broken else None,
    }


def _verified_lines(found: Verified) -> list[str]:
    if found.head is None:
        return ["Nothing was recorded, so nothing is broken."]
    beside = f" It bears out the backup of {found.backup}." if found.backup else ""
    rows = f"All {found.rows} rows are as they were written."
    if found.rows == 1:
        rows = "The one row is as it was written."
    return [
        f"{rows}{beside}",
        f"Head: {found.head.digest}",
    ]
