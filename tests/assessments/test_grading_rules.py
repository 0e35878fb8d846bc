"""Grading by a rubric: the table of cases in tests/cases/rubrics.json, and what holds for every rubric."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules import rubrics
from assessments.rules.rubrics import Criterion, Tie, score
from lms.kit.words import Sentence

CASES = json.loads((Path(__file__).parent.parent / "cases" / "rubrics.json").read_text(encoding="utf-8"))
RUBRICS = {name: rubrics.read(rows) for name, rows in CASES["rubrics"].items()}


def case_name(case: dict[str, Any]) -> str:
    return case["name"]


def said(sentence: Sentence | None) -> str | None:
    return sentence.render(str) if sentence else None


@pytest.mark.parametrize("case", CASES["scores"], ids=case_name)
def test_a_grading_comes_to_percent_and_a_yes_or_no_in_words(case: dict[str, Any]) -> None:
    outcome = score(RUBRICS[case["rubric"]], case["levels"], case["pass_percent"])
    assert (outcome.percent, outcome.passed) == (case["percent"], case["passed"])
    assert (list(outcome.missing_must), list(outcome.unmarked)) == (case["missing_must"], case["unmarked"])
    assert [said(one) for one in outcome.sentences] == case["sentences"]


@pytest.mark.parametrize("case", CASES["two_assessors"], ids=case_name)
def test_two_assessors_agree_between_what_they_gave(case: dict[str, Any]) -> None:
    rubric, first, second = RUBRICS["three"], case["first"], case["second"]
    differ = rubrics.differences(rubric, first, second)
    assert [[one.criterion.code, one.lowest, one.highest] for one in differ] == case["differ"]
    assert said(rubrics.may_agree(rubric, first, second, case["chosen"])) == case["refusal"]
    assert rubrics.agreed(rubric, first, second, case["chosen"]) == case["agreed"]


@pytest.mark.parametrize("case", CASES["who_may"], ids=case_name)
def test_who_may_grade(case: dict[str, Any]) -> None:
    assert said(rubrics.may_grade(Tie(**case["tie"]), groups_apart=case["groups_apart"])) == case["refusal"]


@st.composite
def gradings(draw: Any, *, complete: bool = False) -> tuple[tuple[Criterion, ...], dict[str, int], int]:
    rows = draw(st.lists(st.tuples(st.integers(2, 5), st.integers(0, 4), st.integers(1, 4)), min_size=1, max_size=8))
    rubric = tuple(
        Criterion(f"r{n}", f"Baris {n}", tuple(map(str, range(size))), min(least, size - 1), weight)
        for n, (size, least, weight) in enumerate(rows)
    )
    levels = {}
    for one in rubric:
        level = draw(st.integers(0, one.best) if complete else st.none() | st.integers(-1, one.best + 1))
        if level is not None:
            levels[one.code] = level
    return rubric, levels, draw(st.integers(1, 100))


@given(gradings())
def test_a_mark_stays_in_bounds_and_passing_means_what_it_says(grading: Any) -> None:
    rubric, levels, needed = grading
    outcome = score(rubric, levels, needed)
    assert 0 <= outcome.percent <= 100
    marked = rubrics.sound(rubric, levels)
    reached = all(marked.get(one.code, -1) >= one.least for one in rubric)
    assert outcome.passed == (len(marked) == len(rubric) and reached and outcome.percent >= needed)
    assert outcome.sentences


@given(gradings(complete=True), st.data())
def test_a_higher_level_never_lowers_the_mark(grading: Any, data: st.DataObject) -> None:
    rubric, levels, needed = grading
    one = data.draw(st.sampled_from(rubric))
    higher = {**levels, one.code: data.draw(st.integers(levels[one.code], one.best))}
    before, after = score(rubric, levels, needed), score(rubric, higher, needed)
    assert after.percent >= before.percent
    assert after.passed >= before.passed


@given(gradings(complete=True), st.data())
def test_a_row_below_the_level_it_must_reach_is_never_passed(grading: Any, data: st.DataObject) -> None:
    rubric, levels, needed = grading
    for one in rubric:
        if one.must:
            low = {**levels, one.code: data.draw(st.integers(0, one.least - 1))}
            assert score(rubric, low, needed).passed is False


@given(gradings(complete=True), st.data())
def test_what_is_agreed_lies_between_the_two_marks(grading: Any, data: st.DataObject) -> None:
    rubric, first, needed = grading
    second = {one.code: data.draw(st.integers(0, one.best)) for one in rubric}
    chosen = {
        one.criterion.code: data.draw(st.integers(one.lowest, one.highest))
        for one in rubrics.differences(rubric, first, second)
    }
    assert rubrics.may_agree(rubric, first, second, chosen) is None
    percents = [score(rubric, levels, needed).percent for levels in (first, second)]
    agreed = rubrics.agreed(rubric, first, second, chosen)
    low = {code: min(first[code], second[code]) for code in first}
    high = {code: max(first[code], second[code]) for code in first}
    assert score(rubric, low, needed).percent <= score(rubric, agreed, needed).percent
    assert score(rubric, agreed, needed).percent <= score(rubric, high, needed).percent
    assert min(percents) <= score(rubric, high, needed).percent
