"""The verbs around people: `subscribe`, `personal`, `unsubscribe`, `remind`."""

from collections import Counter

import click

from scheduler import assembly
from scheduler.actions.personal import calendar_path, open_calendar, revoke_calendar
from scheduler.actions.remind import Reminded
from scheduler.actions.sending import Pause
from scheduler.actions.subscribe import Choices
from scheduler.actions.subscribe import subscribe as subscribe_it
from scheduler.actions.subscribe import unsubscribe as unsubscribe_it
from scheduler.cli.frame import Frame, by_option, json_option, pass_frame, print_document
from scheduler.cli.notices import note_suppressed
from scheduler.cli.show.counts import counted
from scheduler.cli.show.documents import (
    domain_queue_documents,
    letter_document,
    pause_document,
)
from scheduler.cli.show.people import wish_document
from scheduler.cli.show.rehearsals import rehearsal_documents, rehearsal_lines
from scheduler.cli.show.sending import domain_queue_lines, held_sentence, pause_sentence
from scheduler.cli.values import NAME, RUNG, ZONE, ValueChoice
from scheduler.model.reminding import Rung
from scheduler.model.subscription import Following, Letters, Subscription

ALL = "all"
ALARM = click.IntRange(0, 60 * 24 * 28)  # minutes, up to four weeks
group_option = click.option("--group", type=NAME, help="The acronym of one group.")

RESUME = "Nothing is sent before 'interim outbox resume'."


@click.command()
@click.argument("address")
@click.option("--group", type=NAME, required=True, help="The acronym of the group.")
@click.option(
    "--zone",
    type=ZONE,
    help="The zone letters speak in (IANA name).  [default: the group's, or as before]",
)
@click.option(
    "--language", type=NAME, help="The language of letters.  [default: the group's, or as before]"
)
@click.option(
    "--follow", type=ValueChoice(Following), help="What their own calendar holds of the group."
)
@click.option("--topic", multiple=True, type=NAME, help="Only what is on this topic; 'all' again.")
@click.option(
    "--alarm-meetings", type=ALARM, help="Minutes their calendar rings before meetings; 0: never."
)
@click.option("--alarm-deadlines", type=ALARM, help="Minutes it rings before deadlines; 0: never.")
@click.option(
    "--letters",
    type=ValueChoice(Letters),
    help="One for each thing, one a day for all, or none.",
)
@click.option(
    "--about", multiple=True, type=NAME, help="Letters only about this kind; 'all' again."
)
@click.option(
    "--remind", multiple=True, type=RUNG, help="How early, such as '3 days'; 'group' as the group."
)
@by_option
@json_option
@pass_frame
def subscribe(
    frame: Frame,
    address: str,
    group: str,
    zone: str | None,
    language: str | None,
    follow: Following | None,
    topic: tuple[str, ...],
    alarm_meetings: int | None,
    alarm_deadlines: int | None,
    letters: Letters | None,
    about: tuple[str, ...],
    remind: tuple[Rung | None, ...],
    by: str | None,
    as_json: bool,
) -> None:
    """Tell ADDRESS, a member, about the deadlines and meetings of a group."""
    workspace = frame.open()
    choices = Choices(
        zone=zone,
        language=language,
        following=follow,
        topics=_several(topic, ALL),
        meeting_alarm_minutes=alarm_meetings,
        deadline_alarm_minutes=alarm_deadlines,
        letters=letters,
        kinds=_several(about, ALL),
        rungs=_rungs(remind),
    )
    wish = subscribe_it(
        workspace.store,
        address,
        group,
        choices,
        groups=workspace.groups,
        now=workspace.now,
        who=frame.who(by),
    )
    _show(frame, wish, as_json=as_json)
    note_suppressed(frame, workspace, [wish.address])


@click.command()
@click.argument("address")
@click.option("--rotate", is_flag=True, help="Make another address; the earlier one ends.")
@click.option("--revoke", is_flag=True, help="Let no address open it any more.")
@json_option
@pass_frame
def personal(frame: Frame, address: str, rotate: bool, revoke: bool, as_json: bool) -> None:
    """Make the secret address of ADDRESS's own calendar, and show it this once."""
    workspace = frame.open()
    if rotate and revoke:
        raise click.UsageError("--rotate and --revoke do not go together; give one of them")
    url = None
    if revoke:
        revoke_calendar(workspace.store, address, workspace.now)
    else:
        make = assembly.calendar_secret
        secret = open_calendar(
            workspace.store, address, rotate=rotate, make=make, now=workspace.now
        )
        url = workspace.settings.base_url + calendar_path(secret)
    if as_json:
        print_document({"address": address, "url": url})
    elif url is None:
        frame.say(f"Nothing opens the calendar of {address} any more.")
    else:
        click.echo(url)
        frame.note(
            f"This is secret: whoever has it sees what {address} follows. "
            "It is kept nowhere and cannot be shown again."
        )


