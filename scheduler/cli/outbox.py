"""The verbs around letters: `outbox` and what a person decides there, and `suppress`."""

from collections.abc import Iterable

import click

from scheduler.actions.outbox import (
    cancel_letters,
    list_letters,
    pause_sending,
    release_run,
    resume_sending,
)
from scheduler.actions.outbox import release as release_letters
from scheduler.actions.outbox import retry as retry_letters
from scheduler.actions.outbox_status import outbox_status
from scheduler.actions.suppress import lift as lift_it
from scheduler.actions.suppress import list_suppressions
from scheduler.actions.suppress import suppress as suppress_it
from scheduler.cli.frame import (
    Frame,
    by_option,
    json_option,
    make_console,
    pass_frame,
    print_document,
)
from scheduler.cli.show.counts import counted
from scheduler.cli.show.documents import (
    letter_document,
    outbox_document,
    pause_document,
    suppression_document,
)
from scheduler.cli.show.sending import (
    letter_lines,
    letter_table,
    outbox_lines,
    pause_sentence,
    suppression_line,
)
from scheduler.cli.values import LINE, NAME, ValueChoice
from scheduler.model.letter import Letter, LetterState
from scheduler.model.suppression import Suppression

keys_argument = click.argument("keys", type=NAME, nargs=-1, required=True, metavar="KEY...")


@click.group()
def outbox() -> None:
    """Look at the letters, and decide about them."""


@outbox.command("list")
@click.option("--state", type=ValueChoice(LetterState), help="Only letters in this state.")
@json_option
@pass_frame
def list_(frame: Frame, state: LetterState | None, as_json: bool) -> None:
    """List the letters, with state, attempts, recipient, key and why."""
    letters = list_letters(frame.open_office().store, state)
    if as_json:
        print_document(_letters_document(letters))
    elif letters:
        make_console().print(letter_table(letters))
    else:
        frame.say("No letters.")


@outbox.command()
@json_option
@pass_frame
def status(frame: Frame, as_json: bool) -> None:
    """Count the letters by state, and say how long they wait and what keeps them."""
    workspace = frame.open()
    with workspace.store.reading() as memory:
        limits = workspace.settings.domain_limits
        found = outbox_status(memory, workspace.groups, limits, workspace.now)
    if as_json:
        print_document(outbox_document(found))
    else:
        frame.say(*outbox_lines(found))


@outbox.command()
@click.option("--reason", type=LINE, help="Why; kept with it.")
@by_option
@json_option
@pass_frame
def pause(frame: Frame, reason: str | None, by: str | None, as_json: bool) -> None:
    """Let no letter be sent until 'resume'; those that fall due are still queued."""
    workspace = frame.open_office()
    paused = pause_sending(workspace.store, frame.who(by), reason, workspace.now)
    if as_json:
        print_document({"paused": pause_document(paused)})
    else:
        frame.say(pause_sentence(paused))


@outbox.command()
@by_option
@json_option
@pass_frame
def resume(frame: Frame, by: str | None, as_json: bool) -> None:
    """Let letters be sent again."""
    workspace = frame.open_office()
    ended = resume_sending(workspace.store, workspace.now, frame.who(by))
    if as_json:
        print_document({"paused": None, "was": pause_document(ended)})
    else:
        frame.say(f"Letters go again with the next 'interim remind'; paused since {ended.since}.")


@outbox.command()
@click.argument("keys", type=NAME, nargs=-1, metavar="[KEY...]")
@click.option(
    "--run", "whole_run", is_flag=True, help="Let a run go that was stopped as too large."
)
@by_option
@json_option
@pass_frame
def release(
    frame: Frame, keys: tuple[str, ...], whole_run: bool, by: str | None, as_json: bool
) -> None:
    """Queue letters that are held again, each KEY or the beginning of one."""
    if bool(keys) == whole_run:
        raise click.UsageError("give either the KEY of each letter, or --run")
    workspace, who = frame.open_office(), frame.who(by)
    if not whole_run:
        released = release_letters(workspace.store, keys, workspace.now, who)
        _tell(frame, "queued again", released, as_json)
        return
    count = release_run(workspace.store, workspace.now, who)
    if as_json:
        print_document({"released": count})
    else:
        frame.say(
            f"{counted(count, 'more letter')} may go in one run: 'interim remind' sends them."
        )


@outbox.command()
@keys_argument
@by_option
@json_option
@pass_frame
def cancel(frame: Frame, keys: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Call letters off that were not sent, each KEY or the beginning of one."""
    workspace = frame.open_office()
    gone = cancel_letters(workspace.store, keys, workspace.now, frame.who(by))
    _tell(frame, "called off", gone, as_json)


@outbox.command()
@keys_argument
@by_option
@json_option
@pass_frame
def retry(frame: Frame, keys: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Queue letters that failed again, each KEY or the beginning of one."""
    workspace = frame.open_office()
    again = retry_letters(workspace.store, keys, workspace.now, frame.who(by))
    _tell(frame, "queued again", again, as_json)


@click.command()
@click.argument("address", required=False)
@click.option("--reason", type=LINE, help="Why; kept with it.")
@click.option("--lift", is_flag=True, help="Send to it again.")
@by_option
@json_option
@pass_frame
def suppress(
    frame: Frame,
    address: str | None,
    reason: str | None,
    lift: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Send nothing to ADDRESS, whoever subscribed it; without one, list all that are so."""
    if (address is None and (reason or lift)) or (reason and lift):
        raise click.UsageError("--reason goes with an ADDRESS, --lift with an ADDRESS alone")
    workspace, who = frame.open_office(), frame.who(by)
    if address is None:
        found: tuple[Suppression, ...] = list_suppressions(workspace.store)
        lines = [suppression_line(one) for one in found]
    elif lift:
        lifted = lift_it(workspace.store, address, workspace.now, who)
        found, lines = (), [f"Letters go to {lifted} again."]
    else:
        found = (suppress_it(workspace.store, address, reason, workspace.now, who),)
        lines = [f"Nothing is sent to {found[0].address} from now on."]
    if as_json:
        print_document({"suppressed": [suppression_document(one) for one in found]})
    else:
        frame.say(*(lines or ["No address is suppressed."]))


def _tell(frame: Frame, done: str, letters: tuple[Letter, ...], as_json: bool) -> None:
    if as_json:
        print_document(_letters_document(letters))
    else:
        frame.say(f"{len(letters)} {done}.", *letter_lines(letters))


def _letters_document(letters: Iterable[Letter]) -> dict[str, object]:
    return {"letters": [letter_document(letter) for letter in letters]}
