"""The verbs `contribution …`: enters contributions, and lists them with where they stand."""

from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from scheduler.actions.contribute import contribute
from scheduler.actions.contributions import list_contributions
from scheduler.assembly import Workspace
from scheduler.cli.decisions import accept, redirect, treat, withdraw
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.agenda_documents import (
    contributions_document,
    entered_document,
)
from scheduler.cli.show.agendas import show_entered, show_placed
from scheduler.cli.values import LINE, NAME
from scheduler.intake.contributions.lists import LONGEST_MINUTES, LONGEST_TITLE, Setting, read_list
from scheduler.intake.contributions.submission import (
    Submission,
    in_order,
    read_document,
    read_receipt,
    read_source,
    with_lineage,
)
from scheduler.model.address import parse_address
from scheduler.model.moment import GENEVA


class Said(TypedDict):
    """What the options of `add` say of one contribution."""

    title: str | None
    sources: tuple[str, ...]
    topic: str | None
    meeting: str | None
    received: str | None
    announced: bool
    minutes: int | None
    builds_on: tuple[str, ...]
    forwarded: bool
    labels: tuple[str, ...]
    stage: int | None
    submitted_by: tuple[str, ...]


@click.group()
def contribution() -> None:
    """Enter contributions, and say what becomes of them."""


@contribution.command()
@click.argument("number", required=False)
@click.option("--group", type=NAME, required=True, help="The acronym of the group that treats it.")
@click.option(
    "--from",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Enter a list instead, in YAML or CSV.",
)
@click.option(
    "--document-group",
    type=NAME,
    help="The group whose numbers stand without one.  [default: the group's parent]",
)
@click.option("--title", type=LINE, help="Its title.")
@click.option("--source", "sources", multiple=True, type=LINE, help="'Name (Country)'; repeatable.")
@click.option(
    "--submitted-by",
    multiple=True,
    type=LINE,
    metavar="ADDRESS",
    help="Who submitted it, and is not reminded of its deadline; repeatable.",
)
@click.option("--topic", type=NAME, help="Its topic, whatever its words are.")
@click.option("--meeting", type=NAME, help="The call it is submitted to.")
@click.option("--received", metavar="INSTANT", help="When it came in.  [default: now]")
@click.option("--announced", is_flag=True, help="It has not come in yet.")
@click.option(
    "--minutes", type=click.IntRange(1, LONGEST_MINUTES), help="How long its sources ask for."
)
@click.option("--builds-on", multiple=True, type=NAME, help="An earlier document; repeatable.")
@click.option("--forwarded", is_flag=True, help="Another group or meeting sent it on.")
@click.option("--label", "labels", multiple=True, type=NAME, help="What an order looks at.")
@click.option("--stage", type=click.IntRange(0, 9), help="Its stage (TC39).")
@click.option("--by", type=LINE, help="Who enters it; kept in the history.")
@json_option
@pass_frame
def add(
    frame: Frame,
    number: str | None,
    group: str,
    file: Path | None,
    document_group: str | None,
    by: str | None,
    as_json: bool,
    **said: Unpack[Said],
) -> None:
    """Enter the contribution NUMBER, or a list of them with --from.

    A higher revision takes the place of the one that is known.
    """
    if (number is None) == (file is None):
        raise click.UsageError("give a NUMBER, or a list with --from FILE, and not both")
    if file is not None and any(said.values()):
        raise click.UsageError("a list says it all by itself; give no other facts with --from")
    workspace = frame.open()
    setting = _setting(workspace, group, document_group)
    submissions = read_list(file, setting) if file else (_submission(str(number), setting, said),)
    entered = contribute(
        workspace.store, group, submissions, groups=workspace.groups, now=workspace.now, by=by
    )
    if as_json:
        print_document(entered_document(entered))
    elif not frame.quiet:
        show_entered(make_console(), entered)


@contribution.command("list")
@click.option("--group", type=NAME, help="The acronym of one group.")
@json_option
@pass_frame
def list_(frame: Frame, group: str | None, as_json: bool) -> None:
    """List the contributions, each with its state and where it stands."""
    workspace = frame.open()
    found = list_contributions(workspace.store, group, groups=workspace.groups, now=workspace.now)
    if as_json:
        print_document(contributions_document(found))
    elif found:
        show_placed(make_console(), found)
    else:
        frame.say("No contributions.")


for verb in (withdraw, accept, treat, redirect):
    contribution.add_command(verb)


def _setting(workspace: Workspace, group: str, document_group: str | None) -> Setting:
    """What is left unsaid of documents: whose numbers, and in which zone."""
    known = workspace.groups.get(group)
    return Setting(
        group=group,
        numbers_of=document_group or (known.parent if known else None),
        zone=known.zone if known else GENEVA,
        now=workspace.now,
    )


def _submission(number: str, setting: Setting, said: Said) -> Submission:
    if said["announced"] and said["received"]:
        raise click.UsageError("what is only announced was not received; give one of the two")
    if len(said["title"] or "") > LONGEST_TITLE:
        raise click.UsageError(f"the title has more than {LONGEST_TITLE} characters; shorten it")
    document = read_document(number, setting.group, setting.numbers_of)
    received = said["received"]
    return Submission(
        contribution=replace(
            with_lineage(document, said["builds_on"], setting.numbers_of),
            title=said["title"] or None,
            sources=tuple(map(read_source, said["sources"])),
            topic=said["topic"],
            meeting=said["meeting"],
            received=read_receipt(received, setting.zone, setting.now) if received else None,
            minutes=said["minutes"],
            forwarded=said["forwarded"] or document.forwarded,
            labels=said["labels"],
            stage=said["stage"],
            submitted_by=in_order(map(parse_address, said["submitted_by"])),
        ),
        announced=said["announced"],
    )
