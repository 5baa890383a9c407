"""The words by which a text tells meetings from other dated things, in English and French."""

import re


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


# A meeting of the group itself, as the sentence or heading that speaks of it would call it.
MEETING = _words(
    r"interims?",
    r"e-?meetings?",
    r"meetings?",
    r"tele-?conferences?",
    r"telecons?",
    r"telcos?",
    r"(?:conference|phone|video|web|zoom|group|drafting|ad[- ]?hoc|editing)?[ -]?calls?",
    r"video[ -]?conferences?",
    r"(?:tele)?phone[ -]conferences?",
    r"(?:web|audio)[ -]?conferences?",
    r"sessions?",
    r"rgms?",
    r"syncs?",
    r"f2fs?",
    r"face[- ]to[- ]faces?",
    r"réunions?",
    r"séances?",
    r"(?:visio|télé|audio)-?conférences?",
    r"appels?",
)
MEET = _words(r"meets?", r"convenes?", r"se réuni(?:t|ra|ront|ssent|r)")
# What is to come: verbs of planning, and the words headings use.
FUTURE = _words(
    r"will",
    r"(?<=\w['’])ll",
    r"shall",
    r"to be (?:held|organi[sz]ed|convened|scheduled)",
    r"(?:re)?schedul(?:e|ed|ing|es)",
    r"plan(?:s|ned|ning)?",
    r"agree[ds]? (?:on|to|upon|that)",
    r"agreed",
    r"(?:to|would|may|can) (?:\w+ )?(?:hold|organi[sz]e|meet|convene|have|run)",
    r"authori[sz](?:e|es|ed|ing|ation)",
    r"approv(?:e|es|ed|ing|al)",
    r"propos(?:e|es|ed|al|ing)",
    r"next",
    r"future",
    r"upcoming",
    r"forthcoming",
    r"coming",
    r"following",
    r"as follows",
    r"(?:dates?|days?|meetings?|calls?|conferences?) below",
    r"to come",
    r"remain(?:s|ing)?",
    r"further",
    r"tentative(?:ly)?",
    r"dates? (?:of|for)",
    r"calendar of",
    r"programme of",
    r"(?:is|are) (?:set|fixed|convened|invited|called)",
    r"(?:takes?|is taking) place",
    r"invit(?:ation|ed|es|e)",
    r"calling notice",
    r"prochaine?s?",
    r"futures?",
    r"à venir",
    r"ci-(?:après|dessous)",
    r"suivante?s?",
    r"ultérieures?",
    r"prévue?s?",
    r"prévoit",
    r"propos[ée]e?s?",
    r"conven(?:u|ue|us|ues|ir)",
    r"décidé",
    r"(?:se )?tiendra(?:it|ient)?",
    r"(?:se )?tiendront",
    r"auront lieu",
    r"aura lieu",
    r"ser(?:a|ont) (?:organis|ten|convoqu)\w+",
    r"autoris(?:er|e|é|ée|és|ées|ation)",
    r"approuv(?:er|e|é|ée|és|ées)",
    r"organiser",
    r"tenir",
    r"calendrier",
    r"convocation",
)
PAST = _words(
    r"took place",
    r"called (?:\w+ ){0,4}to order",
    r"(?:meetings?|calls?|sessions?|\w*conferences?) held",
    r"(?:réunions?|séances?|\w*conférences?) tenues?",
    r"(?:was|were) (?:held|convened|chaired|closed|opened)",
    r"(?:has|have|had) (?:met|held|been held|taken place)",
    r"met (?:on|in|at|from|during|virtually|twice|once|again|via|remotely|online)",
    r"(?:closed|adjourned|ended|concluded)",
    r"(?:a|ont) été \w+",
    (
        r"(?<!be )(?<!is )(?<!are )held (?:on|its|their|\d+|a|an|one|two|three|four|five|six|in"
        r"|at|from|during)"
    ),
    r"previous",
    r"last (?:week|month|year|meeting|call|session|teleconference)(?:'s|’s)?",
    r"(?<!half )(?<!quarter )past(?! midnight)",
    r"s(?:'|’)(?:est|étaient|était|sont) (?:tenue?s?|réunie?s?)",
    r"(?:a|ont) eu lieu",
    r"précédente?s?",
    r"dernière réunion",
)
# Other dated happenings, told beside the meetings.
EVENT = _words(
    r"workshops?",
    r"seminars?",
    r"webinars?",
    r"symposi(?:um|a|ums)",
    r"(?<!web )(?<!video )(?<!audio )conference(?! calls?)",
    r"forum",
    r"fora",
    r"summit",
    r"hackathons?",
    r"plug ?(?:fests?|tests?)",
    r"interop(?:erability)? (?:events?|tests?|weeks?)",
    r"testfests?",
    r"tutorials?",
    r"exhibition",
    r"(?:training|information) (?:sessions?|days?)",
    r"roundtables?",
    r"(?:open|industry) day",
    r"atelier",
    r"ateliers",
    r"colloque",
    r"séminaires?",
    r"webinaires?",
)
# Meetings that are not this group's own interims.
PLENARY = _words(
    r"plenar(?:y|ies)",
    r"assembly",
    r"members['’]? meetings?",
    r"annual meetings?",
    r"plénières?",
    r"study group (?:meeting|session)s?",
    r"parent",
)
DEADLINE = _words(
    r"dead-?lines?",
    r"due",
    r"cut-?off",
    r"closing dates?",
    r"clos(?:es|ing)",
    r"(?:no|not) later than",
    r"at the latest",
    r"submission",
    r"dates? limites?",
    r"délais?",
    r"au plus tard",
    r"échéances?",
)
# What stands right before a date that is a limit and no meeting.
LIMIT_BEFORE = re.compile(
    r"(?<!\w)(?:by|before|until|till|up to|prior to|than|dead-?line\w*(?: is| of| for \w+)?"
    r"|due(?: on| by)?"
    r"|ends?(?: on)?|closes?(?: on)?|expires?(?: on)?|avant|jusqu['’]au|d['’]ici|au plus tard"
    r"|date limite)[\s:,(–—-]*(?:(?:at )?(?:the )?(?:end of|cob|close of business|le|la|on"
    r"|latest)[\s,]*)*$",
    re.IGNORECASE,
)
# What stands right before the date of a document or of something told.
DATED_BEFORE = re.compile(
    r"(?<!\w)(?:(?<![0-9] )(?<![0-9]-)(?<!ty )(?<!een )minutes|report|notes"
    r"|letter|mail|e-?mail|message|version|draft|document|agenda|liaison|circular"
    r"|statement|dated|since|as of|copyright|posted|published|uploaded|updated|modified|formatted"
    r"|received|revised"
    r"|generated|printed|compte[- ]rendu|rapport|lettre|daté\w*|depuis|publié\w*)\b"
    r"(?:[^.;:]{0,25}?)(?:\s(?:of|on|from|du|le|de la réunion du|at))?(?:\s(?:the"
    r"|our))?[\s:,(–—-]*$",
    re.IGNORECASE,
)
CANCELLED = _words(
    r"cancell?ed",
    r"cancel(?:s|ling)?",
    r"called off",
    r"annulée?s?",
    r"will not (?:take place|be held)",
)
POSTPONED = _words(r"postponed?", r"deferred", r"reportée?s?", r"ajournée?s?")
RESCHEDULED = _words(
    r"(?:re-?scheduled|moved|moves|shifted|shifts|brought forward|postponed|changed|changes)",
    r"(?:reportée?s?|déplacée?s?|avancée?s?)",
)
# A sentence that calls a meeting off or moves it, and no entry that carries the word.
CALLED_OFF = re.compile(
    r"(?<!\w)(?:is|are|was|were|be|been|est|sont|sera|seront|été) (?:\w+ )?"
    r"(?:cancell?ed|called off|postponed|deferred|re-?scheduled|moved|shifted"
    r"|annulée?s?|reportée?s?"
    r"|déplacée?s?)(?!\w)"
    r"|(?<!\w)(?:no|pas de) (?:meeting|call|session|telecon\w*|réunion|séance)(?!\w)",
    re.IGNORECASE,
)
# A week that is named by one of its days.
WEEK_BEFORE = re.compile(
    r"(?<!\w)(?:week of|week beginning|week commencing|semaine du)\s+(?:the |le )?$", re.IGNORECASE
)
TENTATIVE = _words(
    r"tentative(?:ly)?", r"provisional(?:ly)?", r"to be confirmed", r"à confirmer", r"provisoire"
)
CONFIRMED = _words(r"confirmed", r"confirmée?s?")

_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_FRENCH_ONES = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(_FRENCH_ONES, 1)},
    **{word: value for value, word in enumerate(_ONES, 1)},
    "une": 1,
    "a": 1,
    "an": 1,
}
NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_FRENCH_ORDINALS = [
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
]
ORDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    **{word: value for value, word in enumerate(_FRENCH_ORDINALS, 1)},
    "premier": 1,
    "seconde": 2,
}


def number_of(word: str) -> int:
    """Return the number that figures or a word of `NUMBER` stand for."""
    return int(word) if word.isdecimal() else NUMBERS[word.lower()]
