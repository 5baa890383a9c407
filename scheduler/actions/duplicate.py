"""`duplicate`: the series of a year as a draft for another one."""

from collections.abc import Mapping
from pathlib import Path

from scheduler.actions.import_report import Imported, import_report
from scheduler.actions.plan import known_group
from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, DocumentHeader, GroupName, Report
from scheduler.planning.duplication import in_year, latest_year
from scheduler.store.protocol import Store


class NothingToDuplicate(InterimError):
    """A group without meetings before the year that is asked for."""

    def __init__(self, group: str, year: int) -> None:
        super().__init__(
            f"{group} has no meetings before {year} to take over; name a later year, or generate "
            "or import a series first"
        )


def duplicate(
    store: Store,
    group: str,
    year: int,
    *,
    groups: Mapping[str, Group],
    group_folder: Path,
    language: str,
    now: Instant,
) -> Imported:
    """Save the group's last series before a year as a draft series of that year.

    A second time changes nothing. Raises `UnknownGroup` or `NothingToDuplicate`.
    """
    with store.reading() as memory:
        settings = known_group(group, memory, groups)
        standing = memory.draft(group) or memory.current(group) or Plan(group=group)
    origin = latest_year(standing.meetings, year)
    if origin is None:
        raise NothingToDuplicate(group, year)
    series = [meeting for meeting in standing.meetings if meeting.date.year == origin]
    report = Report(
        document=DocumentHeader(number=f"{group}/{year}"),
        group=GroupName(acronym=group),
        authorization=Authorization(),
        meetings=in_year(series, year, settings.closed_days),
    )
    return import_report(
        store,
        report,
        name=f"{group}/{year}",
        group=group,
        groups=groups,
        group_folder=group_folder,
        language=language,
        now=now,
        own_labels=True,
    )
