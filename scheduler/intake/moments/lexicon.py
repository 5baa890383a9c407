"""The words of dates and times in English, French, German and Spanish, folded, as plain tables."""

from scheduler.intake.moments.found import Convention
from scheduler.model.deadline import Unit


def words(text: str) -> frozenset[str]:
    """Return the words of a table's row as a set."""
    return frozenset(text.split())


_MONTH_NAMES = {
    1: "january jan janvier janv januar janner enero ene",
    2: "february feb febr fevrier fevr fev februar febrero",
    3: "march mar mars marz maerz marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juin juni junio",
    7: "july jul juillet juil juli julio",
    8: "august aug aout agosto",
    9: "september sep sept septembre septiembre setiembre",
    10: "october oct octobre oktober okt octubre",
    11: "november nov novembre noviembre",
    12: "december dec decembre dezember dez diciembre dic",
}
_WEEKDAY_NAMES = (
    "monday mon lundi lun montag mo lunes",
    "tuesday tues tue mardi dienstag di martes",
    "wednesday weds wed mercredi mer mittwoch mi miercoles",
    "thursday thurs thur thu jeudi jeu donnerstag do jueves",
    "friday fri vendredi ven freitag fr viernes",
    "saturday sat samedi sam samstag sa sabado",
    "sunday sun dimanche dim sonntag so domingo",
)
MONTHS = {word: number for number, names in _MONTH_NAMES.items() for word in names.split()}
WEEKDAYS = {word: day for day, names in enumerate(_WEEKDAY_NAMES) for word in names.split()}
WEEKDAYS_IN_ENGLISH = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

# Words that are months or weekdays only when they begin with a capital.
CAPITAL_ONLY = words("may march mar sun sat mon wed mo di mi do fr sa so sam dim mer")
SHORT_MONTHS = frozenset(word for word in MONTHS if len(word) <= 4)

DAY_SUFFIXES = words("st nd rd th er e eme ere º ª o a")
OF = words("of de d del du des")
ARTICLES = words("the le la les el den dem der das")
AND = words("and & et und y e or ou oder")
SURE_AND = words("and & et und y")
TO = words("to through thru till until au a bis al hasta jusqu'au")
BETWEEN = words("between entre zwischen")
MOVED = words(
    "move moved moves postponed postpone reschedule rescheduled shifted shift deferred "
    "changed reporte reportee deplace deplacee verschoben aplazada"
)

# Nouns that are followed by a number which is neither a day nor an hour.
NUMBERED = words(
    "sg sgs room rooms salle item items question questions q clause clauses section sections "
    "td tds annex resolution resolutions res document documents doc docs page pages p pp "
    "figure table version versions v chapter article articles group groups no nos number "
    "numbers rec recommendation recommendations issue pr rfc step day part release paragraph "
    "iso"
)

# A date takes its year from the past after these, from the future after those.
PAST = words(
    "was were took met been last previous opened closed began adopted approved since ago ete "
    "tenu tenue eu dernier derniere"
)
COMING = words(
    "will shall be by before next until deadline upcoming later due future avant prochain "
    "prochaine aura sera"
)

AM = frozenset({"am"})
PM = frozenset({"pm"})
HOUR_MARKS = words("h hr hrs hour hours heure heures uhr horas hs")
TIME_CUES = words(
    "at from between by before until till starting start starts started begins beginning "
    "begin commencing opens opened closes closed end ends ended ending time times heure "
    "heures horaire a de des vers jusqu avant um ab von hasta desde @ t noon since around"
)

# Words that may follow a bare figure of four digits without making it a count of something.
FUNCTION_WORDS = words(
    "hours h hrs hour hr uhr heures on in at for and to until till or each every daily local "
    "by with the via from as if will is was are we le la du de d l en et au par pour sur am "
    "pm utc gmt sharp approximately onwards"
)

MEASURES = words("hz khz mhz ghz thz m km cm mm kg w kw mw usd chf eur kbit mbit gbit")

