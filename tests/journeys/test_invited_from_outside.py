"""Who came from outside is told of what they see, and of the way in once they are let in."""

import pytest

from tests.support.groups import BEGUN, Groups
from tests.support.mail_server import mail_server
from tests.support.outsiders import from_outside

pytestmark = pytest.mark.server
OUTSIDER = "outsider@example.org"
CHANGED, GATHERED, NEXT_DAY = "2027-03-01T09:00:00Z", "2027-03-01T09:30:00Z", "2027-03-02T09:00:00Z"
MANDATE = """\
group: RG-D
zone: Europe/Zurich
document: TD1
mode: virtual
link: "https://calls.example.org/{room}"
dates: [2027-03-17, 2027-04-21]
hours: ["18:00-19:00"]
topics: [["{topic}"], ["two"]]
deadlines: [{{kind: contribution, offset: -7, unit: calendar_day}}]
"""


@pytest.fixture
def groups(tmp_path):
    with mail_server() as server:
        found = Groups(tmp_path, server)
        settings = "acronym: RG-D\nzone: Europe/Zurich\nreminders: [1]\njoin_link: members\n"
        (found.desk.workspace / "groups" / "rg-d.yaml").write_text(settings)
        plan(found, BEGUN)
        from_outside(found.desk, OUTSIDER, "RG-D")
        found.desk.do("invite", "--subscribers", "--group", "RG-D", "--meeting", "1", now=BEGUN)
        (letter,) = found.letters(BEGUN)
        assert "calls.example.org" not in letter.as_string()
        yield found


def plan(groups, now, room="one", topic="one"):
    file = groups.folder / "mandate.yaml"
    file.write_text(MANDATE.format(room=room, topic=topic))
    groups.desk.do("generate", file, now=now)
    groups.desk.do("approve", "--group", "RG-D", "--despite", "same days", now=now)


def test_another_way_in_is_no_news_to_who_is_not_let_in(groups):
    plan(groups, CHANGED, room="two")
    assert groups.letters(GATHERED) == []
    plan(groups, NEXT_DAY, room="two", topic="another")
    (letter,) = groups.letters("2027-03-02T09:30:00Z")
    assert "another" in letter.get_body(("plain",)).get_content()
    assert "calls.example.org" not in letter.as_string()


def test_who_becomes_a_member_is_sent_the_way_in(groups):
    groups.desk.do("subscribe", OUTSIDER, "--group", "RG-D", now=CHANGED)
    groups.desk.do("invite", OUTSIDER, "--group", "RG-D", "--meeting", "1", now=CHANGED)
    (letter,) = groups.letters(GATHERED)
    assert "https://calls.example.org/one" in letter.get_body(("plain",)).get_content()
    assert groups.letters(NEXT_DAY) == []
