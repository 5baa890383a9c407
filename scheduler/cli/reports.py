"""The verbs that take a report: `read` and `import`."""

import datetime as dt
import sys

import click

from scheduler.actions.import_report import Imported, import_report
from scheduler.actions.read_report import STANDARD_INPUT, NoMeetings, open_report
from scheduler.actions.read_report import read as read_it
from scheduler.cli.frame import (
    DONE,
    FINDINGS,
    Frame,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.show.proposal import show_changes
from scheduler.cli.show.report import FILE_WAS_LOST, show_report
from scheduler.cli.values import DATE, NAME, ZONE
from scheduler.intake.documents import Document
from scheduler.model.problem import Severity
from scheduler.model.report import Report
from scheduler.publication.exports import meeting_document, report_document

date_option = click.option(
    "--date", "speaks_on", type=DATE, help="The day the report speaks from; it decides years."
)
zone_option = click.option(
    "--zone", type=ZONE, help="The zone where the text names none (IANA name)."
)


@click.command()
@click.argument("report")
@date_option
@zone_option
@json_option
def read(report: str, speaks_on: dt.date | None, zone: str | None, as_json: bool) -> int:
    """Read REPORT and print what it says; saves nothing.

    REPORT is a .txt, .md or .docx file, or - for standard input.
    """
    document = _open(report)
    found = read_it(document, speaks_on=speaks_on, zone=zone)
    if as_json:
        print_document(report_document(found))
    else:
        show_report(make_console(), found)
    if not found.meetings:
        raise NoMeetings(document.name)
    return _status(found)


@click.command("import")
@click.argument("report")
@date_option
@zone_option
@click.option(
    "--group", type=NAME, help="The acronym of the group, where the text does not say it."
)
@json_option
@pass_frame
def import_(
    frame: Frame,
    report: str,
    speaks_on: dt.date | None,
    zone: str | None,
    group: str | None,
    as_json: bool,
) -> int:
    """Read REPORT and save its meetings as a draft of the group's plan.

    The same report a second time changes nothing.
    """
    workspace = frame.open()
    document = _open(report)
    found = read_it(
        document,
        speaks_on=speaks_on,
        zone=zone,
        group=group,
        groups=workspace.groups,
        usual_zone=workspace.settings.zone,
    )
    imported = import_report(
        workspace.store,
        found,
        name=document.name,
        group=group,
        groups=workspace.groups,
        group_folder=workspace.settings.group_folder,
        language=workspace.settings.language,
        now=workspace.now,
        packs=workspace.packs,
    )
    if as_json:
        print_document(_import_document(imported))
    else:
        _show_import(frame, imported)
    return _status(found)


def _open(report: str) -> Document:
    return open_report(report, sys.stdin.buffer.read() if report == STANDARD_INPUT else None)


def _status(report: Report) -> int:
    faulty = any(problem.severity is Severity.ERROR for problem in report.problems)
    return FINDINGS if faulty else DONE


def _show_import(frame: Frame, imported: Imported) -> None:
    console = make_console()
    if not frame.quiet:
        show_report(console, imported.report)
        console.print()
    acronym = imported.group.acronym
    if imported.draft is None:
        frame.say(f"This report was imported before; the plan of {acronym} is unchanged.")
        return
    if imported.new_group_file:
        frame.say(f"New group {acronym}: its settings are in {imported.new_group_file}")
    if imported.file_was_lost:
        frame.say(FILE_WAS_LOST)
    frame.say(f"Saved as a draft of {acronym}'s plan:")
    show_changes(console, imported.changes)
    if imported.entered:
        frame.say(f"Contributions carried forward: {', '.join(one.id for one in imported.entered)}")
    for number in imported.unsure:
        frame.say(
            f"  Not entered, since the report does not say which group numbered it: {number}; "
            f"'interim contribution add --group {acronym} GROUP-{number}' would enter it"
        )
    for meeting in imported.left_standing:
        frame.say(
            f"  Not in this report and left as it is: {meeting.label or ''} {meeting.date}; "
            f"'interim cancel {meeting.uid[:8]}' would cancel it"
        )
    frame.say(
        "Next: 'interim plan' shows it beside what is published, 'interim approve' makes it stand."
    )


def _import_document(imported: Imported) -> dict[str, object]:
    """The report as `read` prints it, its meetings with their ids, and whether it changed."""
    saved = imported.known.meetings if imported.known else ()
    known = {(meeting.date, meeting.start): meeting for meeting in saved}
    meetings = [known.get((m.date, m.start), m) for m in imported.report.meetings]
    return report_document(imported.report) | {
        "meetings": [meeting_document(meeting) for meeting in meetings],
        "changed": imported.draft is not None,
        "contributions": [contribution.id for contribution in imported.entered],
    }
