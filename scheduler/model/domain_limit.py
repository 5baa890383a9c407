"""How many letters a mail domain is sent: at once, and in a minute."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OTHERS = "*"
USUAL_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainLimit:
    """The most letters to one domain that are on their way `at_once`, and that leave `per_minute`.

    None is without end. At once there is always an end, for a rate without one is kept by
    letters that wait for one another.
    """

    at_once: int = USUAL_AT_ONCE
    per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class DomainLimits:
    """The limit of each domain by its name, `*` being each one of all the others."""

    named: Mapping[str, DomainLimit] = field(default_factory=dict)

    def of(self, domain: str) -> DomainLimit | None:
        """Return the limit of a domain, or None where it has none."""
        return self.named.get(domain) or self.named.get(OTHERS)
