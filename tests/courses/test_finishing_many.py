"""A phone that was away for long sends many finished lessons at once: the same as one by one, for few queries."""

import json
import uuid

import pytest

from courses import outline
from courses.models import Progress
from lms.sync.models import Entry
from tests.courses import making

DEVICE = str(uuid.uuid4())


@pytest.fixture
def keys(course):
    return {f"{module.code}/{step.code}": step.key for module in course.modules for step in module.steps}


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    return sign_in(cast.seruni)


def done(key, kind="courses.lesson_done"):
    return {"id": str(uuid.uuid4()), "kind": kind, "made_at": "2026-11-12T08:00:00+08:00", "fields": {"step": str(key)}}


def send(browser, entries):
    body = json.dumps({"device": DEVICE, "entries": entries})
    answer = browser.post("/sinkron/", body, content_type="application/json")
    assert answer.status_code == 200
    return [(one["id"], one["state"], one["reason"]) for one in answer.json()["receipts"]]


def test_however_they_are_cut_into_batches_each_gets_the_same_answer(cast, seruni, keys):
    first = done(keys["m1/1"])
    sent = [
        first,
        done(keys["m2/1"]),  # closed until module 1 is done
        done(keys["m1/2"]),
        done(keys["m2/1"]),
        done("bukan-kunci"),
        done(uuid.UUID(int=5)),
        first,  # the receipt was lost on the way
        done(keys["m1/1"]),  # read again
        done(keys["m1/1"], kind="courses.unheard_of"),
    ]
    for size in range(1, len(sent) + 1):
        receipts = [
            receipt for start in range(0, len(sent), size) for receipt in send(seruni, sent[start : start + size])
        ]
        assert [id_ for id_, _state, _reason in receipts] == [one["id"] for one in sent]
        states = [state for _id, state, _reason in receipts]
        assert states == [
            *("applied", "refused", "applied", "applied"),
            *("refused", "refused", "known", "applied", "refused"),
        ]
        assert all(bool(reason) is (state == "refused") for _id, state, reason in receipts)
        assert outline.done_keys(cast.seruni) == set(keys.values())
        assert str(Progress.objects.get(step_key=keys["m1/1"]).entry) == first["id"]
        assert Progress.objects.get(step_key=keys["m1/1"]).read_at is not None
        assert Progress.objects.get(step_key=keys["m1/2"]).read_at is None
        assert Entry.objects.count() == 8
        Progress.objects.all().delete()
        Entry.objects.all().delete()


def test_fifty_cost_as_many_queries_as_one(cast, seruni, keys, django_assert_num_queries):
    send(seruni, [done(keys["m1/1"])])
    for count in (1, 50):
        with django_assert_num_queries(8):  # person, device, begin, edition, progress, read again, entries, commit
            assert {state for _id, state, _ in send(seruni, [done(keys["m1/1"]) for _ in range(count)])} == {"applied"}
    assert (Progress.objects.count(), Entry.objects.count()) == (1, 52)


def test_one_that_was_stored_before_does_not_hold_up_the_rest(cast, seruni, keys):
    stored = done(keys["m1/1"])
    send(seruni, [stored])
    answer = send(seruni, [done(keys["m1/2"]), stored])
    assert [state for _id, state, _reason in answer] == ["applied", "known"]
    assert outline.done_keys(cast.seruni) == {keys["m1/1"], keys["m1/2"]}
    assert Entry.objects.count() == 2


def test_lessons_of_a_course_she_does_not_take_are_refused_together(cast, course, keys, sign_in):
    answer = send(sign_in(cast.seruni), [done(keys["m1/1"]), done(keys["m1/2"])])
    assert [state for _id, state, _reason in answer] == ["refused", "refused"]
    assert not Progress.objects.exists()
    assert Entry.objects.refused().count() == 2
