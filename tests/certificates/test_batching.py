"""Certifying many at once: asked for with boxes, worked off one by one, each refusal with its sentence."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from certificates import batching, issuing, tasks
from certificates.models import Batch, BatchRow, Certificate
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import Person, Role, TrailLine
from tests.certificates.build import NOW, TODAY, load_small, make_ready
from tests.certificates.test_coordinator_pages import with_password

ADDRESS = "/koordinasi/sahkan/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(settings, "STAFF_SECOND_FACTOR", False)


@pytest.fixture
def ready(cast):
    """Melati and Kenari, of whom nothing remains."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    make_ready(cast.kenari, cast.murai)
    return [cast.melati, cast.kenari]


def ask(cast, *persons) -> Batch:
    return batching.ask(person_ids=[one.pk for one in persons], certifier=cast.soka, now=NOW)


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.rows.values_list("person__username", "state"))


def test_ticked_people_are_certified_by_the_worker_and_the_page_says_so(cast, ready):
    browser = with_password(cast.soka)
    page = browser.get(ADDRESS).content.decode()
    assert page.count('name="people"') == 2
    assert " checked" not in page
    assert browser.get(ADDRESS + "?semua").content.decode().count(" checked") == 2
    answer = browser.post(ADDRESS, {"people": [one.pk for one in ready]})
    batch = Batch.objects.get()
    assert answer["Location"] == f"{ADDRESS}{batch.pk}/"
    assert "data-making" in browser.get(answer["Location"]).content.decode()
    tasks.certify_batch(batch.pk)
    assert states(batch) == {"melati": "done", "kenari": "done"}
    page = browser.get(answer["Location"]).content.decode()
    assert "data-making" not in page
    assert "Melati Kusambi" in page
    assert Certificate.objects.filter(certified_by=cast.soka).count() == 2
    assert TrailLine.objects.filter(verb="certificates.batch_asked", actor=cast.soka).count() == 1


def test_without_the_password_just_now_nothing_is_asked_for(cast, ready, sign_in):
    answer = sign_in(cast.soka).post(ADDRESS, {"people": [cast.melati.pk]})
    assert "reauthenticate" in answer["Location"] or Batch.objects.count() == 0
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("people", [[], ["x"], ["9" * 30]])
def test_no_name_ticked_asks_for_one(cast, ready, people):
    answer = with_password(cast.soka).post(ADDRESS, {"people": people})
    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_people_of_another_region_cannot_be_asked_for(cast, ready):
    with pytest.raises(Refused):
        batching.ask(person_ids=[cast.melati.pk], certifier=cast.cendana, now=NOW)


def test_another_coordinator_does_not_see_her_batch(cast, ready, sign_in):
    batch = ask(cast, *ready)
    assert sign_in(cast.cendana).get(f"{ADDRESS}{batch.pk}/").status_code == 404
    assert sign_in(cast.seruni).get(f"{ADDRESS}{batch.pk}/").status_code == 404


def test_who_verified_her_hours_is_refused_by_name_and_the_others_go_on(cast, ready):
    melati, kenari = ready
    kenari.hours.update(judged_by=cast.soka)
    batch = ask(cast, melati, kenari, cast.seruni)
    assert set(batching.obstacles(cast.soka, [kenari.pk])) == {kenari.pk}
    batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert states(batch) == {"melati": "done", "kenari": "refused", "seruni": "refused"}
    page = with_password(cast.soka).get(f"{ADDRESS}{batch.pk}/").content.decode()
    assert "Kenari Gewang" in page
    assert batch.rows.get(person=kenari).sentence in page
    assert not Certificate.objects.filter(person=kenari).exists()


def test_working_twice_gives_one_certificate_each(cast, ready):
    batch = ask(cast, *ready)
    for _turn in range(3):
        batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert Certificate.objects.count() == 2
    assert TrailLine.objects.filter(verb="certificates.certified").count() == 2


def test_a_worker_that_dies_between_two_people_leaves_the_second_waiting(cast, ready, monkeypatch):
    batch = ask(cast, *ready)
    real, seen = issuing.certify, []

    def dies(**more):
        if seen:
            raise SystemExit
        seen.append(more["person"])
        return real(**more)

    monkeypatch.setattr(issuing, "certify", dies)
    with pytest.raises(SystemExit):
        batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert sorted(states(batch).values()) == ["done", "waiting"]
    assert batching.unfinished(now=NOW) == []
    assert batching.unfinished(now=NOW + batching.STALE_AFTER) == [batch.pk]
    monkeypatch.setattr(issuing, "certify", real)
    tasks.certify_batch(batch.pk)
    assert set(states(batch).values()) == {"done"}


def test_a_fault_of_ours_stops_nobody_else_and_is_told_after_three_tries(cast, ready, monkeypatch):
    batch = ask(cast, *ready)
    real = issuing.certify

    def broken_for_melati(**more):
        if more["person"] == ready[0]:
            raise RuntimeError
        return real(**more)

    monkeypatch.setattr(issuing, "certify", broken_for_melati)
    assert batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert states(batch) == {"melati": "waiting", "kenari": "done"}
    batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert not batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert states(batch) == {"melati": "refused", "kenari": "done"}


def test_a_coordinator_who_left_meanwhile_certifies_nobody(cast, ready):
    batch = ask(cast, *ready)
    Role.objects.filter(person=cast.soka, kind="coordinator").delete()
    batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY)
    assert set(states(batch).values()) == {"refused"}
    assert not Certificate.objects.exists()


def test_a_button_pressed_twice_makes_one_batch(cast, ready):
    batch = ask(cast, *ready)
    with pytest.raises(Refused):
        ask(cast, *ready)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchRow.objects.create(batch=Batch.objects.create(asked_by=cast.soka, asked_at=NOW), person=ready[0])
    assert Batch.objects.get() == batch


def test_three_hundred_are_taken_and_one_more_is_not(cast, ready):
    many = [Person(username=f"orang{n}", name=f"Orang {n}", village=cast.air_lontar, password="!") for n in range(301)]
    Person.objects.bulk_create(many)
    ids = list(Person.objects.filter(username__startswith="orang").values_list("pk", flat=True))
    with pytest.raises(Refused):
        batching.ask(person_ids=ids, certifier=cast.soka, now=NOW)
    batch = batching.ask(person_ids=ids[:300], certifier=cast.soka, now=NOW)
    turns = 1
    while batching.work_off(batch_id=batch.pk, now=NOW, today=TODAY):
        turns += 1
    assert (turns, batching.counts(batch).percent, batching.counts(batch).refused) == (6, 100, 300)


def test_the_list_needs_as_many_queries_for_two_as_for_one(cast, ready, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = with_password(cast.soka)
    with CaptureQueriesContext(connection) as both:
        browser.get(ADDRESS)
    cast.kenari.hours.update(state="claimed", judged_by=None, judged_at=None)
    with django_assert_num_queries(len(both)):
        browser.get(ADDRESS)
