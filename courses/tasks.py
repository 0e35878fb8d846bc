"""Background work of courses: small, repeatable, harmless when run twice."""

from uuid import UUID

from celery import shared_task

from courses import importing, scheduling, shrinking
from lms.kit import clock


@shared_task(acks_late=True, ignore_result=True, time_limit=55 * 60)  # type: ignore[untyped-decorator]
def shrink_media(media_id: int) -> None:
    shrinking.shrink(media_id=media_id, now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def lighten_picture(picture_id: int) -> None:
    shrinking.lighten(picture_id=picture_id)


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_media() -> None:
    shrinking.sweep(now=clock.now())


@shared_task(acks_late=True, ignore_result=True, time_limit=600)  # type: ignore[untyped-decorator]
def work_on_import(import_id: str) -> None:
    importing.work(import_id=UUID(import_id), now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_imports() -> None:
    """What was left waiting when a worker stopped."""
    for import_id in importing.left_waiting(now=clock.now()):
        work_on_import.delay(str(import_id))


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def publish_due() -> None:
    """What trainers set for a day; a second worker at the same moment does nothing."""
    scheduling.publish_due()
