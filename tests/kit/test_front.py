"""The front page, her own page, help, and the page of all parts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.kit import clock
from lms.people.models import Person, Role
from tests.cast import Cast

SignIn = Callable[[Person], Client]


def test_a_visitor_reads_what_this_is_and_finds_both_doors(db: None) -> None:
    page = Client().get("/").content.decode()
    assert 'href="/akun/login/"' in page
    assert 'href="/v/"' in page


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("seruni", "/belajar/"),
        ("dahlia", "/pembimbing/"),
        ("soka", "/koordinasi/"),
        ("anggrek", "/admin/"),
        ("jati", "/admin/"),
    ],
)
def test_whoever_is_signed_in_goes_to_her_desk(
    cast: Cast, sign_in: SignIn, settings: Any, name: str, desk: str
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert sign_in(getattr(cast, name)).get("/")["Location"] == desk


def test_whoever_has_two_roles_starts_at_her_learning(cast: Cast, sign_in: SignIn) -> None:
    Role.objects.create(person=cast.dahlia, kind="learner", starts_on=clock.today() - timedelta(days=1))
    assert sign_in(cast.dahlia).get("/")["Location"] == "/belajar/"


def test_whoever_has_no_role_any_more_finds_her_own_page(cast: Cast, sign_in: SignIn) -> None:
    Role.objects.filter(person=cast.seruni).update(ends_on=clock.today() - timedelta(days=1))
    assert sign_in(cast.seruni).get("/")["Location"] == "/saya/"


def test_her_page_names_her_and_holds_the_key_and_the_way_out(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.seruni).get("/saya/").content.decode()
    for part in (cast.seruni.name, cast.group.name, "/akun/password/change/", 'action="/akun/logout/"'):
        assert part in page
    assert "/akun/2fa/" not in page


def test_staff_find_their_second_key_there(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert "/akun/2fa/" in sign_in(cast.soka).get("/saya/").content.decode()


def test_a_stranger_has_no_page_of_her_own(db: None) -> None:
    assert Client().get("/saya/")["Location"] == "/akun/login/?next=/saya/"


def test_she_chooses_her_language_and_the_phone_keeps_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    assert client.post("/saya/", {"language": "en"}).status_code == 302
    assert 'lang="en"' in client.get("/saya/").content.decode()
    client.post("/saya/", {"language": "id"})
    assert '<html lang="id"' in client.get("/saya/").content.decode()


def test_a_language_that_does_not_exist_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    answer = client.post("/saya/", {"language": "xx"})
    assert answer.status_code == 200
    assert "bahasa" not in answer.cookies


def test_help_says_where_help_is_and_what_quick_exit_cannot_do(db: None) -> None:
    page = Client().get("/bantuan/").content.decode()
    assert 'href="tel:129"' in page
    assert "riwayat" in page.lower()


def test_the_page_of_parts_shows_every_part_to_whoever_builds(db: None, settings: Any) -> None:
    settings.DEMO = True
    page = Client().get("/gaya/").content.decode()
    for part in ("btn next", "state wait", "notice stop", "field wrong", "progress", "ring done", "verdict", "pager"):
        assert part in page
    assert "style=" not in page


def test_a_real_site_has_no_page_of_parts(db: None, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    assert Client().get("/gaya/").status_code == 404
