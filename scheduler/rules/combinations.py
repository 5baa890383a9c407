"""What is wrong with parameters of a rule that are right each by itself."""

from collections.abc import Callable, Iterator, Mapping

from scheduler.model.deadline import Unit

Values = Mapping[str, int | str]
Complaint = tuple[str | None, str]
"""The parameter it is about, None for the rule, and why."""

_OF_DAYS = ("at", "counting", "weekday", "if_closed")
_DAYS = (Unit.CALENDAR_DAY, Unit.WORKING_DAY)


def none_wrong(values: Values) -> Iterator[Complaint]:
    """Yield nothing: the parameters of most rules have nothing to do with each other."""
    yield from ()


def a_range(least: str, most: str) -> Callable[[Values], Iterator[Complaint]]:
    """Return what asks for one of two bounds at least, and for the lower not to be the higher."""

    def complaints(values: Values) -> Iterator[Complaint]:
        if least not in values and most not in values:
            yield None, f"without {least!r} and {most!r} nothing is asked; give one of them"
        elif least in values and most in values and int(values[least]) > int(values[most]):
            yield least, f"{least}: {values[least]} is more than {most!r}, {values[most]}"

    return complaints


def counted_as_said(values: Values) -> Iterator[Complaint]:
    """Yield the parameters of a deadline that its unit leaves without a meaning."""
    unit = values.get("unit")
    if unit == Unit.HOUR:
        for given in _OF_DAYS:
            if given in values:
                yield given, f"{given}: hours are elapsed time; it needs a unit of days or more"
    elif "counting" in values and unit not in _DAYS:
        yield "counting", "counting: clear days need the unit calendar_day or working_day"
