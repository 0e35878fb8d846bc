"""Standards and the texts that companions sign come in from files. Action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from certificates import versions
from certificates.models import Candidacy, Placement, PledgeText, Standard
from certificates.rules import standards
from courses.models import Progress
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


@dataclass(frozen=True)
class LoadedText:
    text: PledgeText
    is_new: bool


@dataclass(frozen=True)
class Loaded:
    """What is current now, and whether this call made a new version of it."""

    standard: Standard
    is_new: bool
    texts: tuple[LoadedText, ...]


def load_standard(
    *,
    data: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, Any]] | None = None,
    now: datetime,
    actor: Person | None = None,
    once: bool = False,
) -> Loaded:
    """Make a new version when the data differs from the newest one; else change nothing.

    Whoever has begun under the version before may finish under it. `once`: what any earlier version said already is
    left alone, so that a file that is read at every start does not undo what was written in the editor since.

    `data` is the content of a standard's file, `texts` those of the texts to sign, by their kind. Raises Refused
    before any write.
    """
    try:
        rules = standards.read(data)
    except standards.NotAStandard as error:
        raise Refused(error.sentence.render(_)) from error
    said = {kind: _said(text) for kind, text in (texts or {}).items()}
    with writing():
        standard, is_new = _standard(rules.code, rules.title, dict(data), now, once)
        loaded = tuple(_text(kind, title, points, now, once) for kind, (title, points) in said.items())
        if is_new:
            detail = {"code": standard.code, "version": standard.version}
            trailing.record(actor=actor, verb="certificates.standard_loaded", subject=standard, detail=detail, now=now)
        for one in loaded:
            _note_text(one, actor, now)
    return Loaded(standard, is_new, loaded)


def load_text(*, kind: str, title: str, points: list[str], now: datetime, actor: Person | None = None) -> LoadedText:
    """Make a new version of a text to sign when it differs from the newest one. Raises Refused before any write."""
    title, points = _said({"title": title, "points": points})
    with writing():
        loaded = _text(kind, title, points, now)
        _note_text(loaded, actor, now)
    return loaded


def _note_text(loaded: LoadedText, actor: Person | None, now: datetime) -> None:
    if loaded.is_new:
        detail = {"kind": loaded.text.kind, "version": loaded.text.version}
        trailing.record(actor=actor, verb="certificates.pledge_loaded", subject=loaded.text, detail=detail, now=now)


def _let_finish(before: Standard) -> None:
    """Write down everyone who has begun by now and has no version of her own: she may finish under that one."""
    persons = versions.keep_newest().values("pk")
    began = dict(_first(Progress.objects.filter(person__in=persons), "person", "done_at__date"))
    for person_id, day in _first(Placement.objects.filter(learner__in=persons), "learner", "starts_on"):
        began[person_id] = min(day, began.get(person_id, day))
    rows = [
        Candidacy(person_id=one, standard=before, standard_code=before.code, began_on=day)
        for one, day in sorted(began.items())
    ]
    Candidacy.objects.bulk_create(rows, batch_size=1000)


def _first(rows: QuerySet[Any], person: str, day: str) -> Iterable[tuple[int, date]]:
    return rows.order_by().values(person).annotate(first=Min(day)).values_list(person, "first")


def _standard(code: str, title: str, data: dict[str, Any], now: datetime, once: bool) -> tuple[Standard, bool]:
    versions_so_far = list(Standard.objects.filter(code=code).order_by("-version"))
    newest = versions_so_far[0] if versions_so_far else None
    if newest is not None and any(one.data == data for one in versions_so_far[: None if once else 1]):
        return newest, False
    before = Standard.objects.current()
    if before is not None:
        _let_finish(before)
    version = newest.version + 1 if newest else 1
    return Standard.objects.create(code=code, version=version, title=title, data=data, loaded_at=now), True


def _text(kind: str, title: str, points: list[str], now: datetime, once: bool = False) -> LoadedText:
    newest = PledgeText.objects.current(kind)
    known = PledgeText.objects.filter(kind=kind) if once else [newest] if newest else []
    if newest is not None and any(one.points == points and one.title == title for one in known):
        return LoadedText(newest, is_new=False)
    version = newest.version + 1 if newest else 1
    text = PledgeText.objects.create(kind=kind, version=version, title=title, points=points, loaded_at=now)
    return LoadedText(text, is_new=True)


def _said(data: Mapping[str, Any]) -> tuple[str, list[str]]:
    title, points = data.get("title"), data.get("points")
    if not isinstance(title, str) or not title.strip():
        raise Refused(_("The text to sign has no title."))
    if not isinstance(points, list) or not points or not all(isinstance(point, str) for point in points):
        raise Refused(_("The text to sign needs a list of points."))
    return title.strip(), [point.strip() for point in points]
