"""Names of published files: one slug a group, its feeds, and variants of each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TypeVar

from scheduler.errors import InterimError
from scheduler.wording.languages import LANGUAGES, Speaker

File = TypeVar("File")  # in whatever form

ALL = "all"
OF_ALL = "the feed of all groups"


class FeedKind(StrEnum):
    """What a feed holds; the value is what its name adds to the slug."""

    EVERYTHING = ""
    MEETINGS = "-meetings"
    DEADLINES = "-deadlines"
    EVENTS = "-events"
    TASKS = "-tasks"


class ListFormat(StrEnum):
    """How lists are written that are no calendars; the value is the extension."""

    JSON = "json"
    CSV = "csv"
    ATOM = "atom"


class FeedNameCollision(InterimError):
    """Two groups, or a group and what speaks of several, that would write the same file."""

    def __init__(self, name: str, owners: tuple[str, str]) -> None:
        super().__init__(
            f"feeds/{name}.ics would belong to {owners[0]} and to {owners[1]}; "
            "give one of them another acronym"
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to read the same entries; `language` is None for the group's own."""

    language: str | None = None
    alarms: bool = False
    active: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether it differs in more than the language."""
        return self.alarms or self.active

    @property
    def suffix(self) -> str:
        """What stands before the extension, such as ".fr.alarms"."""
        parts = (
            self.language,
            "alarms" if self.alarms else None,
            "active" if self.active else None,
        )
        return "".join(f".{part}" for part in parts if part)


VARIANTS = tuple(
    Variant(language, alarms, active)
    for language, alarms, active in product((None, *LANGUAGES), (False, True), (False, True))
)


# Of what is one of many, each wish is a file, and not every combination of them.
FEWER_VARIANTS = tuple(
    variant for variant in VARIANTS if variant.language is None or not variant.is_chosen
)
SILENT_VARIANTS = tuple(variant for variant in FEWER_VARIANTS if not variant.alarms)
_VARIANTS = {FeedKind.EVENTS: SILENT_VARIANTS, FeedKind.TASKS: FEWER_VARIANTS}


def variants_of(kind: FeedKind) -> tuple[Variant, ...]:
    """Return the variants in which a group's feed of a kind is published."""
    return _VARIANTS.get(kind, VARIANTS)


def slug(acronym: str) -> str:
    """Return the acronym in lower case, each run of other characters than a-z and 0-9 a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", acronym.lower())


def slugs(acronyms: Iterable[str]) -> Mapping[str, str]:
    """Return the slug of each acronym; raises `FeedNameCollision` where names would meet."""
    owners = {ALL: OF_ALL}
    found: dict[str, str] = {}
    for acronym in acronyms:
        found[acronym] = slug(acronym)
        for kind in FeedKind:
            name = found[acronym] + kind
            if name in owners:
                raise FeedNameCollision(name, (owners[name], repr(acronym)))
            owners[name] = repr(acronym)
    return found


class Claims:
    """Which file belongs to whom, so that nobody's is written over by another's."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def of(self, owner: str, files: Iterable[tuple[str, File]]) -> Mapping[str, File]:
        """Return the files of an owner by their paths; raises `FeedNameCollision`."""
        found = dict(files)
        for path in found:
            other = self._owners.setdefault(path, owner)
            if other != owner:
                name = path.removeprefix("feeds/").removesuffix(".ics")
                raise FeedNameCollision(name, (other, owner))
        return found


def feed_path(name: str, kind: FeedKind = FeedKind.EVERYTHING, variant: Variant = Variant()) -> str:
    """Return the path of a feed below the site, such as `feeds/rg-nav-meetings.fr.ics`."""
    return f"feeds/{name}{kind}{variant.suffix}.ics"


def list_path(name: str, written: ListFormat, language: str | None = None) -> str:
    """Return the path of a list below the site, such as `feeds/rg-nav.fr.json`."""
    return f"feeds/{name}{_dotted(language)}.{written}"


def topic_feed(name: str, topic: str) -> str:
    """Return what the feeds of a group's topic are called, by the slugs of both."""
    return f"{name}-topic-{topic}"


def tree_feed(acronym: str) -> str:
    """Return what the feeds of a group and all below it are called."""
    return f"{slug(acronym)}-tree"


def body_feed(body: str) -> str:
    """Return what the feeds of a body are called."""
    return f"body-{slug(body).strip('-')}"


def feed_title(acronym: str, kind: FeedKind, said: Speaker) -> str:
    """Return what a group's feed is called in people's calendars."""
    match kind:
        case FeedKind.MEETINGS:
            return said.say("%(group)s meetings", group=acronym)
        case FeedKind.DEADLINES:
            return said.say("%(group)s deadlines", group=acronym)
        case FeedKind.EVENTS:
            return said.say("%(group)s events", group=acronym)
        case FeedKind.TASKS:
            return said.say("%(group)s deadlines as tasks", group=acronym)
        case FeedKind.EVERYTHING:
            return said.say("%(group)s meetings and deadlines", group=acronym)


def page_path(name: str, language: str | None = None) -> str:
    """Return the path of a group's page below the site, such as `groups/rg-nav.fr.html`."""
    return f"groups/{name}{_dotted(language)}.html"


def index_path(language: str | None = None) -> str:
    """Return the path of the page of all groups, such as `index.fr.html`."""
    return f"index{_dotted(language)}.html"


def belongs_to(path: str, acronym: str) -> bool:
    """Tell whether a published path changes with this one group.

    That is its own feeds and page, and what speaks of several groups: their feeds, the index and
    the assets that every page uses.
    """
    folder, _, file = path.rpartition("/")
    stem = file.partition(".")[0]
    own = slug(acronym)
    if folder == "feeds":
        shared = stem == ALL or stem.endswith(tree_feed("")) or stem.startswith(body_feed(""))
        return shared or stem in _own_feeds(own) or stem.startswith(topic_feed(own, ""))
    return stem == own if folder == "groups" else True


def _own_feeds(name: str) -> frozenset[str]:
    return frozenset(name + kind for kind in FeedKind)


def _dotted(language: str | None) -> str:
    return f".{language}" if language else ""
