"""What a learner's desk shows of exams."""

from django.utils.translation import gettext as _

from assessments import results
from courses import desk
from lms.people.models import Person


def register_tiles() -> None:
    desk.register_module_notes(exam_notes)


def exam_notes(person: Person) -> dict[str, str]:
    """Module code -> "exam 88"."""
    passed = results.passed_exams([person.pk])[person.pk]
    return {code: _("exam %(percent)s") % {"percent": result.percent} for code, result in passed.items()}
