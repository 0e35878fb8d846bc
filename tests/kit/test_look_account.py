"""Every page of the account wears the look: allauth's own pages are never seen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from lms.people.models import Person
from tests.cast import PASSWORD, PIN, Cast

SignIn = Callable[[Person], Client]

FOR_STRANGERS = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
)
FOR_HERSELF = ("account_logout", "account_change_password", "account_email", "account_reauthenticate", "me")
FOR_STAFF = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def wears_the_look(html: str) -> None:
    assert html.count("<h1") == 1
    assert '<header class="bar">' in html
    assert 'class="exit" href="/keluar-cepat/"' in html
    assert re.search(r"<title>[^<]{3,} – Lopo</title>", html)
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    for tag in re.findall(r"<script[^>]*>", html):
        assert "src=" in tag or "application/json" in tag


@pytest.mark.parametrize("name", FOR_STRANGERS)
def test_a_stranger_meets_the_look_at_every_door(db: None, name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    wears_the_look(answer.content.decode())


@pytest.mark.parametrize("name", FOR_HERSELF)
def test_a_learner_meets_the_look_on_her_own_pages(cast: Cast, sign_in: SignIn, name: str) -> None:
    answer = sign_in(cast.seruni).get(reverse(name))
    assert answer.status_code == 200
    wears_the_look(answer.content.decode())


def proved(client: Client, password: str = PASSWORD) -> Client:
    assert client.post(reverse("account_reauthenticate"), {"password": password}).status_code == 302
    return client


@pytest.mark.parametrize("name", FOR_STAFF)
def test_staff_meet_the_look_where_they_set_up_a_second_key(cast: Cast, sign_in: SignIn, name: str) -> None:
    answer = proved(sign_in(cast.anggrek)).get(reverse(name))
    assert answer.status_code == 200
    wears_the_look(answer.content.decode())


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_an_app_with_codes_is_set_up_and_then_asked_for_at_the_door(cast: Cast, sign_in: SignIn) -> None:
    client = proved(sign_in(cast.anggrek))
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)}, follow=True)
    wears_the_look(answer.content.decode())
    assert Authenticator.objects.filter(user=cast.anggrek, type=Authenticator.Type.TOTP).exists()

    newcomer = Client()
    answer = newcomer.post(reverse("account_login"), {"login": "anggrek", "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_authenticate")
    wears_the_look(answer.content.decode())


def test_a_wrong_code_is_explained_and_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = proved(sign_in(cast.anggrek))
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    html = answer.content.decode()
    wears_the_look(html)
    assert 'class="error"' in html
    assert not Authenticator.objects.filter(user=cast.anggrek).exists()


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_emergency_codes_and_switching_off_wear_the_look(cast: Cast, sign_in: SignIn, name: str) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.create(user=cast.anggrek, type=Authenticator.Type.TOTP, data={"secret": secret})
    RecoveryCodes.activate(cast.anggrek)
    client = sign_in(cast.anggrek)
    answer = client.get(reverse(name), follow=True)
    wears_the_look(answer.content.decode())
    client.post(answer.request["PATH_INFO"] + "?next=" + reverse(name), {"code": code_of(secret), "password": PASSWORD})
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    wears_the_look(answer.content.decode())


def test_the_login_asks_for_name_and_pin_and_whether_the_phone_is_shared(db: None) -> None:
    html = Client().get(reverse("account_login")).content.decode()
    assert re.search(r'<input type="checkbox" name="shared"[^>]* checked', html)
    assert "Lupa nama atau PIN?" in html
    assert "/akun/password/reset/" not in html


def test_a_wrong_pin_is_explained_beside_a_summary_and_keeps_her_name(cast: Cast) -> None:
    html = Client().post(reverse("account_login"), {"login": "seruni", "password": "1"}).content.decode()
    assert 'class="notice stop"' in html
    assert 'value="seruni"' in html
    assert 'value="1"' not in html


def test_nothing_greets_her_by_name_on_the_next_page(cast: Cast) -> None:
    answer = Client().post(reverse("account_login"), {"login": "seruni", "password": PIN})
    assert "messages" not in answer.cookies


def test_a_changed_pin_is_confirmed_and_asked_for_anew(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    data = {"oldpassword": PIN, "password1": "975310", "password2": "975310"}
    answer = client.post(reverse("account_change_password"), data, follow=True)
    assert answer.request["PATH_INFO"] in ("/", reverse("account_login"))
    assert not answer.wsgi_request.user.is_authenticated
    assert "sudah berlaku" in answer.content.decode()