NAMED_HOURS = {
    "noon": (12, Convention.NOON), "midday": (12, Convention.NOON), "midi": (12, Convention.NOON),
    "mittag": (12, Convention.NOON), "mediodia": (12, Convention.NOON),
    "midnight": (0, Convention.MIDNIGHT), "minuit": (0, Convention.MIDNIGHT),
    "mitternacht": (0, Convention.MIDNIGHT), "medianoche": (0, Convention.MIDNIGHT),
}  # fmt: skip
CONVENTIONS: dict[tuple[str, ...], Convention] = {
    ("cob",): Convention.CLOSE_OF_BUSINESS,
    ("c", ".", "o", ".", "b"): Convention.CLOSE_OF_BUSINESS,
    ("eob",): Convention.CLOSE_OF_BUSINESS,
    ("close", "of", "business"): Convention.CLOSE_OF_BUSINESS,
    ("close", "of", "the", "business", "day"): Convention.CLOSE_OF_BUSINESS,
    ("end", "of", "business"): Convention.CLOSE_OF_BUSINESS,
    ("end", "of", "the", "business", "day"): Convention.CLOSE_OF_BUSINESS,
    ("end", "of", "the", "working", "day"): Convention.CLOSE_OF_BUSINESS,
    ("fermeture", "des", "bureaux"): Convention.CLOSE_OF_BUSINESS,
    ("eod",): Convention.END_OF_DAY,
    ("end", "of", "day"): Convention.END_OF_DAY,
    ("end", "of", "the", "day"): Convention.END_OF_DAY,
    ("fin", "de", "journee"): Convention.END_OF_DAY,
    ("fin", "de", "la", "journee"): Convention.END_OF_DAY,
}
CONVENTIONS_BY_WORD = {
    start: sorted(
        ((phrase, meant) for phrase, meant in CONVENTIONS.items() if phrase[0] == start),
        key=lambda row: -len(row[0]),
    )
    for start in {phrase[0] for phrase in CONVENTIONS}
}
BY = words("by before until till avant than")

MINUTES = words("minute minutes min mins minuten minutos")
HOURS = words("hour hours hr hrs h heure heures stunde stunden hora horas")
DURATION_CUES = words("for lasting duration pendant duree dauer during")

UNITS = {
    **dict.fromkeys(HOURS, Unit.HOUR),
    **dict.fromkeys(words("day days jour jours tag tage tagen dia dias"), Unit.CALENDAR_DAY),
    **dict.fromkeys(
        words(
            "workday workdays weekday weekdays werktag werktage werktagen arbeitstage arbeitstagen"
        ),
        Unit.WORKING_DAY,
    ),
    **dict.fromkeys(
        words("week weeks wk wks semaine semaines woche wochen semana semanas"), Unit.WEEK
    ),
    **dict.fromkeys(words("month months mois monat monate monaten mes meses"), Unit.MONTH),
}
CALENDAR_WORDS = words(
    "calendar full whole consecutive complete entire calendaire calendaires civils francs naturales"
)
WORKING_WORDS = words(
    "working business work office ouvrable ouvrables ouvre ouvres habiles laborables"
)
CLEAR_WORDS = frozenset({"clear", "francs"})
FORTNIGHTS = words("fortnight fortnights quinzaine")

BEFORE = words("before prior preceding ahead beforehand advance earlier avant vor antes previous")
AFTER = words("after following later apres suivant nach despues from of")
EVE = words("eve veille")

ANCHOR_ADJECTIVES = words(
    "the a an each every any this that these those such its their our respective "
    "corresponding relevant said given planned scheduled actual first last final next opening "
    "closing start starting end ending interim virtual online face to of for physical hybrid "
    "e plenary official formal own rapporteur group le la les l de du des d cette ce chaque "
    "prochaine premier premiere dernier derniere der die das dem den jeder jeweiligen el los "
    "las cada del"
)
STARTS = words("start starts beginning begins commencement commences debut beginn inicio starting")
OPENINGS = words("opening ouverture opens eroffnung apertura")
ENDS = words(
    "end ends close closes closing closure conclusion concludes fin cloture ende cierre adjournment"
)
DAY_NOUNS = words("date dates day days jour jours tag dia")
MEETING_NOUNS = words(
    "meeting meetings call calls session sessions teleconference teleconferences telecon "
    "telecons telco conference workshop workshops event events plenary interim interims "
    "reunion reunions seance seances sitzung sitzungen besprechung reunion sesion assembly "
    "forum webinar e-meeting e-meetings videoconference rgm telechat"
)
