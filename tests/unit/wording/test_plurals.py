"""How many: every number has the form that its language asks for (CLDR, plural rules)."""

import pytest

from scheduler.model.deadline import Unit
from scheduler.wording.deadlines import length_in_words
from scheduler.wording.languages import LANGUAGES, speaker

NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100, 101, 102, 103)
WEEKS = {
    "en": "0 weeks|1 week|2 weeks|3 weeks|5 weeks|11 weeks|21 weeks|100 weeks"
    "|101 weeks|102 weeks|103 weeks",
    "ar": "0 أسبوع|أسبوع واحد|أسبوعين|3 أسابيع|5 أسابيع|11 أسبوعاً|21 أسبوعاً|100 أسبوع"
    "|101 أسبوع|102 أسبوع|103 أسابيع",
    "es": "0 semanas|1 semana|2 semanas|3 semanas|5 semanas|11 semanas|21 semanas|100 semanas"
    "|101 semanas|102 semanas|103 semanas",
    "fr": "0 semaine|1 semaine|2 semaines|3 semaines|5 semaines|11 semaines|21 semaines"
    "|100 semaines|101 semaines|102 semaines|103 semaines",
    "ru": "0 недель|1 неделю|2 недели|3 недели|5 недель|11 недель|21 неделю|100 недель"
    "|101 неделю|102 недели|103 недели",
    "zh": "0周|1周|2周|3周|5周|11周|21周|100周|101周|102周|103周",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_weeks_has_its_form(language: str):
    said = [length_in_words(number, Unit.WEEK, speaker(language)) for number in NUMBERS]
    assert "|".join(said) == WEEKS[language]
