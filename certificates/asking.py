"""Work asked of the worker, and counted when it could not be done. Actions.

Rows say what is to do; the worker may hear of it twice, late or never, so a sweep asks again.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from kombu.exceptions import OperationalError

from lms.celery import app
from lms.kit.writing import writing

log = logging.getLogger(__name__)


def tell(task: str, row_ids: Iterable[int]) -> None:
    """Tell the worker of these rows; when nobody listens, the sweep asks again."""
    for row_id in row_ids:
        try:
            app.send_task(task, args=[row_id], ignore_result=True)
        except (OperationalError, OSError):
            log.warning("The broker does not answer; %s of %s waits for the sweep.", task, row_id)
            return


def count_failure(row: QuerySet[Any], *, most: int, failed: str) -> None:
    """One more try of this row did not succeed; after the last one its state is `failed`."""
    with writing():
        row.update(tries=F("tries") + 1)
        row.filter(tries__gte=most).update(state=failed)
