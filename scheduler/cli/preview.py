"""`preview`: what a letter that waits looks like, in the terminal or in files."""

import os
import webbrowser
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkstemp

import click
from rich.console import Console

from scheduler.actions.preview import Previewed, Wanted
from scheduler.actions.preview import preview as preview_it
from scheduler.assembly import preview_post
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.show.blocks import paragraph, printable, rows, verbatim
from scheduler.cli.values import NAME
from scheduler.errors import InterimError
from scheduler.notification.kinds import KINDS

_HEADERS = ("Date", "From", "Reply-To", "To", "Subject", "Message-ID", "X-Notification-Key")
_KIND = click.Choice([kind.name for kind in KINDS])
_PLACE = click.Path(dir_okay=False, path_type=Path)


class CannotWrite(InterimError):
    """A file that a letter was to be written to, and that takes nothing."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"cannot write {path}: {fault.strerror}; name another file")


@click.command()
@click.argument("key", type=NAME, required=False)
@click.option("--group", type=NAME, help="The first letter of this group.")
@click.option("--kind", type=_KIND, help="The first letter of this kind, such as digest.")
@click.option("--to", type=NAME, metavar="ADDRESS", help="The first letter to this address.")
@click.option("--html", type=_PLACE, help="Write its HTML to this file, for a browser.")
@click.option("--eml", type=_PLACE, help="Write the message to this file, for a mail program.")
@click.option("--browser", is_flag=True, help="Open its HTML in a browser.")
@json_option
@pass_frame
def preview(
    frame: Frame,
    key: str | None,
    group: str | None,
    kind: str | None,
    to: str | None,
    html: Path | None,
    eml: Path | None,
    browser: bool,
    as_json: bool,
) -> None:
    """Show the letter with KEY, or the beginning of one, as it would go now.

    Without KEY: the first that waits or is due and fits the options. Its secret links open
    nothing.
    """
    if (key is None) != bool(group or kind or to):
        raise click.UsageError("give either a letter's KEY, or some of --group, --kind and --to")
    workspace = frame.open_to_tell()
    found = preview_it(
        workspace.store,
        Wanted(key=key, group=group, kind=kind, to=to),
        preview_post(workspace),
        groups=workspace.groups,
        brakes=workspace.settings.brakes,
        now=workspace.now,
    )
    message = message_from_bytes(found.message, policy=policy.default)
    if html:
        _write(html, _words(message, "html").encode())
    if eml:
        _write(eml, found.message)
    if browser:
        _open(_words(message, "html"), frame)
    if as_json:
        print_document(_document(found, message))
    elif html or eml:
        frame.say(*(f"Written to {path}." for path in (html, eml) if path))
    elif not browser:
        _show(make_console(), message)


def _open(html: str, frame: Frame) -> None:
    """Open HTML in a browser, from a file that its owner alone can read and may take away."""
    handle, name = mkstemp(prefix="interim-letter-", suffix=".html")  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(html)
    if not webbrowser.open(Path(name).as_uri()):
        frame.note(f"No browser could be opened; open {name} in one.")


def _show(console: Console, message: EmailMessage) -> None:
    rows(console, [(name, _header(message, name)) for name in _HEADERS], indent=0)
    console.print()
    verbatim(console, _words(message, "plain"))
    console.print()
    for name, kind, octets in _attachments(message):
        paragraph(console, f"Attached: {name}, {kind}, {octets} octets", lead="")


def _document(found: Previewed, message: EmailMessage) -> dict[str, object]:
    return {
        "key": found.letter.key,
        "kind": found.letter.kind,
        "headers": {name: _header(message, name) for name in message},
        "text": _words(message, "plain"),
        "html": _words(message, "html"),
        "attachments": [
            {"name": name, "type": kind, "octets": octets}
            for name, kind, octets in _attachments(message)
        ],
    }


def _header(message: EmailMessage, name: str) -> str:
    return printable(str(message[name] or ""))


def _words(message: EmailMessage, form: str) -> str:
    part = message.get_body((form,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _attachments(message: EmailMessage) -> list[tuple[str, str, int]]:
    return [
        (
            printable(part.get_filename() or ""),
            part.get_content_type(),
            len(bytes(part.get_payload(decode=True) or b"")),
        )
        for part in message.iter_attachments()
    ]


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise CannotWrite(path, fault) from fault
