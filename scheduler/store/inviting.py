"""What may be asked of the store about invitations, and about lists that are announced to."""

from typing import Protocol

from scheduler.model.attendee import Attendee, MailingList


class Attendees(Protocol):
    """Who is invited to which meeting."""

    def save_attendee(self, attendee: Attendee) -> Attendee:
        """Record an invitation and return it with its `id`, which is never given twice.

        The same address for the same meeting again replaces all but the `id`.
        """

    def attendee(self, number: int) -> Attendee | None:
        """Return the invitation with this `id`, or None."""

    def attendees(self, group: str) -> tuple[Attendee, ...]:
        """Return the invitations to a group's meetings, in the order of their `id`."""

    def attendees_of(self, meeting: str) -> tuple[Attendee, ...]:
        """Return the invitations to one meeting, by its UID, in the order of their `id`."""


class MailingLists(Protocol):
    """Which lists a group's meetings are announced to."""

    def save_mailing_list(self, mailing_list: MailingList) -> MailingList:
        """Record a list and return it with its `id`, which is never given twice.

        The same address for the same group again changes `language` and `left`, and keeps the rest.
        """

    def mailing_list(self, number: int) -> MailingList | None:
        """Return the list with this `id`, or None."""

    def mailing_lists(self, group: str) -> tuple[MailingList, ...]:
        """Return the lists of a group, in the order of their `id`."""
