"""What the child process says of the answers in mails, as it crosses over: checked, never much."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_REPLIES = 20  # in one mail; a calendar program sends one
MOST_FAULTS = 5
MOST_SENDERS = 5
LONGEST_WORD = 30
LONGEST_NAME = 320  # of an identifier or address
_Name = Annotated[str, Field(max_length=LONGEST_NAME)]
_Fault = Annotated[str, Field(max_length=1000)]


class FoundReply(BaseModel):
    """What one entry answers (RFC 5546, 3.2.3), or that it wishes another time (COUNTER, 3.2.7).

    `sent_by` is who answers in the attendee's place, empty where nobody does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Literal["REPLY", "COUNTER"]
    uid: _Name
    attendee: _Name
    sent_by: _Name = ""
    partstat: Annotated[str, Field(max_length=LONGEST_WORD)]
    sequence: Annotated[int, Field(ge=0)]
    stamp: AwareDatetime


class FoundMail(BaseModel):
    """The answers in one mail or calendar, and what could not be read of it.

    `senders` are those that a mail names, None for a calendar that came without a mail.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    senders: Annotated[list[_Name], Field(max_length=MOST_SENDERS)] | None = None
    replies: Annotated[list[FoundReply], Field(max_length=MOST_REPLIES)] = []
    faults: Annotated[list[_Fault], Field(max_length=MOST_FAULTS)] = []


class Mails(BaseModel):
    """What is asked of several mails, one behind the other: what each of so many octets answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    octets: list[int]
