"""A mentor's pages: what waits, verify several, return one, correct."""

import re
import uuid
from datetime import date, timedelta

import pytest

from certificates import mentoring
from certificates.models import HoursEntry
from lms.kit import clock
from lms.people.models import Person, TrailLine
from tests.certificates.build import NOW, TODAY, load_starter, log, place, verified


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def dahlia(cast):
    """Mama Dahlia, mentor of Seruni and Melati."""
    load_starter()
    place(cast.seruni, cast.dahlia)
    place(cast.melati, cast.dahlia)
    return cast.dahlia


def verify_form(*entries, **changes):
    hours = [str(entry.pk) for entry in entries]
    return {"entry": str(uuid.uuid4()), "verdict": "verify", "hours": hours, **changes}


def return_form(entry, *ticked, reason="Jam mulai belum cocok."):
    """Press "return" under an entry; `ticked` are others that she has ticked meanwhile."""
    return verify_form(*ticked, **{"return": str(entry.pk), f"reason-{entry.pk}": reason})


def test_what_waits_stands_by_mentee_oldest_first_and_nothing_is_ticked(cast, dahlia, sign_in):
    log(cast.seruni, day=date(2026, 11, 18), note="Kedua.")
    log(cast.seruni, day=date(2026, 11, 2), note="Pertama.")
    log(cast.melati, day=date(2026, 11, 10), note="Dari Melati.")
    page = sign_in(dahlia).get("/pembimbing/").content.decode()
    assert page.index("Pertama.") < page.index("Kedua.") < page.index("Dari Melati.")
    assert " checked" not in page
    assert len(re.findall('type="checkbox"', page)) == 3


def test_she_verifies_several_at_once(cast, dahlia, sign_in):
    mine, hers = log(cast.seruni), log(cast.melati, minutes=90)
    left = log(cast.seruni, starts_at="13:00")
    answer = sign_in(dahlia).post("/pembimbing/", verify_form(mine, hers), follow=True)
    assert answer.redirect_chain == [("/pembimbing/", 302)]
    assert set(HoursEntry.objects.filter(state="verified")) == {mine, hers}
    assert list(HoursEntry.objects.waiting()) == [left]


