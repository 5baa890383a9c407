"""From the wishes of a query to the published file that fulfils them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.publication.feeds.topics import topic_slug
from scheduler.publication.folder.collection import Collection
from scheduler.publication.names import (
    ALL,
    FeedKind,
    ListFormat,
    Variant,
    body_feed,
    feed_path,
    list_path,
    page_path,
    slug,
    topic_feed,
    tree_feed,
)
from scheduler.wording.languages import LANGUAGES

CALENDAR = "ics"
FORMATS = (CALENDAR, *ListFormat)
KINDS = tuple(kind.removeprefix("-") for kind in FeedKind if kind)
_YES_OR_NO = ("yes", "no")
_CLOSED = {
    "kind": KINDS,
    "language": LANGUAGES,
    "alarms": _YES_OR_NO,
    "cancelled": _YES_OR_NO,
    "format": FORMATS,
}
_WHOSE = ("group", "tree", "body")
PARAMETERS = (*_WHOSE, "topic", *_CLOSED)
_FOLDER = "feeds/"


class BadQuery(InterimError):
    """A query that nobody can understand; it says what would be."""

    def __init__(self, what: str, allowed: Iterable[str]) -> None:
        super().__init__(
            f"{what}; give one of {', '.join(allowed) or 'none: nothing is published'}"
        )


class NotPublished(InterimError):
    """Wishes that are clear, and that no published file fulfils together."""

    def __init__(self, name: str, published: Iterable[str]) -> None:
        super().__init__(f"{name} is not published; what is: {', '.join(published) or 'nothing'}")


@dataclass(frozen=True, slots=True)
class _Query:
    """The wishes of a query by parameter, and what is published."""

    wishes: Mapping[str, str]
    collection: Collection

    def name(self) -> str:
        """Return what the feeds of whom is asked for are called, without kind and variant."""
        group, topic = self.wishes.get("group"), self.wishes.get("topic")
        if group is not None:
            name = self._chosen("group", slug(group), page_path("{}"))
            return self._topic(name, topic) if topic is not None else name
        if "tree" in self.wishes:
            return self._chosen("tree", tree_feed(self.wishes["tree"]), feed_path("{}"))
        if "body" in self.wishes:
            return self._chosen("body", body_feed(self.wishes["body"]), feed_path("{}"))
        return ALL

    def _chosen(self, parameter: str, name: str, form: str) -> str:
        if self.collection.get(form.format(name)) is None:
            fault = f"unknown {parameter} {self.wishes[parameter]!r}"
            raise BadQuery(fault, self._known(parameter))
        return name

    def _topic(self, group: str, topic: str) -> str:
        for wish in (slug(topic), topic_slug(topic)):
            name = topic_feed(group, wish)
            if self.collection.get(feed_path(name)) is not None:
                return name
        start = feed_path(topic_feed(group, "")).removesuffix(f".{CALENDAR}")
        known = (name.removeprefix(start) for name in self._plain(start))
        raise BadQuery(f"unknown topic {topic!r}", sorted(known))

    def _known(self, parameter: str) -> Sequence[str]:
        """The values of a parameter that something is published for."""
        if parameter == "group":
            start = page_path("").removesuffix(".html")
            pages = (name.removeprefix(start).removesuffix(".html") for name in self._plain(start))
            return sorted(pages)
        if parameter == "tree":
            found = (name.removeprefix(_FOLDER) for name in self._plain(_FOLDER))
            end = tree_feed("")
            return sorted(name.removesuffix(end) for name in found if name.endswith(end))
        start = f"{_FOLDER}{body_feed('')}"
        return sorted(name.removeprefix(start) for name in self._plain(start))

    def _plain(self, start: str) -> Iterable[str]:
        """The stems of names with a beginning, each without variants."""
        names = (name for name in self.collection.names() if name.startswith(start))
        return {name.partition(".")[0] for name in names}


def published_name(wishes: Sequence[tuple[str, str]], collection: Collection) -> str:
    """Return the name of the published file that fulfils wishes, parameter by parameter.

    Raises `BadQuery` for a parameter or value that is not known, and for one given twice;
    `NotPublished` where each wish can be had and no file has all of them.
    """
    _check(wishes)
    query = _Query(dict(wishes), collection)
    name = query.name()
    path = _path(name, query.wishes)
    if collection.get(path) is None:
        beside = (one for one in collection.names() if _is_of(one, name))
        raise NotPublished(path, sorted(beside))
    return path


def _path(name: str, wishes: Mapping[str, str]) -> str:
    kind = f"-{wishes['kind']}" if "kind" in wishes else ""
    language = wishes.get("language")
    variant = Variant(
        language, alarms=wishes.get("alarms") == "yes", active=wishes.get("cancelled") == "no"
    )
    written = wishes.get("format", CALENDAR)
    if written == CALENDAR:
        return feed_path(f"{name}{kind}", variant=variant)
    # No list has a kind, alarms or less than everything: such a name is not published.
    chosen = kind + variant.suffix.removeprefix(f".{language}" if language else "")
    return list_path(name + chosen, ListFormat(written), language)


def _is_of(path: str, name: str) -> bool:
    stems = {name, *(name + kind for kind in FeedKind)}
    return path.removeprefix(_FOLDER).partition(".")[0] in stems and path.startswith(_FOLDER)


def _check(wishes: Sequence[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for parameter, value in wishes:
        if parameter not in PARAMETERS:
            raise BadQuery(f"unknown parameter {parameter!r}", PARAMETERS)
        if parameter in seen:
            raise BadQuery(f"{parameter} is given twice", ("its values",))
        seen.add(parameter)
        allowed = _CLOSED.get(parameter)
        if allowed is not None and value not in allowed:
            raise BadQuery(f"unknown {parameter} {value!r}", allowed)
    if len(seen & set(_WHOSE)) > 1:
        raise BadQuery(f"{' and '.join(sorted(seen & set(_WHOSE)))} do not go together", _WHOSE)
    if "topic" in seen and "group" not in seen:
        raise BadQuery("a topic is one of a group", ("topic with group",))
