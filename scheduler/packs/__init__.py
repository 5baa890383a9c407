"""Sources of law, one folder a body: rules in `pack.yaml`, where they were read in `sources.md`.

`hosts/` holds the days on which hosts are closed, one file a host.
"""

from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable

ENTRY_POINTS = "interim.packs"


def pack_files() -> tuple[tuple[str, Traversable], ...]:
    """Return the pack files that come with the product, by the name of their folder."""
    folders = sorted(files(__name__).iterdir(), key=lambda folder: folder.name)
    return tuple(
        (folder.name, folder / "pack.yaml")
        for folder in folders
        if folder.is_dir() and (folder / "pack.yaml").is_file()
    )


def installed_pack_files() -> tuple[tuple[str, Traversable], ...]:
    """Return the pack files of other distributions, by the name of their entry point.

    An entry point of the group `interim.packs` names a package that holds `pack.yaml`; it is
    imported, and nothing of it is called.
    """
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return tuple((point.name, files(point.module) / "pack.yaml") for point in points)


def host_files() -> tuple[tuple[str, Traversable], ...]:
    """Return the files of closed days that come with the product, by the name of their host."""
    found = sorted((files(__name__) / "hosts").iterdir(), key=lambda file: file.name)
    return tuple(
        (file.name.removesuffix(".yaml"), file) for file in found if file.name.endswith(".yaml")
    )
