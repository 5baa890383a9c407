"""The verb `doctor`: whether a workspace, its machine and its services are fit."""

from collections.abc import Iterable, Sequence

import click

from scheduler.actions.doctor.checks import Check, Condition
from scheduler.actions.doctor.examination import examine
from scheduler.actions.doctor.mail_records import GivenRecords
from scheduler.actions.doctor.record_files import read_given
from scheduler.assembly import patient
from scheduler.cli.frame import (
    DONE,
    FINDINGS,
    Frame,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.show.blocks import paragraph
from scheduler.cli.values import LINE
from scheduler.errors import ServiceUnreachable


@click.command()
@click.option("--spf", type=LINE, multiple=True, metavar="TEXT|@FILE", help="An SPF record.")
@click.option(
    "--dkim", type=LINE, multiple=True, metavar="TEXT|@FILE", help="The record of a DKIM key."
)
@click.option("--dmarc", type=LINE, multiple=True, metavar="TEXT|@FILE", help="A DMARC record.")
@json_option
@pass_frame
def doctor(
    frame: Frame,
    spf: tuple[str, ...],
    dkim: tuple[str, ...],
    dmarc: tuple[str, ...],
    as_json: bool,
) -> int:
    """Check clock, zone data, database, mail server, settings, files and disk.

    No letter is sent, nothing is changed, and nothing is looked up in the DNS: the records of
    senders are given, each a bare TEXT, a line such as 'example.org. TXT "v=spf1 mx -all"', or
    @FILE with such lines, as 'dig +noall +answer TXT example.org' prints them.
    """
    records = read_given(GivenRecords(spf=spf, dkim=dkim, dmarc=dmarc))
    checks = tuple(examine(patient(frame.folder, frame.environment, frame.now, records)))
    if as_json:
        print_document(_document(checks))
    else:
        _print(checks, only_faults=frame.quiet)
    return exit_status(checks)


def exit_status(checks: Iterable[Check]) -> int:
    """Return 1 where there is an error, 3 where it is only services out of reach, else 0.

    Who tries again later, as 3 asks for, would wait for ever for what a person has to set right.
    """
    errors = [check for check in checks if check.condition is Condition.ERROR]
    if errors and all(check.unreachable for check in errors):
        return ServiceUnreachable.exit_status
    return FINDINGS if errors else DONE


def _print(checks: Iterable[Check], *, only_faults: bool) -> None:
    console = make_console()
    for check in checks:
        if only_faults and check.condition is Condition.OK:
            continue
        remedy = f"; {check.remedy}" if check.remedy else ""
        paragraph(console, f"{check.condition}: {check.name}: {check.said}{remedy}", lead="")


def _document(checks: Sequence[Check]) -> dict[str, object]:
    return {
        "checks": [
            {
                "name": check.name,
                "condition": str(check.condition),
                "said": check.said,
                "remedy": check.remedy,
                "unreachable": check.unreachable,
            }
            for check in checks
        ]
    }
