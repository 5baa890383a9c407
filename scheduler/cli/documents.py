"""The verb that makes documents of the trade: `document`."""

import datetime as dt
from pathlib import Path

import click

from scheduler.actions.document import Wanted, make_document
from scheduler.cli.frame import Frame, pass_frame
from scheduler.cli.values import DATE, NAME, ValueChoice
from scheduler.publication.documents.dossier import DocumentFormat, DocumentKind
from scheduler.publication.documents.files import put

_OF_MEETINGS = (
    DocumentKind.DRAFT_AGENDA,
    DocumentKind.LIST_OF_DOCUMENTS,
    DocumentKind.CONVENING_LETTER,
)
_STANDARD_OUTPUT = Path("-")
_ENDINGS = {f".{form.value}": form for form in DocumentFormat}


@click.command()
@click.argument("kind", metavar="KIND", type=ValueChoice(list(DocumentKind)))
@click.option("--group", type=NAME, help="The acronym of the group.  [default: the only one]")
@click.option("--meeting", type=NAME, help="The meeting, by its label, date or id.")
@click.option("--since", type=DATE, help="The first day a progress report tells of.")
@click.option("--until", type=DATE, help="The last day a progress report tells of.")
@click.option(
    "--format",
    "form",
    type=ValueChoice(list(DocumentFormat)),
    help="How it is written.  [default: by FILE's ending, or md]",
)
@click.option("--language", type=NAME, help="Its language.  [default: the group's]")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to, - for standard output.  [default: - for md]",
)
@click.option("--force", is_flag=True, help="Write over a file that stands there.")
@pass_frame
def document(
    frame: Frame,
    kind: DocumentKind,
    group: str | None,
    meeting: str | None,
    since: dt.date | None,
    until: dt.date | None,
    form: DocumentFormat | None,
    language: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """Make a document of a group's draft, or of its plan where there is no draft.

    KIND is draft-agenda, list-of-documents, convening-letter, circular-letter-request,
    progress-report or future-meetings.
    """
    _check_fit(kind, meeting, since, until)
    form = form or _ENDINGS.get(out.suffix.lower() if out else "", DocumentFormat.MARKDOWN)
    wanted = Wanted(
        kind=kind,
        form=form,
        group=group,
        meeting=meeting,
        since=since,
        until=until,
        language=language,
    )
    workspace = frame.open()
    made = make_document(workspace.store, wanted, groups=workspace.groups, now=workspace.now)
    if out == _STANDARD_OUTPUT or (out is None and form is DocumentFormat.MARKDOWN):
        is_text = form is DocumentFormat.MARKDOWN
        click.echo(made.data.decode() if is_text else made.data, nl=False)
        return
    path = out or Path(made.name)
    is_new = put(path, made.data, force=force)
    frame.say(f"Wrote {path}." if is_new else f"{path} is as it should be; nothing was written.")


def _check_fit(
    kind: DocumentKind, meeting: str | None, since: dt.date | None, until: dt.date | None
) -> None:
    if meeting and kind not in _OF_MEETINGS:
        raise click.UsageError(f"a {kind.value} is of no single meeting; leave --meeting out")
    if (since or until) and kind is not DocumentKind.PROGRESS_REPORT:
        raise click.UsageError(f"a {kind.value} has no period; leave --since and --until out")
    if since and until and until < since:
        raise click.UsageError(f"the period ends on {until}, before it begins on {since}")
