"""Headers of every answer: nothing foreign runs, nothing is told to others, nothing stays for the next person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, _space, sources in parts}


@pytest.mark.parametrize("address", ["/", "/bantuan/", "/keluar-cepat/", "/tidak-ada/", "/sehat/hidup"])
def test_only_what_comes_from_here_runs_and_no_page_of_others_frames_it(db: None, address: str) -> None:
    policy = policy_of(Client().get(address))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in str(policy)


def test_only_the_editor_may_write_styles_and_scripts_into_its_pages(
    cast: Cast, sign_in: SignIn, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    policy = policy_of(sign_in(cast.anggrek).get("/admin/"))
    unsafe = {name for name, sources in policy.items() if "unsafe-inline" in sources}
    assert unsafe == {"script-src", "style-src"}
    assert "unsafe-eval" not in str(policy)
    assert "http" not in str(policy)


def test_the_device_gives_nothing_and_other_sites_learn_nothing(db: None) -> None:
    answer = Client().get("/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    for sense in ("camera", "microphone", "geolocation"):
        assert f"{sense}=()" in answer["Permissions-Policy"]


def test_search_engines_may_list_the_front_and_the_help_and_nothing_else(db: None) -> None:
    for address in ("/", "/bantuan/"):
        answer = Client().get(address)
        assert "X-Robots-Tag" not in answer
        assert b'name="robots"' not in answer.content
    for address in ("/akun/login/", "/keluar-cepat/", "/tidak-ada/", "/sehat/hidup"):
        assert Client().get(address)["X-Robots-Tag"] == "noindex"


def test_her_pages_are_kept_nowhere_so_that_back_asks_the_server(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.seruni).get("/saya/")["Cache-Control"] == "private, no-store"


def test_a_visitors_page_may_stay_on_her_phone_and_is_asked_for_anew(db: None) -> None:
    assert Client().get("/")["Cache-Control"] == "private, no-cache"


def test_signing_out_empties_the_page_caches_and_never_what_waits_to_be_sent(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.seruni).post("/akun/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "storage" not in answer["Clear-Site-Data"]


def test_an_ordinary_page_empties_nothing(cast: Cast, sign_in: SignIn) -> None:
    assert "Clear-Site-Data" not in sign_in(cast.seruni).get("/saya/")
