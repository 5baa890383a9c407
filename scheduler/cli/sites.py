"""The verbs around the workspace and its site: `init`, `publish`, `serve`."""

from functools import partial
from pathlib import Path
from typing import TextIO

import click

from scheduler import assembly
from scheduler.actions.initialise import initialise
from scheduler.actions.publish import KEPT
from scheduler.actions.publish import publish as publish_it
from scheduler.cli.frame import Frame, by_option, json_option, pass_frame, print_document
from scheduler.cli.show.counts import counted
from scheduler.cli.values import FOLDER, NAME
from scheduler.publication.folder.files import Written
from scheduler.web.door import serve as serve_it


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@pass_frame
def init(frame: Frame, folder: Path | None) -> None:
    """Make a workspace in DIR (default: the workspace the run is in)."""
    place = folder or frame.folder
    made = initialise(place, partial(assembly.create_database, place, frame.environment))
    frame.say(f"Made a workspace in {place}:", *(f"  {path}" for path in made))
    frame.say("Next: go there, and 'interim import REPORT'.")


@click.command()
@click.argument("out", metavar="OUT", type=FOLDER)
@click.option("--group", type=NAME, help="Only this group's files, and those of all groups.")
@click.option("--fresh", is_flag=True, help="Make everything again, also what has not changed.")
@by_option
@json_option
@pass_frame
def publish(
    frame: Frame, out: Path, group: str | None, fresh: bool, by: str | None, as_json: bool
) -> None:
    """Write feeds and pages of the plans that stand into the folder OUT.

    Only what differs is written; the workspace remembers OUT for 'interim serve'.
    """
    workspace = frame.open_to_tell()
    written = publish_it(
        workspace.store,
        out,
        group,
        groups=workspace.groups,
        base_url=workspace.settings.base_url,
        now=workspace.now,
        packs=workspace.packs,
        subscribe_form=workspace.settings.subscribe_form,
        kept=frame.folder / KEPT,
        fresh=fresh,
        who=frame.who(by),
    )
    if as_json:
        print_document(_written_document(out, written))
        return
    frame.say(
        f"Published to {out}: {counted(len(written.changed), 'file')} written, "
        f"{len(written.unchanged)} unchanged, {len(written.removed)} removed."
    )
    frame.say(*(f"  left, since somebody changed it: {path}" for path in written.left))
    frame.note(*workspace.settings.doubts)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option("--site", type=FOLDER, help="The folder.  [default: published last]")
@click.option(
    "--rate",
    default=20.0,
    show_default=True,
    type=click.FloatRange(0, 1_000_000),
    help="Answers a second for one address; 0 for any number.",
)
@click.option(
    "--access-log", type=click.File("a", encoding="utf-8"), help="A file for a line an answer."
)
@click.option(
    "--confirmations",
    default=60,
    show_default=True,
    type=click.IntRange(0, 1_000_000),
    help="Letters an hour that ask whether a subscription by the form is meant.",
)
@pass_frame
def serve(
    frame: Frame,
    host: str,
    port: int,
    site: Path | None,
    rate: float,
    access_log: TextIO | None,
    confirmations: int,
) -> None:
    """Serve over HTTP what 'interim publish' wrote last."""
    serve_it(
        frame.open(),
        site,
        host=host,
        port=port,
        rate=rate,
        log=access_log,
        letters_an_hour=confirmations,
        announce=frame.note,
    )


def _written_document(out: Path, written: Written) -> dict[str, object]:
    return {
        "folder": str(out),
        "changed": list(written.changed),
        "unchanged": list(written.unchanged),
        "removed": list(written.removed),
        "left": list(written.left),
    }
