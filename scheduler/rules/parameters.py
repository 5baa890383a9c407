"""What the parameters of a rule may be, and what is wrong with one that may not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from scheduler.errors import InterimError
from scheduler.model.moment import zone_named

Value = int | str
LARGEST = 9_999  # months of it still lie in the years that dates have


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: its type, whether it is needed, the words or the range it may have.

    `form` raises ValueError, worded for the reader, for a text of another form; `words` are
    those that it does not have to look at.
    """

    kind: type[int] | type[str] | type[bool]
    needed: bool = True
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    form: Callable[[str], object] | None = None

    def complaint(self, value: Value) -> str | None:
        """Return what is wrong with a value, None where it may be."""
        if type(value) is not self.kind:
            return f"takes {_KINDS[self.kind]}, and {value!r} was given"
        if self.least is not None and isinstance(value, int) and value < self.least:
            return f"is at least {self.least}, and {value} was given"
        if self.most is not None and isinstance(value, int) and value > self.most:
            return f"is at most {self.most}, and {value} was given"
        text = str(value)
        if text in self.words or not (self.words or self.form):
            return None
        if self.form is None:
            return f"is one of {', '.join(self.words)}, and {text!r} was given"
        try:
            self.form(text)
        except (ValueError, InterimError) as fault:
            return str(fault)
        return None


_KINDS: dict[type, str] = {int: "a whole number", str: "a text", bool: "true or false"}


def clock_form(text: str) -> time:
    """Return a clock time `HH:MM` or `HH:MM:SS`; raises ValueError."""
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        clock = None
    if clock is None or ":" not in text or clock.tzinfo or clock.microsecond:
        raise ValueError(f'{text!r} is no clock time; give one such as "16:00", in quotes')
    return clock


def number(least: int = 0, *, needed: bool = True) -> Parameter:
    """Return a parameter that is a whole number."""
    return Parameter(kind=int, least=least, most=LARGEST, needed=needed)


def word(*words: str, needed: bool = True) -> Parameter:
    """Return a parameter that is one of some words."""
    return Parameter(kind=str, words=words, needed=needed)


def text(*, needed: bool = True) -> Parameter:
    """Return a parameter that is any text."""
    return Parameter(kind=str, needed=needed)


def zone(*words: str, needed: bool = True) -> Parameter:
    """Return a parameter that is a time zone's IANA name, or one of some words."""
    return Parameter(kind=str, words=words, form=zone_named, needed=needed)


def clock(*words: str, needed: bool = True) -> Parameter:
    """Return a parameter that is a clock time, or one of some words."""
    return Parameter(kind=str, words=words, form=clock_form, needed=needed)


def flag() -> Parameter:
    """Return a parameter that is true or false, and false where it is left out."""
    return Parameter(kind=bool, needed=False)
