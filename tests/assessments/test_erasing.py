"""Practice text goes away after its time, marks and comments stay; what must not be there goes at once."""

import uuid
from datetime import datetime, timedelta

import pytest

from assessments import erasing, submitting
from assessments.models import Grading, Round, Submission
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from lms.sync.models import Entry
from tests.assessments import tasks
from tests.assessments.tasks import Bench
from tests.cast import THEN, Cast

DAY = timedelta(days=1)


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return tasks.set_out(cast)


@pytest.fixture
def graded(bench: Bench, cast: Cast) -> Submission:
    """Returned once, graded on the second day, with a comment on her words."""
    hers = tasks.hand_in(bench.written, cast.seruni)
    Round.objects.create(submission=hers, number=1, answers=tasks.ANSWERS, handed_in_at=THEN, returned_at=THEN)
    Grading.objects.create(
        submission=hers,
        learner=cast.seruni,
        assessor=cast.anggrek,
        round=1,
        claimed_at=THEN,
        touched_at=THEN,
        levels=tasks.GOOD,
        comments={"usul": "Bagus."},
        passages=[{"field": "catatan", "quote": "menimba air", "text": "Tepat."}],
        verdict="pass",
        decided_at=THEN,
    )
    Submission.objects.filter(pk=hers.pk).update(state="graded", percent=80, passed=True, graded_at=THEN + DAY)
    hers.refresh_from_db()
    return hers


def erase(now: datetime) -> int:
    return erasing.erase_old(now=now, days=90)


def test_nothing_is_erased_before_its_time(graded: Submission) -> None:
    assert erase(THEN + 91 * DAY) == 0
    graded.refresh_from_db()
    assert graded.answers == tasks.ANSWERS


def test_after_its_time_text_goes_and_marks_stay(graded: Submission) -> None:
    now = THEN + 92 * DAY
    assert erase(now) == 1
    graded.refresh_from_db()
    assert (graded.answers, graded.erased_at, graded.percent, graded.passed) == ({}, now, 80, True)
    assert [one.answers for one in graded.rounds.all()] == [{}]
    grading = graded.gradings.get()
    assert (grading.levels, grading.comments) == (tasks.GOOD, {"usul": "Bagus."})
    assert grading.passages == [{"field": "catatan", "quote": "", "text": "Tepat."}]
    assert erase(now + DAY) == 0
    assert TrailLine.objects.filter(verb="assessments.task_erased").count() == 1


def test_what_waits_for_an_assessor_is_kept(bench: Bench, cast: Cast) -> None:
    tasks.hand_in(bench.written, cast.seruni)
    assert erase(THEN + 400 * DAY) == 0


def test_a_draft_that_was_left_is_emptied_and_may_go_on(bench: Bench, cast: Cast) -> None:
    draft = submitting.begin(
        person=cast.seruni, task_key=bench.written.translation_key, submission_id=uuid.uuid4(), now=THEN
    )
    submitting.keep(person=cast.seruni, submission_id=draft.pk, answers={"catatan": "Air."}, now=THEN)
    assert erase(THEN + 91 * DAY) == 1
    assert erase(THEN + 91 * DAY) == 0
    again = THEN + 92 * DAY
    submitting.keep(person=cast.seruni, submission_id=draft.pk, answers={"catatan": "Lagi."}, now=again)
    draft.refresh_from_db()
    assert (draft.answers, draft.erased_at) == ({"catatan": "Lagi."}, None)
    assert erase(again + 91 * DAY) == 1


def test_text_in_a_refused_entry_goes_too(cast: Cast) -> None:
    for kind in ("assessments.practical", "certificates.hours"):
        Entry.objects.create(
            batch=uuid.uuid4(),
            person=cast.seruni,
            kind=kind,
            made_at=THEN,
            received_at=THEN,
            state="refused",
            reason="Tidak.",
            fields={"answers": {"catatan": "Air."}},
        )
    erase(THEN + 91 * DAY)
    assert dict(Entry.objects.values_list("kind", "fields")) == {
        "assessments.practical": {},
        "certificates.hours": {"answers": {"catatan": "Air."}},
    }


def test_a_trainer_cleans_one_answer_for_good(graded: Submission, cast: Cast) -> None:
    erasing.clean(submission_id=graded.pk, field="catatan", by=cast.anggrek, now=THEN)
    erasing.clean(submission_id=graded.pk, field="catatan", by=cast.anggrek, now=THEN)
    graded.refresh_from_db()
    for one in (graded, *graded.rounds.all()):
        assert set(one.answers) == {"usul", "tabel"}
    assert "menimba" not in str(graded.gradings.get().passages)
    line = TrailLine.objects.get(verb="assessments.answer_cleaned")
    assert (line.actor_id, line.detail) == (cast.anggrek.pk, {"field": "catatan"})


def test_nobody_else_cleans_it(graded: Submission, cast: Cast) -> None:
    for other in (cast.seruni, cast.melati, cast.dahlia, cast.soka):
        with pytest.raises(Refused):
            erasing.clean(submission_id=graded.pk, field="catatan", by=other, now=THEN)
    graded.refresh_from_db()
    assert "catatan" in graded.answers
