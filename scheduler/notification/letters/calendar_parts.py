"""A calendar in a letter, so that Outlook, Gmail and Apple Mail offer to enter it (RFC 6047)."""

from email.message import EmailMessage

FILE_NAME = "invite.ics"


def put_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    """Put a calendar behind the words of a message: as their last alternative, and as a file.

    Mail programs that take invitations read the alternative, whose `method` has to be the one
    inside; others show the file, which is the same bytes.
    """
    message.add_alternative(
        calendar,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "UTF-8", "method": method},
    )
    message.add_attachment(
        calendar, maintype="application", subtype="ics", cte="base64", filename=FILE_NAME
    )
