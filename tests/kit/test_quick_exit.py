"""Quick exit without JavaScript: one link that ends the session and leads away."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_link_signs_her_out_and_leads_to_the_neutral_page(cast: Cast, sign_in: SignIn, method: str) -> None:
    client = sign_in(cast.seruni)
    answer = getattr(client, method)("/keluar-cepat/")
    assert (answer.status_code, answer["Location"]) == (302, settings.NEUTRAL_URL)
    assert not Session.objects.exists()
    assert client.get("/saya/")["Location"].startswith("/akun/login/")


def test_it_empties_the_page_caches_is_stored_nowhere_and_leaves_unsent_work(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.seruni).get("/keluar-cepat/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_the_page_in_between_signs_her_out_too_and_says_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    answer = client.get("/keluar-cepat/?2")
    assert answer.status_code == 200
    assert not Session.objects.exists()
    page = answer.content.decode()
    assert f'href="{settings.NEUTRAL_URL}"' in page
    assert "Seruni" not in page
    assert "<nav" not in page


def test_a_visitor_may_leave_as_well(db: None) -> None:
    assert Client().get("/keluar-cepat/").status_code == 302


def test_no_page_leads_anywhere_else_than_the_address_of_the_settings(db: None) -> None:
    answer = Client().get("/keluar-cepat/?next=https://elsewhere.example/&2=https://elsewhere.example/")
    assert "elsewhere" not in answer.content.decode() + answer.get("Location", "")


def test_every_page_has_the_way_out(cast: Cast, sign_in: SignIn) -> None:
    pages = [
        Client().get("/"),
        Client().get("/bantuan/"),
        Client().get("/tidak-ada/"),
        sign_in(cast.seruni).get("/saya/"),
    ]
    assert [page.content.decode().count('class="exit" href="/keluar-cepat/"') for page in pages] == [1] * len(pages)