def test_she_returns_one_with_a_reason(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    assert sign_in(dahlia).post("/pembimbing/", return_form(entry)).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("returned", "Jam mulai belum cocok.")


def test_what_she_ticked_stays_ticked_while_she_returns_another(cast, dahlia, sign_in):
    wrong, right, left = log(cast.seruni), log(cast.melati), log(cast.seruni, starts_at="13:00")
    answer = sign_in(dahlia).post("/pembimbing/", return_form(wrong, wrong, right), follow=True)
    page = answer.content.decode()
    assert re.findall(r'value="([0-9a-f-]+)" id="h-[^>]+ checked', page) == [str(right.pk)]
    assert set(HoursEntry.objects.waiting()) == {right, left}


def test_pressing_return_twice_returns_once(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    browser, pressed = sign_in(dahlia), return_form(entry)
    assert [browser.post("/pembimbing/", pressed).status_code for _time in range(2)] == [302, 302]
    assert TrailLine.objects.filter(verb="certificates.hours_returned").count() == 1


def test_a_month_of_twenty_entries_stays_short_and_says_how_many_come(cast, dahlia, sign_in):
    for day in range(1, 21):
        log(cast.seruni, day=date(2026, 11, day))
    log(cast.melati, day=date(2026, 10, 30))
    page = sign_in(dahlia).get("/pembimbing/")
    first, second = page.context["list"].groups
    assert (first.bar.person, second.bar.person) == (cast.melati, cast.seruni)
    assert [(month.isoformat(), count) for month, count in second.months] == [("2026-11-01", 20)]
    assert (len(second.first), len(second.rest), second.later) == (2, 10, 8)
    assert page.context["list"].total == 21
    assert f"/pembimbing/binaan/{cast.seruni.pk}/bulan/?bulan=2026-11" in page.content.decode()
    assert "<details open>" not in page.content.decode()
    unfolded = sign_in(dahlia).get(f"/pembimbing/?centang={second.rest[0].key}").content.decode()
    assert unfolded.count("<details open>") == 1


@pytest.mark.parametrize(
    ("reason", "kept"), [("", ""), ("Telepon 0812 0000 0000.", ""), ("a" * 301, "aaa")], ids=["none", "number", "long"]
)
def test_a_return_without_a_safe_reason_comes_back_and_the_ticks_stay(cast, dahlia, sign_in, reason, kept):
    entry, other = log(cast.seruni), log(cast.melati)
    answer = sign_in(dahlia).post("/pembimbing/", return_form(entry, other, reason=reason))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'value="([0-9a-f-]+)" id="h-[^>]+ checked', page) == [str(other.pk)]
    assert "<details open>" in page
    assert "0812" not in page
    assert kept in page
    entry.refresh_from_db()
    assert entry.state == "claimed"


def test_without_a_tick_nothing_happens_and_the_page_says_so(cast, dahlia, sign_in):
    log(cast.seruni)
    assert sign_in(dahlia).post("/pembimbing/", verify_form()).status_code == 422
    assert HoursEntry.objects.waiting().count() == 1


def test_one_that_may_not_be_verified_stops_all_and_the_ticks_stay(cast, dahlia, sign_in):
    mine, old = log(cast.seruni), log(cast.seruni, day=TODAY - timedelta(days=61))
    answer = sign_in(dahlia).post("/pembimbing/", verify_form(mine, old))
    assert answer.status_code == 422
    assert len(re.findall(" checked", answer.content.decode())) == 1
    assert HoursEntry.objects.waiting().count() == 2


def test_entries_older_than_sixty_days_are_shown_for_the_coordinator(cast, dahlia, sign_in):
    log(cast.seruni, day=TODAY - timedelta(days=61), note="Lama sekali.")
    page = sign_in(dahlia).get("/pembimbing/").content.decode()
    assert 'type="checkbox"' not in page
    assert "60" in page


@pytest.mark.parametrize("what", [verify_form, return_form])
def test_another_mentor_cannot_judge_them(cast, dahlia, sign_in, what):
    entry = log(cast.seruni)
    browser = sign_in(cast.murai)
    assert "Seruni" not in browser.get("/pembimbing/").content.decode()
    assert browser.post("/pembimbing/", what(entry)).status_code == 422
    entry.refresh_from_db()
    assert entry.state == "claimed"


def test_a_learner_cannot_judge_by_the_inbox_either(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    fields = {"hours": [str(entry.pk)], "verdict": "verify"}
    body = {
        "device": str(uuid.uuid4()),
        "entries": [
            {
                "id": str(uuid.uuid4()),
                "kind": "certificates.hours_verdict",
                "made_at": "2026-11-21T01:00:00Z",
                "fields": fields,
            }
        ],
    }
    for who, state in ((cast.seruni, "refused"), (cast.melati, "refused"), (dahlia, "applied")):
        body["device"], body["entries"][0]["id"] = str(uuid.uuid4()), str(uuid.uuid4())
        answer = sign_in(who).post("/sinkron/", body, content_type="application/json").json()
        assert answer["receipts"][0]["state"] == state
    entry.refresh_from_db()
    assert entry.judged_by == dahlia


@pytest.mark.parametrize("hours", [["x"], [str(uuid.uuid4())]])
def test_unknown_entries_are_refused_with_a_sentence(cast, dahlia, sign_in, hours):
    assert sign_in(dahlia).post("/pembimbing/", verify_form(hours=hours)).status_code == 422


def test_she_sees_her_mentees_and_nobody_elses(cast, dahlia, sign_in):
    verified(cast.seruni, dahlia, minutes=90)
    browser = sign_in(dahlia)
    page = browser.get("/pembimbing/binaan/").content.decode()
    assert "Seruni Lontar" in page
    assert "1½ / 60" in page
    assert "Kenari" not in page
    assert browser.get(f"/pembimbing/binaan/{cast.seruni.pk}/").status_code == 200
    for person in (cast.kenari, cast.teratai, cast.soka):
        assert browser.get(f"/pembimbing/binaan/{person.pk}/").status_code == 404
    assert sign_in(cast.murai).get(f"/pembimbing/binaan/{cast.seruni.pk}/").status_code == 404


def test_a_sixth_mentee_is_warned_of(cast, dahlia, sign_in):
    for number in range(4):
        assert not sign_in(dahlia).get("/pembimbing/binaan/").context["are_many"]
        person = Person.objects.create(username=f"p{number}", name=f"Orang {number}", village=cast.air_lontar)
        place(person, dahlia)
    page = sign_in(dahlia).get("/pembimbing/binaan/")
    assert page.context["are_many"]
    assert page.content.decode().count("notice wait") == 2


def correction(**changes):
    fields = {"activity": "home_visit", "day": "2026-11-20", "starts_at": "09:00", "minutes": "30"}
    return {**fields, "reason": "Pulang lebih awal.", **changes}


def test_she_corrects_verified_hours_and_both_rows_stay(cast, dahlia, sign_in):
    entry = verified(cast.seruni, dahlia)
    browser = sign_in(dahlia)
    assert browser.get(f"/pembimbing/jam/{entry.pk}/koreksi/").status_code == 200
    answer = browser.post(f"/pembimbing/jam/{entry.pk}/koreksi/", correction())
    assert answer["Location"] == f"/pembimbing/binaan/{cast.seruni.pk}/"
    assert sorted(HoursEntry.objects.values_list("minutes", flat=True)) == [-60, 30, 60]
    page = browser.get(f"/pembimbing/binaan/{cast.seruni.pk}/").content.decode()
    assert "Pulang lebih awal." in page


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "0812 0000 0000"}, {"minutes": "50"}, {"day": "2026-12-24"}]
)
def test_a_wrong_correction_comes_back(cast, dahlia, sign_in, wrong):
    entry = verified(cast.seruni, dahlia)
    answer = sign_in(dahlia).post(f"/pembimbing/jam/{entry.pk}/koreksi/", correction(**wrong))
    assert answer.status_code == 422
    assert "0812" not in answer.content.decode()
    assert HoursEntry.objects.count() == 1


