"""Who would get what and why, and who would not: what a dry run of `remind` says of each letter."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.braking import Braking
from scheduler.actions.domain_turns import DomainTurns
from scheduler.actions.gather import untold, ways_by_group
from scheduler.actions.mail.digesting import left_in
from scheduler.actions.mail.preparing import doubt
from scheduler.actions.mail.reminding import owed_in
from scheduler.actions.owing import Known, fulfilled
from scheduler.actions.publish import standing
from scheduler.model.address import domain_of
from scheduler.model.group import Group
from scheduler.model.kept import NOBODY
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Letters
from scheduler.notification.answers import ANSWER_REMINDER
from scheduler.notification.brakes import Brakes
from scheduler.notification.digests import DIGEST, told_about
from scheduler.notification.due import NO_DOMAIN, REMINDERS, due_letters, may_be_due
from scheduler.notification.grounds import Ground, answer_grounds, grounds
from scheduler.notification.kinds import UNBRAKED
from scheduler.notification.owing import NOTHING_YET, exempt_parts
from scheduler.store.protocol import Memory

BRAKED = "waits: the address has had as many letters as it may in a day, or in seven"
NO_LETTERS = "chose to get no letters"
Plans = Mapping[str, tuple[Group, Plan]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A letter, why there is one, and why it does not go after all, None where it does."""

    letter: Letter
    grounds: tuple[Ground, ...]
    kept_back: str | None


@dataclass(frozen=True, slots=True)
class Ways:
    """What a letter has to pass: its group, the brakes of its address, its domain's turn."""

    groups: Mapping[str, Group]
    brakes: Brakes
    turns: DomainTurns


def rehearsed(
    memory: Memory,
    ready: Iterable[Letter],
    ways: Ways,
    now: Instant,
    *,
    stopped: str | None,
    urgent: Collection[str] = frozenset(),
) -> tuple[Rehearsed, ...]:
    """Return what becomes of each letter that is ready, one after the other, as a run would do.

    `stopped` is why none goes but those whose keys are `urgent`. Last come those who would be
    reminded, were what is asked for not there already, or had they not chosen to get no letters.
    """
    plans = {group.acronym: (group, plan) for group, plan in standing(memory, ways.groups)}
    found: list[Rehearsed] = []
    before: Counter[str] = Counter()
    braking = Braking(ways.brakes, ways.groups)
    for letter in ready:
        if withdrawn := doubt(memory, letter, ways.groups, now):
            reason: str | None = withdrawn.reason
        elif braking.holds(memory, letter, now, before[letter.recipient]):
            reason = BRAKED
        else:
            held = None if letter.key in urgent else stopped
            reason = held or _domain_wait(ways.turns, letter)
        why = tuple(_grounds(memory, letter, plans, ways.groups, now))
        found.append(Rehearsed(letter=letter, grounds=why, kept_back=reason))
        before[letter.recipient] += letter.kind not in UNBRAKED and reason is None
    return (*found, *_exempt(memory, plans, now), *_unwanted(memory, plans, now))


def _domain_wait(turns: DomainTurns, letter: Letter) -> str | None:
    """Return why a letter waits for its domain's turn; one that goes makes room before the next."""
    domain = domain_of(letter.recipient)
    if turns.takes(domain):
        turns.comes_back(domain)
        return None
    return turns.waits[domain].reason


def _grounds(
    memory: Memory, letter: Letter, plans: Plans, groups: Mapping[str, Group], now: Instant
) -> Iterator[Ground]:
    if letter.kind == ANSWER_REMINDER:
        if letter.group in plans:
            group, plan = plans[letter.group]
            yield from answer_grounds(letter, plan, group)
        return
    if letter.kind not in (*REMINDERS, DIGEST):
        return
    is_digest = letter.kind == DIGEST
    told = left_in(memory, letter, groups, now) if is_digest else owed_in(memory, letter, groups)
    for wish in memory.wishes_of(letter.recipient):
        if wish.group in plans and letter.group in {"", wish.group}:
            group, plan = plans[wish.group]
            found = grounds(letter, plan, group, wish)
            # Where nothing is left of it, all that it was to tell is why there is a letter.
            yield from (one for one in found if one.uid in (told or letter.subjects))


def _unwanted(memory: Memory, plans: Plans, now: Instant) -> Iterator[Rehearsed]:
    known = Known(memory)
    for way in memory.ways_chosen():
        if way.letters is not Letters.NONE or way.group not in plans:
            continue
        group, plan = plans[way.group]
        like = replace(way, letters=Letters.SINGLE, address=NOBODY)
        for one in may_be_due(plan, group, [like], now, known.done(group)):
            for reader in memory.not_told(way, one.letter, one.over, now):
                letter = replace(one.letter, recipient=reader.address, subscription=reader.id)
                why = tuple(grounds(letter, plan, group, reader))
                yield Rehearsed(letter=letter, grounds=why, kept_back=NO_LETTERS)


def _exempt(memory: Memory, plans: Plans, now: Instant) -> Iterator[Rehearsed]:
    """Yield what people would be reminded of, had they not submitted, or were it not done."""
    ways = ways_by_group(memory)
    for group, plan in plans.values():
        known = fulfilled(memory, plan, group)
        if not (known.done or known.submitted):
            continue
        found = untold(memory, plan, group, ways.get(group.acronym, ()), NOTHING_YET, now)
        letters = memory.letters_to({one.address for one in found.readers}, found.since)
        readers = {one.id: one for one in found.readers}
        for letter in due_letters(
            plan,
            group,
            found.readers,
            now,
            domain=NO_DOMAIN,
            letters=told_about(group, letters),
        ):
            for reason, part in exempt_parts(letter, plan, group, known):
                why = tuple(grounds(part, plan, group, readers[letter.subscription]))
                yield Rehearsed(letter=part, grounds=why, kept_back=reason)
