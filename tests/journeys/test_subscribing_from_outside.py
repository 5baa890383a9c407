"""From the form to letters and a calendar of one's own, with nothing told to anybody else."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import icalendar
import pytest

from scheduler.web.people import SUBMISSIONS_AT_ONCE
from tests.support.people import Office, an_office, calendar_of, link_of

pytestmark = pytest.mark.server
ONE, TWO = "one@example.org", "two@example.org"
DAYS = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        yield office


def subscribed(office: Office) -> int:
    ran = office.desk.run("unsubscribe", ONE, "--json")
    return ran.document["removed"] if ran.status == 0 else 0


def test_the_form_leads_to_letters_and_a_calendar_of_ones_own(office: Office):
    assert office.ask(ONE, language="fr").status_code == 200
    (letter,) = office.remind()
    assert letter["To"] == ONE
    assert letter["Content-Language"] == "fr"
    path = link_of(letter, "confirm")
    for _ in range(2):
        assert office.client.get(path).status_code == 200
    assert office.remind() == []
    page = office.client.post(path)
    own = calendar_of(page.text)
    office.wait(DAYS)
    (reminder,) = office.remind()
    assert (reminder["To"], reminder["Content-Language"]) == (ONE, "fr")
    calendar = office.client.get(own).content
    published = [(office.site / "feeds" / f"{name}.fr.ics").read_bytes() for name in FOLLOWED]
    assert entries(calendar) == set.union(*map(entries, published))


FOLLOWED = ("rg-nav", "rg-nav-events")


def entries(calendar: bytes) -> set[str]:
    """Return the entries of a calendar, as they are written."""
    assert icalendar.Calendar.from_ical(calendar)
    return set(re.findall("BEGIN:VEVENT.*?END:VEVENT", calendar.decode(), re.DOTALL))


def test_looking_at_the_link_changes_nothing_and_its_button_works_once(office: Office):
    office.ask(ONE)
    (letter,) = office.remind()
    path = link_of(letter, "confirm")
    before = office.dump()
    assert ONE in office.client.get(path).text
    assert office.client.head(path).status_code == 200
    assert office.dump() == before
    assert [office.client.post(path).status_code for _ in range(2)] == [200, 404]
    assert subscribed(office) == 1


def test_nothing_else_is_sent_before_it_is_confirmed(office: Office):
    office.ask(ONE)
    assert len(office.remind()) == 1
    office.wait(2 * DAYS)
    assert office.remind() == []


def test_who_does_not_confirm_in_three_days_is_forgotten(office: Office):
    office.ask(ONE)
    (letter,) = office.remind()
    office.wait(3 * DAYS)
    path = link_of(letter, "confirm")
    assert [office.client.get(path).status_code, office.client.post(path).status_code] == [404, 404]
    office.ask(TWO)
    assert office.dump().count(f"'{ONE}'") == 1  # its letter, which is kept
    assert subscribed(office) == 0


def test_a_letter_that_comes_too_late_to_be_confirmed_is_not_sent(office: Office):
    office.ask(ONE)
    office.wait(3 * DAYS)
    assert office.remind() == []
    (letter,) = office.desk.json("outbox", "list")["letters"]
    assert (letter["kind"], letter["state"]) == ("confirmation", "skipped")


def test_one_click_declines_what_somebody_else_asked_for(office: Office):
    office.ask(ONE)
    (letter,) = office.remind()
    click = {"List-Unsubscribe": "One-Click"}
    path = link_of(letter, "unsubscribe")
    assert letter["List-Unsubscribe"].startswith(f"<https://meetings.example.org{path}>")
    assert office.client.post(path, data=click).status_code == 200
    assert office.client.post(link_of(letter, "confirm")).status_code == 404
    assert subscribed(office) == 0


def test_a_link_that_declines_does_not_confirm_nor_the_other_way_round(office: Office):
    office.ask(ONE)
    (letter,) = office.remind()
    confirm, decline = (link_of(letter, place) for place in ("confirm", "unsubscribe"))
    crossed = [decline.replace("unsubscribe", "confirm"), confirm.replace("confirm", "unsubscribe")]
    assert [office.client.post(path).status_code for path in crossed] == [404, 404]


def test_the_answer_is_the_same_whoever_is_subscribed(office: Office):
    office.desk.do("subscribe", ONE, "--group", "RG-NAV")
    answers = [office.ask(address) for address in (ONE, ONE, TWO)]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (200, answers[0].content)
    }


def test_a_mailbox_gets_one_such_letter_a_day_however_it_is_written(office: Office):
    for address in (ONE, ONE, "ONE@example.org", "one+more@Example.org"):
        office.ask(address)
    assert [letter["To"] for letter in office.remind()] == [ONE]
    office.wait(DAYS)
    office.ask(ONE)
    assert [letter["To"] for letter in office.remind()] == [ONE]


def test_everybody_together_gets_a_few_letters_an_hour(tmp_path: Path):
    with an_office(tmp_path, letters_an_hour=2) as office:
        for name in ("a", "b", "c"):
            office.ask(f"{name}@example.org")
        assert len(office.remind()) == 2
        office.wait(timedelta(hours=1))
        office.ask("d@example.org")
        assert len(office.remind()) == 1


def test_one_address_of_the_network_is_stopped(office: Office):
    answers = [office.ask(f"n{number}@example.org") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(office.remind()) == 5


def test_who_mistypes_is_not_stopped(office: Office):
    answers = [office.ask("no address").status_code for _ in range(9)]
    answers += [office.ask(f"n{number}@example.org").status_code for number in range(6)]
    assert answers == [400] * 9 + [200] * 5 + [429]


def test_a_flood_of_faults_is_stopped(office: Office):
    answers = [office.ask(zone="Mars/Olympus").status_code for _ in range(SUBMISSIONS_AT_ONCE + 5)]
    assert answers[:SUBMISSIONS_AT_ONCE] == [400] * SUBMISSIONS_AT_ONCE
    assert 429 in answers[SUBMISSIONS_AT_ONCE:]


@pytest.mark.parametrize(("language", "home"), [("fr", "index.fr.html"), ("tlh", "index.en.html")])
def test_who_asks_too_often_is_told_so_in_a_page_with_a_way_back(
    office: Office, language: str, home: str
):
    for number in range(5):
        office.ask(f"n{number}@example.org")
    answer = office.ask(ONE, language=language)
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 360) == (429, True)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    spoken = language if language == "fr" else "en"
    minutes = {"fr": "dans 6 minutes", "en": "in 6 minutes"}[spoken]
    assert (f'<html lang="{spoken}"' in answer.text, minutes in answer.text) == (True, True)
    assert re.findall(r'<a href="(index[^"]*)"', answer.text) == [home]
    assert office.client.get(home).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/subscribe", {"POST"}),
        ("HEAD", "/subscribe", {"POST"}),
        ("DELETE", "/subscribe", {"POST"}),
        ("PUT", "/confirm/wrong", {"GET", "HEAD", "POST"}),
        ("POST", "/personal/wrong.ics", {"GET", "HEAD"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    office: Office, method: str, path: str, allowed: set[str]
):
    answer = office.client.request(method, path)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_a_program_that_fills_in_what_people_do_not_see_gets_the_same_answer(office: Office):
    assert office.ask(ONE, website="https://example.org").content == office.ask(TWO).content
    assert [letter["To"] for letter in office.remind()] == [TWO]


def test_all_groups_and_several_are_one_letter(office: Office):
    office.ask(ONE, group=["rg-nav", "RG-NAV"])
    office.ask(TWO, group="all")
    texts = [letter.get_body(("plain",)).get_content() for letter in office.remind()]
    assert ["Groups: RG-NAV" in text for text in texts] == [True, True]


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "no address"},
        {"address": "a@example.org, b@example.org"},
        {"address": "a@example.org\r\nBcc: b@example.org"},
        {"address": ""},
        {"address": "x" * 300 + "@example.org"},
        {"group": "RG-X"},
        {"group": ""},
        {"group": []},
        {"group": ["RG-NAV", "<script>"]},
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"zone": "Asia/Tokyo\0"},
        {"language": "tlh"},
        {"language": "<b>"},
        {"address": ["a@example.org", "b@example.org"]},
        {"zone": ["Asia/Tokyo", "Asia/Tokyo"]},
    ],
)
def test_what_cannot_be_asked_for_is_refused(office: Office, fields: dict[str, object]):
    answer = office.ask(ONE, **fields)
    assert answer.status_code == 400
    assert "script>" not in answer.text
    assert office.desk.json("outbox", "list")["letters"] == []


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GOOD = b"address=one%40example.org&group=RG-NAV"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (FORM, b"address=%FF&group=RG-NAV", 400),
        (FORM, b"address=\xc3\xa9&group=RG-NAV", 400),
        (FORM, b"nonsense", 400),
        (FORM, b"group=RG-NAV&" * 301 + GOOD, 400),
        (FORM, b"", 400),
        (FORM, GOOD + b"&x=" + b"y" * 17_000, 413),
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({}, GOOD, 415),
        (FORM | {"Origin": "https://evil.example"}, GOOD, 403),
        (FORM | {"Sec-Fetch-Site": "cross-site"}, GOOD, 403),
        (FORM | {"Sec-Fetch-Site": "same-site"}, GOOD, 403),
        (FORM | {"Origin": "null"}, GOOD, 200),
        (FORM | {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, GOOD, 200),
    ],
)
def test_a_strange_form_is_refused(
    office: Office, headers: dict[str, str], body: bytes, status: int
):
    answer = office.client.post("/subscribe", content=body, headers=headers)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert len(office.desk.json("outbox", "list")["letters"]) == (status == 200)


def test_a_button_of_another_site_does_not_confirm(office: Office):
    office.ask(ONE)
    (letter,) = office.remind()
    foreign = {"Origin": "https://evil.example"}
    answer = office.client.post(link_of(letter, "confirm"), data={}, headers=foreign)
    assert (answer.status_code, subscribed(office)) == (403, 0)


def test_two_people_never_see_each_others_address(office: Office):
    own = {address: office.confirm(address) for address in (ONE, TWO)}
    office.wait(DAYS)
    office.remind()
    for taken in office.mail.taken:
        (recipient,) = taken.recipients
        other = TWO if recipient == ONE else ONE
        text = taken.message.decode()
        assert (recipient in text, other in text) == (True, False)
        assert not any(path.removeprefix("/personal/")[:32] in text for path in own.values())
    for path in own.values():
        assert b"@example.org" not in office.client.get(path).content


def test_a_secret_stands_in_no_log_and_not_in_the_database(office: Office):
    own = office.confirm(ONE)
    secret = own.removeprefix("/personal/").removesuffix(".ics")
    assert len(secret) == 32
    for path in (own, own + "x", f"/%2f{own[1:]}", f"/Personal/a/{secret}", f"/confirm/{secret}"):
        office.client.get(path)
    assert secret not in office.log.getvalue()
    assert secret not in office.dump()
    assert '"GET /personal/- HTTP/1.1" 200 ' in office.log.getvalue()


def test_another_group_keeps_the_calendar_unless_a_new_address_is_wished(office: Office):
    first = office.confirm(ONE)
    office.wait(DAYS)
    assert office.confirm(ONE) == ""
    office.wait(DAYS)
    second = office.confirm(ONE, anew="1")
    assert second != first
    time.sleep(1)
    assert [office.client.get(path).status_code for path in (first, second)] == [404, 200]


def test_what_is_revoked_is_gone_within_a_second(office: Office):
    own = office.confirm(ONE)
    assert office.client.get(own).status_code == 200
    office.desk.do("personal", ONE, "--revoke")
    time.sleep(1)
    assert office.client.get(own).status_code == 404


def answer_of(answer: httpx.Response) -> tuple[object, ...]:
    headers = [(name, value) for name, value in answer.headers.items() if name != "date"]
    return answer.status_code, answer.content, headers


def test_everything_wrong_is_the_same_404(office: Office):
    own = office.confirm(ONE)
    office.desk.do("personal", ONE, "--revoke")
    time.sleep(1)
    secret = own.removesuffix(".ics")
    strange = [
        own,
        secret,
        "/personal/" + "A" * 32 + ".ics",
        "/personal/.ics",
        "/personal/%00.ics",
        "/personal/%2e%2e/index.html.ics",
        "/personal/a/b.ics",
        "/personal/" + "A" * 5000 + ".ics",
        "/personal/é.ics",
        "/personal/" + "A" * 31 + "%0a.ics",
        "/nothing-here",
    ]
    answers = {path: answer_of(office.client.get(path)) for path in strange}
    assert [path for path in strange if answers[path] != answers["/nothing-here"]] == []
    assert answers["/nothing-here"][:2] == (404, b"Not Found")


def test_the_form_of_a_page_asks_for_what_the_server_takes(office: Office):
    page = office.client.get("/groups/rg-nav.html").text
    form = re.search(r'<form method="post" action="\.\./subscribe">.*?</form>', page, re.DOTALL)
    names = re.findall(r'name="([a-z]+)"', form[0])
    assert sorted(names) == ["address", "group", "language", "website", "zone"]
    chosen = dict.fromkeys(names, "") | {"address": ONE, "group": "RG-NAV", "zone": "Asia/Tokyo"}
    assert office.client.post("/subscribe", data=chosen).status_code == 200
    assert [letter["To"] for letter in office.remind()] == [ONE]


def test_a_fault_in_a_file_of_a_group_keeps_nobody_out(office: Office):
    (office.desk.workspace / "groups" / "other.yaml").write_text("rooms: [\n")
    assert office.ask(ONE).status_code == 200


def test_the_page_that_declines_speaks_the_language_that_was_asked_for(office: Office):
    office.ask(ONE, language="ar")
    (letter,) = office.remind()
    path = link_of(letter, "unsubscribe")
    assert '<html lang="ar" dir="rtl"' in office.client.get(path).text
    assert '<html lang="ar" dir="rtl"' in office.client.post(path).text
