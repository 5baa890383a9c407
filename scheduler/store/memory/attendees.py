"""Invitations in a table, and lists that are announced to in another."""

from sqlalchemy import RowMapping, insert, select, update

from scheduler.model.attendee import Attendance, Attendee, MailingList
from scheduler.store.memory.part import Part
from scheduler.store.memory.tables import attendees, mailing_lists

_OF_AN_ATTENDEE = tuple(column.name for column in attendees.c if column.name != "id")


class SqlAttendees(Part):
    """Fills `scheduler.store.inviting.Attendees` and `MailingLists`."""

    def save_attendee(self, attendee: Attendee) -> Attendee:
        """Record an invitation, in the place of an earlier one of the same address and meeting."""
        same = (
            attendees.c.meeting == attendee.meeting,
            attendees.c.address == attendee.address,
        )
        values = {name: getattr(attendee, name) for name in _OF_AN_ATTENDEE}
        values |= {"attendance": attendee.attendance.value}
        if not self._change(update(attendees).where(*same).values(**values)).rowcount:
            self._change(insert(attendees).values(**values))
        return attendee_of(self._look(select(attendees).where(*same)).mappings().one())

    def attendee(self, number: int) -> Attendee | None:
        """Return the invitation with this `id`, or None."""
        found = self._look(select(attendees).where(attendees.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else attendee_of(row)

    def attendees(self, group: str) -> tuple[Attendee, ...]:
        """Return the invitations to a group's meetings, in the order of their `id`."""
        wanted = select(attendees).where(attendees.c.group == group).order_by(attendees.c.id)
        return tuple(map(attendee_of, self._look(wanted).mappings()))

    def save_mailing_list(self, mailing_list: MailingList) -> MailingList:
        """Record a list, or whether one that is known is still written to."""
        same = (
            mailing_lists.c.group == mailing_list.group,
            mailing_lists.c.address == mailing_list.address,
        )
        changed = (
            update(mailing_lists)
            .where(*same)
            .values(language=mailing_list.language, left=mailing_list.left)
        )
        if not self._change(changed).rowcount:
            names = ("address", "group", "language", "since", "left")
            values = {name: getattr(mailing_list, name) for name in names}
            self._change(insert(mailing_lists).values(**values))
        return MailingList(**self._look(select(mailing_lists).where(*same)).mappings().one())

    def mailing_list(self, number: int) -> MailingList | None:
        """Return the list with this `id`, or None."""
        found = self._look(select(mailing_lists).where(mailing_lists.c.id == number))
        row = found.mappings().one_or_none()
        return None if row is None else MailingList(**row)

    def mailing_lists(self, group: str) -> tuple[MailingList, ...]:
        """Return the lists of a group, in the order of their `id`."""
        wanted = select(mailing_lists).where(mailing_lists.c.group == group)
        found = self._look(wanted.order_by(mailing_lists.c.id)).mappings()
        return tuple(MailingList(**row) for row in found)


def attendee_of(row: RowMapping) -> Attendee:
    """Return the invitation that a row holds."""
    return Attendee(**{**row, "attendance": Attendance(row["attendance"])})
