"""What all letters of a workspace go out with."""

from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.notification.letters.letterheads import Letterhead, letterhead
from scheduler.notification.signing import Sign, unsigned
from scheduler.publication.addresses import absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What letters go out with: the workspace's addresses, the site's, the secret, signatures."""

    sender: str
    reply_to: str | None
    base_url: str
    secret: bytes
    sign: Sign = unsigned


def letterhead_of(group: Group, post: Post, page: str) -> Letterhead:
    """Return a group's letterhead; `page` is the path below the site that its letters lead to.

    Raises `BadAddress`.
    """
    return letterhead(
        group,
        sender=post.sender,
        reply_to=post.reply_to,
        page=absolute(post.base_url, page) or post.base_url,
        base_url=post.base_url,
        secret=post.secret,
    )
