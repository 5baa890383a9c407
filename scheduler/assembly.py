"""The only joiner of concrete parts, and the owner of the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scheduler.intake.groups import read_groups
from scheduler.intake.packs import read_packs
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.settings import Settings, default_database_url, read_settings
from scheduler.store.protocol import Store
from scheduler.store.sql import create, open_store
from scheduler.zonedata import pin_zone_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An open workspace: its settings, store, groups by acronym, packs of law, and the time."""

    settings: Settings
    store: Store
    groups: Mapping[str, Group]
    packs: tuple[Pack, ...]
    now: Instant
    zone_data: str


def clock() -> Instant:
    """Return the present instant, to the second."""
    return Instant(datetime.now(UTC).replace(microsecond=0))


def start() -> str:
    """Make the process ready: pins the zone data; returns its version."""
    return pin_zone_data()


def open_workspace(folder: Path, environment: Mapping[str, str], now: Instant | None) -> Workspace:
    """Open the workspace in a folder; `now` stands still for this run, the clock if None.

    Raises what is wrong with its file, its groups' files (all faults at once) or its database.
    """
    settings = read_settings(folder, environment)
    groups = read_groups(settings.group_folder)
    return Workspace(
        settings=settings,
        store=open_store(settings.database_url),
        groups={group.acronym: group for group in groups},
        packs=read_packs(),
        now=now or clock(),
        zone_data=pin_zone_data(),
    )


def create_database(folder: Path, environment: Mapping[str, str]) -> None:
    """Make the database of a new workspace, or ready the one the environment names."""
    create(environment.get("INTERIM_DATABASE_URL") or default_database_url(folder))
