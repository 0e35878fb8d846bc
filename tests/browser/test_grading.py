"""Grading in a browser: by keyboard alone, without scripts on a phone, and no page longer than it may be."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.walk import Walk, walking

PASSWORD = "lopo-demo-2026"
MOST_BYTES = 25_000
ONE = re.compile(r"/penilaian/[0-9a-f-]{36}/")
pytestmark = pytest.mark.xdist_group("product")


def open_desk(walk: Walk) -> None:
    walk.go("/akun/login/?next=/penilaian/")
    walk.page.fill("[name=login]", "pelatih")
    walk.page.fill("[name=password]", PASSWORD)
    walk.press("main form button.next")
    assert walk.path() == "/penilaian/", walk.text()


def bytes_of(page: Page) -> int:
    answer = page.reload()
    assert answer is not None
    return len(answer.body())


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, and see that it can be seen on the way."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}.")


def test_with_the_keyboard_alone_she_grades_one_and_stands_before_the_next(browser: Browser, product: str) -> None:
    with walking(browser, product, scripts=True, desk=True) as walk:
        open_desk(walk)
        tab_to(walk.page, "form[action$='/berikut/'] button")
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_url("**/penilaian/*-*/")
        walk.look()
        first = walk.path()
        assert bytes_of(walk.page) < MOST_BYTES
        tab_to(walk.page, "[data-criterion] input[type=radio]")
        rows = walk.page.locator("[data-criterion]").count()
        for _row in range(rows):
            walk.page.keyboard.press("3")
        assert walk.page.locator("[data-criterion] input[value='3']:checked").count() == rows
        walk.page.locator("#hasil", has_text="100").wait_for()
        tab_to(walk.page, "textarea[name=remark]")
        walk.page.keyboard.type("Rapi dan aman.")
        tab_to(walk.page, "button[value=decide]")
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_url(lambda address: first not in address)
        assert "100 persen" in walk.text()
        assert ONE.fullmatch(walk.path()) or walk.path() == "/penilaian/"


def test_chosen_words_become_a_comment_and_a_phrase_is_put_in_by_a_tap(browser: Browser, product: str) -> None:
    with walking(browser, product, scripts=True, looks=False) as walk:
        open_desk(walk)
        walk.press("form[action$='/berikut/'] button")
        answer = walk.page.locator("[data-field] p").first
        answer.select_text()
        walk.page.locator("button[data-comment]").click()
        assert walk.page.input_value("[name=passage_quote]")
        assert walk.page.input_value("[name=passage_field]")
        walk.page.fill("[name=passage_text]", "Baik.")
        walk.page.locator("[data-phrases] summary").click()
        walk.page.locator("[data-phrase] button").first.click()
        assert len(walk.page.input_value("[name=passage_text]")) > len("Baik. ")
        walk.press("#bagian button[value=keep]")
        assert walk.page.locator("[name=passage-0]").count() == 1
        walk.press("form[action$='/ambil/'] button[value=release]")


def test_without_scripts_on_a_phone_everything_is_a_plain_form(browser: Browser, product: str) -> None:
    with walking(browser, product, scripts=False) as walk:
        open_desk(walk)
        walk.press("li:has-text('Teratai') form button")
        long = walk.path()
        assert bytes_of(walk.page) < MOST_BYTES
        walk.page.locator("[data-criterion] input[type=radio]").nth(2).check(force=True)
        walk.press("button[value=task]")
        assert walk.path() == f"{long}tugas/"
        walk.press("main a.up")
        assert walk.page.locator("[data-criterion] input:checked").count() == 1
        walk.page.fill("[name=remark]", "Telepon saya: 0812 3456 7890")
        walk.press("button[value=decide]")
        assert walk.page.locator(".notice.stop").count() == 1
        assert "0812" not in walk.page.content()
        watch_a_role_play(walk)


def watch_a_role_play(walk: Walk) -> None:
    """Begun, marked and decided on the phone."""
    walk.go("/penilaian/amati/")
    learner = walk.page.locator("[name=person] option", has_text="Kemuning").first
    walk.page.select_option("[name=person]", learner.get_attribute("value"))
    walk.page.select_option("[name=task]", index=0)
    walk.press("main form.card button.next")
    rows = walk.page.locator("[data-criterion]")
    for number in range(rows.count()):
        rows.nth(number).locator("input[type=radio]").last.check(force=True)
    walk.press("button[value=decide]")
    assert "100 persen" in walk.text()
