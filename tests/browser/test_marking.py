"""The cases of marking once more, through the page: what a browser sends earns what the rules say.

Only what a page can send: no choice that is not there, none twice, no order with holes, nothing longer than the field.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import Question
from courses.models import ModulePage
from tests.assessments.kinds import make_kinds, practise_kinds
from tests.assessments.school import open_school
from tests.browser.test_practice import PRACTICE, OpenFor
from tests.cast import Cast

CASES = json.loads((Path(__file__).parent.parent / "cases" / "marking.json").read_text("utf-8"))["questions"]
STATES = {True: "done", False: "stop"}


def can_be_sent(case: dict[str, Any]) -> bool:
    answer, choices = case["answer"], set(case["choices"])
    if case["kind"] in ("short", "number"):
        return len(answer) == 1 and len(answer[0]) <= 120 and answer[0].isprintable()
    if case["kind"] == "matching":
        parted = [pair.partition(">") for pair in answer]
        lefts = [left for left, _sign, _match in parted]
        known = all(left in case["lefts"] and match in choices for left, _sign, match in parted)
        return bool(answer) and known and len(lefts) == len(set(lefts))
    is_whole = len(answer) == len(choices) if case["kind"] == "ordering" else True
    is_one = len(answer) == 1 if case["kind"] in ("single", "true_false", "picture") else True
    return bool(answer) and is_whole and is_one and set(answer) <= choices and len(answer) == len(set(answer))


SENT = [case for case in CASES if can_be_sent(case)]


def ask(module: ModulePage, code: str, case: dict[str, Any]) -> None:
    """The question of a case in the bank; every text is its key."""
    question = Question(module=module, code=code, kind=case["kind"], use="practice", stem=case["name"], reason="Sebab.")
    question.gives_parts = case.get("gives_parts", False)
    if case["kind"] == "short":
        question.accepted, question.slips = case["right"], case.get("slips", 0)
    elif case["kind"] == "number":
        question.value, question.tolerance = case["right"][0], case.get("tolerance", "")
        question.unit = case.get("unit", "")
    elif case["kind"] == "true_false":
        question.is_true = case["right"] == ["true"]
    elif case["kind"] == "matching":
        belongs = dict(pair.split(">") for pair in case["right"])
        texts = [(left, belongs[left]) for left in case["lefts"]]
        texts += [("", match) for match in case["choices"] if match not in belongs.values()]
        rows = [{"type": "pair", "value": {"text": text, "match": match}} for text, match in texts]
        question.pairs = question.pairs.stream_block.to_python(rows)
    else:
        order = case["right"] if case["kind"] == "ordering" else case["choices"]
        rows = [{"type": "choice", "value": {"text": key, "right": key in case["right"]}} for key in order]
        question.choices = question.choices.stream_block.to_python(rows)
    question.save()


def give(card: Locator, case: dict[str, Any]) -> None:
    """Answer as she would: tick, choose, type."""
    if case["kind"] in ("short", "number"):
        card.locator("input[name=words]").fill(case["answer"][0])
    elif case["kind"] == "matching":
        for pair in case["answer"]:
            left, match = pair.split(">")
            card.get_by_label(left, exact=True).select_option(label=match)
    elif case["kind"] == "ordering":
        for place, key in enumerate(case["answer"], 1):
            card.get_by_label(key, exact=True).select_option(str(place))
    elif case["kind"] == "true_false":
        card.locator(f"input[value={case['answer'][0]}]").check()
    else:
        for key in case["answer"]:
            card.get_by_label(key, exact=True).check()


def test_the_cases_hold_most_of_what_can_be_answered() -> None:
    assert len(SENT) >= 80
    assert {case["kind"] for case in SENT} == {case["kind"] for case in CASES}


def test_every_case_earns_on_the_page_what_it_earns_by_the_rules(live_cast: Cast, page_signed_in: OpenFor) -> None:
    school = open_school()
    school.admit(live_cast.seruni)
    codes = [f"K-{number}" for number in range(len(SENT))]
    for code, case in zip(codes, SENT, strict=True):
        ask(school.module, code, case)
    school.practice.questions = codes
    school.practice.save_revision().publish()
    page = page_signed_in(live_cast.seruni)
    page.goto(PRACTICE)
    for code, case in zip(codes, SENT, strict=True):
        check(page, code, case)


def check(page: Page, code: str, case: dict[str, Any]) -> None:
    card, earned = page.locator(f"#soal-{code}"), Fraction(case["credit"])
    give(card, case)
    card.get_by_role("button").click()
    told = card.locator(".notice, .error").first
    told.wait_for()
    state = "wait" if 0 < earned < 1 else STATES[earned == 1]
    words = f"{case['name']}: {case['answer']}"
    if earned:
        assert f"notice {state}" == told.get_attribute("class"), words
    else:
        assert told.get_attribute("class") in ("notice stop", "notice wait", "error"), words


@pytest.mark.parametrize("width", [320, 360])
def test_pairs_words_numbers_and_pictures_fit_a_phone(
    live_cast: Cast, page_signed_in: OpenFor, faults_of: Any, tmp_path: Path, width: int
) -> None:
    school = open_school()
    school.admit(live_cast.seruni)
    make_kinds(school.module, tmp_path, use="practice")
    practise_kinds(school.practice)
    page = page_signed_in(live_cast.seruni)
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(PRACTICE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#soal-X-NUMBER input[name=words]")).to_have_attribute("inputmode", "decimal")
    for label in page.locator("#soal-X-PICTURE .pick label").all():
        box = label.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 100
    page.locator("#soal-X-PAIRS select").first.select_option(index=1)
    page.locator("#soal-X-PAIRS").get_by_role("button").click()
    page.locator("#soal-X-NUMBER input[name=words]").fill("banyak")
    page.locator("#soal-X-NUMBER").get_by_role("button").click()
    expect(page.locator("#soal-X-PAIRS .notice")).to_be_visible()
    expect(page.locator("#soal-X-NUMBER .error")).to_be_visible()
    assert faults_of(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults_of(page) == []
