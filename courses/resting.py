"""What rests on a law, and what is due for another look. Apps above report their own rows. Only reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import LessonPage, ModulePage
from courses.rules import checklist


@dataclass(frozen=True, slots=True)
class Resting:
    """One lesson or question that names a law. `checked_on`: the last day somebody looked, None: never or not kept."""

    law: str
    kind: str | Promise
    title: str
    module: str
    checked_on: date | None
    edit_url: str


@dataclass(frozen=True, slots=True)
class Due:
    """One lesson or question that nobody checked within a year. `checked_on` None: never."""

    kind: str | Promise
    title: str
    module: str
    laws: tuple[str, ...]
    checked_on: date | None
    checked_by: str
    is_live: bool
    edit_url: str

    @property
    def law_list(self) -> str:
        return ", ".join(self.laws)


Gather = Callable[[], Iterable[Resting]]
GatherDue = Callable[[date], Iterable[Due]]
_gatherers: list[Gather] = []
_due_gatherers: list[GatherDue] = []


def register_resting(gather: Gather, due: GatherDue) -> None:
    """An app above adds what rests on laws there, and what of it is due on a day. Registered at start-up."""
    _gatherers.append(gather)
    _due_gatherers.append(due)


def by_law() -> list[Resting]:
    """Every lesson and question that rests on a law, law by law."""
    rows = [*lessons(), *(row for gather in _gatherers for row in gather())]
    return sorted(rows, key=lambda row: (row.law, row.module, row.title))


def lessons() -> Iterable[Resting]:
    modules = {module.path: module.title for module in ModulePage.objects.only("path", "title")}
    for page in LessonPage.objects.defer("body").order_by("path"):
        for law in page.laws:
            yield Resting(
                law=law,
                kind=_("lesson"),
                title=page.title,
                module=modules.get(page.path[: -LessonPage.steplen], ""),
                checked_on=page.checked_on,
                edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )


def due(today: date) -> list[Due]:
    """Everything that is due for another look: what was never checked first, then the oldest check."""
    rows = [*_lessons_due(today), *(row for gather in _due_gatherers for row in gather(today))]
    return sorted(rows, key=lambda row: row.checked_on or date.min)


def _lessons_due(today: date) -> Iterable[Due]:
    modules = {module.path: module.title for module in ModulePage.objects.only("path", "title")}
    for page in due_lessons(today).defer("body"):
        yield Due(
            kind=_("lesson"),
            title=page.title,
            module=modules.get(page.path[: -LessonPage.steplen], ""),
            laws=tuple(page.laws),
            checked_on=page.checked_on,
            checked_by=page.checked_by,
            is_live=page.live,
            edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )


def due_lessons(today: date) -> QuerySet[LessonPage]:
    """Lessons that nobody checked within a year: those never checked first, then the oldest check."""
    is_due = Q(checked_on=None) | Q(checked_on__lt=today - checklist.CHECKED_FOR)
    due: QuerySet[LessonPage] = LessonPage.objects.filter(is_due).order_by(
        F("checked_on").asc(nulls_first=True), "path"
    )
    return due
