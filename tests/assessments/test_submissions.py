"""What the database itself refuses about work that is handed in, and about its grading."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Grading, Round, Sitting, Submission
from lms.people.models import Person
from tests.assessments import tasks
from tests.assessments.tasks import Bench
from tests.cast import THEN, Cast


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return tasks.set_out(cast)


@pytest.fixture
def waiting(bench: Bench, cast: Cast) -> Submission:
    return tasks.hand_in(bench.written, cast.seruni)


def refused_by(rule: str, make: Any) -> None:
    """SQLite names the columns of a unique rule, not the rule."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert rule in str(refused.value) or "UNIQUE" in str(refused.value)


def grading(submission: Submission, assessor: Person, **more: Any) -> Grading:
    learner = more.pop("learner", submission.person)
    return Grading.objects.create(
        submission=submission, learner=learner, assessor=assessor, round=1, claimed_at=THEN, touched_at=THEN, **more
    )


def test_there_is_one_open_submission_a_person_and_task(bench: Bench, waiting: Submission, cast: Cast) -> None:
    refused_by("one_open", lambda: tasks.hand_in(bench.written, cast.seruni, number=2))
    Submission.objects.filter(pk=waiting.pk).update(state="graded", percent=50, graded_at=THEN)
    tasks.hand_in(bench.written, cast.seruni, number=2)
    tasks.hand_in(bench.written, cast.melati)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("graded_submission_has_a_mark", {"state": "graded"}),
        ("graded_submission_has_a_mark", {"percent": 80}),
        ("graded_submission_has_a_mark", {"state": "graded", "percent": 101, "graded_at": THEN}),
        ("only_a_first_draft_was_never_handed_in", {"handed_in_at": None}),
        ("submissions_count_from_one", {"round": 0}),
    ],
)
def test_a_state_and_its_marks_belong_together(waiting: Submission, rule: str, change: dict[str, Any]) -> None:
    refused_by(rule, lambda: Submission.objects.filter(pk=waiting.pk).update(**change))


def test_a_round_is_returned_once(waiting: Submission) -> None:
    def give_back() -> None:
        Round.objects.create(submission=waiting, number=1, answers={}, handed_in_at=THEN, returned_at=THEN)

    give_back()
    refused_by("submission_is_returned_once_a_round", give_back)


def test_nobody_grades_herself_and_the_second_assessor_is_somebody_else(waiting: Submission, cast: Cast) -> None:
    refused_by("nobody_grades_herself", lambda: grading(waiting, cast.seruni))
    grading(waiting, cast.anggrek)
    refused_by("each_part", lambda: grading(waiting, cast.soka))
    refused_by("second_assessor", lambda: grading(waiting, cast.anggrek, part="second"))
    grading(waiting, cast.soka, part="second")


def test_a_decision_has_a_verdict(waiting: Submission, cast: Cast) -> None:
    refused_by("decided_grading_has_a_verdict", lambda: grading(waiting, cast.anggrek, decided_at=THEN))


def test_one_appointment_is_planned_at_a_time_and_not_with_herself(bench: Bench, cast: Cast) -> None:
    def plan(assessor: Person, **more: Any) -> None:
        key = bench.watched.translation_key
        Sitting.objects.create(person=cast.seruni, task_key=key, assessor=assessor, at=THEN, place_type="hall", **more)

    refused_by("nobody_watches_herself", lambda: plan(cast.seruni))
    plan(cast.anggrek)
    plan(cast.anggrek, state="cancelled")
    refused_by("one_planned", lambda: plan(cast.anggrek))


def test_others_do_not_see_it(waiting: Submission, cast: Cast) -> None:
    for person, sees in ((cast.seruni, True), (cast.melati, False), (cast.cendana, False)):
        assert Submission.objects.visible_to(person).filter(pk=waiting.pk).exists() is sees
    assert not Submission.objects.visible_to(cast.anggrek, as_role="self").exists()
