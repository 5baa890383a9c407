"""The pages: one of all groups and one of each, in every language, usable without a script."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.addresses import absolute
from scheduler.publication.figures import PeriodView, period_view
from scheduler.publication.names import ALL, FeedKind, feed_title, index_path, page_path, slugs
from scheduler.publication.subscribing import FeedLinks, feed_links
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.publication.views import GroupView, group_view, timeline
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker
from scheduler.wording.templates import environment, templates_folder

ASSETS = ("interim.css", "interim.js", "interim.svg")
# Every page exists once without a language in its name, and once in each language.
_VARIANTS = (None, *LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """The same page in another language, as its code and the name it gives itself."""

    code: str
    name: str
    path: str
    address: str | None


def pages(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    figures: Mapping[str, tuple[Figures, ...]] | None = None,
) -> Mapping[str, bytes]:
    """Return the pages and their assets by path; the arguments are those of `site`."""
    slugs(group.acronym for group, _ in plans)
    tidied = sorted(
        ((tidy_group(group), tidy_plan(plan)) for group, plan in plans),
        key=lambda pair: pair[0].acronym,
    )
    return {
        **dict(_assets()),
        **dict(_group_pages(tidied, base_url, today, figures or {})),
        **dict(_index_pages(tidied, base_url, today)),
    }


def _group_pages(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    figures: Mapping[str, tuple[Figures, ...]],
) -> Iterator[tuple[str, bytes]]:
    for group, plan in plans:
        for variant in _VARIANTS:
            said = speaker(variant or group.language)
            view = group_view(group, plan, said, today, variant)
            told = tuple(period_view(own, said) for own in figures.get(group.acronym, ()))
            yield view.page, _group_page(view, told, said, variant, base_url)


def _index_pages(
    plans: Sequence[tuple[Group, Plan]], base_url: str, today: Instant
) -> Iterator[tuple[str, bytes]]:
    for variant in _VARIANTS:
        said = speaker(variant or SOURCE_LANGUAGE)
        views = [group_view(group, plan, said, today, variant) for group, plan in plans]
        yield index_path(variant), _index_page(views, said, variant, base_url)


def _group_page(
    view: GroupView,
    periods: tuple[PeriodView, ...],
    said: Speaker,
    variant: str | None,
    base_url: str,
) -> bytes:
    labels = (
        (FeedKind.EVERYTHING, said.say("Meetings and deadlines")),
        (FeedKind.MEETINGS, said.say("Meetings only")),
        (FeedKind.DEADLINES, said.say("Deadlines only")),
    )
    return _render(
        "web/group.html",
        said,
        root="../",
        home=index_path(variant),
        languages=_language_links(lambda code: page_path(view.slug, code), base_url),
        feeds=tuple(
            feed_links(
                label, feed_title(view.acronym, kind, said), view.slug, kind, variant, base_url
            )
            for kind, label in labels
        ),
        group=view,
        periods=periods,
    )


def _index_page(
    views: Sequence[GroupView], said: Speaker, variant: str | None, base_url: str
) -> bytes:
    label = said.say("Meetings and deadlines of all groups")
    feeds: tuple[FeedLinks, ...] = (
        feed_links(label, label, ALL, FeedKind.EVERYTHING, variant, base_url),
    )
    return _render(
        "web/index.html",
        said,
        root="",
        home=index_path(variant),
        languages=_language_links(index_path, base_url),
        feeds=feeds,
        groups=views,
        timeline=timeline(views),
    )


def _render(template: str, said: Speaker, **facts: object) -> bytes:
    return environment(said).get_template(template).render(**facts).encode()


def _language_links(path: Callable[[str | None], str], base_url: str) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(
            code=code,
            name=speaker(code).locale.get_language_name(code) or code,
            path=path(code),
            address=absolute(base_url, path(code)),
        )
        for code in LANGUAGES
    )


def _assets() -> Iterator[tuple[str, bytes]]:
    folder = templates_folder() / "web" / "assets"
    for name in ASSETS:
        yield f"assets/{name}", (folder / name).read_bytes()
