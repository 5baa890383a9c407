"""What a deadline is for, by the words beside it."""

import re

_KINDS: tuple[tuple[str, str], ...] = (
    ("internet_draft", r"internet[- ]drafts?|i-ds?|draft submissions?"),
    ("draft_agenda", r"(?:draft|provisional|proposed) agendas?|projets? d['’]ordre du jour"),
    ("agenda_item", r"agenda items?|agenda requests?"),
    ("agenda", r"agendas?|ordres? du jour"),
    ("slides", r"slides?|presentations?|slide decks?|présentations?|diapositives"),
    ("registration", r"regist(?:er|ration)s?|inscri(?:re|ptions?)|s['’]inscrire|sign[- ]up"),
    ("minutes", r"minutes|comptes?[- ]rendus?|procès-verbal"),
    ("resolutions", r"resolutions?"),
    ("position_paper", r"position papers?"),
    ("test_plan", r"test plans?"),
    ("liaison", r"liaison (?:replies|statements?|responses?)|liaisons"),
    ("contribution", r"contributions?|contribute"),
    ("tdoc", r"tdocs?"),
    ("comment", r"comments?|commentaires?|observations?"),
    ("report", r"(?:meeting |progress )?reports?|rapports?"),
    ("ballot", r"ballots?|votes?"),
    ("proposal", r"proposals?|propositions?"),
    ("draft", r"drafts"),
    ("document", r"documents?|working papers?|inputs?|papers|submissions?|texts?"),
)
_SEARCHES = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _KINDS
)
_BARE = re.compile(
    r"(?<![\w-])(?P<word>[A-Za-z][A-Za-z-]{1,30}(?: [a-z][a-z-]{1,30})?)\s(?:deadlines?|due"
    r"|cut-?off)(?!\w)",
    re.IGNORECASE,
)
_NO_KIND = {
    "the",
    "a",
    "submission",
    "its",
    "each",
    "this",
    "final",
    "strict",
    "no",
    "is",
    "are",
    "new",
}


def kinds_in(text: str) -> tuple[str, ...]:
    """Return the kinds a text names, in its order; a longer name hides the one inside it."""
    found: list[tuple[int, int, str]] = []
    for kind, search in _SEARCHES:
        for match in search.finditer(text):
            if not any(start <= match.start() < end for start, end, _ in found[-8:]):
                found.append((match.start(), match.end(), kind))
    ordered = dict.fromkeys(kind for _, _, kind in sorted(found))
    return tuple(ordered)


def subject_kind(before: str, after: str = "") -> str | None:
    """Return what a limit is for: the nearest kind named before it, or else the first after it.

    A word of the text's own before "deadline" or "due" is taken where it is no known kind.
    """
    named = _last(before)
    if named:
        return named
    bare = None
    for match in _BARE.finditer(before):
        bare = match["word"].lower()
    if bare and not set(bare.split()) & _NO_KIND:
        return re.sub(r"[^a-z]+", "_", bare)
    following = kinds_in(after[:80])
    return following[0] if following else None


def _last(text: str) -> str | None:
    best: tuple[int, int, str] | None = None
    for kind, search in _SEARCHES:
        for match in search.finditer(text):
            reach = (match.end(), match.end() - match.start(), kind)
            if best is None or reach[:2] > best[:2]:
                best = reach
    return best[2] if best else None
