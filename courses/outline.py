"""What there is to learn, read once per edition and kept by each process; and how far each person is. Never writes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from courses import rules, stepping
from courses.editions import current_edition
from courses.models import CoursePage, Enrolment, ModulePage, ModuleVersion, Programme, Progress, StepPage, StepVersion
from courses.rules import CoursePlan, ModulePlan, ProgrammePlan, Spot, StepPlan
from lms.kit.words import Sentence
from lms.people import scoping
from lms.people.models import Person

READERS = ("mentor", "trainer", "coordinator", "owner")
PATH_STEP = 4


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a plan's page is, and whether Wagtail guards it by a view restriction."""

    page_id: int
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """All published courses as they stand in one edition of one release."""

    edition: tuple[object, ...]
    courses: tuple[CoursePlan, ...]
    refs: Mapping[UUID, Ref]

    def plan_of(self, slug: str) -> CoursePlan | None:
        return next((course for course in self.courses if course.slug == slug), None)

    def find_module(self, course: str, module: str) -> tuple[CoursePlan, ModulePlan] | None:
        """The module at /belajar/<course>/<module>/."""
        plan = self.plan_of(course)
        found = next((one for one in plan.modules if one.slug == module), None) if plan else None
        return (plan, found) if plan and found else None

    def find_step(self, course: str, module: str, step: str) -> tuple[CoursePlan, Spot] | None:
        """The step at /belajar/<course>/<module>/<step>/."""
        found = self.find_module(course, module)
        if found:
            plan, one = found
            for candidate in one.steps:
                if candidate.code == step:
                    return plan, Spot(one, candidate, plan.number_of(one))
        return None

    def find_course_key(self, key: UUID) -> CoursePlan | None:
        return next((course for course in self.courses if course.key == key), None)

    def find_module_key(self, key: UUID) -> tuple[CoursePlan, ModulePlan] | None:
        for course in self.courses:
            for module in course.modules:
                if module.key == key:
                    return course, module
        return None

    def find_key(self, step_key: UUID) -> tuple[CoursePlan, Spot] | None:
        for course in self.courses:
            spot = rules.find_step(course, step_key)
            if spot:
                return course, spot
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """One step for one person: where it stands, what is around it, whether it is open.

    `number` of `total` counts all steps of the module, `lesson_number` of `lesson_total` its lessons only.
    `is_reader`: staff who look without taking the course. `is_preview`: an editor's preview.
    """

    course: CoursePlan
    module: ModulePlan
    step: StepPlan
    module_number: int
    number: int
    total: int
    lesson_number: int
    lesson_total: int
    previous: StepPlan | None
    next: StepPlan | None
    onward: StepPlan | None
    lock: Sentence | None
    done: frozenset[UUID]
    page_id: int
    edition: tuple[object, ...]
    is_reader: bool = False
    is_preview: bool = False

    @property
    def is_done(self) -> bool:
        return self.step.key in self.done


class NotEnrolled(Exception):
    """She does not take this course, and is not staff."""


@cache
def release() -> int:
    """Which state of the code this is: the newest change of a file that draws pages (nanoseconds)."""
    folders = [settings.BASE_DIR / name for name in ("templates", "courses", "assessments", "certificates", "lms")]
    kinds = {".py", ".html", ".css", ".js", ".mo"}
    return max(
        (path.stat().st_mtime_ns for folder in folders for path in Path(folder).rglob("*") if path.suffix in kinds),
        default=0,
    )


# The outline

_kept: dict[str, Outline] = {}


def outline() -> Outline:
    """One query when nothing was published since; about six once per edition."""
    edition = (current_edition(), release.__wrapped__() if settings.DEBUG else release())
    kept = _kept.get("now")
    if kept is None or kept.edition != edition:
        kept = _kept["now"] = read(edition)
    return kept


