"""The verbs that make whole series: `generate` and `duplicate`."""

import math
from pathlib import Path

import click

from scheduler.actions.duplicate import duplicate as duplicate_it
from scheduler.actions.generate import generate as generate_it
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.documents import changes_document
from scheduler.cli.show.proposal import show_changes
from scheduler.cli.show.series import generation_document, show_generation
from scheduler.intake.mandates import read_mandate

YEARS = click.IntRange(1900, 9998)
LONGEST_POLISH = 86_400  # a day


class SecondsType(click.FloatRange):
    """A span in seconds; what is no number lies in no range."""

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds; click takes "nan" for a number within any range."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return seconds


@click.command()
@click.argument(
    "mandates", metavar="MANDATE…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--polish",
    type=SecondsType(0, LONGEST_POLISH, min_open=True),
    metavar="SECONDS",
    help="How long a solver may search for a better plan, in seconds of a fixed pace.",
)
@json_option
@pass_frame
def generate(frame: Frame, mandates: tuple[Path, ...], polish: float | None, as_json: bool) -> None:
    """Make the series of each MANDATE and save it as a draft of its group's plan.

    Several mandates are planned together: groups that share people never meet at once. The
    same mandates a second time change nothing.
    """
    workspace = frame.open()
    generation = generate_it(
        workspace.store,
        [read_mandate(path, workspace.groups) for path in mandates],
        groups=workspace.groups,
        packs=workspace.packs,
        group_folder=workspace.settings.group_folder,
        language=workspace.settings.language,
        now=workspace.now,
        outside=workspace.outside,
        polish=polish,
    )
    frame.note(*(f"{one.severity}: {one.message} [{one.code}]" for one in generation.problems))
    if as_json:
        print_document(generation_document(generation))
        return
    if not frame.quiet:
        show_generation(make_console(), generation)
    frame.say("Next: 'interim plan' shows it with every finding, 'interim approve' makes it stand.")


@click.command()
@click.option("--group", required=True, help="The acronym of the group.")
@click.option("--year", required=True, type=YEARS, help="The year of the new series.")
@json_option
@pass_frame
def duplicate(frame: Frame, group: str, year: int, as_json: bool) -> None:
    """Take the group's last series before a year over into that year, as a draft.

    Each meeting keeps its place: the third Tuesday of March stays the third Tuesday of March.
    """
    workspace = frame.open()
    imported = duplicate_it(
        workspace.store,
        group,
        year,
        groups=workspace.groups,
        group_folder=workspace.settings.group_folder,
        language=workspace.settings.language,
        now=workspace.now,
    )
    if as_json:
        changed = imported.draft is not None
        print_document({"changes": changes_document(imported.changes), "changed": changed})
        return
    frame.say(f"Saved as a draft of {group}'s plan:")
    if not frame.quiet:
        show_changes(make_console(), imported.changes)
    frame.say("Next: 'interim plan' shows it with every finding, 'interim approve' makes it stand.")
