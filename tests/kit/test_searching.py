"""No search box answers 500."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from lms.kit.searching import clean_query
from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]
NASTY = ['"', "\x00", "\u00a0", "a\u00a0b", "'", "*", "AND", "(", "NEAR(", "-", "a" * 500, "%", "ki'e", "^", ":"]


def test_a_query_keeps_letters_digits_and_single_spaces() -> None:
    assert clean_query('  Air\u00a0"Lontar"  2\x00 ') == "Air Lontar 2"
    assert clean_query('"*:^()') == ""
    assert len(clean_query("a" * 500)) == 120


@pytest.mark.parametrize("query", NASTY)
def test_the_search_boxes_of_the_editor_and_of_people_bear_anything(
    cast: Cast, sign_in: SignIn, settings: Any, query: str
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    call_command("set_up")
    trainer = sign_in(cast.anggrek)
    for address in ("/admin/pages/search/", "/admin/images/"):
        assert trainer.get(address, {"q": query}).status_code == 200
    assert sign_in(cast.soka).get("/koordinasi/orang/", {"q": query}).status_code == 200
