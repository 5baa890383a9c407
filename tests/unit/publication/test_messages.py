"""The short answers of the form for letters, in the reader's language and with a way back."""

import pytest
from lxml import html

from scheduler.wording.languages import LANGUAGES, speaker
from scheduler.wording.templates import environment

ANSWERS = (("web/asked.html", {"fault": None}), ("web/later.html", {"minutes": 6}))


def answer(name: str, language: str = "en", **facts: object) -> html.HtmlElement:
    template = environment(speaker(language)).get_template(name)
    return html.document_fromstring(template.render(root="", **facts))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "facts"), ANSWERS)
def test_an_answer_leads_back_in_its_own_language(name: str, facts: dict, language: str):
    page = answer(name, language, **facts)
    assert page.get("lang") == language
    assert page.xpath("//main//a/@href") == [f"index.{language}.html"]


@pytest.mark.parametrize(("minutes", "wait"), [(1, "1 minute"), (6, "6 minutes")])
def test_who_asks_too_often_is_told_how_long_to_wait(minutes: int, wait: str):
    page = answer("web/later.html", minutes=minutes)
    said = [" ".join(one.text_content().split()) for one in page.xpath("//main//p")]
    assert f"Go back and send the form again in {wait}." in said
