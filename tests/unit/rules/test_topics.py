"""Which topic a contribution is on: the words that say so, and what is not enough."""

import pytest

from scheduler.model.meeting import Status
from scheduler.model.topic import Topic, TopicMatch
from scheduler.rules.topics import topic_index, topics_of
from scheduler.rules.words import root, significant
from tests.support.calls import a_call, a_paper
from tests.support.meetings import a_plan

MECHANISM = Topic(name="Emerging technology mechanism", aliases=("incubation mechanism",))
STATUS = Topic(name="workshop status")
RESULTS = Topic(name="Workshop results")
TARIFFS = Topic(name="Tariffs", in_scope=False)
TOPICS = (MECHANISM, STATUS, RESULTS, TARIFFS, Topic(name="workshop"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("technology", "Technologies"),
        ("mechanism", "MECHANISMS"),
        ("metric", "metrics"),
        ("process", "processes"),
        ("analysis", "analyses"),
        ("approach", "approaches"),
        ("cache", "caches"),
        ("index", "indices"),
        ("status", "statuses"),
        ("mécanisme", "mecanismes"),
    ],
)
def test_singular_and_plural_have_one_root(one, other):
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("new", "news item"), ("status", "statute"), ("mechanic", "mechanism"), ("bus", "bu")],
)
def test_other_words_have_other_roots(one, other):
    assert significant(one) != significant(other)


@pytest.mark.parametrize(
    ("title", "topic", "words", "alias"),
    [
        (
            "Mechanisms for new and emerging technologies",
            "Emerging technology mechanism",
            ("Mechanisms", "emerging", "technologies"),
            None,
        ),
        (
            "Reply on the INCUBATION–mechanism",
            "Emerging technology mechanism",
            ("INCUBATION", "mechanism"),
            "incubation mechanism",
        ),
        ("Status of the workshop", "workshop status", ("Status", "workshop"), None),
        ("Workshop", "workshop", ("Workshop",), None),
        ("Results and status of workshops", "Workshop results", ("Results", "workshops"), None),
        ("Status of the budget", None, (), None),
        ("Emerging technologies", None, (), None),
        ("", None, (), None),
        (None, None, (), None),
    ],
)
def test_a_topic_is_recognised_by_all_its_words(title, topic, words, alias):
    found = topic_index(TOPICS).match(a_paper(1, title))
    assert (found.topic, found.words, found.alias) == (topic, words, alias)
    assert topic_index(TOPICS[::-1]).match(a_paper(1, title)) == found


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Results and status of workshops", ("workshop status",)),
        ("Workshop results and tariffs", ("Tariffs",)),
        ("Workshop results", ()),
        ("Incubation mechanism for emerging technology", ()),
    ],
)
def test_other_topics_that_a_title_names_are_told_too(title, others):
    assert topic_index(TOPICS).match(a_paper(1, title)).others == others


def test_the_heading_speaks_where_the_title_names_no_topic():
    heading = "Mechanisms to address new and emerging technologies in ITU-T"
    paper = a_paper(1, "incubation mechanism", section=heading)
    by_heading = topic_index([Topic(name=MECHANISM.name)]).match(paper)
    assert by_heading.words == ("Mechanisms", "emerging", "technologies")
    by_title = topic_index([MECHANISM]).match(paper)
    assert by_title.words == ("incubation", "mechanism")
    assert (by_heading.heading, by_title.heading) == (True, False)


def test_a_persons_choice_stands_whatever_the_words_are():
    chosen = a_paper(1, "Workshop results", topic="Incubation mechanisms")
    assert topic_index(TOPICS).match(chosen) == TopicMatch(
        topic=MECHANISM.name, alias="incubation mechanism", chosen=True
    )
    unknown = a_paper(1, "Workshop results", topic="budget")
    assert topic_index(TOPICS).match(unknown) == TopicMatch(topic="budget", chosen=True)


def test_only_a_topic_that_is_declared_so_is_out_of_scope():
    papers = [a_paper(1, "Tariffs"), a_paper(2, "x", topic="tariff"), a_paper(3, "Youth")]
    assert [topic_index(TOPICS).match(paper).in_scope for paper in papers] == [False, False, True]


def test_topics_are_those_declared_and_the_meetings_own():
    plan = a_plan(
        a_call("2027-03-16", "Incubation mechanisms", "budget", uid="a"),
        a_call("2027-04-20", "Budgets", "staff", uid="b", status=Status.CANCELLED),
    )
    own = (Topic(name="budget"), Topic(name="staff"))
    assert topics_of(plan, [MECHANISM]) == (MECHANISM, *own)
    assert topics_of(plan, topics_of(plan, [MECHANISM])) == (MECHANISM, *own)
