"""YAML that people write, held against a schema: every fault at once, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, TypeGuard, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.errors import InterimError
from scheduler.intake.yaml_tree import BadYaml, Place, Position, Tree, read_tree

LARGEST_FILE = 1_000_000  # octets; nobody writes a larger one by hand
LONGEST_SHOWN = 60
# Where a line is broken, an address with its password may stand in what is quoted from it.
# To the last @, for a password may hold one.
_PASSWORD = re.compile(r"://\S{1,500}@")
_KINDS: dict[type, str] = {dict: "mapping", list: "list"}

Schema = TypeVar("Schema", bound=BaseModel)
Schema_co = TypeVar("Schema_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a file, and where; line and column count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """`file:line:column: message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Placed(Generic[Schema_co]):
    """A file as its schema has it, and where each of its keys and values stands."""

    value: Schema_co
    name: str
    tree: Tree

    def fault(self, position: Position, message: str, *, of_key: bool = False) -> Fault:
        """Return a fault that no schema can see, at the place of a value or its key."""
        return _at(self.tree.place(position, of_key=of_key), self.name, message)


class InvalidFile(InterimError):
    """Files that cannot be used as they are; `found` is every reason with its place."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(*(str(fault) for fault in found))
        self.found = found


class UnreadableFile(InterimError):
    """A settings file that cannot be opened."""

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(
            f"cannot read {path}: {cause.strerror or cause}; "
            "check that it is there and that you may read it"
        )


def parse_file(path: Path, schema: type[Schema]) -> Schema | None:
    """Return a file as `schema` has it; see `parse`. Raises `UnreadableFile` too."""
    placed = placed_file(path, schema)
    return placed.value if placed else None


def placed_file(path: Path, schema: type[Schema]) -> Placed[Schema] | None:
    """Return a file as `schema` has it, with its places. Raises `UnreadableFile` too."""
    return placed(octets_of(path), str(path), schema)


def octets_of(path: Path) -> bytes:
    """Return what a file holds; raises `UnreadableFile`."""
    try:
        return path.read_bytes()
    except OSError as cause:
        raise UnreadableFile(path, cause) from cause


def parse(data: bytes, name: str, schema: type[Schema]) -> Schema | None:
    """Return YAML in UTF-8 as `schema` has it, or None where it holds nothing but comments.

    `name` is the file's, for messages. Raises `InvalidFile` with every fault at once.
    """
    found = placed(data, name, schema)
    return found.value if found else None


def placed(data: bytes, name: str, schema: type[Schema]) -> Placed[Schema] | None:
    """Return what `parse` does, with the places of its keys and values."""
    return placed_as(data, name, schema, read_tree)


def placed_as(
    data: bytes,
    name: str,
    schema: type[Schema],
    read: Callable[[str], Tree | None],
    *,
    context: object = None,
) -> Placed[Schema] | None:
    """Return what `placed` does of a text that `read` makes a tree of, raising `BadYaml`.

    `context` is what the checks of the schema are told beside its values.
    """
    tree = None
    try:
        tree = read(_text(data))
        if tree is None:
            return None
        return Placed(schema.model_validate(tree.value, context=context), name, tree)
    except BadYaml as bad:
        raise InvalidFile([_at(bad.place, name, bad.reason)]) from bad
    except ValidationError as invalid:
        found = invalid.errors(include_url=False)
        faults = {_fault(fault, tree, name, schema) for fault in found} if tree else set()
        raise InvalidFile(in_order(faults)) from None


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults of one file by their place."""
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.message))


def _text(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise BadYaml(Place(1, 1), f"{len(data)} octets; settings take far fewer")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadYaml(Place(line, 1), "not UTF-8; save the file as UTF-8") from fault


def _fault(found: ErrorDetails, tree: Tree, name: str, schema: type[BaseModel]) -> Fault:
    place = tree.place(found["loc"], of_key=found["type"] == "extra_forbidden")
    return _at(place, name, _message(found, schema))


def _at(place: Place, name: str, message: str) -> Fault:
    shown = _PASSWORD.sub("://…@", message)
    return Fault(file=name, line=place.line, column=place.column, message=shown)


def _message(found: ErrorDetails, schema: type[BaseModel]) -> str:
    position = found["loc"]
    key = str(position[-1]) if position else ""
    match found["type"]:
        case "extra_forbidden":
            known = _keys_at(schema, position[:-1])
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}? The" if near else "the"
            return f"unknown key {key!r}; {hint} keys are {', '.join(known)}"
        case "missing":
            return f"the key {key!r} is missing; give it a value"
        case "value_error":
            return f"{_dotted(position)}: {found['msg'].removeprefix('Value error, ')}"
        case "model_type" | "dict_type":
            given = _shown(found["input"])
            return f"{_dotted(position)}: keys with values are needed, and {given} was given"
        case "too_long" | "too_short":
            return f"{_dotted(position)}: {_size(found)}"
        case _:
            said = found["msg"][:1].lower() + found["msg"][1:]
            return f"{_dotted(position)}: {said}, and {_shown(found['input'])} was given"


def _size(found: ErrorDetails) -> str:
    """What is wrong with how many entries a list has."""
    limits = found.get("ctx", {})
    if found["type"] == "too_short":
        return f"at least {limits['min_length']} is needed, and none was given"
    return f"at most {limits['max_length']} can be, and there are {limits['actual_length']}"


def _keys_at(schema: type[BaseModel], position: Position) -> list[str]:
    """The keys that a schema knows at a position, as they are written."""
    for part in position:
        fields = schema.model_fields.items()
        kinds = [kind for n, f in fields if part in (n, f.alias) for kind in _kinds(f.annotation)]
        schema = next(filter(_is_schema, kinds), schema)
    return [field.alias or name for name, field in schema.model_fields.items()]


def _kinds(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _kinds(argument)


def _is_schema(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _dotted(position: Position) -> str:
    parts = (str(part + 1) if isinstance(part, int) else part for part in position)
    return ".".join(parts) or "the file"


def _shown(value: object) -> str:
    text = f"a {_KINDS[type(value)]}" if type(value) in _KINDS else repr(value)
    text = _PASSWORD.sub("://…@", text)  # before the @ by which it is found is cut off
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
