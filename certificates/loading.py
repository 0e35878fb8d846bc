"""Standards and codes of ethics come in from files. Action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from certificates.models import PledgeText, Standard
from certificates.rules import standards
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


@dataclass(frozen=True)
class Loaded:
    """What is current now, and whether this call made a new version of it."""

    standard: Standard
    is_new: bool
    pledge: PledgeText | None
    pledge_is_new: bool


def load_standard(
    *, data: Mapping[str, Any], pledge: Mapping[str, Any] | None = None, now: datetime, actor: Person | None = None
) -> Loaded:
    """Make a new version when the data differs from the newest one; else change nothing.

    `data` is the content of a standard's file, `pledge` of a code of ethics. Raises Refused before any write.
    """
    try:
        rules = standards.read(data)
    except standards.NotAStandard as error:
        raise Refused(error.sentence.render(_)) from error
    title, points = _pledge(pledge) if pledge is not None else ("", [])
    with writing():
        standard, is_new = _standard(rules.code, rules.title, dict(data), now)
        text, text_is_new = _pledge_text(title, points, now) if points else (PledgeText.objects.current(), False)
        if is_new:
            detail = {"code": standard.code, "version": standard.version}
            trailing.record(actor=actor, verb="certificates.standard_loaded", subject=standard, detail=detail, now=now)
        if text is not None and text_is_new:
            detail = {"version": text.version}
            trailing.record(actor=actor, verb="certificates.pledge_loaded", subject=text, detail=detail, now=now)
    return Loaded(standard, is_new, text, text_is_new)


def _standard(code: str, title: str, data: dict[str, Any], now: datetime) -> tuple[Standard, bool]:
    newest = Standard.objects.filter(code=code).order_by("-version").first()
    if newest is not None and newest.data == data:
        return newest, False
    version = newest.version + 1 if newest else 1
    return Standard.objects.create(code=code, version=version, title=title, data=data, loaded_at=now), True


def _pledge_text(title: str, points: list[str], now: datetime) -> tuple[PledgeText, bool]:
    newest = PledgeText.objects.current()
    if newest is not None and newest.points == points and newest.title == title:
        return newest, False
    version = (PledgeText.objects.aggregate(most=Max("version"))["most"] or 0) + 1
    return PledgeText.objects.create(version=version, title=title, points=points, loaded_at=now), True


def _pledge(data: Mapping[str, Any]) -> tuple[str, list[str]]:
    title, points = data.get("title"), data.get("points")
    if not isinstance(title, str) or not title.strip():
        raise Refused(_("The code of ethics has no title."))
    if not isinstance(points, list) or not points or not all(isinstance(point, str) for point in points):
        raise Refused(_("The code of ethics needs a list of points."))
    return title.strip(), [point.strip() for point in points]
