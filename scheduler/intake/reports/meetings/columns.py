"""What the columns of a table hold, by the words that head them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.intake.documents.document import Row, Table


class Column(StrEnum):
    """What a column holds."""

    DATE = "date"
    TIME = "time"
    START = "start"
    END = "end"
    LAST = "last day"
    LENGTH = "length"
    ZONE = "zone"
    TOPIC = "topic"
    PLACE = "place"
    MODE = "mode"
    DEADLINE = "deadline"
    LABEL = "label"
    STATUS = "status"
    GROUP = "group"
    LINK = "link"


# In this order: the first that matches a heading names its column.
_HEADINGS: tuple[tuple[Column, str], ...] = (
    (
        Column.DEADLINE,
        (
            r"dead-?lines?|due|cut-?off|closing|submission|date limite|échéance|délai|before|by$"
            r"|regist\w+"
        ),
    ),
    (Column.STATUS, r"status|statut|état|remarks?"),
    (Column.ZONE, r"time ?zone|zone|fuseau(?: horaire)?"),
    (Column.LENGTH, r"duration|length|durée"),
    (Column.START, r"starts?(?:ing)?(?: time)?(?! dates?)|begins?|from|début|heure de début|de"),
    (Column.END, r"ends?(?:ing)?(?: time)?(?! dates?)|to|until|fin|heure de fin|à"),
    (Column.DATE, r"dates?|days?|when|jours?|quand|meeting dates?"),
    (Column.TIME, r"times?|hours?|heures?|horaires?|utc|cet|cest|et|est|edt|pt|gmt"),
    (Column.LINK, r"link|url|zoom|webex|bridge|dial-?in|lien"),
    (Column.MODE, r"mode|format|type|modalités?"),
    (Column.PLACE, r"venue|place|location|where|city|host|lieu|ville"),
    (
        Column.TOPIC,
        (
            r"(?:main |proposed )?topics?|agenda|subjects?|themes?|scope|purpose|focus|items?"
            r"|descriptions?|contents?|notes|what|discussion|sujets?|thèmes?(?: principa(?:l|ux))?"
            r"|ordre du jour|objet|title|titre"
        ),
    ),
    (
        Column.LABEL,
        r"no\.?|n°|nr\.?|#|meetings?|calls?|sessions?|number|id|ref|réunions?|numéro|telecons?|teleconferences?|e-meetings?|interims?",
    ),
    (Column.GROUP, r"groups?|bod(?:y|ies)|committees?|groupes?|wg|question|sg"),
)
_SEARCHES = tuple(
    (column, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))
    for column, words in _HEADINGS
)
_DAY = re.compile(r"\d{4}|\d[./]\d|\d\s?[^\W\d]{3}|[^\W\d]{3}\.?\s\d")
# What may stand in several columns: the weekday beside the date, several deadlines or topics.
_IN_PARTS = (Column.DATE, Column.DEADLINE, Column.TOPIC)
_OWN_HEADING = re.compile(r"^\W*(?:#|n°)\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A table under its heading row: the column of each place, the words that head it, the rows."""

    columns: tuple[Column | None, ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


def headed(table: Table) -> Headed | None:
    """Return a table with its columns told apart; None where no row heads a column of dates."""
    for place, row in enumerate(table.rows[:3]):
        columns = _columns(row.cells)
        if Column.DATE not in columns and place + 1 < len(table.rows):
            columns = _with_days(columns, table.rows[place + 1].cells)
        known = [column for column in columns if column is not None]
        if Column.DATE in known and (len(known) > 1 or len(columns) == 1):
            return Headed(
                columns=columns, headings=row.cells, rows=table.rows[place + 1 :], line=row.number
            )
    return None


def _columns(cells: Sequence[str]) -> tuple[Column | None, ...]:
    found: list[Column | None] = []
    for cell in cells:
        column = _column(cell)
        once = column in found and column not in _IN_PARTS
        found.append(None if once else column)
    if Column.DATE not in found and Column.TIME in found and Column.START in found:
        found[found.index(Column.TIME)] = Column.DATE
    return tuple(found)


def _with_days(
    columns: tuple[Column | None, ...], cells: Sequence[str]
) -> tuple[Column | None, ...]:
    """Return the columns, "From" and "To" as days where days and no hours stand below them."""
    below = dict(zip(columns, cells, strict=False))
    if not _DAY.search(below.get(Column.START, "")):
        return columns
    days = {Column.START: Column.DATE, Column.END: Column.LAST}
    return tuple(days.get(column, column) if column else None for column in columns)


def _column(heading: str) -> Column | None:
    if _OWN_HEADING.match(heading):
        return Column.LABEL
    bare = re.sub(r"\([^()]{0,200}\)", "", heading).strip()
    for text in (bare, heading):
        for column, search in _SEARCHES:
            if len(text) <= 60 and search.search(text):
                return column
    return None
