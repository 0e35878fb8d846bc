from celery import shared_task

from certificates import batching, carding, counting, printing, reminding
from lms.kit import clock


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def make_paper(paper_id: int) -> None:
    printing.make(paper_id=paper_id, now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_papers() -> None:
    printing.ask_for(printing.waiting(now=clock.now()))


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def certify_batch(batch_id: int) -> None:
    batching.work_off(batch_id=batch_id, now=clock.now(), today=clock.today())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_batches() -> None:
    batching.ask_for(batching.unfinished(now=clock.now()))


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_reminders() -> None:
    reminding.make_due(now=clock.now(), today=clock.today())
    reminding.send_waiting(now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def count_coverage() -> None:
    counting.keep_month(today=clock.today())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def make_cards(sheet_id: int) -> None:
    carding.make(sheet_id=sheet_id, today=clock.today())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_cards() -> None:
    carding.sweep(now=clock.now())
