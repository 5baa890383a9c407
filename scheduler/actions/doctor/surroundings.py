"""Checks of the machine and the settings: pure, from what was read."""

import ipaddress
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.actions.publications import Publication
from scheduler.model.address import domain_of
from scheduler.model.moment import Instant

OLD_PUBLICATION_DAYS = 30
MEGABYTE = 1_000_000
SCARCE_MEGABYTES = 1_000
TOO_FEW_MEGABYTES = 100
OTHERS_MAY = 0o007
_PRIVATE = ("localhost", "local", "invalid", "test", "example")


def check_senders(senders: Iterable[str]) -> Check:
    """Check that others can answer the addresses which letters come from."""
    unknown = sorted(sender for sender in senders if _is_private(domain_of(sender)))
    if unknown:
        said = f"letters come from {', '.join(unknown)}, which other mail servers do not know"
        return warning("senders", said, "set mail.from in interim.yaml, or base_url")
    return ok("senders", "have addresses that others may know")


def _is_private(domain: str) -> bool:
    """Tell whether a domain is one that no server in the world answers for (RFC 6761, 6762)."""
    return domain.rpartition(".")[2] in _PRIVATE


def check_asserts(*, optimised: bool) -> Check:
    """Check that Python carries out the assertions by which libraries refuse what is unsafe."""
    if optimised:
        said = "Python leaves out the assertions by which libraries refuse unsafe texts"
        return error("assertions", said, "run without -O, and without PYTHONOPTIMIZE")
    return ok("assertions", "are carried out")


def check_base_url(base_url: str) -> Check:
    """Check that links in letters are encrypted, and lead somewhere others can open."""
    parts, remedy = urlsplit(base_url), "set base_url, or INTERIM_BASE_URL, to an https:// address"
    if is_loopback(parts.hostname or ""):
        said = f"links point to {base_url}, which others cannot open"
        return warning("base URL", said, remedy)
    if parts.scheme != "https":
        return error("base URL", f"links point to {base_url}, which is not encrypted", remedy)
    return ok("base URL", base_url)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_files(modes: Mapping[str, int]) -> Check:
    """Check that files with secrets are not everybody's; takes the permissions of each."""
    open_ones = sorted(name for name, mode in modes.items() if mode & OTHERS_MAY)
    if open_ones:
        said = f"everybody on this machine may read or write {', '.join(open_ones)}"
        return error("files", said, f"chmod o-rwx {' '.join(open_ones)}")
    return ok("files", "those that hold secrets are not open to everybody")


def check_disk(free_octets: int) -> Check:
    """Check that there is room for the database and its backups."""
    free = free_octets // MEGABYTE
    said, remedy = f"{free} MB are free in the workspace", "make room on the disk"
    if free < TOO_FEW_MEGABYTES:
        return error("disk", said, remedy)
    return warning("disk", said, remedy) if free < SCARCE_MEGABYTES else ok("disk", said)


def check_publication(
    published: Publication | None, standing: Mapping[str, int], now: Instant
) -> Check:
    """Check that what stands is published; takes the number of each group's revision."""
    name, remedy = "publication", "run 'interim publish DIR'"
    if published is None:
        if not standing:
            return ok(name, "there is no plan to publish")
        return warning(name, "nothing was published yet", remedy)
    behind = _behind(published.revisions, standing)
    if behind:
        return warning(name, f"a newer plan stands than is published: {', '.join(behind)}", remedy)
    days = (now.utc - published.at.utc).days
    if days > OLD_PUBLICATION_DAYS:
        return warning(name, f"the last one is {days} days old, of {published.at}", remedy)
    return ok(name, f"the last one is of {published.at}")


def _behind(published: Mapping[str, int], standing: Mapping[str, int]) -> Iterable[str]:
    return sorted(group for group, number in standing.items() if published.get(group) != number)
