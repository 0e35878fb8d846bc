"""A month of hours: agreed to at once, printed and signed by hand, entered later; what is overdue."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import issuing, mentoring
from certificates.models import HoursEntry, MonthSheet, Standard
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import Mentorship, Person, TrailLine
from tests.certificates.build import NOW, SINCE, TODAY, load_small, log, place

NOVEMBER = "?bulan=2026-11"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def dahlia(cast):
    """Mama Dahlia, mentor of Seruni and Melati."""
    load_small()
    place(cast.seruni, cast.dahlia)
    place(cast.melati, cast.dahlia)
    return cast.dahlia


def ids(*entries):
    return [str(entry.pk) for entry in entries]


def month_of(person):
    return f"/pembimbing/binaan/{person.pk}/bulan/{NOVEMBER}"


def sheet_of(person):
    return f"/pembimbing/binaan/{person.pk}/lembar/{NOVEMBER}"


def signed(*entries, **changes):
    return {"hours": ids(*entries), "signed_on": "2026-11-21", "seen": "on", **changes}


def test_she_agrees_to_a_whole_month_at_once(cast, dahlia, sign_in):
    first = log(cast.seruni, note="Saya belajar diam.")
    second = log(cast.seruni, starts_at="13:00", minutes=90)
    other_month = log(cast.seruni, day=date(2026, 10, 20))
    browser = sign_in(dahlia)
    page = browser.get(month_of(cast.seruni)).content.decode()
    assert "Saya belajar diam." in page
    assert "2½ jam" in page
    assert "2026-10-20" not in page
    assert browser.post(month_of(cast.seruni), {"hours": ids(first, second), "agree": "on"}).status_code == 302
    assert set(HoursEntry.objects.filter(state="verified")) == {first, second}
    assert list(HoursEntry.objects.waiting()) == [other_month]


def test_without_her_yes_nothing_is_verified(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    assert sign_in(dahlia).post(month_of(cast.seruni), {"hours": ids(entry)}).status_code == 422
    assert HoursEntry.objects.waiting().count() == 1


def test_what_came_since_she_read_the_summary_is_not_verified(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    browser = sign_in(dahlia)
    browser.get(month_of(cast.seruni))
    later = log(cast.seruni, starts_at="15:00")
    browser.post(month_of(cast.seruni), {"hours": ids(entry), "agree": "on"})
    assert list(HoursEntry.objects.waiting()) == [later]


def test_a_month_with_older_entries_is_agreed_to_without_them(cast, dahlia, sign_in):
    """Hours of 20 and 30 September: on 21 November the first are the coordinator's."""
    old = log(cast.seruni, day=date(2026, 9, 20), note="Sudah lama.")
    young = log(cast.seruni, day=date(2026, 9, 30), note="Belum lama.")
    browser = sign_in(dahlia)
    page = browser.get(f"/pembimbing/binaan/{cast.seruni.pk}/bulan/")
    assert [row.entry for row in page.context["sheet"].rows] == [young]
    assert page.context["sheet"].left == 1
    assert "Sudah lama." not in page.content.decode()
    assert browser.post(month_of(cast.seruni), {"hours": ids(young), "agree": "on"}).status_code == 302
    assert browser.post(month_of(cast.seruni), {"hours": ids(old), "agree": "on"}).status_code == 422
    assert list(HoursEntry.objects.waiting()) == [old]


def test_the_month_opens_where_she_may_judge(cast, dahlia, sign_in):
    log(cast.seruni, day=date(2026, 8, 3))
    log(cast.seruni, day=date(2026, 10, 20))
    sheet = sign_in(dahlia).get(f"/pembimbing/binaan/{cast.seruni.pk}/bulan/").context["sheet"]
    assert (sheet.first, sheet.left) == (date(2026, 10, 1), 0)


def test_a_month_with_two_mentors_has_two_sheets(cast, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia, ends_on=date(2026, 11, 10))
    first = log(cast.seruni, day=date(2026, 11, 9))
    Mentorship.objects.filter(learner=cast.seruni).update(ends_on=date(2026, 11, 10))
    place(cast.seruni, cast.murai, starts_on=date(2026, 11, 11))
    second = log(cast.seruni, day=date(2026, 11, 20))
    browser = sign_in(cast.soka)
    for entry in (first, second):
        assert [row.entry for row in browser.get(sheet_of(cast.seruni)).context["sheet"].rows] == [entry]
        assert browser.post(sheet_of(cast.seruni), signed(entry)).status_code == 302
    assert set(MonthSheet.objects.values_list("mentor", flat=True)) == {cast.dahlia.pk, cast.murai.pk}
    assert not HoursEntry.objects.waiting().exists()


def test_the_month_of_somebody_else_is_not_found(cast, dahlia, sign_in):
    entry, hers = log(cast.seruni), log(cast.melati)
    assert sign_in(cast.murai).post(month_of(cast.seruni), {"hours": ids(entry), "agree": "on"}).status_code == 404
    assert sign_in(cast.seruni).get(month_of(cast.seruni)).status_code == 404
    sign_in(dahlia).post(month_of(cast.seruni), {"hours": ids(hers), "agree": "on"})
    assert HoursEntry.objects.waiting().count() == 2


