"""What every test stands on: the pinned zone data, and where the sample documents lie."""

from pathlib import Path

import pytest

from scheduler.zonedata import pin_zone_data

pin_zone_data()

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="rewrite the golden files from what is made now"
    )


@pytest.fixture
def write_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-golden"))


@pytest.fixture(scope="session")
def seed_report() -> Path:
    """The real report, which is not part of the product."""
    path = ROOT.parent / "shared" / "seed" / "rg-iem-report.txt"
    if not path.exists():
        pytest.skip("the real report lies outside the repository, and is not here")
    return path
