"""How often a question is really asked."""

from itertools import count

from scheduler.web.resting import resting


def test_an_answer_stays_the_same_for_a_while():
    clock = [100.0]
    told = resting(count().__next__, 1, lambda: clock[0])
    answers = []
    for now in (100.0, 100.9, 101.0, 101.0, 105.0):
        clock[0] = now
        answers.append(told())
    assert answers == [0, 0, 1, 1, 2]
