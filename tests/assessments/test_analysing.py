"""What answers say about a question: figures worked out by hand, and bounds that hold for all answers."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.analysing import (
    ENOUGH,
    Answered,
    Level,
    Option,
    Tally,
    Weight,
    discrimination,
    findings,
    tally,
    upper_lower,
)

CASES = json.loads((Path(__file__).parent.parent / "cases" / "analysing.json").read_text("utf-8"))
A, B, C = Option("a", "A", True), Option("b", "B", False), Option("c", "C", False)


def told(levels: list[list[Any]]) -> Tally:
    counts = {Level(right, others, Fraction(mark)): times for right, others, mark, times in levels if times}
    return Tally(counts, {}, 0)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_figures_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    found = told(case["levels"])
    assert found.difficulty == Fraction(case["p"])
    r = discrimination(found)
    assert r is None if case["r"] is None else r == pytest.approx(case["r"], abs=1e-6)
    assert upper_lower(found) == Fraction(case["d"])


@st.composite
def answers(make: st.DrawFn) -> Answered:
    others = make(st.integers(0, 12))
    chosen = make(st.sampled_from([(), ("a",), ("b",), ("c",), ("a", "b")]))
    return Answered(chosen, chosen == ("a",), make(st.integers(0, others)), others)


@given(st.lists(answers(), min_size=1, max_size=80))
def test_figures_stay_within_their_bounds(given_answers: list[Answered]) -> None:
    found = tally(("U-1", one) for one in given_answers)["U-1"]
    p, r, d = found.difficulty, discrimination(found), upper_lower(found)
    assert found.times == len(given_answers)
    assert p is not None
    assert 0 <= p <= 1
    assert r is None or -1 <= r <= 1
    assert d is not None
    assert -1 <= d <= 1
    assert all(0 <= found.share(key) <= 1 for key in "abc")


@given(st.lists(answers(), min_size=1, max_size=60), st.randoms())
def test_the_order_of_answers_says_nothing(given_answers: list[Answered], chance: Any) -> None:
    shuffled = list(given_answers)
    chance.shuffle(shuffled)
    one, other = (tally(("U-1", answer) for answer in rows)["U-1"] for rows in (given_answers, shuffled))
    assert one == other
    assert (discrimination(one), upper_lower(one)) == (discrimination(other), upper_lower(other))
    assert findings(one, [A, B, C]) == findings(other, [A, B, C])


def test_questions_are_counted_apart() -> None:
    found = tally([(("U-1", 1), Answered(("a",), True, 3, 4)), (("U-1", 2), Answered((), False, 3, 4))])
    assert {key: (one.times, one.right, one.empty) for key, one in found.items()} == {
        ("U-1", 1): (1, 1, 0),
        ("U-1", 2): (1, 0, 1),
    }


def class_of(*, a: int = 0, b: int = 0, c: int = 0, empty: int = 0, is_telling: bool = True) -> Tally:
    """People who chose A (right), B, C or nothing; who is right knows the rest too, unless told otherwise."""
    rows = [(("a",), a), (("b",), b), (("c",), c), ((), empty)]
    every = [Answered(chosen, chosen == ("a",), 0, 4) for chosen, times in rows for _one in range(times)]
    known = [4 if one.credit == is_telling else 1 for one in every]
    found = [Answered(one.chosen, one.credit, right, 4) for one, right in zip(every, known, strict=True)]
    return tally(("U-1", one) for one in found)["U-1"]


def said(found: Tally, **more: bool) -> list[str]:
    return [one.sentence.render(str) for one in findings(found, [A, B, C], **more)]


def test_below_twenty_answers_nothing_is_judged() -> None:
    few = class_of(b=ENOUGH - 1)
    assert said(few) == ["Not enough answers yet: 19 of 20."]
    assert findings(few)[0].weight is Weight.TOO_FEW


@pytest.mark.parametrize(
    ("found", "weight", "sentence"),
    [
        (class_of(a=8, b=12, c=2), Weight.KEY, "Many choose B: check the key."),
        (class_of(a=12, b=6, c=6, is_telling=False), Weight.TURNED, "Who knows the rest gets this wrong more often"),
        (class_of(a=5, b=4, c=4, empty=7), Weight.HARD, "Too hard"),
        (class_of(a=12, b=4, c=4, empty=4), Weight.EMPTY, "Many leave it empty."),
        (class_of(a=39, b=1), Weight.EASY, "Too easy"),
        (class_of(a=16, b=8), Weight.IDLE, "Almost nobody chooses C"),
        (class_of(a=16, b=4, c=4), Weight.FINE, "Nothing stands out."),
    ],
)
def test_the_most_pressing_thing_is_said_first_in_words(found: Tally, weight: Weight, sentence: str) -> None:
    assert findings(found, [A, B, C])[0].weight is weight
    assert said(found)[0].startswith(sentence)


def test_a_question_that_does_not_tell_apart_is_flagged() -> None:
    rows = [
        Answered(("a",) if right else (choice,), right, rest, 4)
        for right in (True, False)
        for rest in (1, 3)
        for choice in "bc"
        for _one in range(5)
    ]
    found = tally(("U-1", one) for one in rows)["U-1"]
    assert discrimination(found) == 0
    assert findings(found, [A, B, C])[0].weight is Weight.FLAT


def test_a_safety_question_may_be_easy() -> None:
    assert said(class_of(a=40), is_critical=True) == ["Nothing stands out."]
    assert said(class_of(a=40)) == ["Too easy: almost everybody is right."]
