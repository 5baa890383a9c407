"""Which contributions come first, and what becomes of the rest."""

import re
from collections.abc import Sequence

from scheduler.intake.reports.statements import Statement
from scheduler.model.report import PriorityRule

_MAIN = re.compile(
    r"(?:main|principal|primary|announced|scheduled) (?:topics?|subjects?|themes?)|(?:sujet"
    r"|thème)s? principa(?:l|ux)|thèmes? annoncé",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"priorit|(?<!\w)(?:first|precedence|before (?:all |any )?others?|d['’]abord|en premier)(?!\w)",
    re.IGNORECASE,
)
_TIME_PERMITS = re.compile(
    r"(?:if|as|where|when|provided|should) (?:there is |that )?(?:enough |sufficient )?(?:the"
    r" )?time (?:permits?|allows?|remains?|is left|is available|permitting)"
    r"|time permitting|if there is (?:enough |any )?time|si le temps (?:le permet|disponible"
    r" le permet)|dans la mesure du temps disponible|s['’]il reste du temps",
    re.IGNORECASE,
)
_OVERFLOW = re.compile(
    r"(?:mov|carr|defer|postpon|shift|held over|h[eo]ld|wait|forward|schedul|report|renvoy"
    r"|remis|reprise?)\w*[^.;]{0,60}?"
    r"(?:following|next|subsequent|later|suivante?|prochaine?|ultérieure?) (?:\w+ )?(?:meetings?"
    r"|calls?|sessions?|interims?|tele\w+|réunions?|séances?|une)"
    r"|réunion suivante|prochaine réunion",
    re.IGNORECASE,
)


def priority_rule_in(statements: Sequence[Statement]) -> PriorityRule | None:
    """Return the order in which contributions are treated, if the text gives one."""
    for place, statement in enumerate(statements):
        if not (_MAIN.search(statement.text) and _FIRST.search(statement.text)):
            continue
        following = statements[place + 1 : place + 2]
        near = [one for one in following if one.passage.number == statement.passage.number]
        text = " ".join((statement.text, *(one.text for one in near)))
        return PriorityRule(
            main_topic_first=True,
            others_if_time_permits=_TIME_PERMITS.search(text) is not None,
            overflow="following_meeting" if _OVERFLOW.search(text) else None,
            line=statement.line,
        )
    return None
