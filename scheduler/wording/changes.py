"""What happened to a meeting, deadline or event, in words."""

from scheduler.model.change import ChangeKind
from scheduler.wording.languages import Speaker, marked

_SENTENCES = {
    ChangeKind.ADDED: marked("New: %(title)s"),
    ChangeKind.MOVED: marked("Moved: %(title)s"),
    ChangeKind.CANCELLED: marked("Cancelled: %(title)s"),
    ChangeKind.RESTORED: marked("Stands again: %(title)s"),
    ChangeKind.CONFIRMED: marked("Confirmed: %(title)s"),
    ChangeKind.EDITED: marked("Changed: %(title)s"),
    ChangeKind.REMOVED: marked("Removed: %(title)s"),
}


def change_in_words(kind: ChangeKind, title: str, speaker: Speaker) -> str:
    """Return what happened to what is called `title`, such as "Moved: …"."""
    return speaker.say(_SENTENCES[kind], title=title)


def departure_in_words(title: str, speaker: Speaker) -> str:
    """Return that what is called `title`, which no longer held, has left the feeds."""
    return speaker.say("No longer in the feeds: %(title)s", title=title)