def test_a_month_signed_by_hand_is_entered_by_the_coordinator_who_saw_the_paper(cast, dahlia, sign_in):
    entries = [log(cast.seruni), log(cast.seruni, starts_at="13:00", activity="court")]
    browser = sign_in(cast.soka)
    page = browser.get(sheet_of(cast.seruni)).content.decode()
    assert "Dahlia" in page
    assert browser.post(sheet_of(cast.seruni), signed(*entries)).status_code == 302
    sheet = MonthSheet.objects.get()
    assert (sheet.mentor, sheet.seen_by, sheet.minutes, sheet.signed_on) == (dahlia, cast.soka, 120, TODAY)
    assert set(HoursEntry.objects.values_list("state", "judged_by")) == {("verified", cast.soka.pk)}
    line = TrailLine.objects.about(sheet).get()
    assert set(line.detail["entries"]) == set(ids(*entries))
    assert cast.soka.name in browser.get(sheet_of(cast.seruni)).content.decode()
    browser.post(sheet_of(cast.seruni), signed(*entries))
    assert MonthSheet.objects.count() == 1


def test_who_entered_the_paper_does_not_certify_the_same_person(cast, dahlia):
    entry = log(cast.seruni)
    mentoring.enter_sheet(entries=[entry], signed_on=TODAY, seen_by=cast.soka, now=NOW, today=TODAY)
    assert issuing.obstacle(cast.seruni, cast.soka, Standard.objects.current())


@pytest.mark.parametrize(
    "wrong",
    [{"signed_on": "2026-11-19"}, {"signed_on": "2026-11-22"}, {"seen": ""}, {"hours": []}, {"hours": ["x"]}],
)
def test_a_sheet_that_cannot_be_is_refused(cast, dahlia, sign_in, wrong):
    entry = log(cast.seruni)
    assert sign_in(cast.soka).post(sheet_of(cast.seruni), signed(entry, **wrong)).status_code == 422
    assert HoursEntry.objects.waiting().count() == 1
    assert not MonthSheet.objects.exists()


def test_the_learner_prints_her_sheet_and_enters_nothing(cast, dahlia, sign_in):
    entry = log(cast.seruni)
    browser = sign_in(cast.seruni)
    page = browser.get(f"/magang/lembar/{NOVEMBER}").content.decode()
    assert "Dahlia" in page
    assert "<form class" not in page
    assert browser.post(f"/magang/lembar/{NOVEMBER}", signed(entry)).status_code == 405
    assert browser.post(sheet_of(cast.seruni), signed(entry)).status_code == 404
    with pytest.raises(Refused):
        mentoring.enter_sheet(entries=[entry], signed_on=TODAY, seen_by=cast.seruni, now=NOW, today=TODAY)


def test_two_people_on_one_sheet_are_refused(cast, dahlia):
    entries = [log(cast.seruni), log(cast.melati)]
    with pytest.raises(Refused):
        mentoring.enter_sheet(entries=entries, signed_on=TODAY, seen_by=cast.soka, now=NOW, today=TODAY)
    assert HoursEntry.objects.waiting().count() == 2


def test_the_database_refuses_her_own_sheet(cast, dahlia):
    for wrong in ({"mentor": cast.seruni}, {"seen_by": cast.seruni}, {"month": TODAY}):
        row = {"mentor": dahlia, "seen_by": cast.soka, "month": TODAY.replace(day=1), **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthSheet.objects.create(learner=cast.seruni, signed_on=TODAY, minutes=60, entered_at=NOW, **row)


def test_what_is_overdue_stands_on_her_desk(cast, dahlia, sign_in):
    """Not what came yesterday, nor what waits for the coordinator by now."""
    for ago, person in ((20, cast.seruni), (70, cast.melati)):
        day = TODAY - timedelta(days=ago)
        log(person, day=day, now=NOW - timedelta(days=ago), today=day)
    log(cast.melati)
    page = sign_in(dahlia).get("/pembimbing/").content.decode()
    assert f"/pembimbing/binaan/{cast.seruni.pk}/bulan/" in page.partition('id="overdue"')[2].partition("</section>")[0]
    assert page.partition('id="overdue"')[2].partition("</section>")[0].count("/bulan/") == 1
    assert "overdue" not in sign_in(cast.murai).get("/pembimbing/").content.decode()


def test_the_coordinator_is_warned_of_a_mentor_with_five_mentees(cast, dahlia, sign_in):
    path = f"/koordinasi/berkas/{cast.kenari.pk}/"
    browser = sign_in(cast.soka)
    assert "Dahlia Kemiri (" not in browser.get(path).content.decode()
    for number in range(3):
        person = Person.objects.create(username=f"p{number}", name=f"Orang {number}")
        Mentorship.objects.create(mentor=dahlia, learner=person, starts_on=SINCE)
    assert "Dahlia Kemiri (5)" in browser.get(path).content.decode()


def test_the_form_begins_as_her_last_entry_said(cast, dahlia, sign_in):
    log(cast.seruni, activity="court", role="helping", minutes=75, starts_at="09:00")
    page = sign_in(cast.seruni).get("/magang/")
    form = page.context["form"]
    assert [form[name].value() for name in ("activity", "role", "minutes", "longer", "day")] == [
        *("court", "helping", 75, None, TODAY)
    ]
    assert "1¼ jam" in str(form["minutes"])
    assert 'value="09:00"' in page.content.decode()
    log(cast.seruni, day=TODAY, starts_at="08:00", minutes=60)
    assert 'value="09:00"' in sign_in(cast.seruni).get("/magang/").content.decode()


def test_the_calendar_shows_the_hours_of_each_day(cast, dahlia, sign_in):
    log(cast.seruni, minutes=60)
    log(cast.seruni, starts_at="13:00", minutes=90)
    page = sign_in(cast.seruni).get("/magang/")
    [day] = [one for week in page.context["month"].weeks for one in week if one.minutes]
    assert (day.day, day.minutes, day.waits) == (date(2026, 11, 20), 150, True)
    assert "2½*" in page.content.decode()
