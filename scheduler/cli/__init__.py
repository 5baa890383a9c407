"""The command line: parse, call one action, show."""

from scheduler.cli.root import main

__all__ = ["main"]
