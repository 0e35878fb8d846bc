"""Practising: each answer is explained at once. Actions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import PracticeAnswer, PracticePage, Question
from assessments.rules.answers import Given, pack_given
from assessments.rules.marking import STRANGE, is_right, misfit
from courses import progressing
from lms.kit.refusing import Refused
from lms.kit.words import Sentence
from lms.kit.writing import writing
from lms.people.models import Person


def answer(
    *,
    person: Person,
    practice_key: UUID,
    question: str,
    answer: Sequence[str],
    now: datetime,
    entry_id: UUID | None = None,
    made_at: datetime | None = None,
    device: str = "",
) -> PracticeAnswer:
    """Keep her answer to one question (its code; keys of choices) and say whether it is right.

    The practice is done once every question has an answer, right or wrong: it only helps. No line in the trail.
    Raises Refused (unknown, locked, not_enrolled, unfit).
    """
    with writing():
        hers = {one.question: one for one in PracticeAnswer.objects.filter(person=person, practice_key=practice_key)}
        if not hers:
            progressing.open_step(person=person, step_key=practice_key)
        bank = _bank(practice_key)
        asked = bank.get(question)
        if asked is None:
            raise Refused(
                _("This question is no longer part of the practice. Open the practice again."), code="unknown"
            )
        item = asked.as_item()
        wrong = misfit(item, answer) if answer else Sentence(STRANGE)
        if wrong:
            raise Refused(wrong.render(_), code="unfit")
        given = Given(tuple(answer), now, made_at or now, device)
        row = hers.get(question)
        if row is None:
            row = PracticeAnswer(person=person, practice_key=practice_key, question=question, tries=0)
        row.tries += 1
        if row.tries == 1 or given.replaces(row.given):
            row.answer = pack_given(given)
            row.version, row.is_right = item.version, is_right(item, answer)
        row.save()
        if row.tries == 1 and set(bank) <= {*hers, question}:
            progressing.mark_done(person=person, step_key=practice_key, entry_id=entry_id, now=now)
    return row


def _bank(practice_key: UUID) -> dict[str, Question]:
    """The questions that the practice asks now, by code; a resting one is not asked."""
    pages = PracticePage.objects.live().filter(translation_key=practice_key)
    codes: Sequence[str] = pages.values_list("questions", flat=True).first() or ()
    return {question.code: question for question in Question.objects.for_practice().filter(code__in=codes)}
