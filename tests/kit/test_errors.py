"""When something fails: a page in words, never a trace, never a half-written row."""

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from lms import urls as real
from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]
FAULTS: dict[str, Callable[[], Exception]] = {
    "broken": lambda: RuntimeError("NIK 5301010101010001"),
    "locked": lambda: OperationalError("database is locked"),
    "away": lambda: OperationalError("connection to server refused"),
    "full": lambda: OperationalError("database or disk is full"),
    "full-folder": lambda: OSError(errno.ENOSPC, "No space left on device"),
}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]()


urlpatterns = [path("gagal/<slug:fault>/", fail), *real.urlpatterns]
handler400, handler403 = real.handler400, real.handler403
handler404, handler500 = real.handler404, real.handler500


@pytest.fixture
def failing(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("fault", "status"), [("broken", 500), ("locked", 503), ("away", 503), ("full", 507), ("full-folder", 507)]
)
def test_a_failure_is_said_in_words_and_told_apart(failing: Client, fault: str, status: int) -> None:
    answer = failing.get(f"/gagal/{fault}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "<h1>" in page
    assert "Traceback" not in page
    assert "5301010101010001" not in page
    assert ("Retry-After" in answer) is (status != 500)
    assert answer["Content-Security-Policy"]


def test_the_words_need_no_database(failing: Client) -> None:
    """Without the mark of pytest-django every query here would raise."""
    assert "<h1>" in failing.get("/gagal/away/").content.decode()


def test_a_page_that_is_not_here_leads_home_and_keeps_her_tabs(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.seruni).get("/tidak-ada/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/"' in page
    assert 'href="/belajar/"' in page


def test_an_old_form_says_what_to_do_and_that_nothing_is_lost(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/akun/login/", {"login": "seruni", "password": "246810"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>" in page
    assert "CSRF" not in page
    assert "246810" not in page


def test_an_address_with_a_strange_host_is_refused_in_words(db: None) -> None:
    answer = Client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()
