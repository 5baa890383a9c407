"""SPF, DKIM and DMARC records as they are given: syntax and alignment."""

import base64

import pytest

from scheduler.actions.doctor.checks import Check
from scheduler.actions.doctor.mail_records import GivenRecords, check_records, is_aligned
from scheduler.actions.doctor.mail_syntax import dkim_fault, dmarc_fault
from scheduler.actions.doctor.spf_syntax import spf_fault

LONG = base64.b64encode(bytes(294)).decode()
MEDIUM = base64.b64encode(bytes(162)).decode()
SHORT = base64.b64encode(bytes(94)).decode()
EDWARDS = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("v=spf1 mx -all", None),
        ("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 include:_spf.example.org ~all", None),
        ("v=spf1 redirect=_spf.example.org", None),
        ("", (True, "does not begin with v=spf1")),
        ("spf1 mx -all", (True, "does not begin with v=spf1")),
        ("v=spf1 mxx -all", (True, "has the unknown term 'mxx'")),
        ("v=spf1 mx all", (True, "lets everybody send, by +all")),
        ("v=spf1 -all mx", (True, "has terms after -all, which nobody reads")),
        ("v=spf1 mx", (False, "says nothing of all others; end it with -all")),
        ("v=spf1 mx ?all", (False, "takes no stand on all others, by ?all")),
        (
            "v=spf1 " + "include:a.example.org " * 11 + "-all",
            (True, "takes more than 10 look-ups, and counts as none at all"),
        ),
        ("v=spf1 " + "ip4:192.0.2.1 " * 11 + "-all", None),
        ("v=spf1 a/24 mx:example.org/24//64 a:%{d}.example.org exists:%{i}.b.example -all", None),
        ("v=spf1 MX IP4:192.0.2.0/24 note=any -ALL", None),
        ("v=spf1 -all", (True, "lets nobody send, not even your mail server")),
        ("v=spf1 -mx ~all", (True, "lets nobody send, not even your mail server")),
        ("v=spf1", (True, "lets nobody send, not even your mail server")),
        ("v=spf1 mx +all", (True, "lets everybody send, by +all")),
        ("v=spf1 mx +ALL", (True, "lets everybody send, by +all")),
        (
            "v=spf1 ip4:999.1.1.1/99 -all",
            (True, "has 'ip4:999.1.1.1/99', which is no network"),
        ),
        ("v=spf1 ip4:192.0.2.0/33 -all", (True, "has 'ip4:192.0.2.0/33', which is no network")),
        ("v=spf1 ip4:192.0.2.0/ -all", (True, "has 'ip4:192.0.2.0/', which is no network")),
        ("v=spf1 ip4:2001:db8::1 -all", (True, "has 'ip4:2001:db8::1', which is no network")),
        ("v=spf1 ip6:2001:db8::/129 -all", (True, "has 'ip6:2001:db8::/129', which is no network")),
        ("v=spf1 ip4 -all", (True, "has 'ip4', which is no network")),
        (
            "v=spf1 ip4=192.0.2.1 -all",
            (True, "has 'ip4=192.0.2.1', which nobody reads: ip4: is meant"),
        ),
        ("v=spf1 a/33 -all", (True, "has 'a/33', which is no network")),
        ("v=spf1 include: -all", (True, "has 'include:', which names no domain")),
        ("v=spf1 include:host -all", (True, "has 'include:host', which names no domain")),
        ("v=spf1 mx:192.0.2.1 -all", (True, "has 'mx:192.0.2.1', which names no domain")),
        ("v=spf1 mx all:x", (True, "has the unknown term 'all:x'")),
        ("v=spf1 mx, -all", (True, "has the unknown term 'mx,'")),
        ("v=spf1 ipv4:192.0.2.1 -all", (True, "has the unknown term 'ipv4:192.0.2.1'")),
        (
            "v=spf1 redirect=a.example redirect=b.example",
            (True, "has redirect= twice, and counts as none at all"),
        ),
    ],
)
def test_an_spf_record(text: str, found: object):
    assert spf_fault(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"v=DKIM1; k=rsa; p={LONG}", None),
        (f"p={LONG[:100]} {LONG[100:]}", None),
        (f"v=DKIM1; k=ed25519; p={EDWARDS}", None),
        ("nothing", (True, "is no list of tag=value")),
        (f"v=DKIM2; p={LONG}", (True, "does not begin with v=DKIM1")),
        (f"p={LONG}; v=DKIM1", (True, "does not begin with v=DKIM1")),
        (f"k=dsa; p={LONG}", (True, "has the unknown kind of key 'dsa'")),
        ("v=DKIM1; p=", (True, "has no key (p=), and so was taken back")),
        ("v=DKIM1; p=?", (True, "has a key (p=) that is no base64")),
        (f"k=ed25519; p={SHORT}", (True, "has a key of 94 octets, where ed25519 has 32")),
        (f"p={SHORT}", (True, "has a key of less than 1024 bits, which nobody believes")),
        (f"p={MEDIUM}", (False, "has a key of less than 2048 bits")),
        (f"t=s:y; p={LONG}", (False, "says that it is on trial (t=y)")),
        (f"h=sha1; p={LONG}", (True, "takes h=sha1 only, and letters are signed with sha256")),
        (f"s=tlsrpt; p={LONG}", (True, "is for s=tlsrpt only, and not for mail")),
    ],
)
def test_the_record_of_a_dkim_key(text: str, found: object):
    assert dkim_fault(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("v=DMARC1; p=reject; rua=mailto:postmaster@example.org", None),
        ("v=DMARC1; p=quarantine; adkim=s; pct=50;", None),
        ("p=reject; v=DMARC1", (True, "does not begin with v=DMARC1")),
        ("v=DMARC1", (True, "has no policy (p=)")),
        ("v=DMARC1; p=no", (True, "has p=no, where none or quarantine or reject would do")),
        ("v=DMARC1; p=reject; aspf=x", (True, "has aspf=x, where r or s would do")),
        ("v=DMARC1; p=reject; pct=101", (True, "has pct=101, where a number up to 100 would do")),
        ("v=DMARC1; p=none", (False, "asks for nothing, by p=none")),
        ("v=DMARC1; p=none; p=reject", (True, "does not begin with v=DMARC1")),
    ],
)
def test_a_dmarc_record(text: str, found: object):
    assert dmarc_fault(text) == found


