"""Grading practical tasks: claim, keep a half-done grading, decide, return, agree on a mark. Actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import marks, submitting
from assessments.models import Grading, Round, Submission
from assessments.models.submissions import CLAIM_LASTS, States
from assessments.rules import rubrics
from courses import progressing
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

Parts, Verdicts = Grading.Parts, Grading.Verdicts


@dataclass(frozen=True, slots=True)
class Marks:
    """What an assessor has put down: criterion -> level, criterion -> comment, passages, and words to the learner.

    `answers` to the form of the task count only where she watched: then she fills it in.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    passages: Sequence[Mapping[str, str]] = ()
    remark: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, and whose it was before when it lapsed."""

    grading: Grading
    taken_from: Person | None = None


def claim(*, submission_id: UUID, assessor: Person, now: datetime, today: date) -> Claim:
    """Take a submission to grade it; nobody else can until it is decided or 30 minutes pass untouched.

    Claiming again goes on. A lapsed claim is taken over with what was marked. Raises Refused (unknown, closed,
    not_hers, held).
    """
    with writing():
        submission, gradings = _opened(submission_id, assessor, today)
        part = marks.part_now(submission, gradings)
        if part == Parts.AGREED:
            raise Refused(_("Both have graded it. Agree on the mark now."), code="agree")
        held = next((one for one in gradings if one.round == submission.round and one.part == part), None)
        if held and held.assessor_id == assessor.pk:
            held.touched_at = now
            held.save(update_fields=["touched_at"])
            return Claim(held)
        if held and marks.is_held(held, now):
            raise Refused(
                _("%(name)s is grading this now. Take the next one.") % {"name": held.assessor.name}, code="held"
            )
        taken_from = held.assessor if held else None
        grading = _claimed(submission, held, part, assessor, now)
        detail = {"part": part, "round": submission.round, "taken_over": taken_from is not None}
        trailing.record(actor=assessor, verb="assessments.grading_claimed", subject=submission, detail=detail, now=now)
    return Claim(grading, taken_from)


def _claimed(submission: Submission, held: Grading | None, part: str, assessor: Person, now: datetime) -> Grading:
    if held:
        held.assessor, held.claimed_at, held.touched_at = assessor, now, now
        held.save(update_fields=["assessor", "claimed_at", "touched_at"])
        return held
    return Grading.objects.create(
        submission=submission,
        learner_id=submission.person_id,
        assessor=assessor,
        round=submission.round,
        part=part,
        claimed_at=now,
        touched_at=now,
    )


def release(*, submission_id: UUID, assessor: Person, now: datetime) -> None:
    """Let somebody else grade it; what was marked stays for whoever takes it. Doing it again changes nothing."""
    with writing():
        rows = Grading.objects.filter(submission=submission_id, assessor=assessor, decided_at=None)
        grading = rows.exclude(part=Parts.AGREED).select_related("submission").first()
        if grading is None:
            return
        grading.touched_at = now - CLAIM_LASTS
        grading.save(update_fields=["touched_at"])
        trailing.record(actor=assessor, verb="assessments.grading_released", subject=grading.submission, now=now)


def keep(*, submission_id: UUID, assessor: Person, put: Marks, now: datetime, today: date) -> Grading:
    """Keep a half-done grading, and hold the claim. No line in the trail: the row says who and when.

    Raises Refused (unknown, closed, not_hers, not_held, identifier).
    """
    _check_words(put)
    with writing():
        submission, gradings = _opened(submission_id, assessor, today)
        return _kept(submission, gradings, assessor, put, now)


def decide(*, submission_id: UUID, assessor: Person, put: Marks, now: datetime, today: date) -> Submission:
    """Decide by the rubric: passed, or not yet. Deciding again changes nothing.

    The mark counts at once, or once a second assessor has decided too and both agree. Raises Refused (unmarked too).
    """
    _check_words(put)
    with writing():
        submission, gradings = _opened(submission_id, assessor, today, is_deciding=True)
        if _has_decided(submission, gradings, assessor):
            return submission
        outcome = marks.outcome(submission, put.levels)
        if not outcome.is_complete:
            raise Refused(outcome.sentences[0].render(_), field="levels", code="unmarked")
        grading = _kept(submission, gradings, assessor, put, now)
        _close(grading, Verdicts.PASS if outcome.passed else Verdicts.FAIL, now)
        if _counts(submission, gradings, grading):
            _settle(submission, grading.levels, now)
        detail = {"part": grading.part, "round": grading.round, "percent": outcome.percent, "passed": outcome.passed}
        trailing.record(actor=assessor, verb="assessments.graded", subject=submission, detail=detail, now=now)
    return submission


def give_back(*, submission_id: UUID, assessor: Person, put: Marks, now: datetime, today: date) -> Submission:
    """Return it to the learner with a reason (the remark); what she had handed in stays as a round.

    Only the first assessor, and not what was watched. Raises Refused (reason, watched, part).
    """
    _check_words(put)
    if not put.remark.strip():
        raise Refused(_("Write what she should work on. Then return it."), field="remark", code="reason")
    with writing():
        submission, gradings = _opened(submission_id, assessor, today, is_deciding=True)
        if _has_decided(submission, gradings, assessor):
            return submission
        if submission.is_observed:
            raise Refused(_("You watched this. Save the result, and arrange another day."), code="watched")
        if marks.part_now(submission, gradings) != Parts.FIRST:
            raise Refused(_("The first assessor took it as it is. Grade it as it is."), code="part")
        grading = _kept(submission, gradings, assessor, put, now)
        _close(grading, Verdicts.RETURN, now)
        Round.objects.create(
            submission=submission,
            number=submission.round,
            answers=submission.answers,
            handed_in_at=submission.handed_in_at or now,
            returned_at=now,
        )
        detail = {"round": submission.round}
        submission.state, submission.round = States.RETURNED, submission.round + 1
        submission.save(update_fields=["state", "round"])
        trailing.record(actor=assessor, verb="assessments.task_returned", subject=submission, detail=detail, now=now)
    return submission


def agree(
    *, submission_id: UUID, assessor: Person, levels: Mapping[str, int], now: datetime, today: date, remark: str = ""
) -> Submission:
    """Agree on the levels where two assessors differ.

    One of the two proposes; when the other gives the same levels, they count. A third assessor's count at once.
    Raises Refused (not_both, apart: a level outside what the two gave).
    """
    _check_words(Marks(remark=remark))
    with writing():
        submission, gradings = _opened(submission_id, assessor, today, is_deciding=True)
        if submission.state == States.GRADED:
            return submission
        both = marks.both_of(submission, gradings)
        if both is None:
            raise Refused(_("Two people grade this first. Then they agree."), code="not_both")
        rubric = marks.rubric_of(submission)
        wrong = rubrics.may_agree(rubric, both.first.levels, both.second.levels, levels)
        if wrong:
            raise Refused(wrong.render(_), field="levels", code="apart")
        chosen = rubrics.agreed(rubric, both.first.levels, both.second.levels, levels)
        is_third = assessor.pk not in {both.first.assessor_id, both.second.assessor_id}
        before = both.proposal
        is_settled = is_third or bool(before and before.assessor_id != assessor.pk and before.levels == chosen)
        _propose(submission, before, assessor, chosen, remark.strip(), is_settled, now)
        outcome = _settle(submission, chosen, now) if is_settled else marks.outcome(submission, chosen)
        verb = "assessments.mark_agreed" if is_settled else "assessments.mark_proposed"
        detail = {"percent": outcome.percent, "passed": outcome.passed, "third": is_third}
        trailing.record(actor=assessor, verb=verb, subject=submission, detail=detail, now=now)
    return submission


def _propose(
    submission: Submission,
    before: Grading | None,
    assessor: Person,
    chosen: dict[str, int],
    remark: str,
    is_settled: bool,
    now: datetime,
) -> None:
    """The row of the agreed mark names who proposed it, or the third who set it; the trail names who agreed."""
    row = before or _claimed(submission, None, Parts.AGREED, assessor, now)
    if not (is_settled and before and before.levels == chosen):
        row.assessor, row.levels = assessor, chosen
    row.remark, row.touched_at = remark or row.remark, now
    row.save(update_fields=["assessor", "levels", "remark", "touched_at"])
    if is_settled:
        outcome = marks.outcome(submission, chosen)
        _close(row, Verdicts.PASS if outcome.passed else Verdicts.FAIL, now)


# Parts of the actions


def _opened(
    submission_id: UUID, assessor: Person, today: date, *, is_deciding: bool = False
) -> tuple[Submission, list[Grading]]:
    """The submission, locked, with its gradings, for somebody who may grade it now."""
    submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("person").filter(pk=submission_id).first()
    )
    if submission is None:
        raise Refused(_("This work is not known here. Open the list again."), code="unknown")
    gradings = marks.gradings_of(submission)
    if is_deciding and _has_decided(submission, gradings, assessor):
        return submission, gradings
    wrong = rubrics.may_grade(marks.tie_of(submission, gradings, assessor, today), groups_apart=marks.GROUPS_APART)
    if wrong:
        raise Refused(wrong.render(_), code="not_hers")
    if submission.state != States.HANDED_IN:
        raise Refused(_("This work does not wait for a mark. Open the list again."), code="closed")
    return submission, gradings


def _has_decided(submission: Submission, gradings: Iterable[Grading], assessor: Person) -> bool:
    """She decided already, and nothing of hers is open: the same order sent twice."""
    hers = [one for one in gradings if one.assessor_id == assessor.pk]
    if submission.state == States.HANDED_IN:
        done = any(one.decided_at and one.round == submission.round for one in hers)
        return done and marks.part_now(submission, gradings) != Parts.AGREED
    return any(one.decided_at for one in hers)


def _kept(submission: Submission, gradings: Iterable[Grading], assessor: Person, put: Marks, now: datetime) -> Grading:
    now_held = [one for one in gradings if one.round == submission.round and one.decided_at is None]
    grading = next((one for one in now_held if one.assessor_id == assessor.pk and one.part != Parts.AGREED), None)
    if grading is None:
        raise Refused(_("You do not hold this work any more. Take it again."), code="not_held")
    passages = [_passage(submission, one) for one in put.passages]
    if submission.is_observed and put.answers:
        submitting.put_down(submission, put.answers, now)
        submission.save(update_fields=["answers", "saved_at", "erased_at"])
    rubric = marks.rubric_of(submission)
    codes = {one.code for one in rubric}
    grading.levels = rubrics.sound(rubric, put.levels)
    grading.comments = {code: text.strip() for code, text in put.comments.items() if code in codes and text.strip()}
    grading.passages = passages
    grading.remark, grading.touched_at = put.remark.strip(), now
    grading.save(update_fields=["levels", "comments", "passages", "remark", "touched_at"])
    return grading


def _passage(submission: Submission, one: Mapping[str, str]) -> dict[str, str]:
    if one["field"] not in {field["code"] for field in submission.task["fields"]}:
        raise Refused(_("Choose the part of the form that you speak of."), field="passage", code="field")
    return {"field": one["field"], "quote": one["quote"].strip(), "text": one["text"].strip()}


def _check_words(put: Marks) -> None:
    """Assessors' words are checked too (domain.md 5.4); what was refused is neither kept nor echoed."""
    texts = {f"comment-{code}": text for code, text in put.comments.items()} | {"remark": put.remark}
    texts |= {"passage": " \n ".join(f"{one['quote']} \n {one['text']}" for one in put.passages)}
    for name, text in texts.items():
        found = identifiers.kinds(text)
        if found:
            raise Refused(identifiers.sentence_for(found).render(_), field=name, code="identifier")


def _counts(submission: Submission, gradings: Iterable[Grading], grading: Grading) -> bool:
    """Whether this mark counts at once: no second assessor is asked for, or both gave the same levels."""
    if not submission.task["second"]:
        return True
    both = marks.both_of(submission, [*(one for one in gradings if one.pk != grading.pk), grading])
    return both is not None and not both.differences


def _close(grading: Grading, verdict: str, now: datetime) -> None:
    grading.verdict, grading.decided_at, grading.touched_at = verdict, now, now
    grading.save(update_fields=["verdict", "decided_at", "touched_at"])


def _settle(submission: Submission, levels: Mapping[str, int], now: datetime) -> rubrics.Outcome:
    """The mark counts: it closes the submission, and passing finishes the step."""
    outcome = marks.outcome(submission, levels)
    submission.state, submission.graded_at = States.GRADED, now
    submission.percent, submission.passed = outcome.percent, outcome.passed
    submission.save(update_fields=["state", "graded_at", "percent", "passed"])
    if outcome.passed:
        progressing.mark_done(person=submission.person, step_key=submission.task_key, entry_id=None, now=now)
    return outcome
