"""`interim`: the global options, the verbs, and the exit status of every way it can end."""

import os
import sys
from pathlib import Path

import click

from scheduler import __version__
from scheduler.assembly import start
from scheduler.cli.agendas import agenda
from scheduler.cli.announcements import announce
from scheduler.cli.answers import answer, answers, invitations
from scheduler.cli.audits import audit
from scheduler.cli.backups import backup, recover
from scheduler.cli.calendars import calendars
from scheduler.cli.contributions import contribution
from scheduler.cli.doctor import doctor
from scheduler.cli.documents import document
from scheduler.cli.duties import done
from scheduler.cli.edits import authorize, cancel, drop, move, restore, skip
from scheduler.cli.forecasts import forecast
from scheduler.cli.frame import Frame, print_what_can_be_printed
from scheduler.cli.invitations import invite, uninvite
from scheduler.cli.metrics import metrics
from scheduler.cli.outbox import outbox, suppress
from scheduler.cli.people import personal, remind, subscribe, unsubscribe
from scheduler.cli.persons import export, forget
from scheduler.cli.plans import approve, check, plan
from scheduler.cli.preview import preview
from scheduler.cli.reports import import_, read
from scheduler.cli.series import duplicate, generate
from scheduler.cli.show.blocks import printable
from scheduler.cli.sites import init, publish, serve
from scheduler.cli.subscribers import subscribers
from scheduler.cli.values import FOLDER, INSTANT
from scheduler.cli.waivers import waive
from scheduler.cli.workers import worker
from scheduler.errors import InterimError
from scheduler.model.moment import Instant

INTERRUPTED = 130
WRONG_USAGE = 2
REFUSED = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.option(
    "--workspace",
    metavar="DIR",
    default=".",
    envvar="INTERIM_WORKSPACE",
    type=FOLDER,
    help="The workspace.  [default: the current folder]",
)
@click.option(
    "--now",
    metavar="INSTANT",
    type=INSTANT,
    envvar="INTERIM_NOW",
    help="This run's clock, in RFC 3339, such as 2024-02-12T09:00:00Z.",
)
@click.option("--quiet", is_flag=True, help="Say only what was asked for, and errors.")
@click.version_option(__version__, prog_name="interim")
@click.pass_context
def interim(context: click.Context, workspace: Path, now: Instant | None, quiet: bool) -> None:
    """Take a standards group from its meeting report to every calendar and mailbox."""
    start()
    context.obj = Frame(folder=workspace, now=now, quiet=quiet)


for verb in (
    init,
    read,
    import_,
    generate,
    duplicate,
    plan,
    check,
    calendars,
    approve,
    authorize,
    move,
    cancel,
    skip,
    restore,
    drop,
    waive,
    contribution,
    agenda,
    done,
    metrics,
    publish,
    subscribe,
    unsubscribe,
    subscribers,
    personal,
    remind,
    forecast,
    worker,
    outbox,
    preview,
    suppress,
    invite,
    uninvite,
    invitations,
    answers,
    answer,
    announce,
    audit,
    export,
    forget,
    backup,
    recover,
    doctor,
    document,
    serve,
):
    interim.add_command(verb)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; never ends in a traceback unless INTERIM_DEBUG asks for one."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    print_what_can_be_printed()
    try:
        status = interim.main(arguments, prog_name="interim", standalone_mode=False)
    except InterimError as refusal:
        return _complain(refusal.faults, refusal.exit_status)
    except click.exceptions.NoArgsIsHelpError as unfinished:
        click.echo(unfinished.format_message(), err=True)
        return WRONG_USAGE
    except click.ClickException as misuse:
        return _complain([_usage(misuse)], misuse.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; there is nobody to tell, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as fault:
        if os.environ.get("INTERIM_DEBUG"):
            raise
        return _complain([_unforeseen(fault)], REFUSED)
    return status if isinstance(status, int) else 0


def _complain(faults: object, status: int) -> int:
    for fault in faults if isinstance(faults, (list, tuple)) else [str(faults)]:
        click.echo(f"error: {printable(str(fault))}", err=True)
    return status


def _usage(misuse: click.ClickException) -> str:
    context = misuse.ctx if isinstance(misuse, click.UsageError) else None
    asked = f"; see '{context.command_path} --help'" if context else ""
    return f"{misuse.format_message().rstrip('.')}{asked}"


def _unforeseen(fault: Exception) -> str:
    return (
        f"this should not have happened: {type(fault).__name__}: {fault}; nothing more was done. "
        "Please report it with what INTERIM_DEBUG=1 shows"
    )
