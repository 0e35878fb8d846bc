"""Right or wrong, passed or not: the table of cases in tests/cases/marking.json, and what holds for every paper."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.items import PAIR, Item, ItemPicture, ItemSound, Kind, Paper, pack, unpack
from assessments.rules.marking import credit, is_right, judge, misfit, needed
from assessments.rules.reading import number_in
from tests.assessments.build import item

CASES = json.loads((Path(__file__).parent.parent / "cases" / "marking.json").read_text(encoding="utf-8"))


def case_name(case: dict[str, Any]) -> str:
    return case["name"]


@pytest.mark.parametrize("case", CASES["questions"], ids=case_name)
def test_an_answer_earns_its_part_of_the_mark(case: dict[str, Any]) -> None:
    asked = asked_in(case)
    assert credit(asked, case["answer"]) == Fraction(case["credit"])
    assert is_right(asked, case["answer"]) is (case["credit"] == "1")


def asked_in(case: dict[str, Any]) -> Item:
    """The question of a case."""
    return item(**{name: value for name, value in case.items() if name not in {"name", "answer", "credit"}})


@pytest.mark.parametrize("case", CASES["parts"], ids=case_name)
def test_percent_is_of_the_parts_and_rounded_down_once(case: dict[str, Any]) -> None:
    parts = [Fraction(part) for part in case["credits"]]
    critical = case.get("critical", [])
    items = [
        item(f"T1-{n}", kind="multiple", choices=keys(6), right=keys(6), gives_parts=True, is_critical=n in critical)
        for n in range(1, len(parts) + 1)
    ]
    answers = {n: keys(int(6 * part)) for n, part in enumerate(parts, 1)}
    verdict = judge(Paper(tuple(items), case["pass_percent"]), answers)
    assert (verdict.percent, verdict.right, verdict.passed) == (case["percent"], case["right"], case["passed"])
    assert verdict.points == sum(parts)


def keys(count: int) -> tuple[str, ...]:
    return tuple("abcdef"[:count])


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
    assert (misfit(item(kind=kind), answer) is None) is is_possible


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


# What holds for every answer, sound or not.

KEYS = ["a", "b", "c", "d"]
TEXTS = st.text(max_size=150) | st.sampled_from([*KEYS, "a>1", "1>a", "2>b", "72", "puskesmas", ">", "", "true"])
ANSWERS = st.lists(TEXTS, max_size=8)
QUESTIONS = st.builds(
    lambda kind, parts, slips: some(kind, gives_parts=parts, slips=slips, tolerance="2"),
    st.sampled_from(list(Kind)),
    st.booleans(),
    st.integers(0, 2),
)


def some(kind: Kind, **more: Any) -> Item:
    """A question of this kind with several right things."""
    right = {Kind.MULTIPLE: ("a", "b", "c"), Kind.SHORT: ("puskesmas", "pasal 26"), Kind.NUMBER: ("72",)}.get(kind)
    return item(kind=kind, choices=KEYS, **({"right": right} if right else {}), **more)


@given(QUESTIONS, ANSWERS)
def test_no_answer_raises_or_leaves_the_bounds(asked: Item, answer: list[str]) -> None:
    earned = credit(asked, answer)
    assert 0 <= earned <= 1
    assert not (misfit(asked, answer) and earned)
    assert is_right(asked, answer) == (earned == 1)


@given(st.lists(st.tuples(QUESTIONS, ANSWERS), max_size=8), st.integers(0, 100), st.data())
def test_one_more_right_answer_never_lowers_a_paper(
    asked: list[tuple[Item, list[str]]], pass_mark: int, data: st.DataObject
) -> None:
    paper = Paper(tuple(one for one, _answer in asked), pass_mark)
    answers = {number: answer for number, (_item, answer) in enumerate(asked, 1)}
    before = judge(paper, answers)
    assert 0 <= before.percent <= 100
    if asked:
        number = data.draw(st.integers(1, len(asked)))
        after = judge(paper, {**answers, number: asked[number - 1][0].right[: 1 if is_typed(asked, number) else None]})
        assert after.percent >= before.percent
        assert after.marks[number - 1].is_right


def is_typed(asked: list[tuple[Item, list[str]]], number: int) -> bool:
    return asked[number - 1][0].kind in (Kind.SHORT, Kind.NUMBER)


@given(st.sets(st.sampled_from(KEYS)), st.sampled_from(["a", "b", "c"]), st.booleans())
def test_choosing_one_more_right_thing_never_lowers(chosen: set[str], more: str, parts: bool) -> None:
    asked = some(Kind.MULTIPLE, gives_parts=parts)
    assert credit(asked, [*(chosen | {more})]) >= credit(asked, [*chosen])


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(KEYS)), st.booleans(), st.randoms())
def test_the_order_of_what_was_chosen_does_not_matter(pairs: dict[str, str], parts: bool, chance: Any) -> None:
    for asked, answer in (
        (some(Kind.MULTIPLE, gives_parts=parts), list(pairs)),
        (some(Kind.MATCHING, gives_parts=parts), [left + PAIR + right for left, right in pairs.items()]),
    ):
        mixed = answer.copy()
        chance.shuffle(mixed)
        assert credit(asked, mixed) == credit(asked, answer)


@given(st.integers(-(10**11), 10**11), st.integers(0, 99))
def test_a_number_is_read_as_it_is_written_here(whole: int, cents: int) -> None:
    value = Fraction(abs(whole)) + Fraction(cents, 100)
    grouped = f"{abs(whole):,}".replace(",", ".")
    sign = "-" if whole < 0 else ""
    if len(str(abs(whole))) <= 10:
        assert number_in(f"{sign}{abs(whole)},{cents:02}") == (-value if sign else value)
    assert number_in(sign + grouped) == whole


@pytest.mark.parametrize("kind", [Kind.SHORT, Kind.NUMBER])
def test_what_is_typed_wrongly_is_refused_with_a_sentence(kind: Kind) -> None:
    asked = some(kind)
    assert "too long" in misfit(asked, ["7" * 121]).render(str)
    assert (misfit(asked, ["banyak"]) is None) is (kind is Kind.SHORT)
    assert [misfit(asked, answer) is None for answer in ([], ["  "], ["7", "2"])] == [True, False, False]


@given(st.permutations(KEYS), st.sampled_from(list(Kind)), st.booleans())
def test_a_stored_paper_reads_back_the_same(order: list[str], kind: Kind, is_rich: bool) -> None:
    more: dict[str, Any] = {"gives_parts": True, "slips": 1, "tolerance": "2", "unit": "jam", "difficulty": 3} | {
        "picture": ItemPicture(7, "Pintu."),
        "sound": ItemSound(8, "Kata."),
        "competency": "k4",
        "tags": ("rujukan",),
    }
    asked = item(kind=kind, choices=order, lesson="1", reason="Sebab.\nKarena.", **(more if is_rich else {}))
    paper = Paper((asked,), 75)
    assert unpack(json.loads(json.dumps(pack(paper)))) == paper


def test_a_paper_stored_before_the_new_kinds_reads_and_is_written_as_it_was() -> None:
    stored = {
        "pass_percent": 75,
        "items": [
            {"code": "M1-1", "kind": "single", "stem": "Apa?", "choices": [{"key": "a", "text": "Ya"}]}
            | {"right": ["a"], "reason": "", "is_critical": True, "family": "M1-1", "lesson": "1", "version": 2}
        ],
    }
    paper = unpack(stored)
    assert is_right(paper.items[0], ["a"])
    assert json.loads(json.dumps(pack(paper))) == stored
