"""Dates that standards bodies published, each with where it was read. Facts only."""

from typing import NamedTuple

GENEVA = "Europe/Zurich"


class Letter(NamedTuple):
    """A TSB collective letter: the meeting it convenes and the dates it names."""

    letter: str
    kind: str
    clear_days: bool
    opens: str
    closes: str
    deadlines: dict[str, str]


# Opening at 09:30 in Geneva; the letters are of 11 September and 21 July 2017.
COLLECTIVE_LETTERS = [
    Letter(
        "TSB Collective letter 2/TSAG",
        "advisory_group",
        False,
        "2018-02-26",
        "2018-03-02",
        {
            "translation": "2017-12-22",
            "captioning": "2017-12-22",
            "fellowship": "2018-01-15",
            "interpretation": "2018-01-15",
            "pre_registration": "2018-01-26",
            "visa": "2018-01-26",
            "contribution": "2018-02-14",
        },
    ),
    Letter(
        "TSB Collective letter 3/13",
        "study_group",
        True,
        "2017-11-06",
        "2017-11-17",
        {
            "translation": "2017-09-06",
            "fellowship": "2017-09-25",
            "interpretation": "2017-09-25",
            "pre_registration": "2017-10-06",
            "visa": "2017-10-06",
            "contribution": "2017-10-24",
        },
    ),
]


class Opening(NamedTuple):
    """A row of an ITU-R circular letter; the deadline is at 16:00 UTC."""

    letter: str
    group: str
    opens: str
    closes: str
    deadline: str
    hour: str
    zone: str


CIRCULARS = [
    Opening("7/LCCE/79", "WP 7A", "2021-04-19", "2021-04-23", "2021-04-12", "12:00", GENEVA),
    Opening("7/LCCE/79", "WP 7B", "2021-04-06", "2021-04-14", "2021-03-30", "12:00", GENEVA),
    Opening("7/LCCE/79", "WP 7C", "2021-04-15", "2021-04-23", "2021-04-08", "12:00", GENEVA),
    Opening("7/LCCE/79", "WP 7D", "2021-04-12", "2021-04-16", "2021-04-05", "12:00", GENEVA),
    *(
        Opening("5/LCCE/54", group, "2015-07-06", closes, "2015-06-29", hour, "Europe/Bucharest")
        for group, closes, hour in (
            ("WP 5A", "2015-07-16", "11:00"),
            ("WP 5B", "2015-07-17", "09:30"),
            ("WP 5C", "2015-07-15", "14:00"),
        )
    ),
]

# A rapporteur group under TSAG, 13:00 to 14:30 in Geneva; contributions seven days before.
RAPPORTEUR_SERIES = [
    ("2024-02-20", "2024-02-20T12:00:00Z", "2024-02-13T22:59:59Z"),
    ("2024-03-19", "2024-03-19T12:00:00Z", "2024-03-12T22:59:59Z"),
    ("2024-05-07", "2024-05-07T11:00:00Z", "2024-04-30T21:59:59Z"),
    ("2024-06-11", "2024-06-11T11:00:00Z", "2024-06-04T21:59:59Z"),
]

# The IAB's schedule of formal calls in 2026: 06:00 in Los Angeles, its UTC as it is written.
IAB_CALLS = [
    ("2026-04-15", "13:00"),
    ("2026-05-13", "13:00"),
    ("2026-06-10", "13:00"),
    ("2026-07-08", "13:00"),
    ("2026-08-26", "13:00"),
    ("2026-09-23", "13:00"),
    ("2026-10-21", "13:00"),
    ("2026-12-16", "14:00"),
    ("2027-01-20", "14:00"),
    ("2027-02-17", "14:00"),
]

# From the schedules of TSAG and WTSA.
PARENT_MEETINGS = [
    ("TSAG", "2022-12-12", "2022-12-16"),
    ("TSAG", "2023-05-30", "2023-06-02"),
    ("TSAG", "2024-01-22", "2024-01-26"),
    ("TSAG", "2024-07-29", "2024-08-02"),
    ("WTSA-24", "2024-10-15", "2024-10-24"),
    ("TSAG", "2025-05-26", "2025-05-30"),
]

# Printed by the TTC blog on 21 June 2023 and 1 October 2024: the weekday contradicts the date.
PUBLISHED_ERRORS = [
    ("30 May (Tue) - 3 June (Fri) 2023", "3 June 2023 is a Saturday"),
    ("28 July (Mon) - 2 Aug (Fri) 2024", "28 July 2024 is a Sunday"),
]
