"""Quick exit without JavaScript: one link that ends the session and leads away."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize("address", ["/keluar-cepat/", "/keluar-cepat/?2", "/keluar-cepat/?3"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_every_step_of_the_way_out_signs_her_out(cast: Cast, sign_in: SignIn, method: str, address: str) -> None:
    client = sign_in(cast.seruni)
    assert getattr(client, method)(address).status_code in (200, 302)
    assert not Session.objects.exists()
    assert client.get("/saya/")["Location"].startswith("/akun/login/")


def test_the_link_leads_over_an_empty_page_to_the_neutral_one(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.seruni).get("/keluar-cepat/").content.decode()
    assert 'content="0; url=/keluar-cepat/?3"' in page
    assert "<script" not in page
    assert Client().get("/keluar-cepat/?3")["Location"] == settings.NEUTRAL_URL


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
    assert Client().get("/keluar-cepat/?3").status_code == 302


def test_no_page_leads_anywhere_else_than_the_address_of_the_settings(db: None) -> None:
    for step in "123":
        answer = Client().get(f"/keluar-cepat/?next=https://elsewhere.example/&{step}=https://elsewhere.example/")
        assert "elsewhere" not in answer.content.decode() + answer.get("Location", "")


def test_every_page_has_the_way_out(cast: Cast, sign_in: SignIn) -> None:
    pages = [
        Client().get("/"),
        Client().get("/bantuan/"),
        Client().get("/tidak-ada/"),
        sign_in(cast.seruni).get("/saya/"),
    ]
    assert [page.content.decode().count('class="exit" href="/keluar-cepat/"') for page in pages] == [1] * len(pages)
