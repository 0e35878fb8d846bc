"""How often questions were asked, and which may therefore never go. Only reads."""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from assessments.models import AskedQuestion, PracticeAnswer, Question


def counted(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Each with `asked_times` (attempts handed in) and `asked_exams`; no further query."""
    asked = AskedQuestion.objects.filter(question=OuterRef("pk"), attempt__handed_in_at__isnull=False)
    grouped = asked.order_by().values("question")
    times = grouped.annotate(number=Count("pk")).values("number")
    exams = grouped.annotate(number=Count("attempt__exam_key", distinct=True)).values("number")
    return questions.annotate(
        asked_times=Coalesce(Subquery(times, output_field=IntegerField()), 0),
        asked_exams=Coalesce(Subquery(exams, output_field=IntegerField()), 0),
    )


def kept(questions: Iterable[Question]) -> list[Question]:
    """Those that somebody was asked, in an exam or in practice: they rest, and are never deleted."""
    rows = list(questions)
    codes = set(
        AskedQuestion.objects.filter(question__in=[one.pk for one in rows]).values_list("question__code", flat=True)
    )
    codes |= set(
        PracticeAnswer.objects.filter(question__in=[one.code for one in rows]).values_list("question", flat=True)
    )
    return [one for one in rows if one.code in codes]


def refusal(questions: Iterable[Question]) -> str:
    """Why these questions cannot be deleted; empty when they can."""
    found = kept(questions)
    codes = ", ".join(one.code for one in found[:5]) + (" …" if len(found) > 5 else "")
    sentence = _("Somebody was asked %(codes)s: marks must stay explainable. Set it to “Not used now” instead.")
    return sentence % {"codes": codes} if found else ""
