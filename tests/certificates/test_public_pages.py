"""Anyone checks a certificate: by code, by token, whatever the case; strangers learn the least."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from certificates import issuing, status, verifying
from certificates.models import Certificate, StateChange
from certificates.rules import naming
from certificates.rules.statuslist import Purpose
from certificates.views import public
from lms.kit import clock, codes, signing
from lms.people.models import TrailLine
from tests.certificates.build import NOW, TODAY, TWO_MODULES, certify, load_small, make_ready, renewed

STATES = json.loads((Path(__file__).parent.parent / "cases" / "credential.json").read_text("utf-8"))["states"]["cases"]


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def certificate(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    return certify(cast.melati, cast.soka)


def page_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


@pytest.mark.parametrize("form", ["{0.pretty_code}", "{0.code}", "lower"])
def test_a_code_is_found_with_and_without_dashes_in_any_case(client, certificate, form):
    code = certificate.pretty_code.lower() if form == "lower" else form.format(certificate)
    page = page_of(client, f"/v/{code}/")
    assert 'class="verdict done"' in page
    for said in ("M. K.", "Pendamping 2026", certificate.pretty_code, "Yayasan Lontar Raya"):
        assert said in page


def test_who_types_a_code_reads_her_name_as_she_consented(client, cast, certificate, sign_in):
    code, token = f"/v/{certificate.code}/", f"/V/{certificate.statement}"
    assert "Melati" not in page_of(client, code)
    assert "Melati Kusambi" in page_of(client, token)
    browser = sign_in(cast.melati)
    assert "/sertifikat/nama/" in page_of(browser, "/sertifikat/")
    assert browser.post("/sertifikat/nama/", {"show": "utuh"}).status_code == 302
    assert "Melati Kusambi" in page_of(client, code)
    browser.post("/sertifikat/nama/", {"show": "inisial"})
    browser.post("/sertifikat/nama/", {"show": "inisial"})
    assert "Melati" not in page_of(client, code)
    verbs = TrailLine.objects.filter(person=cast.melati, verb__startswith="certificates.name_").order_by("pk")
    assert [line.verb for line in verbs] == ["certificates.name_shown", "certificates.name_shortened"]


def test_nobody_says_it_for_her_and_nonsense_changes_nothing(client, cast, certificate, sign_in):
    sign_in(cast.seruni).post("/sertifikat/nama/", {"show": "utuh", "person": cast.melati.pk})
    assert sign_in(cast.melati).post("/sertifikat/nama/", {"show": "semua"}).status_code == 422
    assert sign_in(cast.soka).post("/sertifikat/nama/", {"show": "utuh"}).status_code == 404
    assert "Melati" not in page_of(client, f"/v/{certificate.code}/")


@pytest.mark.parametrize(
    ("name", "short"), [("Melati Kusambi", "M. K."), ("seruni", "S."), ("Ayu  de Kapuk", "A. D. K."), ("", "")]
)
def test_initials_stand_for_every_word_of_a_name(name, short):
    assert naming.initials(name) == short


def test_a_stranger_learns_nothing_about_village_mentor_or_group(client, certificate):
    page = page_of(client, f"/v/{certificate.code}/")
    for secret in ("Air Lontar", "Kelompok", "Dahlia", "Soka", "melati"):
        assert secret not in page


@pytest.mark.parametrize("path", ["/V/{}", "/v/{}", "/V/{}/"])
@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_the_statement_of_the_qr_code_verifies_in_any_case(client, certificate, path, change):
    page = page_of(client, path.format(change(certificate.statement)))
    assert 'class="verdict done"' in page
    assert certificate.pretty_code in page


def test_a_changed_statement_is_not_ours(client, certificate):
    last = "A" if certificate.statement[200] != "A" else "B"
    page = page_of(client, f"/V/{certificate.statement[:200]}{last}{certificate.statement[201:]}")
    assert 'class="verdict stop"' in page
    assert "Melati" not in page


def test_a_statement_of_a_stranger_key_is_not_ours(client, certificate, tmp_path, monkeypatch, settings):
    settings.KEYS_DIR = tmp_path
    signing.make_key_if_none()
    assert "Melati" not in page_of(client, f"/V/{certificate.statement}")


def test_after_a_new_key_the_old_certificate_still_verifies(client, certificate):
    from django.core.management import call_command

    call_command("rotate_signing_key", verbosity=0)
    assert 'class="verdict done"' in page_of(client, f"/V/{certificate.statement}")
    kids = {key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"]}
    assert certificate.kid in kids
    assert signing.active_key().kid in kids - {certificate.kid}


def test_unknown_and_mistyped_codes_give_the_same_page(client, certificate):
    unknown = page_of(client, f"/v/{codes.pretty(codes.new_code())}/")
    wrong = certificate.code[:-1] + ("0" if certificate.code[-1] != "0" else "1")
    assert page_of(client, f"/v/{wrong}/") == unknown
    assert 'class="verdict stop"' in unknown


def test_unknown_codes_cost_the_same_queries_as_known_ones(client, certificate, django_assert_num_queries):
    client.get("/v/")
    with django_assert_num_queries(1):
        client.get(f"/v/{certificate.code}/")
    with django_assert_num_queries(1):
        client.get(f"/v/{codes.new_code()}/")


def test_a_revoked_certificate_says_so_at_once_by_code_and_by_token(client, cast, certificate):
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    for address, name in ((f"/v/{certificate.code}/", "M. K."), (f"/V/{certificate.statement}", "Melati Kusambi")):
        page = page_of(client, address)
        assert 'class="verdict stop"' in page
        assert name in page
        assert "rahasia" not in page


def test_an_expired_certificate_says_until_when_it_was_valid(client, certificate, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: certificate.expires_on)
    assert 'class="verdict done"' in page_of(client, f"/v/{certificate.code}/")
    monkeypatch.setattr(clock, "today", lambda: certificate.expires_on + timedelta(days=1))
    assert 'class="verdict wait"' in page_of(client, f"/v/{certificate.code}/")


HEADINGS = {
    "valid": "Valid",
    "early": "Valid from {day:%-d %b %Y} on",
    "expired": "Expired",
    "revoked": "Not valid",
    "suspended": "Not valid",
}


@pytest.mark.parametrize("case", STATES, ids=lambda case: case["name"])
def test_page_badge_and_lists_say_of_a_day_what_the_table_says(client, cast, certificate, monkeypatch, case):
    first, last, today = (date.fromisoformat(case[name]) for name in ("first", "last", "today"))
    monkeypatch.setattr(clock, "today", lambda: today)
    Certificate.objects.update(issued_on=first, expires_on=last)
    if case["revoked"]:
        issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    if case["suspended"]:
        move = {"move": "suspend", "hold": "suspended", "made_as": "panel"}
        StateChange.objects.create(person=cast.melati, by=cast.soka, at=NOW, **move)
    page = page_of(client, f"/v/{certificate.code}/?bahasa=en")
    assert f'<h1 id="verdict">{HEADINGS[case["expect"]].format(day=first)}</h1>' in page
    badge = client.get(f"/v/{certificate.pretty_code}.json").status_code
    assert badge == (200 if case["expect"] in {"early", "valid", "expired"} else 404)
    for purpose, is_set in ((Purpose.REVOCATION, case["revoked"]), (Purpose.SUSPENSION, case["suspended"])):
        assert status.list_of(purpose).numbers == ({certificate.number} if is_set else set())


def test_a_renewed_certificate_names_the_one_that_is_valid_until_then(client, cast, certificate, monkeypatch):
    later = renewed(certificate)
    for address in (f"/v/{later.code}/?bahasa=en", f"/V/{later.statement}?bahasa=en"):
        page = page_of(client, address)
        assert "Valid from 21 Nov 2029 on" in page
        assert f'Valid today:<br><a href="/v/{certificate.pretty_code}/?bahasa=en">' in page
    assert "Berlaku mulai 21 Nov 2029" in page_of(client, f"/v/{later.code}/")
    assert "Valid today" not in page_of(client, f"/v/{certificate.code}/?bahasa=en")
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    assert "Valid today" not in page_of(client, f"/v/{later.code}/?bahasa=en")
    monkeypatch.setattr(clock, "today", lambda: later.issued_on)
    assert 'class="verdict done"' in page_of(client, f"/v/{later.code}/")


def test_a_suspended_companion_has_no_certificate_that_is_valid_until_then(client, cast, certificate):
    later = renewed(certificate)
    move = {"move": "suspend", "hold": "suspended", "made_as": "panel"}
    StateChange.objects.create(person=cast.melati, by=cast.soka, at=NOW, **move)
    assert certificate.pretty_code not in page_of(client, f"/v/{later.code}/")


def test_a_suspended_holder_reads_what_officers_see_and_where_to_object(client, sign_in, cast, certificate):
    browser = sign_in(cast.melati)
    assert 'class="qr"' in browser.get("/sertifikat/").content.decode()
    move = {"move": "suspend", "hold": "suspended", "made_as": "panel"}
    StateChange.objects.create(person=cast.melati, by=cast.soka, at=NOW, **move)
    page = browser.get("/sertifikat/").content.decode()
    assert "Saat ini tidak berlaku" in page
    assert 'href="/sertifikat/keadaan/"' in page
    assert 'class="qr"' not in page
    assert "Berlaku sampai" not in page


def test_the_holder_sees_from_when_her_next_certificate_holds(client, sign_in, cast, certificate):
    later = renewed(certificate)
    page = sign_in(cast.melati).get("/sertifikat/").content.decode()
    assert "Berlaku sampai 20 November 2029" in page
    assert later.pretty_code in page
    assert "Belum berlaku" in page


def test_topics_are_shown_by_their_outer_titles(client, certificate):
    Certificate.objects.update(topics=TWO_MODULES)
    page = page_of(client, f"/v/{certificate.code}/")
    assert "Bentuk dan tanda" in page
    assert "Kekerasan" not in page


def test_a_signed_statement_outlives_the_books(certificate):
    token = certificate.statement
    certificate.decisions.all().delete()
    certificate.papers.all().delete()
    certificate.delete()
    found = verifying.check_token(token, today=TODAY)
    assert (found.state, found.name, found.standard) == ("valid", "Melati Kusambi", "Pendamping 2026")
    assert verifying.check_token(token, today=TODAY.replace(year=2040)).state == "expired"


def test_the_form_leads_a_right_code_to_its_page(client, certificate):
    assert client.get("/v/").status_code == 200
    answer = client.get("/v/", {"kode": f" {certificate.pretty_code.lower()} "})
    assert answer["Location"] == f"/v/{certificate.pretty_code}/"
    assert client.get("/v/", {"kode": ""}).status_code == 422
    assert 'class="verdict stop"' in client.get("/v/", {"kode": "abc"}).content.decode()


def test_guessing_is_stopped_and_checking_real_codes_is_not(client, certificate):
    for _ in range(public.MISSES + 5):
        assert client.get(f"/v/{certificate.code}/").status_code == 200
    for _ in range(public.MISSES):
        client.get(f"/v/{codes.new_code()}/")
    answer = client.get(f"/v/{codes.new_code()}/")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"


@pytest.mark.parametrize("odd", ["%00", "a b", "..", "x" * 2500, "<b>", "é"])
def test_odd_addresses_are_no_error(client, db, odd):
    assert client.get(f"/v/{odd}/").status_code in {200, 301, 404}


def test_public_pages_are_not_indexed_and_carry_no_tabs(client, certificate):
    for address in ("/v/", f"/v/{certificate.code}/"):
        page = client.get(address).content.decode()
        assert '<meta name="robots" content="noindex">' in page
        assert 'class="tabs"' not in page


def test_the_pages_are_read_in_english_too_without_leaving_a_cookie(client, certificate):
    indonesian, english = client.get("/v/"), client.get("/v/?bahasa=en")
    assert 'href="?bahasa=en"' in indonesian.content.decode()
    assert "Check a certificate" in english.content.decode()
    assert english["Content-Language"] == "en"
    assert not english.cookies
    answer = client.get("/v/", {"kode": certificate.code, "bahasa": "en"})
    assert answer["Location"] == f"/v/{certificate.pretty_code}/?bahasa=en"
    page = page_of(client, answer["Location"])
    assert "genuine and still valid" in page
    assert 'name="bahasa" value="en"' in page
    assert "Sertifikat" in page_of(client, f"/v/{certificate.code}/?bahasa=xx")


def test_an_expired_certificate_says_from_when_it_was_valid(client, certificate, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: certificate.expires_on + timedelta(days=1))
    page = page_of(client, f"/v/{certificate.code}/?bahasa=en")
    assert "Was valid" in page
    assert "21 Nov 2026 until 20 Nov 2029" in page


def test_what_a_phone_keeps_is_all_there_and_nobodys(client, certificate):
    answer = client.get("/v/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content == client.get("/V/sw.js").content
    files = json.loads(re.search(r"FILES = (\[.*?\]);", answer.content.decode()).group(1))
    pages = [file for file in files if not file.startswith("/static/")]
    assert len(files) == len(pages) + 5
    for file in pages:
        kept = client.get(file)
        assert kept.status_code == 200
        assert not kept.cookies
    assert all(finders.find(file.removeprefix("/static/")) for file in files if file.startswith("/static/"))


def test_public_keys_hold_nothing_private(client, certificate):
    answer = client.get("/.well-known/jwks.json")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert all(set(key) == {"crv", "kty", "x", "y", "kid", "use", "alg"} for key in answer.json()["keys"])
    assert len(answer.content) < 2000
