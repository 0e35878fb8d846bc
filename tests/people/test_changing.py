"""Two people side by side on one phone: nothing of the first is visible to the second."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import signing
from django.test import Client

from lms.people import remembering
from lms.people.models import Person
from tests.cast import PIN, Cast
from tests.courses import making

SignIn = Callable[[Person], Client]
LOGIN = "/akun/login/"
CHANGE = "/ganti-orang/"
LESSON = "/belajar/kecil/m1/1/"


def enter(client: Client, name: str, **more: str):
    return client.post(LOGIN, {"login": name, "password": PIN, "shared": "on", **more})


def words(answer) -> str:
    return answer.content.decode()


def left(client: Client) -> None:
    page = client.get(CHANGE)
    assert f"url={CHANGE}?2" in words(page)
    assert client.get(CHANGE + "?2")["Location"] == LOGIN


@pytest.fixture
def phone(cast: Cast) -> Client:
    """A phone on which Seruni is signed in."""
    client = Client()
    assert enter(client, "seruni").status_code == 302
    return client


@pytest.fixture
def course(cast: Cast, tmp_path: Path):
    plan = making.small_course(tmp_path / "kecil")
    for person in (cast.seruni, cast.melati):
        making.enrol(person, plan)
    return plan


def test_every_page_of_hers_offers_the_change_in_one_tap(phone: Client, course) -> None:
    for path in ("/belajar/", "/belajar/kecil/", "/belajar/kecil/m1/", LESSON, "/saya/", "/magang/", "/bantuan/"):
        assert f'href="{CHANGE}"' in words(phone.get(path)), path
    assert f'href="{CHANGE}"' not in words(Client().get("/bantuan/"))


def test_staff_who_still_lack_a_second_factor_can_leave_too(cast: Cast, sign_in: SignIn, settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    browser = sign_in(cast.anggrek)
    assert browser.get("/admin/")["Location"] == "/akun/2fa/"
    left(browser)
    assert browser.get("/saya/")["Location"].startswith(LOGIN)


def test_one_tap_ends_her_session_and_clears_what_the_phone_kept(phone: Client) -> None:
    answer = phone.get(CHANGE)
    assert answer.cookies["sesi"].value == ""
    assert "Seruni" not in words(answer)
    for step in (answer, phone.get(CHANGE + "?2")):
        assert step["Clear-Site-Data"] == '"cache"'
        assert "no-store" in step["Cache-Control"]
    assert phone.get("/belajar/")["Location"].startswith(LOGIN)


def test_the_sign_in_page_knows_nobody_who_did_not_ask_for_it(phone: Client) -> None:
    left(phone)
    page = words(phone.get(LOGIN))
    assert "Seruni" not in page
    assert "seruni" not in page
    assert remembering.COOKIE not in phone.cookies


def test_pressing_back_leads_to_the_sign_in_page(phone: Client, course) -> None:
    pages = ("/belajar/", LESSON, "/saya/", "/magang/", "/sertifikat/")
    for path in pages:
        phone.get(path)
    left(phone)
    for path in pages:
        assert phone.get(path)["Location"].startswith(LOGIN)


def test_what_the_phone_kept_of_her_is_never_confirmed_to_the_next(cast: Cast, phone: Client, course) -> None:
    making.do(cast.seruni, course, "m1/1")
    first = phone.get(LESSON)
    first = phone.get(LESSON)
    assert phone.get(LESSON, headers={"If-None-Match": first["ETag"]}).status_code == 304
    left(phone)
    enter(phone, "melati")
    second = phone.get(LESSON, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert "Pelajaran ini sudah selesai." in words(first)
    assert "Pelajaran ini sudah selesai." not in words(second)


def test_pages_that_differ_from_person_to_person_are_kept_by_no_cache(phone: Client, course) -> None:
    for path in ("/belajar/", "/belajar/kecil/m1/", "/saya/", "/magang/"):
        assert "no-store" in phone.get(path)["Cache-Control"], path
    assert phone.get(LESSON)["Cache-Control"] == "private, no-cache"


def test_no_cookie_and_no_word_of_the_first_reaches_the_second(cast: Cast, phone: Client, course) -> None:
    phone.get(LESSON)
    before = {name: cookie.value for name, cookie in phone.cookies.items()}
    left(phone)
    enter(phone, "melati")
    page = words(phone.get("/belajar/")) + words(phone.get("/saya/"))
    assert "Seruni" not in page
    assert "Melati" in page
    after = {name: cookie.value for name, cookie in phone.cookies.items()}
    assert before["sesi"] != after["sesi"]
    assert before["jaga"] != after["jaga"]


def test_a_message_for_the_first_is_not_read_by_the_second(cast: Cast, phone: Client, course) -> None:
    key = course.modules[0].steps[0].key
    phone.post("/belajar/tempat/", {"step": key, "anchor": "b1"})  # leaves a message for the desk
    left(phone)
    enter(phone, "melati")
    assert "Tempat Anda tersimpan." not in words(phone.get("/belajar/"))


# Names that people leave on the phone


@pytest.fixture
def known(cast: Cast) -> Client:
    """A phone that Seruni and Melati let know their names; both are out."""
    client = Client()
    for name in ("seruni", "melati"):
        enter(client, name, remember_name="on")
        left(client)
    return client


def test_who_chose_it_finds_her_name_and_is_asked_for_the_pin(known: Client) -> None:
    page = words(known.get(LOGIN))
    assert '<a class="btn plain" href="?orang=1">Melati</a>' in page
    assert '<a class="btn plain" href="?orang=2">Seruni</a>' in page
    page = words(known.get(LOGIN + "?orang=2"))
    assert "<h1>Seruni</h1>" in page
    assert 'name="password"' in page
    assert 'value="seruni"' not in page
    answer = known.post(LOGIN, {"orang": "2", "password": PIN, "shared": "on"})
    assert answer.status_code == 302
    assert "Seruni" in words(known.get("/saya/"))


def test_a_name_without_the_right_pin_opens_nothing(known: Client) -> None:
    for secret in ("", "999111"):
        answer = known.post(LOGIN, {"orang": "2", "password": secret})
        assert answer.status_code == 200
    assert known.get("/belajar/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "", "９", "\x00"])
def test_a_number_that_is_no_name_is_nobody(known: Client, number: str) -> None:
    assert known.get(LOGIN, {"orang": number}).status_code == 200
    assert known.post(LOGIN, {"orang": number, "password": PIN}).status_code == 200
    assert known.get("/belajar/")["Location"].startswith(LOGIN)


def test_the_cookie_holds_a_name_a_number_and_stays_at_the_sign_in_page(known: Client, cast: Cast) -> None:
    cookie = known.cookies[remembering.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/akun/", True, "Lax")
    rows = signing.loads(cookie.value, salt=remembering.SALT)
    assert rows == [[cast.melati.pk, "Melati"], [cast.seruni.pk, "Seruni"]]


@pytest.mark.parametrize("value", ["", "x", "eyJ:1:x", "\u00e9"])
def test_a_cookie_that_is_not_ours_holds_no_name(cast: Cast, value: str) -> None:
    client = Client()
    client.cookies[remembering.COOKIE] = value
    page = client.get(LOGIN)
    assert (page.status_code, "?orang=" in words(page)) == (200, False)


def test_a_name_is_taken_off_the_phone(known: Client) -> None:
    assert known.post("/akun/nama/", {"number": "2"})["Location"] == LOGIN
    page = words(known.get(LOGIN))
    assert "Seruni" not in page
    assert "Melati" in page
    known.post("/akun/nama/", {"number": "1"})
    assert "?orang=" not in words(known.get(LOGIN))
    assert known.get("/akun/nama/").status_code == 405
    assert known.post("/akun/nama/", {"number": "x"}).status_code == 302


def test_a_phone_knows_five_names_at_most_and_each_once(cast: Cast) -> None:
    client = Client()
    for name in ("seruni", "melati", "kenari", "teratai", "dahlia", "murai", "murai"):
        enter(client, name, remember_name="on")
        left(client)
    page = words(client.get(LOGIN))
    assert page.count("?orang=") == 5
    assert page.count(">Murai</a>") == 1
    assert ">Seruni</a>" not in page


def test_two_people_called_alike_show_their_whole_names(cast: Cast) -> None:
    Person.objects.filter(pk=cast.melati.pk).update(called="Seruni")
    client = Client()
    for name in ("seruni", "melati"):
        enter(client, name, remember_name="on")
        left(client)
    page = words(client.get(LOGIN))
    assert ">Seruni</a>" in page
    assert ">Melati Kusambi</a>" in page


def test_signing_in_without_the_tick_leaves_no_name(cast: Cast) -> None:
    client = Client()
    enter(client, "seruni")
    assert remembering.COOKIE not in client.cookies
