"""`worker`: the verb that stays and sends."""

from dataclasses import dataclass, field
from enum import StrEnum

import click

from scheduler import assembly
from scheduler.actions.remind import Reminded
from scheduler.actions.sending import Pause
from scheduler.cli.frame import Frame, pass_frame
from scheduler.cli.people import pause_warning, reminded_lines
from scheduler.cli.show.blocks import printable
from scheduler.cli.show.sending import held_sentence
from scheduler.cli.values import ValueChoice
from scheduler.errors import InterimError
from scheduler.worker.faults import EngineMissing, EngineNeedsServer, UnfitInterval
from scheduler.worker.lanes import Office
from scheduler.worker.staying import Stop, told_by_signals, work

STOPPED = "Stopped; what is queued stays so."
SHARES = "Sends what is due together with other workers, until it is interrupted."
MINUTE = 60
_OF_THE_EXTRA = ("procrastinate", "psycopg", "psycopg_pool")


class Engine(StrEnum):
    """What brings a worker its letters."""

    EMBEDDED = "embedded"
    PROCRASTINATE = "procrastinate"


@dataclass(frozen=True, slots=True)
class _Voice:
    """How a worker speaks: of what it did, of weak settings once, and of what went wrong."""

    frame: Frame
    told: set[str] = field(default_factory=set)

    def note(self, line: str) -> None:
        if line not in self.told:  # the same weak setting is not told of each minute
            self.told.add(line)
            self.frame.note(line)

    def open(self) -> assembly.Workspace:
        return self.frame.open_to_tell(self.warn)

    def warn(self, line: str) -> None:
        if line not in self.told:
            self.told.add(line)
            self.frame.warn(line)

    def tell(self, reminded: Reminded) -> None:
        if reminded.queued or reminded.handled:
            self.frame.say(*reminded_lines(reminded))
        if reminded.newly_held:
            self.frame.warn(held_sentence(reminded.newly_held))
        if reminded.paused and reminded.held:
            self._tell_of_pause(reminded.paused, reminded.held)

    def _tell_of_pause(self, pause: Pause, held: int) -> None:
        if str(pause) not in self.told:  # once each time that somebody pauses it
            self.told.add(str(pause))
            self.frame.warn(pause_warning(pause, held))

    def complain(self, fault: InterimError) -> None:
        for line in fault.faults:
            click.echo(f"error: {printable(line)}", err=True)


@click.command()
@click.option(
    "--every",
    default=60.0,
    show_default=True,
    type=click.FloatRange(1, 86_400),
    help="Seconds between two runs.",
)
@click.option(
    "--engine",
    default=Engine.EMBEDDED,
    show_default=True,
    type=ValueChoice(Engine),
    help="What brings it letters: its own runs, or jobs in PostgreSQL that all workers share.",
)
@click.option(
    "--at-once",
    default=4,
    show_default=True,
    type=click.IntRange(1, 32),
    help="Letters it has in hand at once, of the engine procrastinate.",
)
@pass_frame
def worker(frame: Frame, every: float, engine: Engine, at_once: int) -> None:
    """Stay, and do what 'interim remind' does again and again, until it is interrupted.

    Settings, groups and plans are read anew each time. Several workers may run at once, and
    'interim remind' beside them: nobody is told the same thing twice. With '--engine
    procrastinate' they share their work, on as many machines as there are: each letter is a job,
    and a change goes out when it is made.
    """
    if engine is Engine.PROCRASTINATE:
        _share(frame, every, at_once)
    else:
        _embed(frame, every)
    frame.say(STOPPED)


def _embed(frame: Frame, every: float) -> None:
    stop, voice = Stop(), _Voice(frame)

    def run() -> int | None:
        reminded = assembly.remind(
            voice.open(), dry_run=False, announce=voice.note, who=frame.who(), stop=stop
        )
        voice.tell(reminded)
        if reminded.stopped:
            raise reminded.stopped
        return reminded.seconds_to_next_turn

    frame.say(f"Sends what is due, every {every:g} seconds, until it is interrupted.")
    with told_by_signals(stop):
        work(run, voice.complain, stop, every)


def _share(frame: Frame, every: float, at_once: int) -> None:
    shown, server = assembly.database_server(frame.folder, frame.environment)
    if server is None:
        raise EngineNeedsServer(shown)
    if every > MINUTE or every % 1 or MINUTE % every:
        raise UnfitInterval(every)
    try:
        from scheduler.worker.job_engine import Position, work_with_others
    except ImportError as missing:
        if missing.name not in _OF_THE_EXTRA:
            raise
        raise EngineMissing from None
    stop, voice = Stop(), _Voice(frame)
    position = Position(
        office=Office(voice.open, stop, every),
        server=server,
        stop=stop,
        every=int(every),
        at_once=at_once,
        who=frame.who(),
        announce=voice.note,
        tell=voice.tell,
        complain=voice.complain,
    )
    frame.say(SHARES)
    with told_by_signals(stop):
        work(lambda: work_with_others(position), voice.complain, stop, every)
