"""How calendar programs are given a feed: what can be chosen, and a way for each program."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from scheduler.publication.addresses import absolute, google, outlook, outlook_at_home, webcal
from scheduler.publication.names import Variant, feed_path
from scheduler.publication.pages.offers import Limits, Offer
from scheduler.wording.languages import LANGUAGES, Speaker, speaker

# Stands in a pattern where the name of the chosen feed goes; no address needs escaping for it.
PLACE = "__FEED__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link by which one kind of program takes a feed in; `pattern` leads to any feed."""

    label: str
    address: str
    pattern: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChoice:
    """A language, and what it adds to the name of a feed."""

    part: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFeed:
    """One feed: what the page calls it, its path below the site, its public address if known."""

    label: str
    path: str
    address: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One variant of a feed in every language, for readers without a script."""

    label: str
    feeds: tuple[NamedFeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribing:
    """All that a page offers; `feeds` are the unlimited ones in its language, the first shown.

    `address` and `pattern` are where the first, and any, is found: public where the site has a
    base address, else below the site.
    """

    offers: tuple[Offer, ...]
    address: str
    pattern: str
    path_pattern: str
    feeds: tuple[NamedFeed, ...]
    ways: tuple[Way, ...]
    languages: tuple[LanguageChoice, ...]
    rows: tuple[FeedRow, ...]

    @property
    def path(self) -> str:
        """Where the first feed lies below the site."""
        return self.feeds[0].path


def subscribing(
    offers: Sequence[Offer],
    title: str,
    said: Speaker,
    *,
    language: str | None,
    own: str,
    base_url: str,
) -> Subscribing:
    """Return how the `offers` of a page are taken up, the first of which is shown.

    `language` is that of the page, None for the feeds' `own`; `title` is what Outlook is to call
    the calendar.
    """
    feeds = tuple(
        _named(offer.label, offer, Variant(language), base_url)
        for offer in offers
        if offer.limits is Limits.NONE
    )
    any_path = feed_path(PLACE)
    address, pattern = feeds[0].address, absolute(base_url, any_path)
    return Subscribing(
        offers=tuple(offers),
        address=address or feeds[0].path,
        pattern=pattern or any_path,
        path_pattern=any_path,
        feeds=feeds,
        ways=tuple(_ways(address, pattern, title, said)) if address and pattern else (),
        languages=tuple(_languages(said, language, own)),
        rows=tuple(_rows(offers, said, base_url)),
    )


def language_name(code: str) -> str:
    """Return the name that a language gives itself."""
    return speaker(code).locale.get_language_name(code) or code


def _ways(address: str, pattern: str, title: str, said: Speaker) -> Iterator[Way]:
    def way(label: str, made: Callable[[str], str], *, external: bool = True) -> Way:
        return Way(label=label, address=made(address), pattern=made(pattern), external=external)

    yield way("Google", google)
    yield way(said.say("Outlook at work or school"), lambda found: outlook(found, title))
    yield way("Outlook.com", lambda found: outlook_at_home(found, title))
    yield way("Apple", webcal, external=False)
    yield way(said.say("Thunderbird and others (webcal)"), webcal, external=False)


def _languages(said: Speaker, language: str | None, own: str) -> Iterator[LanguageChoice]:
    yield LanguageChoice(
        part="",
        label=said.say("the usual one (%(language)s)", language=language_name(own)),
        chosen=language is None,
    )
    for code in LANGUAGES:
        part = Variant(code).suffix
        yield LanguageChoice(part=part, label=language_name(code), chosen=code == language)


def _rows(offers: Sequence[Offer], said: Speaker, base_url: str) -> Iterator[FeedRow]:
    for offer in offers:
        wishes = product((False, True), (False, True))
        for alarms, active in wishes if offer.limits is Limits.NONE else ((False, False),):
            parts = (
                offer.label,
                *((said.say("with reminders"),) if alarms else ()),
                *((said.say("without what is cancelled"),) if active else ()),
            )
            feeds = tuple(
                _named(language_name(code), offer, Variant(code, alarms, active), base_url)
                for code in LANGUAGES
            )
            yield FeedRow(label=said.enumerated(parts), feeds=feeds)


def _named(label: str, offer: Offer, variant: Variant, base_url: str) -> NamedFeed:
    path = feed_path(offer.stem, variant=variant)
    address = absolute(base_url, path)
    return NamedFeed(label=label, path=path, address=address, language=variant.language)
