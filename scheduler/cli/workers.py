"""`worker`: the verb that stays and sends."""

import click

from scheduler import assembly
from scheduler.cli.frame import Frame, pass_frame
from scheduler.cli.people import reminded_lines
from scheduler.cli.show.blocks import printable
from scheduler.errors import InterimError
from scheduler.worker.staying import Stop, told_by_signals, work

STOPPED = "Stopped; what is queued stays so."


@click.command()
@click.option(
    "--every",
    default=60.0,
    show_default=True,
    type=click.FloatRange(1, 86_400),
    help="Seconds between two runs.",
)
@pass_frame
def worker(frame: Frame, every: float) -> None:
    """Stay, and do what 'interim remind' does again and again, until it is interrupted.

    Settings, groups and plans are read anew each time. Several workers may run at once, and
    'interim remind' beside them: nobody is told the same thing twice.
    """
    stop, told = Stop(), set[str]()

    def note(line: str) -> None:
        if line not in told:  # the same weak setting is not told of each minute
            told.add(line)
            frame.note(line)

    def run() -> None:
        reminded = assembly.remind(
            frame.open(), dry_run=False, announce=note, who=frame.who(), stop=stop
        )
        if reminded.queued or reminded.handled:
            frame.say(*reminded_lines(reminded))
        if reminded.stopped:
            raise reminded.stopped

    def complain(fault: InterimError) -> None:
        for line in fault.faults:
            click.echo(f"error: {printable(line)}", err=True)

    frame.say(f"Sends what is due, every {every:g} seconds, until it is interrupted.")
    with told_by_signals(stop):
        work(run, complain, stop, every)
    frame.say(STOPPED)
