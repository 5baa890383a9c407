"""The lists of a group, and the news of all groups, as files in every language."""

from collections.abc import Iterator, Mapping

from scheduler.planning.identity import derived_uid
from scheduler.publication.lists.atom_list import Heading, atom_list
from scheduler.publication.lists.csv_list import csv_list
from scheduler.publication.lists.json_list import json_list
from scheduler.publication.lists.news import News, newest
from scheduler.publication.lists.told import Told
from scheduler.publication.names import ALL, ListFormat, index_path, list_path, page_path, slug
from scheduler.publication.upkeep.ordered import Ordered, found
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, speaker

_LANGUAGES = (None, *LANGUAGES)


def group_lists(one: Told, news: Ordered[News], base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of a group by their paths below the site."""
    group, name = one.group, slug(one.group.acronym)
    for language in _LANGUAGES:
        said = speaker(language or group.language)
        yield list_path(name, ListFormat.JSON, language), json_list([one], said, base_url)
        yield list_path(name, ListFormat.CSV, language), csv_list([one], said, base_url)
        title = said.say("%(group)s: changes", group=group.acronym)
        heading = _heading(name, title, page_path(name, language), language)
        yield heading.path, atom_list(news.told[said.language], heading, said, base_url)


def shared_lists(held: Mapping[str, Ordered[News]], base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the news of all groups by their paths below the site; `held` are those of each."""
    last = newest(held)
    for language in _LANGUAGES:
        said = speaker(language or SOURCE_LANGUAGE)
        title = said.say("Interim meetings and deadlines: changes")
        heading = _heading(ALL, title, index_path(language), language)
        news = found(held, last, said.language)
        yield heading.path, atom_list(news, heading, said, base_url)


def _heading(name: str, title: str, page: str, language: str | None) -> Heading:
    # The feed of each language is another feed of the same news.
    uid = derived_uid("changes", name, language or "")
    path = list_path(name, ListFormat.ATOM, language)
    return Heading(uid=uid, title=title, path=path, page=page)
