"""Signing in: a PIN for learners, a second factor for staff, limits that let a classroom in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client

from lms.kit import clock
from lms.people.models import Person, Role
from tests.cast import PASSWORD, PIN, Cast

SignIn = Callable[[Person], Client]


@pytest.fixture
def editor(db: None) -> None:
    """The editor's groups and rights, as a real site has them."""
    call_command("set_up", verbosity=0)


LOGIN = "/akun/login/"


def enter(client: Client, name: str, secret: str, **extra: str) -> int:
    return client.post(LOGIN, {"login": name, "password": secret, **extra}).status_code


def test_a_learner_signs_in_with_name_and_pin_whatever_the_case(cast: Cast) -> None:
    client = Client()
    assert enter(client, "Seruni", PIN) == 302
    assert client.get("/").status_code == 302


def test_a_wrong_pin_and_an_unknown_name_read_the_same(cast: Cast) -> None:
    known = Client().post(LOGIN, {"login": "seruni", "password": "999111"})
    unknown = Client().post(LOGIN, {"login": "nobody", "password": "999111"})
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors != {}


def test_a_shared_phone_forgets_her_when_the_browser_closes(cast: Cast) -> None:
    shared, own = Client(), Client()
    enter(shared, "seruni", PIN, shared="on")
    enter(own, "seruni", PIN)
    assert shared.cookies["sesi"]["max-age"] == ""
    assert int(own.cookies["sesi"]["max-age"]) > 86_400


def test_forty_learners_behind_one_address_sign_in_within_a_minute(cast: Cast) -> None:
    assert [enter(Client(), "seruni", PIN) for _ in range(40)] == [302] * 40


def test_many_wrong_pins_close_one_account_for_a_while_and_not_the_classroom(cast: Cast) -> None:
    for _ in range(8):
        enter(Client(), "seruni", "999111")
    assert enter(Client(), "seruni", PIN) != 302
    assert enter(Client(), "melati", PIN) == 302


def test_nobody_signs_up_alone(cast: Cast) -> None:
    assert "username" not in Client().get("/akun/signup/").content.decode()
    Client().post("/akun/signup/", {"username": "stranger", "password1": PASSWORD})
    assert not Person.objects.filter(username="stranger").exists()


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/"])
def test_the_editors_own_login_leads_to_the_one_login(address: str) -> None:
    answer = Client().get(address + "?next=/admin/")
    assert answer["Location"].startswith(LOGIN)


def test_a_stranger_at_the_editor_is_sent_to_the_one_login(db: None) -> None:
    assert Client().get("/admin/")["Location"].startswith(LOGIN)


@pytest.mark.usefixtures("editor")
def test_the_editor_does_not_exist_for_learners(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert sign_in(cast.seruni).get("/admin/").status_code == 404
    assert sign_in(cast.anggrek).get("/admin/").status_code == 200


def test_the_editor_closes_the_day_after_the_role_ends(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    Role.objects.filter(person=cast.anggrek).update(ends_on=clock.today() - timedelta(days=1))
    assert sign_in(cast.anggrek).get("/admin/").status_code == 404


@pytest.mark.usefixtures("editor")
def test_staff_without_a_second_factor_are_sent_to_set_one_up(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    answer = sign_in(cast.anggrek).get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/2fa/")
    Authenticator.objects.create(user=cast.anggrek, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert sign_in(cast.anggrek).get("/admin/").status_code == 200


def test_a_learner_is_never_asked_for_a_second_factor(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    assert sign_in(cast.seruni).get("/saya/").status_code == 200
