"""What an invitation tells besides, to somebody who follows the group: all that changed of it."""

from dataclasses import dataclass, replace
from email.message import EmailMessage

from scheduler.model.plan import Plan
from scheduler.notification.changes import MeetingAltered
from scheduler.notification.letters.changes import ChangeShown, GroupChanges, show_changes
from scheduler.notification.letters.follows import Followed, follows
from scheduler.notification.letters.letterheads import Letterhead
from scheduler.wording.languages import Speaker

FILE_NAME = "changes.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidesShown:
    """What changed but for one meeting, whether a file has it, and since when that is told."""

    changes: tuple[ChangeShown, ...]
    follows: Followed
    attached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What changed of a group, and the iCalendar file of it without the invitation's own entry."""

    changes: GroupChanges
    calendar: bytes | None

    @property
    def before(self) -> Plan | None:
        """The plan that its reader believed in."""
        return self.changes.before

    def of(self, uid: str) -> MeetingAltered | None:
        """Return what changed of one meeting."""
        return next((one for one in self.changes.changes.meetings if one.uid == uid), None)

    def shown(self, uid: str, letterhead: Letterhead, voice: Speaker) -> BesidesShown:
        """Return what a letter says of it that tells of one meeting by itself."""
        found, reader = self.changes.changes, self.changes.reader
        meetings = tuple(one for one in found.meetings if one.uid != uid)
        rest = replace(self.changes, changes=replace(found, meetings=meetings))
        shown = show_changes(rest, voice)
        return BesidesShown(
            changes=shown.changes,
            follows=follows([(shown.group_name, reader)], reader, letterhead, voice).groups[0],
            attached=self.calendar is not None,
        )

    def attach(self, message: EmailMessage) -> None:
        """Attach the file, if there is any.

        As a file and no more: as a calendar, a mail program could take it for the invitation.
        """
        if self.calendar is not None:
            message.add_attachment(
                self.calendar,
                maintype="application",
                subtype="ics",
                cte="base64",
                filename=FILE_NAME,
            )
