"""Sources of law, one folder a body: rules in `pack.yaml`, where they were read in `sources.md`."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def pack_files() -> tuple[tuple[str, Traversable], ...]:
    """Return the pack files that come with the product, by the name of their folder."""
    folders = sorted(files(__name__).iterdir(), key=lambda folder: folder.name)
    return tuple(
        (folder.name, folder / "pack.yaml")
        for folder in folders
        if folder.is_dir() and (folder / "pack.yaml").is_file()
    )
