"""What a learner's desk shows of exams and practical tasks."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from assessments import gains, marks, results, work
from assessments.models import Sitting, Submission
from assessments.models.submissions import States
from courses import classes, desk, outline
from courses.classes import Panel
from courses.desk import Notice, Tile
from courses.models import Cohort
from lms.people.models import Person

NEW_FOR = timedelta(days=14)


def register_tiles() -> None:
    desk.register_tile(task_tile)
    desk.register_module_notes(module_notes)
    classes.register_panels(class_panels)


def module_notes(person: Person) -> dict[str, str]:
    """Module code -> "exam 88 · task 75"."""
    notes: dict[str, list[str]] = {}
    for code, exam in results.passed_exams([person.pk])[person.pk].items():
        notes.setdefault(code, []).append(_("exam %(percent)s") % {"percent": exam.percent})
    for code, task in marks.passed_tasks([person.pk])[person.pk].items():
        notes.setdefault(code, []).append(_("task %(percent)s") % {"percent": task.percent})
    return {code: " · ".join(words) for code, words in notes.items()}


def task_tile(person: Person, today: date) -> Tile:
    """Two queries."""
    tasks = work.on_her_desk(person, today - NEW_FOR)
    return Tile(notices=(*sitting_notices(person), *(notice_of(one) for one in tasks)))


def sitting_notices(person: Person) -> Iterator[Notice]:
    for sitting in Sitting.objects.planned().filter(person=person).select_related("assessor")[: desk.FEW]:
        at = formats.date_format(timezone.localtime(sitting.at), "l, j F, H.i")
        words = f"{at} · {sitting.get_place_type_display()} · {sitting.assessor.address}"
        yield Notice("know", "clock", _("Your appointment with a trainer"), words)


def notice_of(submission: Submission) -> Notice:
    url = reverse("task", args=[submission.pk])
    title: str = submission.task_title  # type: ignore[attr-defined]
    if submission.state == States.RETURNED:
        return Notice("wait", "back", _("To work on again"), title, url, _("See what to change"))
    if submission.state == States.HANDED_IN:
        return Notice("know", "wait", _("Waits for an assessor"), title, url, _("See"))
    kind = "done" if submission.passed else "wait"
    return Notice(kind, "tick" if submission.passed else "back", _("Your task was graded"), title, url, _("See"))


def class_panels(cohort: Cohort, trainer: Person) -> tuple[Panel, ...]:
    """For who teaches the class: its exams, and what the tests before and after show. Two queries and one a pair."""
    plan = outline.outline().find_course_key(cohort.course_key)
    if plan is None or not cohort.trainers.filter(pk=trainer.pk).exists():
        return ()
    found = gains.gains_in(plan, cohort.members.order_by().values("person"))
    said = [sentence.render(_) for one in found for sentence in one.said]
    url = reverse("class_exams", args=[cohort.pk])
    return (Panel(_("Exams of this class"), tuple(said), url, _("Read aloud, give more time")),)
