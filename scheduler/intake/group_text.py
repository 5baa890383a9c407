"""The text of a new group's file."""

import json
import re

from scheduler.model.group import Group, JoinLink
from scheduler.model.reminding import ReminderRule


def write_group(group: Group) -> str:
    """Return the text of a group's file; reading it gives the same group."""
    mail = [
        f"  {key}: {_quoted(value)}\n"
        for key, value in (("from", group.sender), ("reply_to", group.reply_to))
        if value
    ]
    lines = [
        f"# Settings of {_comment(group.acronym)}; groups/example.yaml explains each of them.\n",
        *(
            f"{key}: {_quoted(value)}\n"
            for key, value in (
                ("acronym", group.acronym),
                ("name", group.name),
                ("parent", group.parent),
                ("body", group.body),
                ("zone", group.zone),
                ("language", group.language),
                ("page", group.page),
            )
            if value
        ),
        *(["mail:\n", *mail] if mail else []),
        f"reminders: {json.dumps(list(group.reminder_days))}\n",
        *(["reminder_rules:\n", *map(_rule, group.reminder_rules)] if group.reminder_rules else []),
        f"keep_cancelled_days: {group.keep_cancelled_days}\n",
        *([f"join_link: {group.join_link}\n"] if group.join_link is not JoinLink.PUBLIC else []),
    ]
    return "".join(lines)


def _rule(rule: ReminderRule) -> str:
    # A kind may be a word of YAML, such as `no`; between quotes it is none.
    times = f"[{', '.join(map(str, rule.rungs))}]"
    if rule.owed_by:
        owners = f"[{', '.join(map(json.dumps, rule.owed_by))}]"
        return f'  "{rule.kind}": {{times: {times}, owed_by: {owners}}}\n'
    return f'  "{rule.kind}": {times}\n'


def _quoted(text: str) -> str:
    """Plain words as they are; anything that YAML might read otherwise in double quotes."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 /_.@,'()-]*[A-Za-z0-9)]", text)
    unsafe = text.lower() in _WORDS_OF_YAML
    return text if plain and not unsafe else f'"{"".join(map(_escaped, text))}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


def _comment(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
