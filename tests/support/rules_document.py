"""The tables of docs/rules.md, made from the vocabulary and the packs themselves."""

import inspect
import textwrap
from collections.abc import Iterator

from scheduler.intake.packs import read_pack
from scheduler.model.agenda import AgendaLaw
from scheduler.model.pack import LAST_YEAR, Pack, RuleCall
from scheduler.packs import pack_files
from scheduler.rules.parameters import Parameter
from scheduler.rules.vocabulary import VOCABULARY, Word


def vocabulary_table() -> str:
    head = "| word | parameters | what it asks | finding |\n| --- | --- | --- | --- |\n"
    return head + "".join(_word_row(name, word) for name, word in VOCABULARY.items())


def parameters_table() -> str:
    head = "| word | parameter | values |\n| --- | --- | --- |\n"
    rows = (
        f"| `{name}` | `{key}`{'' if parameter.needed else ' (may be left out)'}"
        f" | {_values(parameter)} |\n"
        for name, word in VOCABULARY.items()
        for key, parameter in word.parameters.items()
    )
    return head + "".join(rows)


def pack_sections() -> str:
    packs = ((name, read_pack(path.read_bytes(), name)) for name, path in pack_files())
    return "\n".join(f"### `{name}`\n\n{_intro(pack)}\n\n{_table(pack)}" for name, pack in packs)


def _word_row(name: str, word: Word) -> str:
    parameters = ", ".join(f"`{key}`" for key in word.parameters)
    said = (inspect.getdoc(word.rule) or "").split("\n\n")[0].replace("\n", " ").rstrip(".")
    codes = ", ".join(f"`{code}`" for code in word.findings)
    return f"| `{name}` | {parameters} | {said[:1].lower()}{said[1:]} | {codes} |\n"


def _values(parameter: Parameter) -> str:
    if parameter.kind is bool:
        return "`true` or `false`"
    words = ", ".join(f"`{word}`" for word in parameter.words)
    if parameter.kind is int:
        return "a whole number"
    if parameter.form is None:
        return words or "a text"
    other = "an IANA zone" if parameter.form.__name__ == "zone_named" else "a time `HH:MM`"
    return f"{other}, or {words}" if words else other


def _intro(pack: Pack) -> str:
    if pack.body == "*":
        return f"{pack.title}: holds for everyone." + _agenda(pack.agenda)
    years = f"from {pack.since}" + (f" to {pack.until}" if pack.until < LAST_YEAR else " on")
    usual = f"; a group that names no kind is a `{pack.usual}`" if pack.usual else ""
    said = f"{pack.title}: holds for groups with `body: {pack.body}`, {years}{usual}."
    said += _agenda(pack.agenda)
    return textwrap.fill(said, 100, break_on_hyphens=False)


def _agenda(law: AgendaLaw) -> str:
    parts, cited = [], law.late_citation
    if law.order:
        parts.append(f"are in the order of {', '.join(f'`{key}`' for key in law.order.keys)}")
        cited = law.order.citation
    if law.late:
        parts.append(f"have late contributions `{law.late}`")
    source = ", ".join(filter(None, (cited.source, cited.clause))) if cited else ""
    remark = f"; {cited.remark}" if cited and cited.remark else ""
    return f" Its agendas {' and '.join(parts)} ({source}{remark})." if parts else ""


def _table(pack: Pack) -> str:
    head = "| rule | level | id | values | for | source |\n| --- | --- | --- | --- | --- | --- |\n"
    return head + "".join(_row(call, pack) for call in pack.rules)


def _row(call: RuleCall, pack: Pack) -> str:
    own_id = f"`{call.id}`" if call.id != call.rule else ""
    values = ", ".join(f"{name} `{value}`" for name, value in call.values)
    cited = call.citation
    parts = (cited.source, cited.clause) if cited else ()
    source = ", ".join(part for part in parts if part)
    source += f" ({cited.remark})" if cited and cited.remark else ""
    cells = (f"`{call.rule}`", f"`{call.level}`", own_id, values, ", ".join(_for(call, pack)))
    return f"| {' | '.join((*cells, source))} |\n"


def _for(call: RuleCall, pack: Pack) -> Iterator[str]:
    yield from (f"`{kind}`" for kind in call.kinds)
    yield from (f"`{mode}`" for mode in call.modes)
    if (call.since, call.until) != (pack.since, pack.until):
        yield f"{call.since} to {call.until}" if call.until < LAST_YEAR else f"from {call.since}"
