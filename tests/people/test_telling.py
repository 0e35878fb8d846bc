"""What a person tells of herself: all of it free, changed and taken back by her alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from lms.people import rules
from lms.people.models import Person, Profile, TrailLine
from tests.cast import Cast

SignIn = Callable[[Person], Client]
ADDRESS = "/saya/tentang/"


def words(answer) -> str:
    return answer.content.decode()


def test_she_tells_what_she_likes_and_finds_it_again(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    assert ADDRESS in words(browser.get("/saya/"))
    answer = browser.post(ADDRESS, {"languages": "Indonesia, Dawan", "birth_year": "1990", "disability": "yes"})
    assert answer["Location"] == ADDRESS
    held = Profile.objects.get(person=cast.seruni)
    assert (held.birth_year, held.disability, held.languages, held.text_version) == (
        1990,
        "yes",
        "Indonesia, Dawan",
        1,
    )
    page = words(browser.get(ADDRESS))
    assert 'value="1990"' in page
    assert 'value="Indonesia, Dawan"' in page
    line = TrailLine.objects.get(verb="people.told")
    assert (line.actor, line.person, line.detail) == (cast.seruni, cast.seruni, {})


def test_all_of_it_may_stay_empty_and_nothing_is_kept_then(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.seruni).post(ADDRESS, {}).status_code == 302
    assert not Profile.objects.exists()
    assert not TrailLine.objects.filter(verb__startswith="people.").filter(verb__endswith="told").exists()


def test_emptying_it_takes_it_back_for_good(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    browser.post(ADDRESS, {"disability": "no"})
    browser.post(ADDRESS, {"languages": "", "birth_year": "", "disability": ""})
    assert not Profile.objects.exists()
    assert TrailLine.objects.filter(verb="people.untold", person=cast.seruni).count() == 1


def test_saying_the_same_again_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    browser.post(ADDRESS, {"birth_year": "1990"})
    told_at = Profile.objects.get().told_at
    browser.post(ADDRESS, {"birth_year": "1990"})
    assert Profile.objects.get().told_at == told_at
    assert TrailLine.objects.filter(verb="people.told").count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"birth_year": "90"}, "Tahun ini tidak mungkin"),
        ({"birth_year": "2025"}, "Tahun ini tidak mungkin"),
        ({"languages": "0812 3456 7890"}, "Tulis nama bahasa saja"),
        ({"disability": "maybe"}, "maybe"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    cast: Cast, sign_in: SignIn, sent: dict[str, str], sentence: str
) -> None:
    answer = sign_in(cast.seruni).post(ADDRESS, {"languages": "Dawan", **sent})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert ('value="Dawan"' in words(answer)) == ("languages" not in sent)
    assert not Profile.objects.exists()


def test_nobody_else_reads_or_changes_it(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.seruni).post(ADDRESS, {"birth_year": "1990", "disability": "yes"})
    for other in (cast.melati, cast.dahlia, cast.soka):
        browser = sign_in(other)
        assert "1990" not in words(browser.get(ADDRESS))
        browser.post(ADDRESS, {"person": cast.seruni.pk, "birth_year": "1970"})
    assert Profile.objects.get(person=cast.seruni).birth_year == 1990
    assert "1990" not in words(sign_in(cast.soka).get(f"/koordinasi/berkas/{cast.seruni.pk}/"))
    assert Client().get(ADDRESS).status_code == 302


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [(2010, (None, 24)), (2002, (None, 24)), (2001, (25, 34)), (1991, (35, 44)), (1971, (55, None))],
)
def test_ages_are_counted_in_bands(birth_year: int, band: tuple[int | None, int | None]) -> None:
    assert rules.age_band(birth_year, 2026) == band
