"""Addresses of what is published, and the ways calendar programs are told of a feed."""

from urllib.parse import quote


def absolute(base_url: str, path: str) -> str | None:
    """Return the public address of a published path; None where the site has no base address."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else None


def webcal(address: str) -> str:
    """Return the address in the scheme that calendar programs on a desktop or phone listen to."""
    return f"webcal://{address.partition('://')[2]}"


def google(address: str) -> str:
    """Return the page on which Google Calendar offers to follow the feed at `address`."""
    return f"https://calendar.google.com/calendar/r?cid={quote(webcal(address), safe=':/')}"


def outlook(address: str, name: str) -> str:
    """Return the page on which Outlook, at work or school, offers to follow a feed as `name`."""
    return _outlook("office", address, name)


def outlook_at_home(address: str, name: str) -> str:
    """Return the page on which Outlook.com offers to follow a feed as `name`."""
    return _outlook("live", address, name)


def _outlook(realm: str, address: str, name: str) -> str:
    query = f"url={quote(address, safe='')}&name={quote(name, safe='')}"
    return f"https://outlook.{realm}.com/calendar/0/addfromweb?{query}"