def read(edition: tuple[object, ...], draft: Page | None = None) -> Outline:
    """From the database. A `draft` page is put in its place, with what is above it, published or not."""
    guarded = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    refs: dict[UUID, Ref] = {}
    changes = dict(StepVersion.objects.values_list("step_key", "changed_at"))
    versions = {one.module_key: one for one in ModuleVersion.objects.all()}
    steps = defaultdict(list)
    for page in _steps(draft):
        steps[page.path[:-PATH_STEP]].append(replace(step_plan(page), changed_at=changes.get(page.translation_key)))
        refs[page.translation_key] = Ref(page.pk, page.path.startswith(guarded))
    modules = defaultdict(list)
    for module in _above(ModulePage, draft):
        modules[module.path[:-PATH_STEP]].append(
            _module_plan(module, tuple(steps[module.path]), versions.get(module.translation_key))
        )
        refs[module.translation_key] = Ref(module.pk, module.path.startswith(guarded))
    pages = _above(CoursePage, draft)
    for course in pages:
        refs[course.translation_key] = Ref(course.pk, course.path.startswith(guarded))
    return Outline(edition, _course_plans(pages, modules), refs)


def _course_plans(pages: list[CoursePage], modules: Mapping[str, list[ModulePlan]]) -> tuple[CoursePlan, ...]:
    """The plans of courses; each knows those that come before it, and they know none."""
    groups = defaultdict(set)
    for page_id, group_id in CoursePage.groups.through.objects.values_list("coursepage_id", "villagegroup_id"):
        groups[page_id].add(group_id)
    programmes = {
        one.pk: ProgrammePlan(one.key, one.title, one.outer_title, one.intro) for one in Programme.objects.all()
    }
    plans = {
        str(page.translation_key): CoursePlan(
            page.translation_key,
            page.slug,
            page.title,
            tuple(modules.get(page.path, ())),
            page.outer_title,
            is_free=page.order == CoursePage.Order.FREE,
            admission=page.admission,
            groups=frozenset(groups[page.pk]),
            programme=programmes.get(page.programme_id),
            number=page.programme_number,
        )
        for page in pages
    }
    before = {str(page.translation_key): page.needs for page in pages}
    return tuple(
        replace(plan, before=tuple(plans[one] for one in before[key] if one in plans and one != key))
        for key, plan in plans.items()
    )


def step_types(base: type[StepPage] = StepPage) -> Iterator[type[StepPage]]:
    for kind in base.__subclasses__():
        if not kind._meta.abstract:
            yield kind
        yield from step_types(kind)


STEP_FIELDS = ("path", "slug", "title", "translation_key", "outer_title", "minutes", "weight")


def _steps(draft: Page | None) -> list[StepPage]:
    kinds = [kind for kind in step_types() if stepping.is_offered(kind.kind)]
    pages = [page for kind in kinds for page in kind.objects.live().only(*STEP_FIELDS, *kind.plan_fields)]
    if isinstance(draft, StepPage):
        pages = [page for page in pages if page.pk != draft.pk] + [draft]
    return sorted(pages, key=lambda page: page.path)


def _above(kind: Any, draft: Page | None) -> list[Any]:
    """The published pages of a kind, and the draft itself or the page above it."""
    pages = {page.path: page for page in kind.objects.live()}
    if draft is not None:
        above = [draft.path[:-PATH_STEP], draft.path[: -PATH_STEP * 2]]
        pages |= {page.path: page for page in kind.objects.filter(path__in=above)}
        if isinstance(draft, kind):
            pages[draft.path] = draft
    return [pages[path] for path in sorted(pages)]


def step_plan(page: StepPage) -> StepPlan:
    return StepPlan(
        key=page.translation_key,
        kind=page.kind,
        code=page.slug,
        title=page.title,
        outer_title=page.outer,
        minutes=page.minutes,
        bytes=page.weight,
        opens_after_lessons=page.opens_after_lessons,
        is_optional=page.is_optional,
    )


def _module_plan(page: ModulePage, steps: tuple[StepPlan, ...], version: ModuleVersion | None) -> ModulePlan:
    return ModulePlan(
        page.translation_key,
        page.code,
        page.title,
        page.outer_title,
        tuple(page.needs),
        steps,
        page.slug,
        version.number if version else 0,
        version.published_at if version else None,
    )


def course_plans() -> tuple[CoursePlan, ...]:
    """Every published course."""
    return outline().courses


