"""What the page of one submission shows to an assessor."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.rich_text import RichText

from assessments import marks, work
from assessments.marks import Told
from assessments.models import Grading, Phrase, Submission
from assessments.models.submissions import CLAIM_LASTS, States
from assessments.rules import rubrics, task_forms
from assessments.rules.phrases import USUAL
from assessments.views.grading_form import LEVEL, GradingForm, Level
from assessments.views.practical_form import DrawnSection, draw
from lms.kit import clock, identifiers
from lms.people.models import Person

MOST_PHRASES = 24
LONG_CASE = 2000  # letters: above it the case has a page of its own


def rubric_form(submission: Submission, request: HttpRequest) -> GradingForm:
    data = request.POST if request.method == "POST" else None
    return GradingForm(
        data,
        rubric=marks.rubric_of(submission),
        asked=[one for one in work.fields_of(submission) if one.is_asked],
        grading=held_by(request.user, submission, marks.gradings_of(submission)),
        is_watched=submission.is_observed,
    )


def held_by(assessor: Any, submission: Submission, gradings: list[Grading]) -> Grading | None:
    """Her own open grading of this round, lapsed or not: until somebody takes it over it is hers."""
    open_now = [one for one in gradings if one.round == submission.round and not one.decided_at]
    mine = [one for one in open_now if one.assessor_id == assessor.pk and one.part != Grading.Parts.AGREED]
    return mine[0] if mine else None


def context_of(viewer: Any, submission: Submission, form: GradingForm, now: Any) -> dict[str, Any]:
    gradings = marks.gradings_of(submission)
    mine = held_by(viewer, submission, gradings)
    rounds = work.written_rounds(submission)
    shown = marks.shown_to(viewer, submission, gradings)
    return {
        "submission": submission,
        "task": texts_of(submission),
        "is_apart": mine and len(submission.task["case"]) > LONG_CASE,
        "form": form,
        "mine": mine,
        "outcome": marks.outcome(submission, mine.levels) if mine else None,
        "written": rounds[0].answers,
        "earlier": rounds[1:],
        "sections": to_fill_in(submission, form) if mine and submission.is_observed else (),
        "told": told(submission, shown),
        "doubts": work.doubts_of(submission) if mine else (),
        "phrases": phrases() if mine else (),
        **agreement(viewer, submission, gradings),
        **who_holds(viewer, submission, gradings, now),
    }


def told(submission: Submission, shown: list[Grading]) -> list[Told]:
    """Rounds, the newest first; while two have to agree, each of them for herself."""
    now = [one for one in shown if one.round == submission.round and submission.state == States.HANDED_IN]
    earlier = [one for one in shown if one not in now]
    return [
        *(one for mine in now for one in marks.told_rounds(submission, [mine])),
        *marks.told_rounds(submission, earlier),
    ]


def texts_of(submission: Submission) -> dict[str, RichText]:
    return {name: RichText(submission.task[name]) for name in ("instructions", "case", "guide")}


def to_fill_in(submission: Submission, form: GradingForm) -> list[DrawnSection]:
    """The form of a task that she watches, with what was typed; never with what may belong to a real person."""
    fields = work.fields_of(submission)
    typed: dict[str, Any] = (form.cleaned_data.get("answers") or {}) if form.is_bound and form.errors else {}
    unsafe = {one.code for one in fields if identifiers.kinds(task_forms.written(one, typed.get(one.code, "")))}
    safe = {code: answer for code, answer in typed.items() if code not in unsafe}
    said = [str(error) for error in form.errors.get("answers", ())]
    return draw(fields, {**submission.answers, **safe}, dict.fromkeys(unsafe, said))


def who_holds(viewer: Person, submission: Submission, gradings: list[Grading], now: Any) -> dict[str, Any]:
    """Why she cannot grade it now (`refusal`), who does (`holder`), or that she may take it (`may_take`)."""
    if submission.state != States.HANDED_IN:
        return {}
    part = marks.part_now(submission, gradings)
    if part == Grading.Parts.AGREED:
        return {"part": part}
    held = next((one for one in gradings if one.round == submission.round and one.part == part), None)
    tie = marks.tie_of(submission, gradings, viewer, clock.today())
    refusal = rubrics.may_grade(tie, groups_apart=marks.GROUPS_APART)
    is_held = held is not None and marks.is_held(held, now) and held.assessor_id != viewer.pk
    return {
        "part": part,
        "refusal": refusal,
        "holder": held if is_held else None,
        "free_at": held.touched_at + CLAIM_LASTS if held and is_held else None,
        "may_take": refusal is None and not is_held,
    }


def phrases() -> list[tuple[int, list[str]]]:
    """By level: those of the organisation, or the usual ones."""
    own: dict[int, list[str]] = {}
    for one in Phrase.objects.all()[:MOST_PHRASES]:
        own.setdefault(one.level, []).append(one.text)
    return list((own or {level: [one.render(gettext) for one in said] for level, said in USUAL.items()}).items())


def agreement(viewer: Person, submission: Submission, gradings: list[Grading]) -> dict[str, Any]:
    """Where two assessors differ, as radios; what is proposed is chosen."""
    both = marks.both_of(submission, gradings) if submission.state == States.HANDED_IN else None
    if both is None:
        return {}
    proposed = both.proposal.levels if both.proposal else {}
    rows = [
        {
            "difference": one,
            "levels": [
                Level(n, one.criterion.levels[n], proposed.get(one.criterion.code) == n)
                for n in range(one.lowest, one.highest + 1)
            ],
        }
        for one in both.differences
    ]
    is_hers = both.proposal is not None and both.proposal.assessor_id == viewer.pk
    is_third = viewer.pk not in {both.first.assessor_id, both.second.assessor_id}
    return {"both": both, "agreement": rows, "is_hers": is_hers, "is_third": is_third}


def agreement_levels(submission: Submission, data: Any) -> dict[str, int]:
    """Levels by criterion as the form of the agreed mark sends them."""
    sent = {one.code: str(data.get(LEVEL + one.code, "")) for one in marks.rubric_of(submission)}
    return {code: int(level) for code, level in sent.items() if level.isdecimal() and len(level) < 3}