def test_a_domain_serves_those_below_it_unless_asked_strictly():
    assert is_aligned("example.org", "mail.example.org", strict=False)
    assert not is_aligned("example.org", "mail.example.org", strict=True)
    assert not is_aligned("example.org", "badexample.org", strict=False)
    assert not is_aligned("mail.example.org", "example.org", strict=False)
    assert not is_aligned("org", "example.org", strict=False)


def told(domains: list[str], **given: list[str]) -> list[tuple[str, str]]:
    checks: list[Check] = list(check_records(GivenRecords(**given), domains))
    return [(check.name, str(check.condition)) for check in checks]


def test_each_domain_of_a_sender_needs_a_record_of_its_own():
    one, two = 'example.org. 300 IN TXT "v=spf1 mx " "-all"', 'example.com. TXT "v=spf1 mx -all"'
    both = ["example.org", "example.com"]
    assert told(both, spf=[one, two]) == [("SPF", "ok"), ("SPF", "ok")]
    assert told(both, spf=[one]) == [("SPF", "ok"), ("SPF", "error")]


def test_a_record_without_a_name_is_that_of_the_only_domain():
    assert told(["example.org"], spf=["v=spf1 mx -all"]) == [("SPF", "ok")]
    assert told(["example.org", "example.com"], spf=["v=spf1 mx -all"]) == [
        ("SPF", "ok"),
        ("SPF", "warning"),
    ]


def test_dmarc_says_whether_a_key_of_the_domain_above_will_do():
    key = f'k1._domainkey.example.org. TXT "p={LONG}"'
    usual = '_dmarc.example.org. TXT "v=DMARC1; p=reject"'
    strict = '_dmarc.example.org. TXT "v=DMARC1; p=reject; adkim=s"'
    asked = ["lists.example.org"]
    assert told(asked, dkim=[key], dmarc=[usual]) == [("DKIM", "ok"), ("DMARC", "ok")]
    assert told(asked, dkim=[key], dmarc=[strict]) == [
        ("DKIM", "ok"),
        ("DKIM", "error"),
        ("DMARC", "ok"),
    ]


def test_two_records_under_one_name_are_none():
    one, two = 'example.org. TXT "v=spf1 mx -all"', 'example.org. TXT "v=spf1 a -all"'
    both = [("SPF", "ok"), ("SPF", "ok"), ("SPF", "error")]
    assert told(["example.org"], spf=[one, two]) == both
    assert told(["example.org"], spf=["v=spf1 mx -all", "v=spf1 a -all"]) == both
    assert told(["example.org"], spf=["v=spf1 a -all", one]) == both
    assert told(["example.org"], spf=[one, one]) == both[:2]
    assert told(["example.org", "example.com"], spf=["v=spf1 mx -all", "v=spf1 a -all"]) == [
        ("SPF", "ok"),
        ("SPF", "ok"),
        ("SPF", "warning"),
    ]


def test_two_policies_of_one_domain_are_none_and_two_selectors_are_two_keys():
    policies = [
        f'_dmarc.example.org. TXT "v=DMARC1; p={word}"' for word in ("reject", "quarantine")
    ]
    keys = [f'k{number}._domainkey.example.org. TXT "p={LONG}"' for number in (1, 2)]
    found = told(["example.org"], dmarc=policies, dkim=keys)
    assert found == [("DKIM", "ok")] * 2 + [("DMARC", "ok")] * 2 + [("DMARC", "error")]
    assert told(["example.org"], dkim=[keys[0], keys[0].replace("A", "B")])[-1][1] == "error"


def test_of_a_record_without_a_name_it_is_said_that_nobody_looked_whose_it_is():
    (bare,) = check_records(GivenRecords(spf=["v=spf1 mx -all"]), ["example.org"])
    (named,) = check_records(
        GivenRecords(spf=['example.org. TXT "v=spf1 mx -all"']), ["example.org"]
    )
    assert ("nobody looked" in bare.said, "nobody looked" in named.said) == (True, False)
