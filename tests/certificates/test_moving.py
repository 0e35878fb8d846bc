"""A companion pauses and goes on by herself; what is granted is granted by a coordinator who is not concerned."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import choosing, companions, moving, reflecting
from certificates.models import StateChange
from certificates.rules.states import Move, State
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready, place, verified


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def move(person, to, actor, today=TODAY):
    return moving.move(person=person, to=to, actor=actor, now=NOW, today=today)


def state(person, today=TODAY):
    return companions.of_person(person, today=today).state


def test_the_state_follows_her_way(cast):
    load_small()
    assert state(cast.seruni) is State.CANDIDATE
    make_ready(cast.seruni, cast.dahlia)
    assert state(cast.seruni) is State.INTERN
    certify(cast.seruni, cast.soka)
    assert state(cast.seruni) is State.CERTIFIED
    assert state(cast.seruni, TODAY + timedelta(days=4 * 366)) is State.LAPSED


def test_she_takes_a_pause_and_goes_on_without_a_reason(cast, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia)
    client = sign_in(cast.seruni)
    assert client.post("/sertifikat/keadaan/", {"move": "pause"}).status_code == 302
    assert state(cast.seruni) is State.PAUSED
    assert client.post("/sertifikat/keadaan/", {"move": "pause"}).status_code == 422
    assert client.post("/sertifikat/keadaan/", {"move": "resume"}).status_code == 302
    assert state(cast.seruni) is State.INTERN
    assert TrailLine.objects.filter(verb="certificates.moved").count() == 2


@pytest.mark.parametrize("to", ["grant", "name_senior", "return", "lift", "revoke", "suspend", "", "crown"])
def test_she_cannot_grant_herself_anything(cast, sign_in, to):
    load_small()
    place(cast.seruni, cast.dahlia)
    assert sign_in(cast.seruni).post("/sertifikat/keadaan/", {"move": to}).status_code == 422
    assert not StateChange.objects.exists()


def test_a_coordinator_names_a_provisional_companion_once_most_is_met(cast, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia)
    path = f"/koordinasi/berkas/{cast.seruni.pk}/keadaan/"
    client = sign_in(cast.soka)
    answer = client.post(path, {"move": "grant"})
    assert answer.status_code == 422
    assert "80" in answer.content.decode()
    for day in (18, 19):
        verified(cast.seruni, cast.dahlia, day=date(2026, 11, day))
    verified(cast.seruni, cast.dahlia, activity="court")
    reflecting.write_reflection(person=cast.seruni, answers={"2": "Baik."}, willing="yes", now=NOW, today=TODAY)
    assert companions.of_person(cast.seruni, today=TODAY).facts.done_percent == 66
    assert client.post(path, {"move": "grant"}).status_code == 422
    load_small(provisional_percent=66)
    assert client.post(path, {"move": "grant"}).status_code == 422, "her own version still counts"
    choosing.choose_newest(person=cast.seruni, chooser=cast.soka, now=NOW)
    assert client.post(path, {"move": "grant"}).status_code == 302
    assert state(cast.seruni) is State.PROVISIONAL


def test_a_coordinator_who_was_her_mentor_or_of_another_region_moves_nobody(cast, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia)
    with pytest.raises(Refused):
        move(cast.seruni, Move.PAUSE, cast.cendana)
    with pytest.raises(Refused):
        move(cast.seruni, Move.PAUSE, cast.dahlia)
    assert sign_in(cast.cendana).get(f"/koordinasi/berkas/{cast.seruni.pk}/keadaan/").status_code == 404
    assert sign_in(cast.dahlia).get(f"/koordinasi/berkas/{cast.seruni.pk}/keadaan/").status_code == 404


@pytest.mark.parametrize("to", [Move.SUSPEND, Move.LIFT, Move.REVOKE])
def test_what_needs_an_inquiry_is_not_done_here(cast, to):
    load_small()
    with pytest.raises(Refused):
        move(cast.seruni, to, cast.soka)


def test_who_stopped_stays_listed_and_comes_back_by_a_coordinator(cast, sign_in):
    load_small()
    place(cast.seruni, cast.dahlia)
    move(cast.seruni, Move.RETIRE, cast.seruni)
    page = sign_in(cast.soka).get(f"/koordinasi/berkas/{cast.seruni.pk}/").content.decode()
    assert str(companions.NAMES[State.RETIRED]) in page or "Purna" in page
    with pytest.raises(Refused):
        move(cast.seruni, Move.RETURN, cast.seruni)
    move(cast.seruni, Move.RETURN, cast.soka)
    assert state(cast.seruni) is State.INTERN


def test_senior_after_two_years(cast):
    load_small()
    make_ready(cast.seruni, cast.dahlia)
    certify(cast.seruni, cast.soka)
    with pytest.raises(Refused):
        move(cast.seruni, Move.NAME_SENIOR, cast.soka)
    move(cast.seruni, Move.NAME_SENIOR, cast.soka, today=date(2028, 11, 22))
    assert state(cast.seruni, date(2028, 11, 22)) is State.SENIOR


def test_pauses_are_read_back_as_periods(cast):
    load_small()
    move(cast.seruni, Move.PAUSE, cast.seruni)
    [pause] = companions.pauses_of(cast.seruni)
    assert (pause.starts_on, pause.ends_on) == (TODAY, None)
    move(cast.seruni, Move.RESUME, cast.seruni)
    [pause] = companions.pauses_of(cast.seruni)
    assert pause.ends_on == TODAY


def test_the_database_refuses_who_grants_herself(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChange.objects.create(
            person=cast.seruni, move="grant", grant="provisional", by=cast.seruni, made_as="coordinator", at=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChange.objects.create(
            person=cast.seruni, move="grant", grant="provisional", by=cast.seruni, made_as="herself", at=NOW
        )


def test_the_states_of_five_hundred_take_as_many_queries_as_of_one(cast, django_assert_max_num_queries):
    load_small()
    with django_assert_max_num_queries(16):
        companions.of([cast.seruni.pk, cast.melati.pk, cast.kenari.pk], today=TODAY)
