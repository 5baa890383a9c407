"""What the pages need beside themselves: style, scripts and the sign, all published with them."""

from collections.abc import Iterator

from scheduler.wording.templates import templates_folder

VENDORED = "vendor/fullcalendar"
ASSETS = (
    "interim.css",
    "months.css",
    "interim.js",
    "months.js",
    "subscribing.js",
    "interim.svg",
    f"{VENDORED}/fullcalendar.js",
    f"{VENDORED}/skeleton.css",
    f"{VENDORED}/theme.css",
    f"{VENDORED}/LICENSE.txt",
)


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield each file by its path below the site."""
    folder = templates_folder() / "web" / "assets"
    for name in ASSETS:
        yield f"assets/{name}", (folder / name).read_bytes()
