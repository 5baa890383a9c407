"""What every test stands on: the pinned zone data, and where the sample documents lie."""

import os
from pathlib import Path

import hypothesis
import pytest

from scheduler.zonedata import pin_zone_data

pin_zone_data()

# No deadline: a machine that is busy with other things says nothing about the code.
BUSY = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("everyday", **BUSY)
hypothesis.settings.register_profile("repeatable", **BUSY, derandomize=True)
hypothesis.settings.register_profile("soak", **BUSY, max_examples=2000)
hypothesis.settings.load_profile("repeatable" if os.environ.get("CI") else "everyday")

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
