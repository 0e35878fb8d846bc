"""Background work of people: small, repeatable, harmless when run twice."""

from celery import shared_task
from django.core.management import call_command

from lms.kit import clock
from lms.people import joining


@shared_task
def clear_sessions() -> None:
    call_command("clearsessions")


@shared_task
def end_roles() -> int:
    return joining.close_editor(today=clock.today())
