"""What was gained between the tests before and after: the cases of tests/cases/gain.json, and what is said of them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.gain import FEWEST, Gain, Measured, gain_of, gain_of_class, said_of_a_class, said_to_her

CASES = json.loads((Path(__file__).resolve().parent.parent / "cases" / "gain.json").read_text("utf-8"))
percents = st.integers(0, 100)


def gained(before: list[int], after: list[int]) -> Gain:
    tested = [Measured(*pair) for pair in zip(before, after, strict=True)]
    found = gain_of(tested[0]) if len(tested) == 1 else gain_of_class(tested)
    assert found
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['before']} to {case['after']}")
def test_the_cases(case: dict) -> None:
    found = gained(case["before"], case["after"])
    part = None if case["part"] is None else Fraction(case["part"])
    assert (found.points, found.part, found.band) == (case["points"], part, case["band"])


@given(st.lists(st.builds(Measured, percents, percents), min_size=FEWEST, max_size=12))
def test_the_gain_of_a_class_is_taken_from_its_averages(tested: list[Measured]) -> None:
    found = gain_of_class(tested)
    assert found
    assert found.points == Fraction(sum(one.after - one.before for one in tested), len(tested))
    assert found.part is None or found.part <= 1
    assert (found.points < 0) == (found.band == "less")


@given(st.lists(st.builds(Measured, percents, percents), max_size=FEWEST - 1))
def test_fewer_than_five_people_are_never_summed_up(tested: list[Measured]) -> None:
    assert gain_of_class(tested) is None
    said = [sentence.render(str) for sentence in said_of_a_class(None, len(tested))]
    assert said == [f"{len(tested)} people sat both tests so far. The sum shows from 5 on."]


@given(percents, percents)
def test_what_is_said_to_her_names_two_results_and_never_a_mark(before: int, after: int) -> None:
    figures, words = (sentence.render(str) for sentence in said_to_her(gain_of(Measured(before, after))))
    assert figures == f"Before: {before} of 100. After: {after} of 100."
    assert not any(word in words.lower() for word in ("fail", "bad", "poor", "only", "%"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['before']} to {case['after']}")
def test_a_class_is_told_its_figures_and_what_they_mean(case: dict) -> None:
    said = [sentence.render(str) for sentence in said_of_a_class(gained(case["before"], case["after"]), 5)]
    assert len(said) == 2
    assert said[0].endswith(f"({case['points']:+d}).")