def plan_of(slug: str) -> CoursePlan | None:
    return outline().plan_of(slug)


def find_spot(step_key: UUID) -> tuple[CoursePlan, Spot] | None:
    """The published step of that key in its course."""
    return outline().find_key(step_key)


def url_of(course: CoursePlan, module: ModulePlan | None = None, step: StepPlan | None = None) -> str:
    parts = [course.slug, *([module.slug] if module else []), *([step.code] if module and step else [])]
    return reverse(("courses:course", "courses:module", "courses:step")[len(parts) - 1], args=parts)


def page_of(place: "Place") -> StepPage:
    """The page behind a step, of its own kind. Two queries."""
    page: StepPage = Page.objects.get(pk=place.page_id).specific
    return page


# Persons


def done_keys(person: Person) -> frozenset[UUID]:
    """The keys of every step she has done. One query, without the cost of an order."""
    return frozenset(Progress.objects.filter(person=person).order_by().values_list("step_key", flat=True))


def read_times(person: Person, module: ModulePlan) -> dict[UUID, datetime]:
    """When she last read each step of a module that she has done. One query."""
    rows = Progress.objects.filter(person=person, step_key__in=[step.key for step in module.steps]).order_by()
    return {key: again or done for key, done, again in rows.values_list("step_key", "done_at", "read_at")}


def done_by_person(person_ids: Collection[int]) -> dict[int, frozenset[UUID]]:
    """The same for many: one query, an entry for everybody asked for."""
    done: dict[int, set[UUID]] = {person_id: set() for person_id in person_ids}
    for person_id, key in Progress.objects.filter(person__in=person_ids).values_list("person_id", "step_key"):
        done[person_id].add(key)
    return {person_id: frozenset(keys) for person_id, keys in done.items()}


def finished_modules(person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The codes of the modules each has finished. Two queries (edition, progress)."""
    courses = course_plans()
    return {
        person_id: frozenset(code for course in courses for code in rules.finished_codes(course, done))
        for person_id, done in done_by_person(person_ids).items()
    }


def is_reader(person: Person) -> bool:
    """Staff and mentors read every course without taking it."""
    return scoping.has_role(person, *READERS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What she has done, or that she only reads."""

    done: frozenset[UUID] = field(default_factory=frozenset)
    is_reader: bool = False


def standing_in(course: CoursePlan, person: Person) -> Standing:
    """One query for who has begun the course (so she takes it), two for who has not. Raises NotEnrolled."""
    done = done_keys(person)
    if rules.has_begun(course, done) or is_enrolled(course, person):
        return Standing(done)
    if is_reader(person):
        return Standing(is_reader=True)
    raise NotEnrolled


def is_enrolled(course: CoursePlan, person: Person) -> bool:
    return Enrolment.objects.filter(person=person, course_key=course.key).exists()


def place(source: Outline, course: CoursePlan, spot: Spot, standing: Standing, *, is_preview: bool = False) -> Place:
    """The step in its surroundings, for somebody who stands there. No query."""
    module, step = spot.module, spot.step
    before, after = rules.neighbours(module, step)
    lessons = [lesson.key for lesson in module.lessons]
    is_free = standing.is_reader or is_preview
    return Place(
        course=course,
        module=module,
        step=step,
        module_number=spot.number,
        number=[one.key for one in module.steps].index(step.key) + 1,
        total=len(module.steps),
        lesson_number=lessons.index(step.key) + 1 if step.key in lessons else 0,
        lesson_total=len(lessons),
        previous=before,
        next=after,
        onward=after if is_free else rules.onward(course, module, step, standing.done),
        lock=None if is_free else rules.lock_reason(course, module, step, standing.done),
        done=standing.done,
        page_id=source.refs[step.key].page_id,
        edition=source.edition,
        is_reader=standing.is_reader,
        is_preview=is_preview,
    )


def place_of(person: Person, step_key: UUID) -> Place | None:
    """Her place at a published step, or None when it is gone or not hers."""
    source = outline()
    found = source.find_key(step_key)
    if found is None or not is_enrolled(found[0], person):
        return None
    return place(source, *found, Standing(done_keys(person)))
