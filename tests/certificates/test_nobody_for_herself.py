"""Whatever she may do and in whatever order: nobody verifies, signs or certifies for herself.

Two companions hold every role there is in their region, beside their mentor and their coordinator. Each act goes
through its action: what is for oneself must be refused by the rule, so that the database's constraint never speaks.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from certificates import issuing, mentoring, placing, pledging, reflecting, supervising
from certificates.models import Certificate, Decision, HoursEntry, MonthSheet, Placement, SignOff, SupervisionTalk
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Mentorship, Person, Region
from tests.certificates.build import NOW, SINCE, TODAY, load_small, log, place

ASKED = {"signoffs": {"level": 1, "competencies": [{"code": "k1", "title": "Membuka percakapan"}]}}
SUBJECTS = ("seruni", "kenari")
ACTORS = (*SUBJECTS, "dahlia", "soka")


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def people(cast):
    """Both placed with Mama Dahlia; her yes to hours and a competency is all that remains before they are certified."""
    load_small(**ASKED)
    region = Region.objects.get(code="99.01")
    for name in SUBJECTS:
        person = getattr(cast, name)
        for kind in ("mentor", "coordinator"):
            joining.give_role(person=person, kind=kind, region=region, starts_on=SINCE, now=NOW)
        place(person, cast.dahlia)
        log(person, day=TODAY - timedelta(days=70), minutes=60)
        log(person, minutes=60)
        log(person, starts_at="13:00", activity="court")
        reflecting.write_reflection(person=person, answers={"2": "Baik."}, willing="yes", now=NOW, today=TODAY)
        pledging.sign(person=person, version=1, now=NOW)
    return {name: Person.objects.get(username=name) for name in ACTORS}


def hours_of(person, *, state="claimed", month=None):
    rows = HoursEntry.objects.live().filter(learner=person, state=state)
    return list(rows.filter(day__month=month) if month else rows)


def judge_each(person, actor, act):
    """One by one, so that one refusal does not hide the next entry."""
    for entry in hours_of(person):
        try:
            act(entry, actor)
        except Refused:
            continue


def verify(person, actor):
    judge_each(person, actor, lambda entry, by: mentoring.verify_hours(entries=[entry], judge=by, now=NOW, today=TODAY))


def give_back(person, actor):
    for entry in hours_of(person)[:1]:
        mentoring.return_hours(entry=entry, judge=actor, reason="Belum cocok.", now=NOW, today=TODAY)


def correct(person, actor):
    for entry in hours_of(person, state="verified")[:1]:
        mentoring.correct_hours(
            entry=entry, corrector=actor, reason="Pulang lebih awal.", minutes=45, now=NOW, today=TODAY
        )


def enter_sheet(person, actor):
    entries = hours_of(person, month=TODAY.month)
    if entries:
        mentoring.enter_sheet(entries=entries, signed_on=TODAY, seen_by=actor, now=NOW, today=TODAY)


def sign_off(person, actor):
    supervising.sign_off(person=person, mentor=actor, competency="k1", level=2, seen_on=TODAY, now=NOW, today=TODAY)


def talk(person, actor):
    supervising.note_talk(
        people=[person], mentor=actor, talk_id=uuid.uuid4(), held_on=TODAY, minutes=60, now=NOW, today=TODAY
    )


def change_mentor(person, actor):
    """The actor becomes her mentor, as far as she lets herself."""
    for rows in (Placement.objects, Mentorship.objects):
        rows.filter(learner=person, ends_on=None, starts_on__lt=TODAY).update(ends_on=TODAY - timedelta(days=1))
    placing.place(learner=person, mentor=actor, starts_on=TODAY, now=NOW, actor=actor)


def log_more(person, actor):
    log(person, day=date(2026, 11, 19), minutes=60)


def certify(person, actor):
    issuing.certify(person=person, certifier=actor, now=NOW, today=TODAY)


ACTS = (verify, give_back, correct, enter_sheet, sign_off, talk, change_mentor, log_more, certify)
histories = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(SUBJECTS), st.sampled_from(ACTORS)), min_size=1, max_size=16
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(act, "seruni", "seruni") for act in ACTS])
@example([(act, "seruni", "kenari") for act in (change_mentor, verify, sign_off, certify)])
@given(histories)
def test_no_path_verifies_signs_or_certifies_for_oneself(people, history):
    with transaction.atomic():
        for act, subject, actor in history:
            issued = Certificate.objects.count()
            try:
                with transaction.atomic():
                    act(people[subject], people[actor])
            except Refused:
                pass
            assert nothing_for_oneself()
            assert Certificate.objects.count() == issued or two_persons(people[subject], people[actor])
        transaction.set_rollback(True)


def nothing_for_oneself():
    own = (
        HoursEntry.objects.filter(judged_by=F("learner")),
        Placement.objects.filter(mentor=F("learner")),
        MonthSheet.objects.filter(seen_by=F("learner")) | MonthSheet.objects.filter(mentor=F("learner")),
        SignOff.objects.filter(mentor=F("person")),
        SupervisionTalk.objects.filter(mentor=F("person")),
        Certificate.objects.filter(certified_by=F("person")),
        Decision.objects.filter(decided_by=F("person")),
    )
    return not any(rows.exists() for rows in own)


def two_persons(person, certifier):
    """Who verified her hours or guides her does not certify her."""
    verified = HoursEntry.objects.filter(learner=person, judged_by=certifier, state="verified")
    guides = Mentorship.objects.filter(learner=person, mentor=certifier)
    return not verified.exists() and not guides.exists()


def test_others_verify_sign_and_certify_and_then_it_holds(people):
    seruni = people["seruni"]
    for act, actor in ((verify, "dahlia"), (verify, "kenari"), (sign_off, "dahlia"), (certify, "soka")):
        act(seruni, people[actor])
    assert Certificate.objects.get().certified_by == people["soka"]
    assert set(HoursEntry.objects.filter(learner=seruni).values_list("judged_by__username", flat=True)) == {
        "dahlia",
        "kenari",
    }
    with pytest.raises(Refused):
        certify(people["kenari"], people["kenari"])
