"""Which topic a contribution is on, by the words of its title or of the heading it stands under."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.model.contribution import Contribution
from scheduler.model.meeting import Meeting
from scheduler.model.plan import Plan
from scheduler.model.topic import Topic, TopicMatch
from scheduler.rules.words import Word, significant, words_of


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a topic, or another name for it, as the words that have to be there."""

    topic: Topic
    text: str
    words: frozenset[str]

    @property
    def alias(self) -> str | None:
        return None if self.text == self.topic.name else self.text

    @property
    def rank(self) -> tuple[int, int, bool, str, str]:
        """The most specific name first; equal ones in an order that nobody's entering changes."""
        letters = sum(map(len, self.words))
        return -len(self.words), -letters, self.alias is not None, self.topic.name, self.text


@dataclass(frozen=True, slots=True)
class TopicIndex:
    """The topics of a group, made ready to be recognised in many texts."""

    by_word: Mapping[str, tuple[_Name, ...]]

    def match(self, contribution: Contribution) -> TopicMatch:
        """Return the topic of a contribution and the words that say so.

        A person's choice stands. Else a topic is recognised where all significant words of its
        name or of an alias stand in the title or, failing that, in the heading, whatever their
        order, case, accents and number. Of several the most specific is taken.
        """
        if contribution.topic is not None:
            return self._chosen(contribution.topic)
        for text in (contribution.title, contribution.section):
            found = self.find(text) if text else None
            if found is not None:
                return replace(found, heading=text is not contribution.title)
        return TopicMatch(topic=None)

    def find(self, text: str) -> TopicMatch | None:
        """Return the topic whose words all stand in a text, the most specific one; else None."""
        words = words_of(text)
        said = frozenset(word.root for word in words)
        names = (name for root in said for name in self.by_word.get(root, ()))
        found = sorted((n for n in names if n.words <= said), key=lambda n: n.rank)
        return _match(found[0], words, found[1:]) if found else None

    def main_topics(self, meeting: Meeting) -> frozenset[str]:
        """Return the names of the topics that a meeting is held on."""
        found = (self.find(topic) for topic in meeting.topics)
        return frozenset(match.topic for match in found if match is not None and match.topic)

    def _chosen(self, said: str) -> TopicMatch:
        found = self.named(said)
        if found is None:
            return TopicMatch(topic=said, chosen=True)
        alias = found.alias
        return TopicMatch(
            topic=found.topic.name, alias=alias, in_scope=found.topic.in_scope, chosen=True
        )

    def named(self, said: str) -> _Name | None:
        """Return the topic's name that has exactly these words, whatever their form and order."""
        roots = significant(said)
        names = (name for root in roots for name in self.by_word.get(root, ()))
        return min((n for n in names if n.words == roots), key=lambda n: n.rank, default=None)


def topic_index(topics: Iterable[Topic]) -> TopicIndex:
    """Return topics made ready to be recognised; their order does not matter."""
    by_word: dict[str, list[_Name]] = {}
    for topic in topics:
        for text in (topic.name, *topic.aliases):
            words = significant(text)
            if words:  # one word is enough to come upon a name; the longest is the rarest
                rarest = max(words, key=lambda word: (len(word), word))
                by_word.setdefault(rarest, []).append(_Name(topic, text, words))
    return TopicIndex({word: tuple(names) for word, names in by_word.items()})


def topics_of(plan: Plan, declared: Sequence[Topic]) -> tuple[Topic, ...]:
    """Return a group's declared topics, and behind them what its meetings are held on besides.

    A meeting's topic that names a declared one, by its name or an alias, is that one.
    """
    known = topic_index(declared)
    others: dict[frozenset[str], Topic] = {}
    for meeting in sorted(plan.meetings, key=lambda m: (m.date, m.uid)):
        for name in meeting.topics:
            if known.find(name) is None:
                others.setdefault(significant(name), Topic(name=name))
    return (*declared, *others.values())


def _match(name: _Name, words: Iterable[Word], others: Iterable[_Name]) -> TopicMatch:
    left = set(name.words)
    said: list[str] = []
    for word in words:
        if word.root in left:
            left.remove(word.root)
            said.append(word.text)
    topic = name.topic
    # A name within a longer one that was taken says nothing more than that one does.
    told = (other.topic.name for other in others if not other.words <= name.words)
    return TopicMatch(
        topic=topic.name,
        words=tuple(said),
        alias=name.alias,
        in_scope=topic.in_scope,
        others=tuple(dict.fromkeys(other for other in told if other != topic.name)),
    )
