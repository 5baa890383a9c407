"""The syntax of SPF (RFC 7208), and whether a record lets letters through at all.

`spf_fault` takes a record's text; returns None, or whether the fault is grave and what it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

MOST_LOOKUPS = 10  # RFC 7208, 4.6.4
_TERM = re.compile(r"([+?~-]?)([a-z][a-z0-9_.-]*)(?:([:=])(.*))?", re.IGNORECASE | re.DOTALL)
_LENGTHS = re.compile(r"(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?\Z")
_MOST_BITS = (32, 128)
_LONGEST_DOMAIN = 253
_MACRO = r"%(?:\{[slodiphcrtv]\d*r?[.\-+,/_=]*\}|[%_-])"
_LAST_LABEL = r"(?:[a-z0-9-]*[a-z-][a-z0-9-]*)"
# RFC 7208, 7.1: what may be in a name, and that it ends with a label of a host or with a macro.
_DOMAIN = re.compile(
    rf"(?:[!-$&-~]|{_MACRO})*(?:\.{_LAST_LABEL}\.?|{_MACRO})\Z", re.IGNORECASE | re.DOTALL
)
_LOOKED_UP = ("include", "a", "mx", "ptr", "exists", "redirect")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term: its sign, its name, what stands between name and value, and the value."""

    text: str
    sign: str = ""
    name: str = ""
    mark: str = ""
    value: str = ""


def spf_fault(text: str) -> tuple[bool, str] | None:
    """Return what is wrong with an SPF record."""
    version, *texts = text.split() or [""]
    if version.lower() != "v=spf1":
        return True, "does not begin with v=spf1"
    terms = [_term(one) for one in texts]
    fault = next(filter(None, map(_term_fault, terms)), None)
    if fault:
        return True, fault
    for name in ("redirect", "exp"):
        if sum(term.name == name for term in terms) > 1:
            return True, f"has {name}= twice, and counts as none at all"
    if sum(term.name in _LOOKED_UP for term in terms) > MOST_LOOKUPS:
        return True, f"takes more than {MOST_LOOKUPS} look-ups, and counts as none at all"
    return _end_fault(terms)


def _term(text: str) -> _Term:
    """Return a term in its parts; one that is none has no name."""
    bare, lengths = text, ""
    if ":" not in text and "=" not in text:
        bare, slash, rest = text.partition("/")  # as in a/24
        lengths = slash + rest
    found = _TERM.fullmatch(bare)
    if found is None:
        return _Term(text)
    value = (found[4] or "") + lengths
    return _Term(text, found[1], found[2].lower(), found[3] or "", value)


def _end_fault(terms: Sequence[_Term]) -> tuple[bool, str] | None:
    mechanisms = [term for term in terms if term.mark != "="]
    ends = [term for term in mechanisms if term.name == "all"]
    if any(term.sign in ("", "+") for term in ends):
        return True, "lets everybody send, by +all"
    if ends and mechanisms[-1] is not ends[0]:
        return True, f"has terms after {ends[0].text}, which nobody reads"
    redirected = not ends and any(term.name == "redirect" for term in terms)
    if ends and ends[0].sign == "?":
        return False, "takes no stand on all others, by ?all"
    if not redirected and not any(term.sign in ("", "+") for term in mechanisms):
        return True, "lets nobody send, not even your mail server"
    return None if ends or redirected else (False, "says nothing of all others; end it with -all")


def _term_fault(term: _Term) -> str | None:
    if term.mark == "=" and not term.sign:
        return _modifier_fault(term)
    check = _MECHANISMS.get(term.name)
    if check is None or term.mark == "=":
        return f"has the unknown term {term.text!a}"
    return check(term)


def _modifier_fault(term: _Term) -> str | None:
    if term.name in _MECHANISMS:
        return f"has {term.text!a}, which nobody reads: {term.name}: is meant"
    if term.name in ("redirect", "exp") and not _is_domain(term.value):
        return f"has {term.text!a}, which names no domain"
    return None  # what is unknown is passed over (RFC 7208, 6)


def _alone(term: _Term) -> str | None:
    return f"has the unknown term {term.text!a}" if term.mark or term.value else None


def _domain(term: _Term) -> str | None:
    return None if _is_domain(term.value) else f"has {term.text!a}, which names no domain"


def _perhaps_domain(term: _Term) -> str | None:
    return _domain(term) if term.mark or term.value else None


def _host(term: _Term) -> str | None:
    """Check a and mx: perhaps a domain, perhaps how many bits of its addresses count."""
    lengths = _LENGTHS.search(term.value)
    name = term.value[: lengths.start()] if lengths else term.value
    for bits, most in zip(lengths.groups() if lengths else (), _MOST_BITS, strict=False):
        if bits and int(bits) > most:
            return f"has {term.text!a}, which is no network"
    if (term.mark or name) and not _is_domain(name):
        return f"has {term.text!a}, which names no domain"
    return None


def _is_domain(text: str) -> bool:
    return len(text) <= _LONGEST_DOMAIN and bool(_DOMAIN.match(text))


def _network(
    kind: type[IPv4Address] | type[IPv6Address], most: int
) -> Callable[[_Term], str | None]:
    def check(term: _Term) -> str | None:
        address, slash, bits = term.value.partition("/")
        try:
            kind(address)
            fits = not slash or (re.fullmatch("0|[1-9][0-9]*", bits) and int(bits) <= most)
        except ValueError:
            fits = False
        return None if fits else f"has {term.text!a}, which is no network"

    return check


_MECHANISMS: Mapping[str, Callable[[_Term], str | None]] = {
    "all": _alone,
    "include": _domain,
    "exists": _domain,
    "ptr": _perhaps_domain,
    "a": _host,
    "mx": _host,
    "ip4": _network(IPv4Address, 32),
    "ip6": _network(IPv6Address, 128),
}
