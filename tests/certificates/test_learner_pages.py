"""A learner's pages: hours, reflection, code of ethics."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from certificates import mentoring
from certificates.models import HoursEntry, Pledge, Reflection
from lms.kit import clock
from lms.people.models import TrailLine
from lms.sync.models import Entry
from tests.certificates.build import NOW, TODAY, certify, load_small, load_starter, log, make_ready, place, verified

PHONE = "Hubungi 0812 0000 0000 saja."


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def seruni(cast):
    load_starter()
    place(cast.seruni, cast.dahlia)
    return cast.seruni


def hours_form(**changes):
    return {
        "entry": str(uuid.uuid4()),
        "day": "2026-11-20",
        "starts_at": "09:00",
        "activity": "home_visit",
        "minutes": "60",
        "longer": "",
        "role": "observing",
        "note": "Saya belajar menunggu.",
        **changes,
    }


def test_she_logs_hours_and_reads_who_looks_at_them(cast, seruni, sign_in):
    browser = sign_in(seruni)
    answer = browser.post("/magang/", hours_form(), follow=True)
    assert answer.redirect_chain == [("/magang/", 302)]
    page = answer.content.decode()
    assert "Dahlia" in page
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.note, entry.state) == (60, "Saya belajar menunggu.", "claimed")


def test_the_same_form_sent_twice_is_one_entry(seruni, sign_in):
    browser, form = sign_in(seruni), hours_form()
    browser.post("/magang/", form)
    assert browser.post("/magang/", form).status_code == 302
    assert HoursEntry.objects.count() == 1


def test_another_length_wins_over_the_picked_one(seruni, sign_in):
    sign_in(seruni).post("/magang/", hours_form(longer="165"))
    assert HoursEntry.objects.get().minutes == 165


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2026-11-22"},
        {"day": "2025-01-01"},
        {"day": "kemarin"},
        {"minutes": "50"},
        {"minutes": "", "longer": ""},
        {"minutes": "615"},
        {"activity": "gardening"},
        {"role": "singing"},
        {"starts_at": ""},
    ],
    ids=str,
)
def test_a_wrong_field_comes_back_with_a_sentence_and_everything_typed(seruni, sign_in, wrong):
    answer = sign_in(seruni).post("/magang/", hours_form(**wrong))
    assert answer.status_code == 422
    assert "Saya belajar menunggu." in answer.content.decode()
    assert 'class="notice stop"' in answer.content.decode()
    assert not HoursEntry.objects.exists()


def test_after_a_refusal_the_mended_form_is_a_new_entry(seruni, sign_in):
    browser = sign_in(seruni)
    answer = browser.post("/magang/", hours_form(day="2025-01-01"))
    entry = re.search(r'name="entry" value="([^"]+)"', answer.content.decode()).group(1)
    assert browser.post("/magang/", hours_form(entry=entry)).status_code == 302
    assert HoursEntry.objects.count() == 1


def test_a_real_number_is_refused_not_echoed_and_nowhere_stored(seruni, sign_in):
    answer = sign_in(seruni).post("/magang/", hours_form(note=PHONE))
    assert answer.status_code == 422
    assert "0812" not in answer.content.decode()
    assert not HoursEntry.objects.exists()
    assert not Entry.objects.filter(kind="certificates.hours").exists()
    assert not TrailLine.objects.filter(verb="certificates.hours_logged").exists()


def test_without_a_mentor_the_page_says_what_comes_first(cast, sign_in):
    load_starter()
    answer = sign_in(cast.kenari).get("/magang/")
    assert answer.status_code == 200
    assert reverse("courses:desk") in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_a_returned_entry_shows_its_reason_and_is_mended(cast, seruni, sign_in):
    entry = log(seruni, note="Pelan-pelan.")
    mentoring.return_hours(entry=entry, judge=cast.dahlia, reason="Jam mulai belum cocok.", now=NOW, today=TODAY)
    browser = sign_in(seruni)
    page = browser.get("/magang/").content.decode()
    assert "Jam mulai belum cocok." in page
    assert f"?perbaiki={entry.pk}" in page
    filled = browser.get(f"/magang/?perbaiki={entry.pk}").content.decode()
    assert "Pelan-pelan." in filled
    assert f'value="{entry.pk}"' in filled
    assert "Jam mulai belum cocok." in filled
    refused = browser.post("/magang/", hours_form(day="2027-01-01", mends=str(entry.pk)))
    assert refused.status_code == 422
    assert "Jam mulai belum cocok." in refused.content.decode()
    browser.post("/magang/", hours_form(starts_at="10:00", mends=str(entry.pk)))
    assert HoursEntry.objects.get(mends=entry).starts_at.hour == 10
    assert f"?perbaiki={entry.pk}" not in browser.get("/magang/").content.decode()


def test_nobody_mends_the_entry_of_another(cast, seruni, sign_in):
    place(cast.melati, cast.dahlia)
    hers = log(cast.melati)
    mentoring.return_hours(entry=hers, judge=cast.dahlia, reason="Belum cocok.", now=NOW, today=TODAY)
    browser = sign_in(seruni)
    assert browser.get(f"/magang/?perbaiki={hers.pk}").status_code == 404
    assert browser.post("/magang/", hours_form(mends=str(hers.pk))).status_code == 422
    assert not HoursEntry.objects.filter(mends=hers).exists()


def test_months_lead_to_each_other_and_show_only_their_own(cast, seruni, sign_in):
    verified(seruni, cast.dahlia, day=date(2026, 10, 5), activity="court")
    log(seruni, day=TODAY - timedelta(days=90), activity="police")
    log(seruni)
    browser = sign_in(seruni)
    november = browser.get("/magang/").content.decode()
    assert "?bulan=2026-10" in november
    october = browser.get("/magang/?bulan=2026-10").content.decode()
    assert "?bulan=2026-08" in october
    assert "?bulan=2026-11" in october
    assert browser.get("/magang/?bulan=kapan").status_code == 200


def test_the_list_of_hours_needs_as_many_queries_for_twenty_as_for_two(
    cast, seruni, sign_in, django_assert_max_num_queries
):
    browser = sign_in(seruni)
    for day in (19, 20):
        log(seruni, day=date(2026, 11, day))
    with django_assert_max_num_queries(30) as few:
        browser.get("/magang/")
    for day in range(1, 19):
        verified(seruni, cast.dahlia, day=date(2026, 11, day))
    with django_assert_max_num_queries(len(few)):
        browser.get("/magang/")


@pytest.mark.parametrize("who", ["dahlia", "anggrek", "soka", "jati"])
@pytest.mark.parametrize("address", ["/magang/", "/refleksi/", "/sertifikat/", "/sertifikat/kode-etik/"])
def test_who_is_no_learner_has_no_such_page(cast, sign_in, who, address):
    load_starter()
    assert sign_in(getattr(cast, who)).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/magang/", "/refleksi/", "/sertifikat/", "/pembimbing/", "/koordinasi/"])
def test_a_stranger_goes_to_sign_in(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/login/")


def reflection_form(**changes):
    return {"entry": str(uuid.uuid4()), "answer_2": "Mendengar dulu.", "willing": "yes", **changes}


def test_she_writes_her_reflection_and_may_write_it_anew(seruni, sign_in):
    browser = sign_in(seruni)
    assert browser.post("/refleksi/", reflection_form()).status_code == 302
    assert browser.post("/refleksi/", reflection_form(answer_3="Ragu sekali.")).status_code == 302
    kept = Reflection.objects.get()
    assert (kept.year, kept.answers, kept.willing) == (2026, {"2": "Mendengar dulu.", "3": "Ragu sekali."}, "yes")
    assert "Ragu sekali." in browser.get("/refleksi/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"answer_2": ""}, {"willing": ""}, {"willing": "perhaps"}, {"answer_2": PHONE}, {"answer_2": "a" * 1501}]
)
def test_an_empty_or_unsafe_reflection_is_not_kept(seruni, sign_in, wrong):
    answer = sign_in(seruni).post("/refleksi/", reflection_form(**wrong))
    assert answer.status_code == 422
    assert "0812" not in answer.content.decode()
    assert not Reflection.objects.exists()
    assert not Entry.objects.filter(kind="certificates.reflection").exists()


def test_nobody_else_reads_a_reflection(cast, seruni, sign_in):
    sign_in(seruni).post("/refleksi/", reflection_form())
    for who in (cast.dahlia, cast.soka, cast.jati, cast.melati):
        assert not Reflection.objects.visible_to(who).exists()
    for address in (f"/koordinasi/berkas/{seruni.pk}/", "/koordinasi/"):
        assert "Mendengar dulu." not in sign_in(cast.soka).get(address).content.decode()


def test_she_reads_fourteen_points_and_signs_once(seruni, sign_in):
    browser = sign_in(seruni)
    assert browser.get("/sertifikat/kode-etik/").content.decode().count("<li>") >= 14
    form = {"entry": str(uuid.uuid4()), "version": "1", "agree": "on"}
    assert browser.post("/sertifikat/kode-etik/", form).status_code == 302
    browser.post("/sertifikat/kode-etik/", {**form, "entry": str(uuid.uuid4())})
    assert Pledge.objects.get().way == "screen"
    assert 'name="agree"' not in browser.get("/sertifikat/kode-etik/").content.decode()


@pytest.mark.parametrize("wrong", [{"agree": ""}, {"version": "7"}, {"version": ""}])
def test_without_a_tick_or_with_another_version_nothing_is_signed(seruni, sign_in, wrong):
    form = {"entry": str(uuid.uuid4()), "version": "1", "agree": "on", **wrong}
    assert sign_in(seruni).post("/sertifikat/kode-etik/", form).status_code == 422
    assert not Pledge.objects.exists()


def test_what_remains_is_listed_with_its_next_steps(seruni, sign_in):
    page = sign_in(seruni).get("/sertifikat/").content.decode()
    assert page.count('class="ring') == 12
    assert reverse("certificates:hours") in page
    assert reverse("certificates:reflection") in page
    assert reverse("certificates:pledge") in page


def test_her_desk_shows_the_bars_of_what_remains(cast, seruni, sign_in):
    verified(seruni, cast.dahlia, minutes=90)
    page = sign_in(seruni).get("/belajar/").content.decode()
    assert "1½ / 60" in page
    assert reverse("certificates:certificate") in page


def test_her_hours_come_through_the_inbox_like_through_the_page(seruni, sign_in):
    browser = sign_in(seruni)
    fields = {name: value for name, value in hours_form().items() if name != "entry"}
    entries = [
        {"id": str(uuid.uuid4()), "kind": "certificates.hours", "made_at": "2026-11-21T01:00:00Z", "fields": fields},
        {"id": str(uuid.uuid4()), "kind": "certificates.hours", "made_at": "2026-11-21T01:00:00Z", "fields": fields},
    ]
    body = {"device": str(uuid.uuid4()), "entries": entries}
    answer = browser.post("/sinkron/", body, content_type="application/json").json()
    assert [one["state"] for one in answer["receipts"]] == ["applied", "refused"]
    assert HoursEntry.objects.count() == 1


def test_her_desk_leads_to_what_was_returned(cast, seruni, sign_in):
    entry = log(seruni, day=date(2026, 10, 1))
    mentoring.return_hours(entry=entry, judge=cast.dahlia, reason="Belum cocok.", now=NOW, today=TODAY)
    browser = sign_in(seruni)
    log(seruni)
    assert reverse("certificates:hours") in browser.get("/belajar/").content.decode()
    assert f"?perbaiki={entry.pk}" in browser.get("/magang/").content.decode()


def test_her_desk_says_when_nothing_remains_and_is_silent_once_she_is_certified(cast, sign_in):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    browser = sign_in(cast.melati)
    assert 'class="notice done"' in browser.get("/belajar/").content.decode()
    certify(cast.melati, cast.soka)
    assert 'class="notice done"' not in browser.get("/belajar/").content.decode()


def test_without_a_standard_desk_and_page_ask_for_nothing(cast, sign_in):
    browser = sign_in(cast.seruni)
    assert browser.get("/belajar/").status_code == 200
    assert 'class="ring' not in browser.get("/sertifikat/").content.decode()
    assert 'name="agree"' not in browser.get("/sertifikat/kode-etik/").content.decode()


def test_a_future_date_and_a_number_in_the_note_are_named_together(seruni, sign_in):
    page = sign_in(seruni).post("/magang/", hours_form(day="2026-11-22", note=PHONE)).content.decode()
    assert page.count('aria-invalid="true"') == 2
    assert "0812" not in page
