"""Who a group's letters come from, and where they lead."""

from dataclasses import dataclass, field
from urllib.parse import quote

from scheduler.model.address import parse_address
from scheduler.model.group import Group
from scheduler.notification.tokens import Purpose, token
from scheduler.wording.lines import one_line

_WEB = ("https://", "http://")  # no other kind of link stands in a letter
_URL_SIGNS = ":/?#[]@!$&'()*+,;=%"  # reserved ones (RFC 3986, 2.2), and what is quoted already


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands on all letters of one group.

    `page` is the URL of the group's published page, `group_page` that of its own elsewhere;
    `base_url` is where this installation is served, `secret` what its tokens are made with.
    """

    sender: str
    reply_to: str | None
    page: str
    group_page: str | None
    base_url: str
    secret: bytes = field(repr=False)

    def unsubscribe_url(self, subscription_id: int) -> str:
        """Return where one reader unsubscribes (RFC 8058: POST does it, GET only asks)."""
        return self._link("unsubscribe", subscription_id, Purpose.UNSUBSCRIBE)

    def leave_all_url(self, subscription_id: int) -> str:
        """Return where a reader unsubscribes from every group at once, also by one click."""
        return self._link("unsubscribe", subscription_id, Purpose.LEAVE_ALL)

    def confirm_url(self, request_id: int) -> str:
        """Return where somebody confirms what was asked for in their name."""
        return self._link("confirm", request_id, Purpose.CONFIRM)

    def decline_url(self, request_id: int) -> str:
        """Return where somebody lets be what was asked for in their name, also by one click."""
        return self._link("unsubscribe", request_id, Purpose.DECLINE)

    def invitation_url(self, attendee_id: int) -> str:
        """Return where an attendee gets out of a group's invitations, also by one click."""
        return self._link("unsubscribe", attendee_id, Purpose.INVITATION)

    def mailing_list_url(self, list_id: int) -> str:
        """Return where somebody ends a group's announcements to a list, also by one click."""
        return self._link("unsubscribe", list_id, Purpose.MAILING_LIST)

    def _link(self, place: str, number: int, purpose: Purpose) -> str:
        return f"{self.base_url.rstrip('/')}/{place}/{token(self.secret, number, purpose)}"


def letterhead(
    group: Group,
    *,
    sender: str,
    reply_to: str | None,
    page: str,
    base_url: str,
    secret: bytes,
) -> Letterhead:
    """Return the group's letterhead; `sender` and `reply_to` are the workspace's, for a group that
    has none of its own.

    Raises `BadAddress` for a sender or reply address that is none.
    """
    answers = group.reply_to or reply_to
    return Letterhead(
        sender=parse_address(group.sender or sender),
        reply_to=parse_address(answers) if answers else None,
        page=page,
        group_page=_web_page(group.page) if group.page else None,
        base_url=base_url,
        secret=secret,
    )


def quoted_url(url: str) -> str:
    """Return a URL with everything quoted that RFC 3986 does not let stand."""
    return quote(one_line(url), safe=_URL_SIGNS)


def _web_page(url: str) -> str | None:
    return quoted_url(url) if url.startswith(_WEB) else None
