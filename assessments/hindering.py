"""What pages of this app need before they come out, beyond their fields. Only reads."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from assessments.models import ExamPage, Question
from courses.models import hindering


def questions(page: Page) -> Iterable[str]:
    """An exam of a module has something to ask; a test of the whole course may stand in a module without a bank."""
    if not isinstance(page, ExamPage) or page.bank == ExamPage.Bank.COURSE:
        return
    if not Question.objects.filter(module=page.get_parent().pk, use="exam").exists():
        yield _("The module has no question for its exam yet. Write some in the question bank.")


def register() -> None:
    """Called once at start-up."""
    hindering.register_asking(questions)
