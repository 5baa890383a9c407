"""YAML as plain values that know where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

DEEPEST = 20
_PLAIN_TAG = "tag:yaml.org,2002:"

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Position = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Line and column, counted from 1."""

    line: int
    column: int


class BadYaml(Exception):
    """A text that is no YAML of ours: why, and where."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(reason)
        self.place = place
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Tree:
    """Plain values, and where each of their keys and values stands."""

    value: Value
    keys: Mapping[Position, Place]
    values: Mapping[Position, Place]

    def place(self, position: Position, *, of_key: bool) -> Place:
        """Return where a key or value stands, or the nearest one that is there above it."""
        if of_key and position in self.keys:
            return self.keys[position]
        while position and position not in self.values:
            position = position[:-1]
        return self.values.get(position, Place(1, 1))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is gathered while a document is walked once."""

    keys: dict[Position, Place] = field(default_factory=dict)
    values: dict[Position, Place] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)


def read_tree(text: str) -> Tree | None:
    """Return the one document of a text, None where it holds only comments.

    Aliases, tags and keys that occur twice are refused: nobody needs them in settings, and they
    hide what a file says. Raises `BadYaml`.
    """
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise BadYaml(_place(mark), f"not YAML: {fault.problem or fault.context}") from fault
    except (YAMLError, RecursionError) as fault:
        reason = " ".join(str(fault).split()) or "nested too deep"
        raise BadYaml(Place(1, 1), f"not YAML: {reason}") from fault
    if node is None:
        return None
    reading = _Reading()
    return Tree(_value(node, (), reading), reading.keys, reading.values)


def _value(node: Node, position: Position, reading: _Reading) -> Value:
    place = _place(node.start_mark)
    if id(node) in reading.seen:
        raise BadYaml(place, "an alias (*) stands here; write the value out")
    if len(position) > DEEPEST:
        raise BadYaml(place, "nested too deep")
    reading.seen.add(id(node))
    reading.values[position] = place
    match node:
        case MappingNode():
            return _mapping(node, position, reading)
        case SequenceNode():
            return [_value(n, (*position, i), reading) for i, n in enumerate(node.value)]
        case ScalarNode():
            return _scalar(node, place)
        case _:
            raise BadYaml(place, "this kind of YAML is not understood here")


def _mapping(node: MappingNode, position: Position, reading: _Reading) -> Value:
    found: dict[str, Value] = {}
    for key_node, value_node in node.value:
        place = _place(key_node.start_mark)
        if not isinstance(key_node, ScalarNode):
            raise BadYaml(place, "a key is a plain word")
        key = str(key_node.value)
        if key in found:
            first = reading.keys[(*position, key)]
            raise BadYaml(place, f"the key {key!r} stands here and in line {first.line}")
        reading.keys[(*position, key)] = place
        found[key] = _value(value_node, (*position, key), reading)
    return found


def _scalar(node: ScalarNode, place: Place) -> Value:
    text = str(node.value)
    kind = str(node.tag).removeprefix(_PLAIN_TAG)
    try:
        match kind:
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int":
                return int(text.replace("_", ""), 0) if text[:2] in ("0x", "0o") else int(text)
            case "float":
                return float(text)
            case "str" | "timestamp":  # days and times are read as what they are needed for
                return text
    except ValueError:
        return text
    raise BadYaml(place, f"the tag {node.tag} is not understood here; leave it out")


def _place(mark: StringMark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
