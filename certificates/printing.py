"""Papers of certificates: asked for with the certificate, made by the worker, kept as files. Action.

A task may come twice, late or never: the row says what is missing, a sweep asks again, making twice gives one file.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import asking, designing
from certificates.models import Certificate, Paper
from certificates.paper.layout import Line, SheetData, Signatory
from certificates.paper.pdf import card_pdf, certificate_pdf
from certificates.paper.png import certificate_png
from certificates.rules.credential import web_address
from lms.kit.placing import whole
from lms.kit.writing import writing

log = logging.getLogger(__name__)
TASK = "certificates.tasks.make_paper"
STALE_AFTER = timedelta(seconds=45)
MOST_TRIES = 5
MAKERS = {Paper.Kind.PDF: certificate_pdf, Paper.Kind.PNG: certificate_png, Paper.Kind.CARD: card_pdf}


def ask_for(paper_ids: Iterable[int]) -> None:
    asking.tell(TASK, paper_ids)


def waiting(*, now: datetime) -> list[int]:
    """Papers asked for a while ago and not made yet, oldest first."""
    rows = Paper.objects.filter(state=Paper.State.WAITING, asked_at__lte=now - STALE_AFTER)
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:200])


def make(*, paper_id: int, now: datetime) -> bool:
    """Make one paper unless it is there; True when there is a file afterwards. It is drawn outside the transaction."""
    rows = Paper.objects.select_related(
        "certificate__standard", "certificate__certified_by", "certificate__person__group", "certificate__layout"
    )
    paper = rows.filter(pk=paper_id).first()
    if paper is None:  # asked for by a site that is no more
        return False
    if paper.state == Paper.State.READY and path_of(paper).is_file():
        return True
    try:
        content = MAKERS[Paper.Kind(paper.kind)](sheet_of(paper.certificate))
        with whole(path_of(paper)) as out:
            size = out.write(content)
    except Exception:
        log.exception("Paper %s could not be made.", paper_id)
        asking.count_failure(Paper.objects.filter(pk=paper_id), most=MOST_TRIES, failed=Paper.State.FAILED)
        return False
    with writing():
        Paper.objects.filter(pk=paper_id).update(state=Paper.State.READY, bytes=size, made_at=now)
    return True


def make_again(*, paper: Paper, now: datetime) -> None:
    """The file is gone (a restored copy): ask for it anew."""
    with writing():
        Paper.objects.filter(pk=paper.pk).update(state=Paper.State.WAITING, tries=0, asked_at=now)
        transaction.on_commit(partial(ask_for, [paper.pk]), robust=True)


def path_of(paper: Paper) -> Path:
    """Where the file lies; the folder is not served by any web server."""
    code = paper.certificate.code
    return Path(settings.PAPERS_DIR) / code[:2] / f"{code}.{paper.kind}"


def sheet_of(certificate: Certificate) -> SheetData:
    """What the paper says: the certificate's own words, its version of the standard, the layout it was issued with."""
    group = certificate.person.group
    practice = certificate.standard.rules.activities
    layout = certificate.layout.data if certificate.layout else None
    with override(layout["language"] if layout else settings.LANGUAGE_CODE):
        role = _("Coordinator")
    sheet = SheetData(
        organisation=settings.ORGANISATION_NAME,
        group=group.name if group else "",
        name=certificate.name,
        standard=certificate.standard.title,
        topics=tuple(Line(topic["title"], topic["hours"] * 60) for topic in certificate.topics),
        practice=tuple(Line(activity.title, activity.minutes) for activity in practice),
        valid_from=certificate.issued_on,
        expires_on=certificate.expires_on,
        signatories=(Signatory(certificate.certified_by.name, role),),
        code=certificate.pretty_code,
        number=certificate.pretty_number,
        address=address_of(certificate),
        check_at=settings.SITE_URL.partition("://")[2] + "/v",
    )
    return designing.dressed(sheet, layout) if layout else sheet


def address_of(certificate: Certificate) -> str:
    """What the QR code holds: the whole signed statement as an address."""
    return web_address(settings.SITE_URL, certificate.statement)
