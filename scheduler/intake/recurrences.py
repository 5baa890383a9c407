"""Rules of series as people write them: in words, or as an RRULE of RFC 5545."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from scheduler.errors import InterimError
from scheduler.model.recurrence import DayOfWeek, Frequency, Recurrence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1,
}  # fmt: skip
_NUMBERS = {
    "": 1, "other": 2, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4,
    "six": 6, "eight": 8,
}  # fmt: skip
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINAL = "|".join(_ORDINALS)
_DAY = "|".join(WEEKDAYS)
_LIST = rf"(?:{_DAY})(?:(?:,| and|, and) (?:{_DAY}))*"
_WHOLE_MONTH = tuple(range(1, 32))

_EACH_WEEK = re.compile(rf"every (?P<number>\w*?) ?weeks?(?: on (?P<days>{_LIST}))?")
_EACH_DAY = re.compile(rf"every (?P<days>{_LIST})")
_OF_MONTH = re.compile(
    rf"(?:the |every )?(?P<ordinals>(?:{_ORDINAL})(?:(?:,| and|, and) (?:{_ORDINAL}))*)"
    rf" (?P<what>working day|day|{_DAY})"
    r"(?: of (?:the|each|every)(?: (?P<number>\w+))? months?)?"
)


class UnreadableRule(InterimError):
    """A rule of a series that is not understood."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            f"{text!r} is no rule of a series: {reason}; write such as 'third Tuesday', "
            "'every 4 weeks on Tuesday', 'last working day', or FREQ=MONTHLY;BYDAY=3TU"
        )


class UnknownWeekday(InterimError):
    """A word that is no day of the week."""

    def __init__(self, text: str) -> None:
        known = ", ".join(map(str.title, WEEKDAYS))
        super().__init__(f"{text!r} is no day of the week; give one of {known}")


def parse_recurrence(text: str) -> Recurrence:
    """Return the recurrence that a text means; raises `UnreadableRule`."""
    plain = " ".join(text.split())
    if "=" in plain:
        return _rrule(plain.upper().removeprefix("RRULE:"), text)
    readers: tuple[
        tuple[re.Pattern[str], Callable[[Mapping[str, str | None]], Recurrence]], ...
    ] = (
        (_EACH_WEEK, _each_week),
        (_EACH_DAY, _each_day),
        (_OF_MONTH, _of_month),
    )
    for pattern, reader in readers:
        found = pattern.fullmatch(plain.lower())
        if found and (found.groupdict().get("number") or "") in _known_numbers(plain):
            return reader(found.groupdict())
    raise UnreadableRule(text, "the words are not known")


def parse_weekday(text: str) -> int:
    """Return a weekday's number, 0 for Monday, from its name; raises `UnknownWeekday`."""
    if text.lower() not in WEEKDAYS:
        raise UnknownWeekday(text)
    return WEEKDAYS.index(text.lower())


def _known_numbers(text: str) -> set[str]:
    return {*_NUMBERS, *(figure for figure in re.findall(r"\d+", text) if 0 < int(figure) < 100)}


def _each_week(said: Mapping[str, str | None]) -> Recurrence:
    return Recurrence(
        frequency=Frequency.WEEKLY, interval=_number(said["number"]), days=_days(said["days"])
    )


def _each_day(said: Mapping[str, str | None]) -> Recurrence:
    return Recurrence(frequency=Frequency.WEEKLY, days=_days(said["days"]))


def _of_month(said: Mapping[str, str | None]) -> Recurrence:
    found = re.findall(_ORDINAL, said["ordinals"] or "")
    places = tuple(_ORDINALS[ordinal] for ordinal in found)
    interval, what = _number(said["number"]), said["what"] or ""
    if what in WEEKDAYS:
        weekday = WEEKDAYS.index(what)
        days = tuple(DayOfWeek(weekday, place) for place in places)
        return Recurrence(frequency=Frequency.MONTHLY, interval=interval, days=days)
    return Recurrence(
        frequency=Frequency.MONTHLY,
        interval=interval,
        month_days=_WHOLE_MONTH,
        positions=places,
        on_working_days=what == "working day",
    )


def _number(text: str | None) -> int:
    text = text or ""
    return int(text) if text.isdigit() else _NUMBERS[text]


def _days(text: str | None) -> tuple[DayOfWeek, ...]:
    return tuple(DayOfWeek(WEEKDAYS.index(name)) for name in re.findall(_DAY, text or ""))


def _rrule(text: str, written: str) -> Recurrence:
    parts = [part.partition("=") for part in text.strip(";").split(";")]
    for name, _, value in parts:
        if not value:
            raise UnreadableRule(written, f"{name!r} has no value")
    try:
        return _recurrence({name: value for name, _, value in parts})
    except KeyError as missing:
        raise UnreadableRule(written, f"{missing.args[0]} is missing or not known") from None
    except ValueError as fault:
        raise UnreadableRule(written, str(fault)) from None


def _recurrence(fields: Mapping[str, str]) -> Recurrence:
    known = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST"}
    for name in fields.keys() - known:
        raise ValueError(f"{name} is not supported")
    if fields.get("WKST", "MO") != "MO":
        raise ValueError("weeks begin on Monday here")
    recurrence = Recurrence(
        frequency=Frequency(fields["FREQ"].lower()),
        interval=_at_least_one(fields.get("INTERVAL", "1")),
        days=tuple(_coded_day(code) for code in _listed(fields, "BYDAY")),
        month_days=tuple(_within(n, 31) for n in _listed(fields, "BYMONTHDAY")),
        positions=tuple(_within(n, 366) for n in _listed(fields, "BYSETPOS")),
        count=_at_least_one(fields["COUNT"]) if "COUNT" in fields else None,
        until=dt.date.fromisoformat(fields["UNTIL"][:8]) if "UNTIL" in fields else None,
    )
    _refuse_what_has_no_meaning(recurrence)
    return recurrence


def _refuse_what_has_no_meaning(recurrence: Recurrence) -> None:
    if recurrence.frequency is Frequency.MONTHLY:
        return
    if any(day.ordinal for day in recurrence.days):
        raise ValueError("the nth weekday needs FREQ=MONTHLY")
    if recurrence.positions or (recurrence.month_days and recurrence.frequency is Frequency.WEEKLY):
        raise ValueError("BYSETPOS and BYMONTHDAY need FREQ=MONTHLY")


def _listed(fields: Mapping[str, str], name: str) -> list[str]:
    return fields[name].split(",") if name in fields else []


def _coded_day(code: str) -> DayOfWeek:
    ordinal, weekday = code[:-2], code[-2:]
    if weekday not in _CODES:
        raise ValueError(f"{code!r} is no weekday")
    return DayOfWeek(_CODES.index(weekday), _within(ordinal, 5) if ordinal else 0)


def _within(text: str, most: int) -> int:
    number = int(text)
    if not 0 < abs(number) <= most:
        raise ValueError(f"{text} is not within 1 to {most}, or -1 to -{most}")
    return number


def _at_least_one(text: str) -> int:
    number = int(text)
    if not 0 < number < 1000:
        raise ValueError(f"{text} is not within 1 to 999")
    return number
