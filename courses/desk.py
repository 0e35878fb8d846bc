"""What a learner's desk shows. Apps above add what they know at start-up; nothing is written."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses import enrolling, outline, rules
from courses.models import Bookmark, Enrolment
from courses.outline import Outline, Standing
from courses.rules import CoursePlan, ModuleStanding, ProgrammePlan, Spot, State
from courses.rules.admission import Admission
from lms.kit.words import Sentence
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something is there: `done` of `target`, and what still waits for somebody's yes."""

    label: str
    done: float
    target: float
    unit: str = ""
    waiting: float = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something she should know: kind `know`, `wait`, `stop` or `done`, an icon, words, perhaps a way on."""

    kind: str
    icon: str
    title: str
    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """What one app adds under "what remains"."""

    bars: tuple[Bar, ...] = ()
    notices: tuple[Notice, ...] = ()
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class TakenCourse:
    """A course she takes: what comes next, and every module with its state and a note from above."""

    course: CoursePlan
    spot: Spot | None
    modules: tuple[ModuleStanding, ...]
    percent: int
    is_finished: bool
    lock: Sentence | None = None

    @property
    def finished_modules(self) -> int:
        return sum(module.state == State.DONE for module in self.modules)

    @property
    def minutes_left(self) -> int:
        return sum(module.minutes_left for module in self.modules)


@dataclass(frozen=True, slots=True)
class NextUp:
    """Where she goes on: a step, and the part of it where she stopped (empty: its beginning)."""

    course: CoursePlan
    spot: Spot
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The courses of one programme, or those of none."""

    programme: ProgrammePlan | None
    courses: tuple[TakenCourse, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """`offers`: what she may begin by herself. `takes_codes`: there is a course that she may join with a code."""

    courses: tuple[TakenCourse, ...]
    tiles: tuple[Tile, ...]
    notes: Mapping[str, str]
    has_published: bool
    offers: tuple[CoursePlan, ...] = ()
    takes_codes: bool = False
    next_up: NextUp | None = None

    @property
    def is_single(self) -> bool:
        return len(self.courses) == 1

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """Her courses by programme, those without one last."""
        programmes = {one.course.programme.key: one.course.programme for one in self.courses if one.course.programme}
        shelves = [
            Shelf(programme, _in_order(one for one in self.courses if one.course.programme == programme))
            for programme in programmes.values()
        ]
        rest = tuple(one for one in self.courses if one.course.programme is None)
        return (*shelves, Shelf(None, rest)) if rest else tuple(shelves)

    @property
    def current(self) -> TakenCourse | None:
        """The course whose next step stands on top."""
        key = self.next_up.course.key if self.next_up else None
        return next((taken for taken in self.courses if taken.course.key == key), None)

    @property
    def is_finished(self) -> bool:
        return bool(self.courses) and all(taken.is_finished for taken in self.courses)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for tile in self.tiles for bar in tile.bars)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for tile in self.tiles for notice in tile.notices)


FEW = 10
GatherTile = Callable[[Person, date], Tile]
GatherNotes = Callable[[Person], Mapping[str, str]]

_tiles: list[GatherTile] = []
_notes: list[GatherNotes] = []


def register_tile(gather: GatherTile) -> None:
    """`gather(person, today)` adds bars and notices to the desk."""
    if gather not in _tiles:
        _tiles.append(gather)


def register_module_notes(gather: GatherNotes) -> None:
    """`gather(person)` adds a few words to modules, by module code, such as "exam 88"."""
    if gather not in _notes:
        _notes.append(gather)


def desk_of(person: Person, today: date) -> Desk:
    """Four queries, and those of the apps above."""
    source = outline.outline()
    done = outline.done_keys(person)
    keys = list(Enrolment.objects.filter(person=person).values_list("course_key", flat=True))
    others = [course for course in source.courses if course.key not in keys]
    taken = sorted((course for course in source.courses if course.key in keys), key=lambda one: keys.index(one.key))
    courses = tuple(taken_course(course, Standing(done)) for course in taken)
    return Desk(
        courses=courses,
        tiles=tuple(gather(person, today) for gather in _tiles),
        notes=module_notes(person),
        has_published=bool(source.courses),
        offers=tuple(enrolling.open_to(person, others)),
        takes_codes=any(course.admission == Admission.INVITATION for course in others),
        next_up=stopped_at(person, source, done, keys) or next_of(courses),
    )


def stopped_at(person: Person, source: Outline, done: frozenset[UUID], taken: Collection[UUID]) -> NextUp | None:
    """The newest place she kept in a step that is open and not done."""
    for key, anchor in Bookmark.objects.filter(person=person).values_list("step_key", "anchor")[:FEW]:
        found = source.find_key(key) if key not in done else None
        if (
            found
            and found[0].key in taken
            and rules.lock_reason(found[0], found[1].module, found[1].step, done) is None
        ):
            return NextUp(*found, anchor)
    return None


def next_of(courses: Iterable[TakenCourse]) -> NextUp | None:
    """The next step of the first course that has one."""
    return next((NextUp(taken.course, taken.spot) for taken in courses if taken.spot), None)


def _in_order(taken: Iterable[TakenCourse]) -> tuple[TakenCourse, ...]:
    """Numbered courses of a programme first; the sort keeps the order of the rest."""
    return tuple(sorted(taken, key=lambda one: one.course.number or 1000))


def taken_course(course: CoursePlan, standing: Standing) -> TakenCourse:
    done = standing.done
    return TakenCourse(
        course=course,
        spot=rules.next_step(course, done),
        modules=tuple(
            rules.module_state(course, module, done, is_free=standing.is_reader) for module in course.modules
        ),
        percent=rules.percent(course, done),
        is_finished=rules.is_course_finished(course, done),
        lock=None if standing.is_reader else rules.course_lock(course, done),
    )


def module_notes(person: Person) -> dict[str, str]:
    return {code: words for gather in _notes for code, words in gather(person).items()}
