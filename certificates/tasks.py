from celery import shared_task

from certificates import printing
from lms.kit import clock


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def make_paper(paper_id: int) -> None:
    printing.make(paper_id=paper_id, now=clock.now())


@shared_task(acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_papers() -> None:
    printing.ask_for(printing.waiting(now=clock.now()))
