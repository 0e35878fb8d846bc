"""What comes through the inbox or a page: the same form, then one action."""

from typing import Any

from assessments import attempting, easing, playing, rehearsing, submitting
from assessments.forms import ExamForm, PracticeForm, ScenarioForm
from assessments.views.practical_form import PracticalForm
from lms.people.models import Person
from lms.sync import registry
from lms.sync.registry import Stamp


def register_entries() -> None:
    registry.register(ExamForm, sit)
    registry.register(PracticeForm, practise)
    registry.register(ScenarioForm, play)
    registry.register(PracticalForm, submit)


def sit(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    """Begin, answer or hand in: the form has seen to it that it is one of them."""
    now, attempt_id = stamp.received_at, cleaned["attempt"]
    if cleaned["exam"] and cleaned["learner"]:
        return easing.read_aloud(
            trainer=person, learner_id=cleaned["learner"], exam_key=cleaned["exam"], attempt_id=attempt_id, now=now
        )
    if cleaned["exam"]:
        return attempting.begin(person=person, exam_key=cleaned["exam"], attempt_id=attempt_id, now=now)
    if cleaned["hand_in"]:
        return attempting.hand_in(person=person, attempt_id=attempt_id, now=now, entry_id=stamp.id)
    return attempting.answer(
        person=person,
        attempt_id=attempt_id,
        question=cleaned["question"],
        answer=cleaned["answer"],
        now=now,
        made_at=stamp.made_at,
        device=str(stamp.device or ""),
    )


def practise(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    return rehearsing.answer(
        person=person,
        practice_key=cleaned["practice"],
        question=cleaned["question"],
        answer=cleaned["answer"],
        now=stamp.received_at,
        entry_id=stamp.id,
        made_at=stamp.made_at,
        device=str(stamp.device or ""),
    )


def play(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    """Begin, decide or go back."""
    if cleaned["scenario"]:
        return playing.begin(
            person=person, scenario_key=cleaned["scenario"], walk_id=cleaned["walk"], now=stamp.received_at
        )
    return playing.decide(
        person=person,
        walk_id=cleaned["walk"],
        place=cleaned["place"],
        way=None if cleaned["again"] else cleaned["way"],
        now=stamp.received_at,
        entry_id=stamp.id,
    )


def submit(*, person: Person, stamp: Stamp, cleaned: dict[str, Any]) -> object:
    """Begin, keep a draft or hand in."""
    now, submission_id = stamp.received_at, cleaned["submission"]
    if cleaned["task"]:
        return submitting.begin(person=person, task_key=cleaned["task"], submission_id=submission_id, now=now)
    if cleaned["hand_in"]:
        return submitting.hand_in(
            person=person,
            submission_id=submission_id,
            now=now,
            answers=cleaned["answers"],
            is_confirmed=cleaned["confirmed"],
        )
    return submitting.keep(person=person, submission_id=submission_id, answers=cleaned["answers"], now=now)
