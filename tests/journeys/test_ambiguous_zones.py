"""An abbreviation that several zones share is chosen by a person, never in silence."""

from tests.support.commands import a_desk

CALLS = (
    b"Report of RG-X\n\nRG-X plans two virtual meetings:\n"
    b"1. 4 March 2025, 13:00-14:30 IST, Doors\n2. 8 April 2025, 13:00-14:30 IST, Gates\n"
)


def an_import(folder):
    desk = a_desk(folder)
    report = folder / "report.txt"
    report.write_bytes(CALLS)
    return desk, report, desk.run("import", report, "--date", "2025-01-15", now="2025-01-15T09:00Z")


def starts(plan: dict) -> list[str]:
    return [meeting["start_utc"] for meeting in plan["meetings"]]


def test_approval_waits_until_somebody_chose_the_zone(tmp_path):
    desk, report, first = an_import(tmp_path)
    assert first.status == 1
    again = desk.run("import", report, "--date", "2025-01-15")
    assert (again.status, "imported before" in again.out) == (1, True)
    refused = desk.run("approve")
    assert refused.status == 1
    assert "'IST' may mean Asia/Kolkata or Europe/Dublin or Asia/Jerusalem" in refused.err
    overruled = desk.run("approve", "--despite", "it will do")
    assert overruled.status == 1
    assert "no --despite overrules what calendars have no instant for" in overruled.err
    assert "--zone ZONE'" in overruled.err

    desk.do("move", "1", "--zone", "Asia/Jerusalem", "--scope", "all")

    desk.do("approve")
    assert starts(desk.json("plan", "--group", "RG-X")) == [
        "2025-03-04T11:00:00Z",
        "2025-04-08T10:00:00Z",
    ]


def test_the_zone_of_the_command_or_of_the_group_settles_it(tmp_path):
    desk, report, _ = an_import(tmp_path)
    given = desk.json("import", report, "--date", "2025-01-15", "--zone", "Europe/Dublin")
    assert starts(given) == ["2025-03-04T13:00:00Z", "2025-04-08T12:00:00Z"]

    group = desk.workspace / "groups" / "rg-x.yaml"
    group.write_text("acronym: RG-X\nzone: Asia/Kolkata\n")
    known = desk.json("import", report, "--date", "2025-01-15")
    assert starts(known) == ["2025-03-04T07:30:00Z", "2025-04-08T07:30:00Z"]
