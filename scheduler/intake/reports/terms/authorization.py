"""The permission to hold the meetings: asked of whom, given or not, for how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.intake.reports.statements import Statement
from scheduler.intake.reports.words import NUMBER, number_of
from scheduler.model.report import Authorization, AuthorizationState

_BODY = (
    r"(?P<body>(?:TSAG|TDAG|RAG|GCNT|(?:SG|WP|CE|GT) ?[0-9]+(?:/[A-Z0-9]+)?|(?:Working Party"
    r"|Study Group|Groupe de travail"
    r"|Commission d['’]études?) [0-9]+(?:/[0-9]+)?|[A-Z][A-Z0-9]{1,7}(?:[-/][A-Z0-9]+)*|(?:the"
    r" )?(?:parent|plenary|Area Director|AD|IESG|executive committee|steering (?:group|committee)"
    r"|Director)))"
)
_GRANTING = r"(?:authori[sz]|approv|agree|endors|grant|permi|autoris|approuv)"
_MEETINGS = (
    r"(?:meetings?|e-?meetings?|calls?|sessions?|tele\w+|interims?|réunions?|séances?"
    r"|appels?|visioconférences?)"
)
_REQUESTED = tuple(
    re.compile(form)
    for form in (
        (
            rf"(?<!\w){_BODY} (?:is|are|was|were) (?:hereby |kindly )?(?:asked|requested|invited)"
            rf" to {_GRANTING}"
        ),
        rf"(?<!\w)(?:request|ask|invit)(?:s|ed|e|es|ing)? (?:the )?{_BODY} (?:to|for) {_GRANTING}",
        (
            rf"(?<!\w)(?:demande|prie|invite)(?:nt)? (?:au |à la |à l['’]|le |la |l['’])?{_BODY}"
            rf" (?:de |d['’]|à )(?:l['’]|les )?{_GRANTING}"
        ),
        (
            rf"(?<!\w){_BODY} (?:est|sont) (?:prié|invité)\w* (?:de |d['’]|à )(?:l['’]|les"
            rf" )?{_GRANTING}"
        ),
        (
            rf"(?<!\w)(?i:subject to|pending|seeks?|requests?|requires?|await\w*|sous réserve de)"
            rf"(?: the)? (?:l['’])?{_GRANTING}\w* (?:of|by|from|du|de la|de|par(?: le| la)?) (?:the"
            rf" )?{_BODY}"
        ),
        rf"(?<!\w){_BODY} to {_GRANTING}",
        rf"(?<!\w)to be {_GRANTING}\w* by (?:the )?{_BODY}",
        rf"(?<!\w)proposed? to (?:the )?{_BODY} (?:for|to) {_GRANTING}",
    )
)
_AUTHORIZED = tuple(
    re.compile(form)
    for form in (
        (
            rf"(?<!\w){_BODY} (?:has |have |had |hereby |also |already |a )*"
            r"(?:authori[sz]ed|approved|endorsed|autorisé|approuvé"
            r"|agreed to (?:authori[sz]e|approve|permit|allow|the))(?! by)(?P<after>)"
        ),
        (
            r"(?<!\w)(?<!be )(?<!not )(?<!not yet )(?:authori[sz]ed|approved|endorsed"
            rf"|autorisée?s?|approuvée?s?) (?:by|par) (?:the |le |la |l['’])?{_BODY}"
        ),
        (
            rf"(?i:{_GRANTING})\w*[^.;]{{0,80}}? (?<!not )(?:granted|given|accordée?s?|donnée?s?)"
            rf" (?:by|par) (?:the |le |la |l['’])?{_BODY}"
        ),
        (
            rf"(?i:{_GRANTING})\w*[^.;]{{0,80}}? (?:granted|given|accordée?s?|donnée?s?) (?:by|par)"
            rf" (?:the |le |la |l['’])?{_BODY}"
        ),
    )
)
_REACH = 160  # characters within which a decision says what it is on
# What makes a decision on meetings one on something else, or on meetings that are over.
_NOT_TO_COME = re.compile(
    r"(?<!\w)(?:reports?|agendas?|minutes|documents?|liaisons?|terms of reference|rapports?"
    r"|ordre du jour|previous|last|past|earlier|précédente?s?|dernières?)(?!\w)",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(
    r"(?<!\w)(?:if|whether|unless|until|once|subject to|provided|si|dès que|sous réserve)(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?:^|:\s|(?<!\w)(?:request|asks?|demande)\w* )(?:to |d['’]|de l['’]|de )?{_GRANTING}\w*\b",
    re.IGNORECASE,
)
_ACTION_TO = re.compile(
    r"(?<!\w)(?:[Aa]ctions?|[Rr]equests?|[Mm]esures?|[Dd]emandes?)[\w ,-]{0,80}?"
    rf" (?:to|for|au|à la|à l['’]|by) (?:the )?{_BODY}",
)
_COUNT = re.compile(
    r"(?<![\w/])(?<!\bWG )(?<!\bSG )(?<!\bWP )(?<!\bTC )(?<!\bSC )(?<!\bQuestion )(?<!\bGroup )"
    r"(?<!\bParty )"
    rf"(?P<most>up to |no more than |at most |a maximum of |jusqu['’]à |au plus |au maximum"
    rf" )?"
    rf"(?P<count>{NUMBER}) (?!of\b|hours?|days?|weeks?|minutes?)(?P<what>(?:[\w-]+"
    rf" ){{0,4}}{_MEETINGS}"
    rf"(?: (?:meetings?|calls?|sessions?|virtuelles?|intérimaires?)){{0,2}})(?!\w)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?<!\w)(?:meet|convene|se réunir) (?:\w+ )?(?P<count>{NUMBER}) (?:times|fois)(?!\w)",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"a", "an", "un", "une"})
_MOST = 60
_PAST_COUNT = re.compile(
    r"(?<!\w)(?:held|had|took place|were held|since|last|previous|past|has met|ont eu lieu"
    r"|(?:été|est|sont|étaient) tenue?s?)(?!\w)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?<!\w)(?:hours?|days?|weeks?|months?|minutes?|times|heures?|jours?|semaines?|mois)(?!\w)",
    re.IGNORECASE,
)
_OWN_SUBJECTS = re.compile(r"(?:RG|TG)[-A-Za-z]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many meetings the text speaks of; `at_most` for "up to five"."""

    number: int
    at_most: bool
    line: int


