"""What would cure a finding, as a sentence."""

from scheduler.model.finding import Finding
from scheduler.wording.findings import facts_in_words
from scheduler.wording.languages import Speaker, marked

_CURES = {
    "notice_too_short": marked("hold it on %(earliest)s or later"),
    "announcement_too_late": marked("hold it on %(earliest)s or later"),
    "during_parent_meeting": marked("hold it outside the meeting of its parent"),
    "near_parent_meeting": marked("hold it further from the meeting of its parent"),
    "clash": marked("move one of the two"),
    "deadline_on_weekend": marked("move the meeting, or state another day"),
    "deadline_on_holiday": marked("move the meeting, or state another day"),
    "deadline_on_eve": marked("move the meeting, or tell the members early"),
    "meeting_on_weekend": marked("move it to a working day"),
    "meeting_on_holiday": marked("move it to another day"),
    "deadline_passed": marked("move the meeting, or accept that the moment is over"),
    "ambiguous_local_time": marked("choose with 'interim move MEETING --reading earlier|later'"),
    "nonexistent_local_time": marked("choose with 'interim move MEETING --reading earlier|later'"),
    "end_before_start": marked("give another end with 'interim move MEETING --end HH:MM'"),
    "too_many_meetings": marked("skip one, or have one more authorised"),
    "too_close": marked("hold it on %(limit)s or later"),
    "too_far_apart": marked("hold it on %(limit)s or earlier"),
    "too_short": marked("give it %(least)s minutes"),
    "too_long": marked("give it %(most)s minutes"),
    "before_event": marked("hold it after %(event_date)s"),
    "clock_gap": marked("say the hour in each zone when it is announced"),
    "deadline_in_clock_gap": marked("say the hour in each zone when it is announced"),
    "clock_shift": marked("say the hour in each zone when it is announced"),
    "deadline_after_start": marked("state a moment before the start"),
    "deadline_not_stated": marked("state it, or have it entered with 'supply: true'"),
    "deadline_too_late": marked("state %(limit)s or earlier"),
}


def cure(finding: Finding, speaker: Speaker) -> str | None:
    """Return what would cure a finding; None where nothing has to be cured."""
    known = _CURES.get(finding.code)
    if known is None or finding.waived:
        return None
    return speaker.say(known, **facts_in_words(finding, speaker))
