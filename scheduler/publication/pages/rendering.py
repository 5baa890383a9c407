"""The pages: one of all groups and one of each, in every language, usable without a script."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.metrics import Figures
from scheduler.publication.addresses import absolute
from scheduler.publication.names import FeedKind, feed_title, index_path, page_path, slug
from scheduler.publication.pages.assets import assets
from scheduler.publication.pages.figures import PeriodView, period_view
from scheduler.publication.pages.months import month_tables
from scheduler.publication.pages.offers import Offer, group_offers, shared_offers
from scheduler.publication.pages.subscribing import Subscribing, language_name, subscribing
from scheduler.publication.pages.timeline import (
    Line,
    dated_lines,
    dated_of,
    lines_of,
    timeline,
    window,
)
from scheduler.publication.pages.views import GroupView, group_view
from scheduler.publication.tidying import tidy_group, tidy_plan
from scheduler.publication.upkeep.ordered import Ordered, found
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker
from scheduler.wording.moments import UTC
from scheduler.wording.templates import environment

Views = Mapping[str, GroupView]  # of one group, by language


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """The same page in another language, as its code and the name it gives itself."""

    code: str
    name: str
    path: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group among all; `page` is the path of its own."""

    acronym: str
    name: str | None
    parent: str | None
    page: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pages in one language have in common; `variant` is None where none is named."""

    said: Speaker
    variant: str | None
    base_url: str
    subscribe_form: bool

    def offered(self, offers: Sequence[Offer], title: str, own: str) -> Subscribing:
        """Return how the `offers` of a page are taken up; `own` is their own language."""
        return subscribing(
            offers, title, self.said, language=self.variant, own=own, base_url=self.base_url
        )

    def render(
        self, template: str, path: Callable[[str | None], str], root: str, **facts: object
    ) -> bytes:
        """Return the page that stands at `path` in each language."""
        languages = tuple(
            LanguageLink(
                code=code,
                name=language_name(code),
                path=path(code),
                address=absolute(self.base_url, path(code)),
            )
            for code in LANGUAGES
        )
        page = environment(self.said).get_template(template)
        return page.render(
            root=root,
            home=index_path(self.variant),
            languages=languages,
            subscribe_form=self.subscribe_form,
            **facts,
        ).encode()


def pages(
    plans: Sequence[tuple[Group, Plan]],
    base_url: str,
    today: Instant,
    figures: Mapping[str, tuple[Figures, ...]] | None = None,
    known: Iterable[Group] = (),
    *,
    subscribe_form: bool = True,
) -> Mapping[str, bytes]:
    """Return the pages and their assets by path; the arguments are those of `site`.

    `subscribe_form` says whether a server behind the pages takes the wish for letters.
    """
    views = {group.acronym: views_of(group, plan, today) for group, plan in plans}
    made = dict[str, bytes]()
    for group, plan in plans:
        told = (figures or {}).get(group.acronym, ())
        own = group_pages(
            group, plan, views[group.acronym], told, base_url, subscribe_form=subscribe_form
        )
        made |= dict(own)
    groups = [group for group, _ in plans]
    lines = {acronym: lines_of(shown) for acronym, shown in views.items()}
    return made | dict(
        shared_pages(groups, known, lines, base_url, today, subscribe_form=subscribe_form)
    )


def views_of(group: Group, plan: Plan, today: Instant) -> Views:
    """Return what is shown of a group on a day, by language."""
    group, plan = tidy_group(group), tidy_plan(plan)
    return {code: group_view(group, plan, speaker(code), today, code) for code in LANGUAGES}


def group_pages(
    group: Group,
    plan: Plan,
    views: Views,
    figures: Iterable[Figures],
    base_url: str,
    *,
    subscribe_form: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Yield the page of a group in each language by its path below the site."""
    group, plan, figures = tidy_group(group), tidy_plan(plan), tuple(figures)
    for said in map(speaker, LANGUAGES):
        view = views[said.language]
        offers = tuple(group_offers(group, plan, view, said))
        told = tuple(period_view(own, said) for own in figures)
        for frame in _frames(said, group.language, base_url, subscribe_form):
            yield page_path(view.slug, frame.variant), _group_page(group, view, offers, told, frame)


def shared_pages(
    groups: Iterable[Group],
    known: Iterable[Group],
    lines: Mapping[str, Ordered[Line]],
    base_url: str,
    today: Instant,
    *,
    subscribe_form: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of all groups and what every page uses, by path.

    `known` are further groups, whose settings tell who stands under whom; `lines` are by acronym.
    """
    yield from assets()
    tidied = sorted(map(tidy_group, groups), key=lambda group: group.acronym)
    shown, known = window(lines, today), tuple(known)
    for said in map(speaker, LANGUAGES):
        offers = tuple(shared_offers(tidied, known, said))
        told = found(lines, shown.places, said.language)
        for frame in _frames(said, SOURCE_LANGUAGE, base_url, subscribe_form):
            page = _index_page(tidied, told, offers, frame, cut=shown.cut)
            yield index_path(frame.variant), page


def _frames(said: Speaker, own: str, base_url: str, subscribe_form: bool) -> Iterator[_Frame]:
    """Yield the frame of a language, and of the page without one where that is its `own`."""
    for variant in (said.language, None) if said.language == own else (said.language,):
        yield _Frame(said, variant, base_url, subscribe_form)


def _group_page(
    group: Group,
    view: GroupView,
    offers: Sequence[Offer],
    periods: tuple[PeriodView, ...],
    frame: _Frame,
) -> bytes:
    title = feed_title(view.acronym, FeedKind.EVERYTHING, frame.said)
    return frame.render(
        "web/group.html",
        lambda code: page_path(view.slug, code),
        "../",
        subscribing=frame.offered(offers, title, group.language),
        group=view,
        months=month_tables(dated_of(view), view.zone, frame.said),
        periods=periods,
    )


def _index_page(
    groups: Sequence[Group],
    lines: Sequence[Line],
    offers: Sequence[Offer],
    frame: _Frame,
    *,
    cut: bool,
) -> bytes:
    shown = timeline(lines, frame.variant)
    title = frame.said.say("Meetings and deadlines of all groups")
    return frame.render(
        "web/index.html",
        index_path,
        "",
        subscribing=frame.offered(offers, title, SOURCE_LANGUAGE),
        groups=tuple(_group_line(group, frame) for group in groups),
        timeline=shown,
        cut=cut,
        months=month_tables(dated_lines(shown), UTC, frame.said),
    )


def _group_line(group: Group, frame: _Frame) -> GroupLine:
    return GroupLine(
        acronym=group.acronym,
        name=group.name,
        parent=group.parent,
        page=page_path(slug(group.acronym), frame.variant),
    )
