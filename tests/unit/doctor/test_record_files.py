"""Files of records, as `dig` and people write them."""

from pathlib import Path

import pytest

from scheduler.actions.doctor.mail_records import GivenRecords
from scheduler.actions.doctor.record_files import NoRecordInFile, lines_of, read_given
from scheduler.intake.yaml_files import UnreadableFile

SPF = 'example.org.\t\t300\tIN\tTXT\t"v=spf1 mx -all"'
OTHER = 'example.org.\t\t300\tIN\tTXT\t"some-site-verification=abc"'


def test_other_texts_of_a_name_are_left_out_where_there_is_a_record():
    assert lines_of(f"; <<>> dig\n\n{OTHER}\n{SPF}\n", "v=spf1") == [SPF]
    assert lines_of(f"{SPF}\n{SPF}\n", "v=spf1") == [SPF, SPF]
    assert lines_of(OTHER, "v=spf1") == [OTHER]


def test_what_is_short_is_taken_too():
    assert lines_of('"v=spf1 mx -all"\n"x=y"\n', "v=spf1") == ['"v=spf1 mx -all"']
    assert lines_of('k1.mailer.example.\n"v=DKIM1; p=abc"\n', "") == ['"v=DKIM1; p=abc"']


def test_a_record_behind_an_alias_has_the_aliass_name():
    text = """\
k1._domainkey.example.org. 300 IN CNAME k1.mailer.example.
k1.mailer.example. 60 IN TXT "v=DKIM1; p=abc"
"""
    assert lines_of(text, "") == ['k1._domainkey.example.org. 60 IN TXT "v=DKIM1; p=abc"']


def test_aliases_in_a_circle_end():
    text = 'a.example. CNAME b.example.\nb.example. CNAME a.example.\na.example. TXT "p=x"\n'
    assert len(lines_of(text, "")) == 1


def test_a_file_takes_the_place_of_its_name(tmp_path: Path):
    file = tmp_path / "spf.txt"
    file.write_text(f"{OTHER}\n{SPF}\n", encoding="utf-8")
    given = GivenRecords(spf=["v=spf1 a -all", f"@{file}"], dmarc=["v=DMARC1; p=none"])
    assert read_given(given) == GivenRecords(
        spf=("v=spf1 a -all", SPF), dkim=(), dmarc=("v=DMARC1; p=none",)
    )


def test_a_file_without_records_is_refused(tmp_path: Path):
    file = tmp_path / "spf.txt"
    file.write_text("; nothing\n", encoding="utf-8")
    with pytest.raises(NoRecordInFile):
        read_given(GivenRecords(spf=[f"@{file}"]))
    with pytest.raises(UnreadableFile):
        read_given(GivenRecords(spf=[f"@{tmp_path / 'missing'}"]))