def authorization_in(
    statements: Sequence[Statement], own: frozenset[str], count: Count | None
) -> Authorization:
    """Return who is asked for permission, and whether it was given.

    Only another body's decision is a permission: a text that does not tell whose meetings it
    speaks of cannot tell that, and a group that approves its own meetings permits nothing.
    """
    number = count.number if count else None
    for statement in statements if own else ():
        for form in _AUTHORIZED:
            match = form.search(statement.text)
            if match and _is_grant(match) and not _is_own(match["body"], own):
                return Authorization(
                    required_from=_named(match["body"]),
                    state=AuthorizationState.AUTHORIZED,
                    count=number,
                )
    for statement in statements:
        for form in _REQUESTED:
            match = form.search(statement.text)
            if match and not _is_own(match["body"], own):
                return Authorization(
                    required_from=_named(match["body"]),
                    state=AuthorizationState.REQUESTED,
                    count=number,
                )
    for statement in statements:
        if _ASKED.search(statement.text) and _about_meetings(statement.text):
            body = _asked_under_heading(statement)
            named = _named(body) if body is not None and not _is_own(body, own) else None
            return Authorization(
                required_from=named, state=AuthorizationState.REQUESTED, count=number
            )
    return Authorization(count=number)


def count_in(statements: Sequence[Statement]) -> Count | None:
    """Return the number of meetings to come that the text states first."""
    for statement in statements:
        if times := _TIMES.search(statement.text):
            number = number_of(times["count"])
            return Count(number=number, at_most=False, line=statement.line_at(times.start()))
        for match in _COUNT.finditer(statement.text):
            number = number_of(match["count"])
            word = match["count"].lower()
            if match.start("count") == 0 and word.isdecimal():
                continue  # the number of a heading
            if word in _ARTICLES or not 1 <= number <= _MOST:
                continue
            if number == 1 and not _is_granted(statement.text[: match.start()]):
                continue
            if not _is_to_come(statement, match):
                continue
            return Count(
                number=number, at_most=bool(match["most"]), line=statement.line_at(match.start())
            )
    return None


def _is_to_come(statement: Statement, match: re.Match[str]) -> bool:
    before = statement.text[: match.start()][-100:]
    after = statement.text[match.end() :][:60]
    if _PAST_COUNT.search(before) or _PAST_COUNT.search(after):
        return False
    if _MEASURED.search(match["what"]):
        return False
    plural = number_of(match["count"]) == 1 or re.search(r"s(?: |$)", match["what"]) is not None
    planned = re.search(
        r"(?<!\w)(?:hold|organi[sz]e|meet|convene|authori[sz]\w*|approv\w*|plan\w*|propos\w*|schedul\w*|agree\w*|will|following|next|future|interims?"
        r"|organiser|tenir|autoris\w*|prév\w*|suivant\w*)(?!\w)",
        f"{before} {match[0]} {after}",
        re.IGNORECASE,
    )
    return plural and planned is not None


def _is_granted(before: str) -> bool:
    return (
        re.search(rf"(?<!\w){_GRANTING}\w*(?!\w)[^.]{{0,{_REACH}}}$", before, re.IGNORECASE)
        is not None
    )


def _is_grant(decision: re.Match[str]) -> bool:
    """Tell whether a decision is one on meetings to come, and was taken."""
    clause = re.split(r"[.;:]", decision.string[: decision.start("body")][-_REACH:])[-1]
    what = clause
    if "after" in decision.groupdict():
        what = re.split(r"[.;:]", decision.string[decision.end() :][:_REACH])[0]
    noun = re.search(rf"(?<!\w){_MEETINGS}(?!\w)", what, re.IGNORECASE)
    if noun is None or _NOT_TO_COME.search(what[: noun.end()]):
        return False
    return not _ONLY_IF.search(clause)


def _about_meetings(text: str) -> bool:
    return re.search(rf"(?<!\w){_MEETINGS}(?!\w)", text, re.IGNORECASE) is not None


def _asked_under_heading(statement: Statement) -> str | None:
    """Return the body that a request or its heading names: "Action from RG-X to WP2"."""
    for text in (statement.text, *statement.place.lead, *statement.place.headings):
        if match := _ACTION_TO.search(text):
            return match["body"]
    return None


def _is_own(body: str, own: frozenset[str]) -> bool:
    names = {_named(name).replace(" ", "") for name in own}
    return (
        _named(body).replace(" ", "") in names
        or bool(_OWN_SUBJECTS.match(body))
        or body in ("It", "The")
    )


def _named(body: str) -> str:
    """Return a body's short name: "Working Party 2/5" is WP2/5."""
    body = body.removeprefix("the ")
    short = re.sub(r"^(?:Working Party|Groupe de travail)\s", "WP", body)
    short = re.sub(r"^(?:Study Group|Commission d['’]études?)\s", "SG", short)
    short = re.sub(r"^Question\s(?=[0-9])", "Q", short)
    return re.sub(r"^(SG|WP|CE|GT) (?=[0-9])", r"\1", short)
