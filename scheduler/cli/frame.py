"""What every verb stands in: the global options, what it prints, and how it ends."""

import getpass
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console

from scheduler.actions.missing_files import warnings_of_files
from scheduler.assembly import Workspace, open_workspace
from scheduler.cli.show.blocks import paragraph, printable
from scheduler.cli.values import LINE
from scheduler.model.moment import Instant

WIDTH_OF_A_PIPE = 100
LOGIN_NAMES = ("LOGNAME", "USER")
DONE = 0
FINDINGS = 1

# What JSON lets stand in a text and a terminal obeys, shows turned around, or cannot take.
_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One run of the command: where it works, what time it is, and how much it says."""

    folder: Path
    now: Instant | None
    quiet: bool
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def open(self) -> Workspace:
        """Open the workspace; raises what is wrong with it, its groups' files included."""
        workspace = self.open_office()
        _ = workspace.groups
        return workspace

    def open_to_tell(self, warn: Callable[[str], None] | None = None) -> Workspace:
        """Open the workspace to tell people of plans; `warn` is told what a person should know."""
        workspace = self.open()
        for line in warnings_of_files(workspace.store, workspace.groups):
            (warn or self.warn)(line)
        return workspace

    def open_office(self) -> Workspace:
        """Open the workspace for what needs none of its groups, whatever their files say.

        Nobody who stops letters, keeps a copy or forgets somebody waits for a typing error.
        """
        return open_workspace(self.folder, self.environment, self.now)

    def who(self, by: str | None = None) -> str:
        """Return who does something: `by` where given, else who is logged in.

        Nobody is asked for a password, so that the environment's word is as good as that of `by`.
        """
        named = (self.environment.get(name) for name in LOGIN_NAMES)
        return by or next(filter(None, named), None) or _login_name()

    def say(self, *lines: str) -> None:
        """Print plain sentences on standard output, unless asked to be quiet."""
        if not self.quiet:
            console = make_console()
            for line in lines:
                paragraph(console, line, lead=line[: len(line) - len(line.lstrip())])

    def warn(self, line: str) -> None:
        """Print a sentence on standard error that whoever asked for quiet has to hear as well."""
        click.echo(f"warning: {printable(line)}", err=True)

    def note(self, *lines: str) -> None:
        """Print sentences on standard error, unless asked to be quiet."""
        if not self.quiet:
            for line in lines:
                click.echo(printable(line), err=True)


def _login_name() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user, whom no list names
        return f"user {os.getuid()}"
    except (ImportError, AttributeError):  # a system without such numbers
        return getpass.getuser()


def make_console() -> Console:
    """Return the console of standard output, as wide as the terminal or a pipe's usual."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_PIPE
    return Console(width=width, highlight=False, emoji=False, markup=False)


def print_what_can_be_printed() -> None:
    """Let a terminal that knows few signs show '?' for the others; what was done stays done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not _takes_every_sign(stream):
            stream.reconfigure(errors="replace")


def _takes_every_sign(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().startswith("utf")


def print_document(document: object) -> None:
    """Print one JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=not _takes_every_sign(sys.stdout), indent=2)
    click.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


pass_frame = click.make_pass_decorator(Frame)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on standard output."
)
by_option = click.option(
    "--by", type=LINE, help="Who does it; kept in the audit.  [default: who is logged in]"
)
