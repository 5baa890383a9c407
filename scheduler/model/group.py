"""A group's own settings, as its secretariat writes them down."""

from dataclasses import dataclass, field

from scheduler.model.moment import GENEVA


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A standards group: who it is, where its clock stands, and how its letters go out.

    `zone` is its anchor zone, `language` the one its feeds speak by default;
    `reminder_days` are the days before a deadline on which subscribers are told;
    `sender` and `reply_to` are mail addresses, None for the workspace's own; `keep_cancelled_days`
    is how long a cancelled entry stays in the feeds after the day it would have been.
    """

    acronym: str
    name: str | None = None
    parent: str | None = None
    body: str | None = None
    zone: str = GENEVA
    language: str = "en"
    page: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    reminder_days: tuple[int, ...] = field(default=(1,))
    keep_cancelled_days: int = 30
