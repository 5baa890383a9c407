"""How a reader's calendar program is given a feed: a row of links for each."""

from dataclasses import dataclass

from scheduler.publication.addresses import absolute, google, outlook, webcal
from scheduler.publication.names import FeedKind, Variant, feed_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks:
    """A feed and the addresses under which calendar programs take it in.

    `address`, and what is made of it, is None where nobody knows where the site is public.
    """

    label: str
    path: str
    address: str | None
    webcal: str | None
    google: str | None
    outlook: str | None


def feed_links(
    label: str, title: str, name: str, kind: FeedKind, language: str | None, base_url: str
) -> FeedLinks:
    """Return the links of one feed in one language; None is the group's own.

    `label` is what the page calls it, `title` what Outlook is to call it.
    """
    path = feed_path(name, kind, Variant(language))
    address = absolute(base_url, path)
    return FeedLinks(
        label=label,
        path=path,
        address=address,
        webcal=webcal(address) if address else None,
        google=google(address) if address else None,
        outlook=outlook(address, title) if address else None,
    )
