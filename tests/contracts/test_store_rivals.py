"""What every store does when many want the same at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.store.faults import RevisionOutOfTurn
from scheduler.store.protocol import Store
from scheduler.store.sql import create, open_store
from tests.support.outboxes import a_letter, claim
from tests.support.stores import FreshUrl

RIVALS = 8
LETTERS = 120
NOW = Instant.parse("2024-02-12T12:00:00Z")
ROOT = Path(__file__).parent.parent.parent
CLAIM_ALL = """
import sys
from scheduler.model.moment import Instant
from scheduler.store.sql import open_store
from tests.support.outboxes import a_letter, claim
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
while True:
    with store.writing() as memory:
        letter = claim(memory, Instant.parse("2024-02-12T12:00:00Z"))
    if letter is None:
        break
    print(letter.key)
"""


def fill(store: Store) -> set[str]:
    keys = {f"k{number:03}" for number in range(LETTERS)}
    with store.writing() as memory:
        for key in keys:
            memory.queue(a_letter(key, NOW))
    return keys


def claim_all(store: Store) -> list[str]:
    keys = []
    while True:
        with store.writing() as memory:
            taken = claim(memory, NOW)
        if taken is None:
            return keys
        keys.append(taken.key)


def test_eight_threads_claim_each_letter_once(store: Store) -> None:
    keys = fill(store)
    with ThreadPoolExecutor(RIVALS) as rivals:
        taken = list(rivals.map(claim_all, [store] * RIVALS))
    assert sorted(key for some in taken for key in some) == sorted(keys)


def test_eight_processes_claim_each_letter_once(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    keys = fill(create(url))
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIM_ALL, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(RIVALS)
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    taken = [rival.communicate()[0].split() for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0] * RIVALS
    assert sorted(key for some in taken for key in some) == sorted(keys)


def test_of_eight_threads_that_approve_the_same_draft_one_succeeds(store: Store) -> None:
    plan = Plan(group="RG-X", revision=1, made=NOW)

    def approve(number: int) -> bool:
        try:
            with store.writing() as memory:
                memory.save_current(replace(plan, by=str(number)))
        except RevisionOutOfTurn:
            return False
        return True

    with ThreadPoolExecutor(RIVALS) as rivals:
        outcomes = list(rivals.map(approve, range(RIVALS)))
    assert outcomes.count(True) == 1
    with store.reading() as memory:
        assert [each.by for each in memory.revisions("RG-X")] == [str(outcomes.index(True))]


def test_two_stores_on_one_database_see_each_other(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    one, other = create(url), open_store(url)
    with one.writing() as memory:
        memory.remember("site", "out")
    with other.reading() as memory:
        assert memory.recall("site") == "out"


@pytest.mark.parametrize("door", ["reading", "writing"])
def test_a_memory_is_of_no_use_after_its_transaction(store: Store, door: str) -> None:
    with getattr(store, door)() as memory:
        pass
    with pytest.raises(Exception, match="closed"):
        memory.recall("site")
