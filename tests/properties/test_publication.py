"""Laws of publication, whatever the texts and whatever was published before."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.agenda import Agenda, Carried, CarryReason
from scheduler.publication.feeds.all_feeds import feeds
from scheduler.publication.folder.files import write_files
from scheduler.publication.folder.manifest import MANIFEST
from tests.support.agendas import an_item
from tests.support.plans import BASE, FIRST, PLAN, RG_NAV, TODAY

texts = st.text(min_size=1, max_size=60)
paths = st.sampled_from(
    ["index.html", "feeds/a.ics", "feeds/b.ics", "feeds/all.ics", "groups/a.html"]
)
publications = st.dictionaries(paths, st.binary(max_size=3))


def names_of_lines(feed: bytes) -> list[str]:
    """The property of every content line, once unfolded."""
    unfolded = feed.decode().replace("\r\n ", "").removesuffix("\r\n")
    return [re.split("[;:]", line, maxsplit=1)[0] for line in unfolded.split("\r\n")]


def feed_about(text: str) -> bytes:
    item = an_item(f"C {text}", f"a {text}", 0)
    carried = Carried(
        contribution=f"C {text}", title=f"a {text}", reason=CarryReason.NO_TIME, to=None
    )
    meeting = replace(
        FIRST,
        topics=(f"a {text}",),
        place=f"a {text}",
        reason=f"a {text}",
        agenda=Agenda(items=(item,), carried=(carried,)),
    )
    group = replace(RG_NAV, name=f"a {text}")
    return feeds([(group, replace(PLAN, meetings=(meeting,)))], BASE, TODAY)["feeds/rg-nav.ics"]


@given(text=texts)
def test_no_text_changes_the_lines_of_a_feed(text: str):
    assert names_of_lines(feed_about(text)) == names_of_lines(feed_about("plain"))


@given(history=st.lists(publications, max_size=4), wanted=publications)
def test_a_folder_holds_what_was_published_last(
    history: list[dict[str, bytes]], wanted: dict[str, bytes]
):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for files in (*history, wanted):
            write_files(out, files)
        found = {str(path.relative_to(out)): path for path in out.rglob("*") if path.is_file()}
        found.pop(MANIFEST, None)
        assert {name: path.read_bytes() for name, path in found.items()} == wanted
        again = write_files(out, wanted)
        assert (again.changed, again.removed) == ((), ())
