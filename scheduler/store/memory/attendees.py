"""Invitations in a table, and lists that are announced to in another."""

from dataclasses import replace

from sqlalchemy import RowMapping, insert, select, update

from scheduler.model.attendee import (
    Answer,
    Asked,
    Attendance,
    Attendee,
    MailingList,
    Participation,
)
from scheduler.store.memory.spellings import SqlSpellings
from scheduler.store.memory.tables import attendees, mailing_lists

_OF_AN_ASKED = ("sequence", "at", "starts", "ends")
_OF_AN_ANSWER = {"answer": "participation", "answer_at": "at", "answer_sequence": "sequence"}
_NOT_PLAIN = {"attendance", *(f"asked_{name}" for name in _OF_AN_ASKED), *_OF_AN_ANSWER}
_PLAIN = tuple(column.name for column in attendees.c if column.name not in {"id", *_NOT_PLAIN})


class SqlAttendees(SqlSpellings):
    """Fills `scheduler.store.inviting.Attendees` and `MailingLists`."""

    def save_attendee(self, attendee: Attendee) -> Attendee:
        """Record an invitation, in the place of an earlier one of the same address and meeting."""
        same = (
            attendees.c.meeting == attendee.meeting,
            attendees.c.address == attendee.address,
        )
        values = _values_of(attendee)
        if not self._change(update(attendees).where(*same).values(**values)).rowcount:
            spelt = self._keep_spelling(attendee.address)
            if spelt != attendee.address:
                return self.save_attendee(replace(attendee, address=spelt))
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

    def attendees_of(self, meeting: str) -> tuple[Attendee, ...]:
        """Return the invitations to one meeting, by its UID, in the order of their `id`."""
        wanted = select(attendees).where(attendees.c.meeting == meeting).order_by(attendees.c.id)
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
            spelt = self._keep_spelling(mailing_list.address)
            if spelt != mailing_list.address:
                return self.save_mailing_list(replace(mailing_list, address=spelt))
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
    plain = {name: row[name] for name in (*_PLAIN, "id")}
    asked = {name: row[f"asked_{name}"] for name in _OF_AN_ASKED}
    answer = {name: row[column] for column, name in _OF_AN_ANSWER.items()}
    said = answer["participation"]
    return Attendee(
        **plain,
        attendance=Attendance(row["attendance"]),
        asked=None if asked["sequence"] is None else Asked(**asked),
        answer=Answer(**{**answer, "participation": Participation(said)}) if said else None,
    )


def _values_of(attendee: Attendee) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(attendee, name) for name in _PLAIN}
    values["attendance"] = attendee.attendance.value
    for name in _OF_AN_ASKED:
        values[f"asked_{name}"] = getattr(attendee.asked, name, None)
    for column, name in _OF_AN_ANSWER.items():
        values[column] = getattr(attendee.answer, name, None)
    return values | {"answer": attendee.answer.participation.value if attendee.answer else None}
