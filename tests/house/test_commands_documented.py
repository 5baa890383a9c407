"""The command reference has every verb, option, setting and status, and no other."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import click
import pytest

import scheduler
from scheduler.cli.root import INTERRUPTED, interim
from scheduler.errors import InterimError
from tests.support.documents import ROOT, read, rows, section, spans, titles

COMMANDS = read("docs/commands.md")
GLOBAL = section(COMMANDS, "Global options")


def verbs(
    group: click.Group = interim, above: str = "interim"
) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        path = f"{above} {name}"
        if isinstance(command, click.Group):
            yield from verbs(command, path)
        else:
            yield path, command


VERBS = dict(verbs())
every_verb = pytest.mark.parametrize("verb", VERBS)


def options(command: click.Command) -> dict[str, click.Option]:
    found = (param for param in command.params if isinstance(param, click.Option))
    return {option.opts[0]: option for option in found}


def documented(text: str) -> dict[str, str]:
    """Options by name, each with its row of the table."""
    cells = (row for row in rows(text) if row[0].startswith("`-"))
    return {spans(row[0])[0].split()[0]: " ".join(row) for row in cells}


def subclasses(kind: type[InterimError]) -> Iterator[type[InterimError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from subclasses(below)


def test_each_verb_has_a_section_and_each_section_a_verb():
    assert titles(section(COMMANDS, "Verbs"), 3) == list(VERBS)


def test_the_overview_names_each_verb():
    told = re.findall(r"\[`([a-z ]+)`\]", COMMANDS.split("## Global options")[0])
    assert [f"interim {verb}" for verb in told] == list(VERBS)


@every_verb
def test_each_option_is_documented_and_each_documented_one_exists(verb):
    found = options(VERBS[verb])
    assert set(documented(section(COMMANDS, verb))) == set(found)


def test_each_global_option_is_documented_and_each_documented_one_exists():
    assert set(documented(GLOBAL)) == {*options(interim), "--help"}


@every_verb
def test_arguments_choices_and_defaults_are_told(verb):
    text = section(COMMANDS, verb)
    for param in VERBS[verb].params:
        if isinstance(param, click.Argument):
            name = (param.metavar or param.name or "").strip("[]").upper()
            assert f"`{verb} " in text
            assert name in text
        for choice in getattr(param.type, "choices", ()):
            word = str(getattr(choice, "value", choice))
            assert word in spans(text)
            assert param.type.convert(word, param, None) == choice


@every_verb
def test_required_options_and_defaults_are_told(verb):
    told = documented(section(COMMANDS, verb))
    for name, option in options(VERBS[verb]).items():
        assert ("required" in told[name]) == option.required
        if option.show_default:
            assert f"`{getattr(option.default, 'value', option.default)}`" in told[name]


def test_each_variable_of_the_environment_is_documented_and_each_documented_one_is_read():
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "scheduler").rglob("*.py"))
    asked = {name for text in sources for name in re.findall(r"\"(INTERIM_[A-Z_]+)\"", text)}
    assert {spans(row[0])[0] for row in rows(section(COMMANDS, "Environment"))} == asked


def test_each_exit_status_is_documented_and_each_documented_one_can_be():
    for module in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    can_be = {kind.exit_status for kind in subclasses(InterimError)}
    told = {int(row[0]) for row in rows(section(COMMANDS, "Exit status"))}
    assert told == {0, click.UsageError.exit_code, INTERRUPTED, *can_be}
