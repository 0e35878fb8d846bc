"""Cards of a whole cohort on sheets to cut: asked for by a coordinator, made by the worker. Actions.

Only valid certificates of people whom she sees. A task may come twice or never: the row waits, a sweep asks again.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from certificates import asking, printing
from certificates.models import CardSheet, Certificate
from certificates.paper.pdf import cards_pdf
from courses.models import Cohort
from lms.kit.placing import whole
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person

log = logging.getLogger(__name__)
TASK = "certificates.tasks.make_cards"
MOST = 300
A_STEP = 10
MOST_TRIES = 3
STALE_AFTER = timedelta(seconds=60)
KEPT_FOR = timedelta(days=7)


def cohorts_of(coordinator: Person, *, today: date) -> QuerySet[Cohort]:
    """Cohorts in which somebody whom she sees holds a valid certificate, newest first."""
    held = Certificate.objects.visible_to(coordinator, as_role="coordinator").valid_on(today)
    return Cohort.objects.filter(members__person__in=held.values("person")).distinct().order_by("-starts_on", "name")


def ask(*, cohort: Cohort, coordinator: Person, now: datetime, today: date) -> CardSheet:
    """Ask the worker for the cards of a cohort; asked for twice, it is the same. Raises Refused when there is none."""
    total = _held(cohort, coordinator, today).count()
    if not total:
        raise Refused(_("Nobody of this class has a valid certificate."))
    with writing():
        Person.objects.select_for_update().filter(pk=coordinator.pk).values_list("pk").first()
        waiting = CardSheet.State.WAITING
        sheet, is_new = CardSheet.objects.get_or_create(
            cohort=cohort, asked_by=coordinator, state=waiting, defaults={"asked_at": now, "total": min(total, MOST)}
        )
        if is_new:
            detail = {"cards": sheet.total}
            trailing.record(actor=coordinator, verb="certificates.cards_asked", subject=sheet, detail=detail, now=now)
        transaction.on_commit(partial(ask_for, [sheet.pk]), robust=True)
    return sheet


def ask_for(sheet_ids: Iterable[int]) -> None:
    asking.tell(TASK, sheet_ids)


def sweep(*, now: datetime) -> None:
    """Take away what is a week old, and ask again for what waits."""
    for old in CardSheet.objects.filter(asked_at__lt=now - KEPT_FOR).exclude(state=CardSheet.State.WAITING)[:50]:
        path_of(old).unlink(missing_ok=True)
        with writing():
            old.delete()
    waiting = CardSheet.objects.filter(state=CardSheet.State.WAITING, asked_at__lt=now - STALE_AFTER)
    ask_for(list(waiting.values_list("pk", flat=True)[:20]))


def make(*, sheet_id: int, today: date) -> None:
    """Make the file of one row unless it is there. Drawn outside any transaction; `done` says how far it is."""
    sheet = CardSheet.objects.select_related("cohort", "asked_by").filter(pk=sheet_id).first()
    if sheet is None or sheet.state != CardSheet.State.WAITING:
        return
    try:
        content = _drawn(sheet, today)
        with whole(path_of(sheet)) as out:
            size = out.write(content)
    except Exception:
        log.exception("Cards %s could not be made.", sheet_id)
        row = CardSheet.objects.filter(pk=sheet_id)
        asking.count_failure(row, most=MOST_TRIES, failed=CardSheet.State.FAILED)
        return
    with writing():
        ready = CardSheet.State.READY
        CardSheet.objects.filter(pk=sheet_id).update(state=ready, bytes=size, done=F("total"))


def path_of(sheet: CardSheet) -> Path:
    """Where the file lies; the folder is not served by any web server."""
    return Path(settings.PAPERS_DIR) / "cards" / f"{sheet.pk}.pdf"


def _held(cohort: Cohort, coordinator: Person, today: date) -> QuerySet[Certificate]:
    seen = Certificate.objects.visible_to(coordinator, as_role="coordinator").valid_on(today)
    return seen.filter(person__in=cohort.members.values("person")).order_by("name", "pk")


def _drawn(sheet: CardSheet, today: date) -> bytes:
    rows = _held(sheet.cohort, sheet.asked_by, today)
    rows = rows.select_related("standard", "certified_by", "person__group", "layout")
    cards = []
    for number, certificate in enumerate(rows[:MOST], 1):
        cards.append(printing.sheet_of(certificate))
        if number % A_STEP == 0:
            with writing():
                CardSheet.objects.filter(pk=sheet.pk).update(done=min(number, sheet.total))
    return cards_pdf(cards)
