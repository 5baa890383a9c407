"""One acronym gives one slug, and no two groups one file."""

import pytest

from scheduler.publication.names import (
    VARIANTS,
    FeedKind,
    FeedNameCollision,
    Variant,
    belongs_to,
    feed_path,
    index_path,
    page_path,
    slug,
    slugs,
)


@pytest.mark.parametrize(
    ("acronym", "expected"),
    [
        ("RG-NAV", "rg-nav"),
        ("Q7/14", "q7-14"),
        ("WP 1/2", "wp-1-2"),
        ("JCA--IoT & SC", "jca-iot-sc"),
        ("Groupe d'étude", "groupe-d-tude"),
    ],
)
def test_a_slug_keeps_letters_and_digits(acronym: str, expected: str):
    assert slug(acronym) == expected


@pytest.mark.parametrize(
    "acronyms",
    [("Q7/14", "Q7.14"), ("ALL",), ("RG-NAV", "RG-NAV Meetings"), ("X-deadlines", "x")],
)
def test_names_that_meet_are_refused(acronyms: tuple[str, ...]):
    with pytest.raises(FeedNameCollision) as refusal:
        slugs(acronyms)
    assert repr(acronyms[-1]) in str(refusal.value)


def test_groups_with_names_of_their_own_are_taken():
    assert slugs(["Q7/14", "Q7/1"]) == {"Q7/14": "q7-14", "Q7/1": "q7-1"}


def test_a_variant_names_its_parts_in_one_order():
    variant = Variant("fr", alarms=True, active=True)
    assert feed_path("rg-nav", FeedKind.MEETINGS, variant) == (
        "feeds/rg-nav-meetings.fr.alarms.active.ics"
    )


def test_no_two_variants_share_a_name():
    assert len({variant.suffix for variant in VARIANTS}) == len(VARIANTS)


def test_pages_stand_beside_their_other_languages():
    assert (page_path("rg-nav"), page_path("rg-nav", "fr")) == (
        "groups/rg-nav.html",
        "groups/rg-nav.fr.html",
    )
    assert (index_path(), index_path("fr")) == ("index.html", "index.fr.html")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feeds/rg-nav.ics", True),
        ("feeds/rg-nav-deadlines.fr.active.ics", True),
        ("groups/rg-nav.fr.html", True),
        ("feeds/all.fr.ics", True),
        ("index.html", True),
        ("assets/interim.css", True),
        ("feeds/rg-nav-2.ics", False),
        ("feeds/rg.ics", False),
        ("groups/rg-nav-2.html", False),
    ],
)
def test_a_group_owns_its_files_and_shares_the_common_ones(path: str, expected: bool):
    assert belongs_to(path, "RG-NAV") is expected
