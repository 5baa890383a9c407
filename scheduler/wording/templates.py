"""Templates: where they lie, and the environment in which one template speaks any language."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import scheduler
from scheduler.errors import InterimError
from scheduler.wording import deadlines, meetings, moments
from scheduler.wording.languages import Speaker
from scheduler.wording.unbroken import unbroken


class TemplatesMissing(InterimError):
    """An installation without its templates."""

    def __init__(self, places: tuple[Path, ...]) -> None:
        super().__init__(
            f"no templates in {' or '.join(map(str, places))}; install interim-scheduler again"
        )


def templates_folder() -> Path:
    """Return where the templates lie: in the package (a wheel), or beside it (a checkout)."""
    package = Path(scheduler.__file__).parent
    places = (package / "templates", package.parent / "templates")
    for place in places:
        if place.is_dir():
            return place
    raise TemplatesMissing(places)


@cache
def environment(speaker: Speaker) -> Environment:
    """Return the environment whose sentences, days and moments are said by `speaker`.

    Undefined names are errors; values are escaped in templates whose name ends in `.html`.
    """
    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    said = speaker.catalogue
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        said.gettext, said.ngettext, newstyle=True, pgettext=said.pgettext
    )
    made.globals["speaker"] = speaker
    made.filters |= _filters(speaker)
    return made


def _filters(speaker: Speaker) -> dict[str, Callable[..., str]]:
    spoken: dict[str, Callable[..., str]] = {
        "day": moments.day_in_words,
        "date": moments.date_in_words,
        "moment": moments.moment_in_words,
        "utc": moments.utc_in_words,
        "nearness": moments.nearness_in_words,
        "status_word": meetings.status_word,
        "mode_word": meetings.mode_word,
        "topics": meetings.topics,
        "priority": meetings.priority_in_words,
        "deadline_name": deadlines.deadline_name,
        "why_deadline": deadlines.why_deadline,
    }
    filters: dict[str, Callable[..., str]] = {
        name: partial(function, speaker=speaker) for name, function in spoken.items()
    }
    filters |= {"clock": moments.time_in_words, "unbroken": unbroken}
    return filters
