"""The editor of a question: it shows what belongs to the kind, and nothing that somebody filled in is ever hidden."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.assessments.school import open_school
from tests.cast import Cast

OpenFor = Callable[..., Page]
ADD = "/admin/snippets/assessments/question/add/"
OWN = {
    "single": {"choices"},
    "multiple": {"choices", "gives_parts"},
    "true_false": {"is_true"},
    "matching": {"pairs", "gives_parts"},
    "short": {"accepted", "slips"},
    "number": {"value", "tolerance", "unit"},
    "picture": {"choices"},
}
EVERY = set().union(*OWN.values())


@pytest.fixture
def page(live_cast: Cast, desk: BrowserContext, page_signed_in: OpenFor) -> Page:
    open_school()
    page = page_signed_in(live_cast.anggrek, desk)
    page.goto(ADD)
    expect(page.locator("#panel-pairs-section")).to_be_hidden()
    return page


def shown(page: Page) -> set[str]:
    return {name for name in EVERY if page.locator(f"#panel-{name}-section").is_visible()}


def test_each_kind_shows_its_own_parts(page: Page) -> None:
    for kind, own in OWN.items():
        page.select_option("[name=kind]", kind)
        assert shown(page) == own, kind


def test_what_is_filled_in_stays_in_sight_when_the_kind_changes(page: Page) -> None:
    page.select_option("[name=kind]", "number")
    page.fill("[name=value]", "72")
    page.select_option("[name=kind]", "short")
    assert shown(page) == OWN["short"] | {"value"}
    page.fill("[name=value]", "")
    page.select_option("[name=kind]", "single")
    assert shown(page) == OWN["single"]
