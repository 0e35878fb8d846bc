"""The yearly report of a coordinator's regions: every figure with its definition and the rows it counts. Reads only.

Rows carry the number of a person's file, never her name: whoever may open the file can trace a figure to people.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from certificates import coverage, evidence, register
from certificates.exporting import Cell, Sheet
from certificates.models import Certificate, HoursEntry
from certificates.register import AS
from lms.people import rules
from lms.people.models import Person, Region, VillageGroup

CHUNK = 10_000


@dataclass(frozen=True)
class Traits:
    """What the report divides people by."""

    subdistrict: str
    sex: str
    group: str


@dataclass(frozen=True)
class Figure:
    """A number, what it means, and its rows; the first cell of each row is the number of a person's file."""

    title: str
    definition: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    value: int
    unit: str

    @property
    def people(self) -> set[int]:
        return {int(str(row[0])) for row in self.rows}


@dataclass(frozen=True)
class Part:
    """One figure divided: by what, which part, how many. None: it is not kept."""

    figure: str
    by: str
    part: str
    value: int | None


@dataclass(frozen=True)
class Report:
    year: int
    until: date
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]


def yearly(viewer: Person, year: int, *, today: date) -> Report:
    """The report of one year; as many queries for ten people as for ten thousand."""
    until = min(date(year, 12, 31), today)
    people = (_trained(viewer, year, today), *_certified(viewer, year), _active(viewer, until))
    worked = _hours(viewer, year)
    everyone = set().union(*(one.people for one in (*people, worked)))
    traits = _traits(everyone)
    parts = [part for one in people for part in _divided(one, traits)]
    return Report(year, until, (*people, worked), (*parts, *_by_activity(worked)))


def sheets(report: Report) -> list[Sheet]:
    """Figures with their definitions, their parts, then the rows of each figure."""
    figures = [(one.title, one.value, one.unit, one.definition, one.title) for one in report.figures]
    parts = [(one.figure, one.by, one.part, _("not kept") if one.value is None else one.value) for one in report.parts]
    return [
        Sheet(_("Figures"), (_("Figure"), _("Value"), _("Unit"), _("What it means"), _("Rows on sheet")), figures),
        Sheet(_("Parts"), (_("Figure"), _("Divided by"), _("Part"), _("Value")), parts),
        *(Sheet(one.title, one.head, one.rows) for one in report.figures),
    ]


def _trained(viewer: Person, year: int, today: date) -> Figure:
    places = register.finished_in(viewer, year, today=today)
    rows = tuple((one.person_id, one.cohort.name, one.cohort.ends_on or one.cohort.starts_on) for one in places)
    return Figure(
        _("Trained"),
        _("People of a class that ended in this year, present on a noted day. Each person counts once."),
        (_("File"), _("Class"), _("Last day")),
        rows,
        len({row[0] for row in rows}),
        _("people"),
    )


def _certified(viewer: Person, year: int) -> tuple[Figure, Figure]:
    seen = Certificate.objects.visible_to(viewer, as_role=AS).exclude(revoked_for=Certificate.Ground.MISTAKE)
    head = (_("File"), _("Number"), _("From"), _("Until"), _("Revoked since"))
    first = seen.filter(cycle=1, issued_on__year=year)
    again = seen.filter(cycle__gt=1, certified_at__year=year)
    return (
        _of_certificates(
            _("Newly certified"),
            _("First certificates of this year. Those issued by mistake are left out."),
            head,
            first,
        ),
        _of_certificates(
            _("Renewed"),
            _("People whose certificate was given another period in this year."),
            head,
            again,
        ),
    )


def _of_certificates(title: str, definition: str, head: tuple[str, ...], found: Iterable[Certificate]) -> Figure:
    rows = tuple(
        (one.person_id, one.pretty_number, one.issued_on, one.expires_on, _("yes") if one.revoked_at else "")
        for one in found
    )
    return Figure(title, definition, head, rows, len({row[0] for row in rows}), _("people"))


def _active(viewer: Person, until: date) -> Figure:
    found = coverage.active(until).visible_to(viewer, as_role=AS).order_by("person", "pk")
    rows = tuple((one.person_id, one.pretty_number, one.issued_on, one.expires_on) for one in found)
    return Figure(
        _("Active"),
        _("People with a valid certificate on the last day of the report, without those who pause or stopped by now."),
        (_("File"), _("Number"), _("From"), _("Until")),
        rows,
        len({row[0] for row in rows}),
        _("people"),
    )


def _hours(viewer: Person, year: int) -> Figure:
    titles = evidence.activity_titles()
    seen = HoursEntry.objects.visible_to(viewer, as_role=AS).filter(state=HoursEntry.State.VERIFIED, day__year=year)
    rows = tuple(
        (
            one.learner_id,
            one.day,
            titles.get(one.activity, one.activity),
            one.minutes,
            one.get_role_display(),
            str(one.pk),
        )
        for one in seen.order_by("day", "pk")
    )
    return Figure(
        _("Verified hours"),
        _("Minutes of verified entries of this year; a correction counts as minus and plus."),
        (_("File"), _("Date"), _("Activity"), _("Minutes"), _("Role"), _("Entry")),
        rows,
        sum(int(str(row[3])) for row in rows),
        _("minutes"),
    )


def _traits(ids: set[int]) -> dict[int, Traits]:
    kinds = {value: str(label) for value, label in VillageGroup.Kind.choices}
    sexes = {value: str(label) for value, label in Person.Sex.choices}
    wanted = sorted(ids)
    rows: list[tuple[int, str | None, str, str | None]] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = Person.objects.filter(pk__in=wanted[start : start + CHUNK]).order_by()
        rows += chunk.values_list("pk", "village", "sex", "group__kind")
    above = {pk: rules.parent_of(village or "") for pk, village, _sex, _kind in rows}
    names = dict(Region.objects.filter(code__in=set(above.values())).values_list("code", "name"))
    none = _("not said")
    return {
        pk: Traits(names.get(above[pk], none), sexes.get(sex, none), kinds.get(kind or "", none))
        for pk, _village, sex, kind in rows
    }


def _divided(figure: Figure, traits: dict[int, Traits]) -> list[Part]:
    """By subdistrict, sex and kind of group; age and disability are not kept of anybody."""
    ways: tuple[tuple[str, Callable[[Traits], str]], ...] = (
        (_("subdistrict"), lambda one: one.subdistrict),
        (_("sex"), lambda one: one.sex),
        (_("kind of group"), lambda one: one.group),
    )
    parts = [
        Part(figure.title, by, part, number)
        for by, of in ways
        for part, number in sorted(Counter(of(traits[one]) for one in figure.people).items())
    ]
    return [*parts, Part(figure.title, _("age"), "", None), Part(figure.title, _("disability"), "", None)]


def _by_activity(figure: Figure) -> list[Part]:
    sums: Counter[str] = Counter()
    for row in figure.rows:
        sums[str(row[2])] += int(str(row[3]))
    return [Part(figure.title, _("activity"), part, minutes) for part, minutes in sorted(sums.items())]
