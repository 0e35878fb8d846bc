"""Right or wrong, passed or not: the table of cases in tests/cases/marking.json, and what holds for every paper."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.items import Kind, Paper, pack, unpack
from assessments.rules.marking import fits, is_right, judge, needed
from tests.assessments.build import item

CASES = json.loads((Path(__file__).parent.parent / "cases" / "marking.json").read_text(encoding="utf-8"))


def case_name(case: dict[str, Any]) -> str:
    return case["name"]


@pytest.mark.parametrize("case", CASES["questions"], ids=case_name)
def test_a_question_is_right_or_wrong(case: dict[str, Any]) -> None:
    asked = item(kind=case["kind"], choices=case["choices"], right=case["right"])
    assert is_right(asked, case["answer"]) is case["is_right"]


@pytest.mark.parametrize("case", CASES["exams"], ids=case_name)
def test_an_exam_is_passed_by_percent_and_by_every_critical_question(case: dict[str, Any]) -> None:
    critical = case["critical"]
    items = [item(f"T1-{n}", is_critical=n in critical) for n in range(1, len(case["right"]) + 1)]
    answers = {n: ["a"] if good else ["b"] for n, good in enumerate(case["right"], 1)}
    verdict = judge(Paper(tuple(items), case["pass_percent"]), answers)
    assert (verdict.percent, verdict.needed) == (case["percent"], case["needed"])
    assert (verdict.critical_left, verdict.passed) == (case["critical_left"], case["passed"])
    assert verdict.right == sum(case["right"])


def test_a_question_without_an_answer_is_wrong_and_said_to_be_unanswered() -> None:
    verdict = judge(Paper((item("T1-1"), item("T1-2")), 50), {1: ["a"]})
    assert [(mark.is_answered, mark.is_right) for mark in verdict.marks] == [(True, True), (False, False)]


@pytest.mark.parametrize(
    ("kind", "answer", "is_possible"),
    [
        ("single", [], True),
        ("single", ["b"], True),
        ("single", ["a", "b"], False),
        ("single", ["z"], False),
        ("true_false", ["false"], True),
        ("true_false", ["a"], False),
        ("multiple", ["a", "c"], True),
        ("multiple", ["a", "a"], False),
        ("ordering", [], True),
        ("ordering", ["c", "a", "b"], True),
        ("ordering", ["c", "a"], False),
        ("ordering", ["c", "a", "a"], False),
    ],
)
def test_only_an_answer_that_the_question_offers_fits(kind: str, answer: list[str], is_possible: bool) -> None:
    assert fits(item(kind=kind), answer) is is_possible


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40), st.integers(0, 100))
def test_a_mark_stays_in_bounds_and_passing_means_what_it_says(asked: list[tuple[bool, bool]], pass_mark: int) -> None:
    items = tuple(item(f"T-{n}", is_critical=critical) for n, (critical, _right) in enumerate(asked))
    answers = {n: ["a"] if right else ["c"] for n, (_critical, right) in enumerate(asked, 1)}
    verdict = judge(Paper(items, pass_mark), answers)
    assert 0 <= verdict.percent <= 100
    assert 0 <= verdict.right <= verdict.total == len(asked)
    enough = verdict.right >= needed(len(asked), pass_mark)
    critical_right = all(right for critical, right in asked if critical)
    assert verdict.passed == (bool(asked) and enough and critical_right)


@given(st.permutations(["a", "b", "c", "d"]), st.sampled_from(list(Kind)))
def test_a_stored_paper_reads_back_the_same(order: list[str], kind: Kind) -> None:
    paper = Paper((item(kind=kind, choices=order, lesson="1", reason="Sebab.\nKarena."),), 75)
    assert unpack(json.loads(json.dumps(pack(paper)))) == paper
