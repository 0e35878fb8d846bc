"""Pages speak Indonesian unless this phone chose otherwise."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_phone_that_says_english_still_reads_indonesian() -> None:
    answer = Client().get("/bantuan/", headers={"accept-language": "en-US"})
    assert answer["Content-Language"] == "id"
    assert '<html lang="id">' in answer.content.decode()


def test_whoever_chose_english_reads_english() -> None:
    client = Client()
    client.cookies["bahasa"] = "en"
    assert '<html lang="en">' in client.get("/bantuan/").content.decode()


def test_a_language_we_do_not_speak_is_no_choice() -> None:
    client = Client()
    client.cookies["bahasa"] = "xx"
    assert client.get("/bantuan/")["Content-Language"] == "id"