@click.command()
@click.argument("address")
@group_option
@by_option
@json_option
@pass_frame
def unsubscribe(
    frame: Frame, address: str, group: str | None, by: str | None, as_json: bool
) -> None:
    """Tell ADDRESS nothing more, of one group or of all."""
    workspace = frame.open_office()
    who, now = frame.who(by), workspace.now
    count = unsubscribe_it(workspace.store, address, group, who=who, now=now)
    if as_json:
        print_document({"address": address, "group": group, "removed": count})
        return
    frame.say(f"{address} is told nothing more of {group or 'any group'}.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be queued and sent; do nothing.")
@by_option
@json_option
@pass_frame
def remind(frame: Frame, dry_run: bool, by: str | None, as_json: bool) -> None:
    """Queue the letters that are due, send what is queued, and say what was done.

    However often it runs, nobody is told the same thing twice.
    """
    workspace = frame.open_to_tell()
    reminded = assembly.remind(workspace, dry_run=dry_run, announce=frame.note, who=frame.who(by))
    if as_json:
        print_document(_reminded_document(reminded))
    else:
        frame.say(*reminded_lines(reminded))
    if frame.quiet and reminded.paused and reminded.held:
        frame.warn(pause_warning(reminded.paused, reminded.held))
    if reminded.newly_held:
        frame.warn(held_sentence(reminded.newly_held))
    if reminded.stopped:
        raise reminded.stopped


def _several(given: tuple[str, ...], everything: str) -> tuple[str, ...] | None:
    """Return what was chosen, nothing where that is everything, None where nothing was said."""
    if not given:
        return None
    return () if everything in given else tuple(dict.fromkeys(given))


def _rungs(given: tuple[Rung | None, ...]) -> tuple[Rung, ...] | None:
    if not given:
        return None
    return () if None in given else tuple(sorted({rung for rung in given if rung}))


def _show(frame: Frame, wish: Subscription, *, as_json: bool) -> None:
    if as_json:
        print_document(wish_document(wish))
        return
    frame.say(
        f"{wish.address} is told about {wish.group}, in the zone {wish.zone} "
        f"and the language {wish.language}{_reminded_how(wish)}."
    )


def _reminded_how(wish: Subscription) -> str:
    """Return what was chosen of letters, as the end of a sentence."""
    if wish.letters is Letters.NONE:
        return ", by no letters"
    how = ", by one letter a day" if wish.letters is Letters.DIGEST else ""
    about = f", about {', '.join(wish.kinds)}" if wish.kinds else ""
    early = f", {', '.join(map(str, wish.rungs))} before" if wish.rungs else ""
    return f"{how}{about}{early}"


def reminded_lines(reminded: Reminded) -> list[str]:
    """Return what a run did, or would do, as lines."""
    if reminded.dry_run:
        lines = [f"{len(reminded.queued)} would be queued, {len(reminded.handled)} would be sent."]
    else:
        states = Counter(letter.state for letter in reminded.handled)
        fates = [f"{count} {state}" for state, count in sorted(states.items())]
        lines = [f"{', '.join([f'{len(reminded.queued)} newly due', *fates])}."]
    if reminded.paused:
        lines.append(f"{pause_sentence(reminded.paused)} {RESUME}")
    if reminded.dry_run:
        return [*lines, *rehearsal_lines(reminded.rehearsed)]
    lines.extend(domain_queue_lines(reminded.waiting))
    for letter in reminded.handled:
        reason = f": {letter.last_error}" if letter.last_error else ""
        lines.append(f"  {letter.state}  {letter.recipient}  {letter.group}  {letter.kind}{reason}")
    return lines


def pause_warning(pause: Pause, held: int) -> str:
    """Say how many letters would go if sending were not paused; there is at least one."""
    return f"{counted(held, 'letter')} would go; {pause_sentence(pause)} {RESUME}"


def _reminded_document(reminded: Reminded) -> dict[str, object]:
    return {
        "dry_run": reminded.dry_run,
        "paused": pause_document(reminded.paused),
        "queued": [letter.key for letter in reminded.queued],
        "letters": [letter_document(letter) for letter in reminded.handled],
        "waiting": domain_queue_documents(reminded.waiting),
        "rehearsed": rehearsal_documents(reminded.rehearsed),
    }
