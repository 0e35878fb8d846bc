"""Background work of assessments: small, repeatable, harmless when run twice."""

from celery import shared_task
from django.conf import settings

from assessments import attempting, erasing
from lms.kit import clock


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def end_exams() -> None:
    """Hand in the attempts whose time is over."""
    attempting.end_what_is_over(now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def erase_old_text() -> None:
    """Empty what learners wrote in tasks, once its time has passed."""
    erasing.erase_old(now=clock.now(), days=settings.PRACTICE_TEXT_DAYS)
