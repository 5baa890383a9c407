"""What changed, newest first, as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scheduler.model.moment import Instant
from scheduler.publication.addresses import absolute
from scheduler.publication.lists.news import News
from scheduler.wording.languages import Speaker

ATOM = "http://www.w3.org/2005/Atom"
_BEGINNING = Instant.parse("1970-01-01T00:00:00Z")  # of a feed of nothing, which never changed
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What an Atom feed says of itself: its lasting id, its name, its path and its page's."""

    uid: str
    title: str
    path: str
    page: str


def atom_list(news: Sequence[News], heading: Heading, said: Speaker, base_url: str) -> bytes:
    """Return news, newest first, as an Atom feed: the same for the same news."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": said.language})
    _text(feed, "id", f"urn:uuid:{heading.uid}")
    _text(feed, "title", heading.title)
    _text(feed, "updated", str(news[0].at if news else _BEGINNING))
    _text(SubElement(feed, "author"), "name", heading.title)
    _link(feed, "self", absolute(base_url, heading.path), "application/atom+xml")
    _link(feed, "alternate", absolute(base_url, heading.page), "text/html")
    for item in news:
        _entry(SubElement(feed, "entry"), item)
    indent(feed, " ")
    written: bytes = tostring(feed, "utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def _entry(entry: Element, item: News) -> None:
    _text(entry, "id", f"urn:uuid:{item.uid}")
    _text(entry, "title", item.title)
    _text(entry, "updated", str(item.at))
    _text(entry, "published", str(item.at))
    _link(entry, "alternate", item.page, "text/html")
    SubElement(entry, "category", {"term": item.kind})
    _text(entry, "content", item.text)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NO_CHARACTER.sub("", text)


def _link(parent: Element, rel: str, address: str | None, media_type: str) -> None:
    if address:
        href = _NO_CHARACTER.sub("", address)
        SubElement(parent, "link", {"rel": rel, "href": href, "type": media_type})
