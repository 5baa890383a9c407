"""The verbs `backup` and `recover`: a workspace into one file, and out of it again."""

from pathlib import Path

import click

from scheduler import assembly
from scheduler.actions.backup import backup as backup_it
from scheduler.actions.recover import Recovered
from scheduler.actions.recover import recover as recover_it
from scheduler.cli.frame import Frame, by_option, json_option, pass_frame, print_document
from scheduler.cli.show.counts import counted
from scheduler.cli.values import FOLDER

KEEP_PRIVATE = "Keep it private: it holds mail addresses and secrets."
OLDER = (
    "notice: the database is of an older version and was copied as it stands, without a row in the "
    "audit; the version that wrote it can open the copy"
)
NEXT = (
    "Next: 'interim remind' there queues what is due, 'interim outbox list' shows it; then "
    "'interim outbox resume'."
)
ELSEWHERE = "Its database_url is commented out: the database lies in the folder now."


@click.command()
@click.argument("file", metavar="FILE", type=FOLDER)
@click.option("--force", is_flag=True, help="Write over a file that stands there.")
@by_option
@json_option
@pass_frame
def backup(frame: Frame, file: Path, force: bool, by: str | None, as_json: bool) -> None:
    """Write database, settings and groups into FILE, while others go on working.

    A database of an older version is not brought up to date by this.
    """
    store, older = assembly.store_as_it_stands(frame.folder, frame.environment)
    head = backup_it(
        store,
        frame.folder,
        file,
        assembly.open_copy,
        force=force,
        who=frame.who(by),
        now=frame.now or assembly.clock(),
        older=older,
    )
    if older:
        frame.note(OLDER)
    size, digest = file.stat().st_size, head.digest if head else None
    if as_json:
        print_document({"file": str(file), "size": size, "head": digest})
        return
    frame.say(f"Wrote {file}, {size} octets.", KEEP_PRIVATE)
    if digest:
        frame.say(f"Head of its audit: {digest}")


@click.command()
@click.argument("file", metavar="FILE", type=FOLDER)
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@by_option
@json_option
@pass_frame
def recover(frame: Frame, file: Path, folder: Path | None, by: str | None, as_json: bool) -> None:
    """Unpack the backup FILE into DIR (default: the workspace the run is in), new or empty.

    Sending is paused there until somebody lets it go on.
    """
    recovered = recover_it(
        file,
        folder or frame.folder,
        assembly.open_recovered,
        who=frame.who(by),
        now=frame.now or assembly.clock(),
    )
    if as_json:
        print_document(
            {
                "folder": str(recovered.folder),
                "made": recovered.made,
                "files": recovered.files,
                "sending_paused": True,
            }
        )
    else:
        frame.say(*_recovered_lines(recovered))
    if "INTERIM_DATABASE_URL" in frame.environment:
        frame.note("notice: INTERIM_DATABASE_URL names another database than the recovered one")


def _recovered_lines(recovered: Recovered) -> list[str]:
    files = counted(recovered.files, "file")
    return [
        f"Recovered {recovered.folder} as it was at {recovered.made}: {files}.",
        *([ELSEWHERE] if recovered.database_was_elsewhere else []),
        "Sending is paused there: letters sent since then are unknown to it.",
        NEXT,
    ]