def test_nobody_else_corrects(cast, dahlia, sign_in):
    entry, waiting = verified(cast.seruni, dahlia), log(cast.seruni, starts_at="13:00")
    address = f"/pembimbing/jam/{entry.pk}/koreksi/"
    for who in (cast.murai, cast.cendana, cast.seruni, cast.anggrek):
        assert sign_in(who).get(address).status_code == 404
        assert sign_in(who).post(address, correction()).status_code == 404
    assert sign_in(cast.soka).post(address, correction()).status_code == 422
    assert sign_in(dahlia).get(f"/pembimbing/jam/{waiting.pk}/koreksi/").status_code == 404
    assert not TrailLine.objects.filter(verb="certificates.hours_corrected").exists()


def test_the_coordinator_corrects_old_hours_and_comes_back_to_the_file(cast, dahlia, sign_in):
    entry = log(cast.seruni, day=date(2026, 9, 1))
    mentoring.verify_hours(entries=[entry], judge=cast.soka, now=NOW, today=TODAY)
    address = f"/pembimbing/jam/{entry.pk}/koreksi/"
    sheet = f"/pembimbing/binaan/{cast.seruni.pk}/lembar/"
    assert address in sign_in(cast.soka).get(sheet).content.decode()
    assert address not in sign_in(dahlia).get(sheet).content.decode()
    assert sign_in(dahlia).post(address, correction(day="2026-09-01")).status_code == 422
    answer = sign_in(cast.soka).post(address, correction(day="2026-09-01"), follow=True)
    assert answer.redirect_chain == [(f"/koordinasi/berkas/{cast.seruni.pk}/", 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/pembimbing/", "/pembimbing/binaan/"])
def test_only_mentors_have_these_pages(cast, dahlia, sign_in, address):
    for who in (cast.seruni, cast.soka, cast.anggrek, cast.jati):
        assert sign_in(who).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pembimbing/", "/pembimbing/binaan/"])
def test_five_mentees_with_twenty_entries_need_as_many_queries_as_one(
    cast, dahlia, sign_in, address, django_assert_max_num_queries
):
    browser = sign_in(dahlia)
    log(cast.seruni)
    with django_assert_max_num_queries(25) as few:
        browser.get(address)
    more = [
        Person.objects.create(username=f"p{number}", name=f"Orang {number}", village=cast.air_lontar)
        for number in "123"
    ]
    for person in more:
        place(person, dahlia)
    for person in (cast.seruni, cast.melati, *more):
        for day in range(1, 20):
            log(person, day=date(2026, 11, day))
        log(person, day=TODAY - timedelta(days=70))
    with django_assert_max_num_queries(len(few)):
        browser.get(address)


def test_two_entries_are_not_returned_with_one_reason(cast, dahlia, sign_in):
    one, other = log(cast.seruni), log(cast.seruni, starts_at="13:00")
    form = verify_form(one, other, verdict="return", reason="Belum cocok.")
    assert sign_in(dahlia).post("/pembimbing/", form).status_code == 422
    assert HoursEntry.objects.waiting().count() == 2


@pytest.mark.parametrize("stamp", ["", "x"])
def test_a_return_without_its_stamp_is_refused(cast, dahlia, sign_in, stamp):
    entry = log(cast.seruni)
    assert sign_in(dahlia).post("/pembimbing/", return_form(entry) | {"entry": stamp}).status_code == 422
    assert HoursEntry.objects.waiting().count() == 1
