"""What a group works on, and which words say so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of a group: its name, other names for it, and whether it is within its scope."""

    name: str
    aliases: tuple[str, ...] = ()
    in_scope: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """Which topic a text is on, and why: the words of the text that say so.

    `topic` is the topic's name, None where none was recognised; `alias` the other name it was
    recognised by. `heading` says that the words are those of the heading it was found under, and
    `others` names the topics that its words say too. `chosen` says that a person named the topic,
    whatever the words are.
    """

    topic: str | None
    words: tuple[str, ...] = ()
    alias: str | None = None
    in_scope: bool = True
    chosen: bool = False
    heading: bool = False
    others: tuple[str, ...] = ()
