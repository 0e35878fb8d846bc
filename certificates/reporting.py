"""The yearly report of a coordinator's regions: every figure with its definition and the rows it counts. Reads only.

Rows carry the number of a person's file, never her name: whoever may open the file can trace a figure to people.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates import coverage, evidence, register
from certificates.exporting import Cell, Sheet
from certificates.models import Certificate, HoursEntry
from certificates.paper.report import Table, YearOnPaper
from certificates.register import AS
from certificates.rules import hours
from lms.people import rules, scoping
from lms.people.models import Person, Profile, Region, VillageGroup

CHUNK = 10_000


@dataclass(frozen=True)
class Traits:
    """What the report divides people by."""

    subdistrict: str
    sex: str
    age: str
    disability: str
    group: str


@dataclass(frozen=True)
class Figure:
    """A number, what it means, and its rows; the first cell of each row is the number of a person's file.

    `summed`: the column whose minutes are summed; without one, people are counted.
    """

    title: str
    definition: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summed: int | None = None

    @cached_property
    def amounts(self) -> Counter[int]:
        """What each person adds to the figure: one, or the minutes of her rows."""
        found: Counter[int] = Counter()
        for row in self.rows:
            file = int(str(row[0]))
            found[file] = 1 if self.summed is None else found[file] + int(str(row[self.summed]))
        return found

    @property
    def value(self) -> int:
        return sum(self.amounts.values())

    @property
    def unit(self) -> str:
        return _("people") if self.summed is None else _("minutes")

    @property
    def text(self) -> str:
        return self.said(self.value)

    def said(self, value: int) -> str:
        """A value as people read it: minutes as hours."""
        if self.summed is not None:
            return _("%(hours)s h") % {"hours": hours.figure(value)}
        return str(number_format(value, force_grouping=True))


@dataclass(frozen=True)
class Way:
    """What figures are divided by, what that means, and the part of a person; without one, figures say it themselves.

    `is_her_word`: parts of fewer than five people are joined, so that nobody's answer can be told from a number.
    """

    title: str
    definition: str
    part_of: Callable[[Traits], str] | None = None
    is_her_word: bool = False


@dataclass(frozen=True)
class Part:
    """One figure divided: by what, which part, how many."""

    figure: str
    by: str
    part: str
    value: int


@dataclass(frozen=True)
class Report:
    """`regions`: the names of those it counts, or nothing for everywhere. `traits`: of everybody in its rows."""

    regions: tuple[str, ...]
    year: int
    until: date
    figures: tuple[Figure, ...]
    ways: tuple[Way, ...]
    parts: tuple[Part, ...]
    traits: dict[int, Traits]


def yearly(viewer: Person, year: int, *, today: date) -> Report:
    """The report of one year; as many queries for ten people as for ten thousand."""
    until = min(date(year, 12, 31), today)
    worked = _hours(viewer, year)
    figures = (_trained(viewer, year, today), *_certified(viewer, year), _active(viewer, until), worked)
    traits = _traits(set().union(*(one.amounts for one in figures)), year)
    ways = _ways()
    parts = [part for figure in figures for way in ways for part in _divided(figure, way, traits)]
    parts += _by_activity(worked)
    return Report(_regions(viewer), year, until, figures, (*ways, _activity()), tuple(parts), traits)


def sheets(report: Report) -> list[Sheet]:
    """Figures with their definitions, their parts, what these mean, then the rows of each figure."""
    figures = [(one.title, one.value, one.unit, one.definition, one.title) for one in report.figures]
    parts = [(one.figure, one.by, one.part, one.value) for one in report.parts]
    ways = [(one.title, one.definition) for one in report.ways]
    return [
        Sheet(_("Figures"), (_("Figure"), _("Value"), _("Unit"), _("What it means"), _("Rows on sheet")), figures),
        Sheet(_("Parts"), (_("Figure"), _("Divided by"), _("Part"), _("Value")), parts),
        Sheet(_("Divisions"), (_("Divided by"), _("What it means")), ways),
        *(_with_traits(one, report) for one in report.figures),
    ]


def _with_traits(figure: Figure, report: Report) -> Sheet:
    """The rows of a figure, each with what it is divided by; what a person told to be counted only is not among it."""
    ways = [(capfirst(way.title), way.part_of) for way in report.ways if way.part_of and not way.is_her_word]
    rows = [(*row, *(part_of(report.traits[int(str(row[0]))]) for _title, part_of in ways)) for row in figure.rows]
    return Sheet(figure.title, (*figure.head, *(title for title, _part_of in ways)), rows)


def on_paper(report: Report, *, today: date) -> YearOnPaper:
    """The same figures and parts for the printed report; rows are left to the other files."""
    return YearOnPaper(
        organisation=settings.ORGANISATION_NAME,
        regions=", ".join(report.regions) or _("All regions"),
        language=get_language() or "id",
        year=report.year,
        until=report.until,
        made_on=today,
        figures=tuple((one.title, one.text, one.definition) for one in report.figures),
        tables=tables(report),
    )


def tables(report: Report) -> list[Table]:
    """The parts as tables to read, one for each way."""
    return [_table(way, [one for one in report.parts if one.by == way.title], report.figures) for way in report.ways]


def _table(way: Way, parts: list[Part], figures: tuple[Figure, ...]) -> Table:
    values = {(one.part, one.figure): one.value for one in parts}
    shown = figures if way.part_of else figures[-1:]
    rows = [
        (part, *(_cell(figure, values.get((part, figure.title)), way) for figure in shown))
        for part in sorted({part for part, _figure in values}, key=_last_if_not_said)
    ]
    columns = (capfirst(way.title), *(figure.title for figure in shown))
    return Table(_("By %(way)s") % {"way": way.title}, way.definition, columns, tuple(rows))


def _cell(figure: Figure, value: int | None, way: Way) -> str:
    """Where parts are joined, a part that is not there need not be zero."""
    return "–" if value is None and way.is_her_word else figure.said(value or 0)


def _last_if_not_said(part: str) -> tuple[bool, str]:
    return part in (_("not said"), _few()), part


def _regions(viewer: Person) -> tuple[str, ...]:
    codes = scoping.regions_of(viewer, AS)
    return tuple(Region.objects.filter(code__in=codes).order_by("name").values_list("name", flat=True))


def _trained(viewer: Person, year: int, today: date) -> Figure:
    places = register.finished_in(viewer, year, today=today)
    rows = tuple((one.person_id, one.cohort.name, one.cohort.ends_on or one.cohort.starts_on) for one in places)
    return Figure(
        _("Trained"),
        _("People of a class that ended in this year, present on a day where days were noted. Each counts once."),
        (_("File"), _("Class"), _("Last day")),
        rows,
    )


def _certified(viewer: Person, year: int) -> tuple[Figure, Figure]:
    seen = Certificate.objects.visible_to(viewer, as_role=AS).exclude(revoked_for=Certificate.Ground.MISTAKE)
    head = (_("File"), _("Number"), _("From"), _("Until"), _("Not valid any more"))
    first = seen.filter(cycle=1, issued_on__year=year)
    again = seen.filter(cycle__gt=1, certified_at__year=year)
    return (
        _of_certificates(
            _("Newly certified"),
            _("People whose first certificate begins in this year. Those issued by mistake are left out."),
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
    return Figure(title, definition, head, rows)


def _active(viewer: Person, until: date) -> Figure:
    found = coverage.active(until).visible_to(viewer, as_role=AS).order_by("person", "pk")
    rows = tuple((one.person_id, one.pretty_number, one.issued_on, one.expires_on) for one in found)
    return Figure(
        _("Active"),
        _("People with a valid certificate on the last day, without those who pause, stopped or lost it since."),
        (_("File"), _("Number"), _("From"), _("Until")),
        rows,
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
        _("Hours of verified entries of this year, in rows as minutes; a correction counts as minus and plus."),
        (_("File"), _("Date"), _("Activity"), _("Minutes"), _("Role"), _("Entry")),
        rows,
        summed=3,
    )


def _traits(ids: set[int], year: int) -> dict[int, Traits]:
    kinds = {value: str(label) for value, label in VillageGroup.Kind.choices}
    sexes = {value: str(label) for value, label in Person.Sex.choices}
    disabilities = {Profile.Disability.YES: _("with a disability"), Profile.Disability.NO: _("without a disability")}
    wanted = sorted(ids)
    rows: list[tuple[int, str | None, str, int | None, str | None, str | None]] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = Person.objects.filter(pk__in=wanted[start : start + CHUNK]).order_by()
        told = "profile__birth_year", "profile__disability"
        rows += chunk.values_list("pk", "village", "sex", *told, "group__kind")
    above = {pk: rules.parent_of(village or "") for pk, village, *_rest in rows}
    names = dict(Region.objects.filter(code__in=set(above.values())).values_list("code", "name"))
    none = _("not said")
    return {
        pk: Traits(
            names.get(above[pk], none),
            sexes.get(sex, none),
            _band(born, year) if born else none,
            disabilities.get(Profile.Disability(disability), none) if disability else none,
            kinds.get(kind or "", none),
        )
        for pk, _village, sex, born, disability, kind in rows
    }


def _band(birth_year: int, year: int) -> str:
    first, last = rules.age_band(birth_year, year)
    if first is None:
        return _("under %(age)s") % {"age": (last or 0) + 1}
    return f"{first}–{last}" if last else _("%(age)s and older") % {"age": first}


def _few() -> str:
    return _("not said, or fewer than five")


def _ways() -> tuple[Way, ...]:
    few = " " + _("Parts of fewer than five people are joined.")
    return (
        Way(_("subdistrict"), _("Of the village where she lives today."), lambda one: one.subdistrict),
        Way(_("sex"), _("As it was noted when she came."), lambda one: one.sex),
        Way(_("age"), _("By the year of birth that she told.") + few, lambda one: one.age, is_her_word=True),
        Way(_("disability"), _("By her own word.") + few, lambda one: one.disability, is_her_word=True),
        Way(_("kind of group"), _("Of the group she belongs to today."), lambda one: one.group),
    )


def _activity() -> Way:
    return Way(_("activity"), _("What the verified entry says."))


def _divided(figure: Figure, way: Way, traits: dict[int, Traits]) -> list[Part]:
    """The parts of a figure, which add up to it."""
    if way.part_of is None:
        return []
    parts = {person: way.part_of(traits[person]) for person in figure.amounts}
    joined = _too_small(Counter(parts.values())) if way.is_her_word else frozenset()
    sums: Counter[str] = Counter()
    for person, amount in figure.amounts.items():
        sums[_few() if parts[person] in joined else parts[person]] += amount
    return [Part(figure.title, way.title, part, amount) for part, amount in sorted(sums.items())]


def _too_small(people: Counter[str]) -> frozenset[str]:
    """The parts to be joined, the smallest first, until what is joined holds five people too.

    Whoever said nothing is joined with them: then nobody can be told from what is left over.
    """
    silent = _("not said")
    joined = {part for part, number in people.items() if number < coverage.FEW and part != silent}
    if not joined:
        return frozenset()
    joined.add(silent)
    for part, _number in reversed(people.most_common()):
        if sum(people[one] for one in joined) >= coverage.FEW:
            break
        joined.add(part)
    return frozenset(joined)


def _by_activity(figure: Figure) -> list[Part]:
    sums: Counter[str] = Counter()
    for row in figure.rows:
        sums[str(row[2])] += int(str(row[3]))
    return [Part(figure.title, _("activity"), part, minutes) for part, minutes in sorted(sums.items())]
