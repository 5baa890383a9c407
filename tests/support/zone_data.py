"""An installation with other zone data: a copy of pytz in which a zone has another one's clocks."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytz

from tests.support.commands import Ran

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Installation:
    """Runs `interim` in a process of its own, on zone data of its own."""

    libraries: Path
    workspace: Path

    def run(self, *arguments: object, now: str) -> Ran:
        words = ["--workspace", str(self.workspace), "--now", now, *map(str, arguments)]
        plain = {k: v for k, v in os.environ.items() if not k.startswith("INTERIM_")}
        ran = subprocess.run(
            [sys.executable, "-m", "scheduler", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env=plain | {"PYTHONPATH": str(self.libraries), "COLUMNS": "200"},
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)


def an_installation(
    folder: Path, workspace: Path, version: str, *, zone: str, has_clocks_of: str
) -> Installation:
    """Return one whose pytz calls its data `version`, with one zone's clocks changed."""
    mine = folder / version / "pytz"
    shutil.copytree(Path(pytz.__file__).parent, mine, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copyfile(mine / "zoneinfo" / has_clocks_of, mine / "zoneinfo" / zone)
    code = mine / "__init__.py"
    line = re.compile("^OLSON_VERSION = .*$", re.MULTILINE)
    text, changed = line.subn(f'OLSON_VERSION = "{version}"', code.read_text("utf-8"))
    assert changed == 1
    code.write_text(text, "utf-8")
    return Installation(mine.parent, workspace)
