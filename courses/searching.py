"""Finding by words: courses, modules, lessons, the library; apps above add what else there is. Reads only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from courses import outline, rules
from courses.models import Enrolment, StepText
from courses.outline import Outline
from courses.rules import CoursePlan, ModulePlan
from lms.kit.searching import fold
from lms.kit.words import Sentence
from lms.library import finding
from lms.people.models import Person

AROUND = 90


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `lock`: why it is closed; `excerpt`: words before, the word itself, words after."""

    title: str
    above: str
    url: str
    rank: int
    lock: Sentence | None = None
    key: UUID | None = None
    excerpt: tuple[str, str, str] = ("", "", "")


Find = Callable[[Person, Sequence[str]], Iterable[Hit]]

_sources: list[Find] = []


def register_source(find: Find) -> None:
    """`find(person, words)` adds what an app above holds; words are folded (lms.kit.searching.fold)."""
    if find not in _sources:
        _sources.append(find)


def find(person: Person, words: Sequence[str]) -> list[Hit]:
    """Everything she may know of: what is open first, of that the best. Nothing when there are no words."""
    if not words:
        return []
    hits = [hit for source in (_in_courses, _in_library, *_sources) for hit in source(person, words)]
    return sorted(hits, key=lambda hit: (hit.lock is not None, hit.rank))


def with_excerpts(hits: Sequence[Hit], words: Sequence[str]) -> list[Hit]:
    """The same with some words around the first one found, for lessons that are open. One query."""
    keys = [hit.key for hit in hits if hit.key and not hit.lock]
    texts = {
        key: "\n".join(filter(None, parts))
        for key, *parts in StepText.objects.filter(pk__in=keys).values_list("step_key", "terms", "words")
    }
    return [
        replace(hit, excerpt=_excerpt(texts[hit.key], words)) if hit.key in texts and not hit.lock else hit
        for hit in hits
    ]


def _in_courses(person: Person, words: Sequence[str]) -> list[Hit]:
    source = outline.outline()
    done = outline.done_keys(person)
    is_reader = outline.is_reader(person)
    taken = set(Enrolment.objects.filter(person=person).order_by().values_list("course_key", flat=True))
    found = _matching(words)
    hits: list[Hit] = []
    for course in source.courses:
        if (course.key not in taken and not is_reader) or source.refs[course.key].is_restricted:
            continue
        reads_freely = is_reader and course.key not in taken
        if _has(words, course.title, course.outer_title):
            hits.append(Hit(course.title, "", outline.url_of(course), 0))
        for module in course.modules:
            if not source.refs[module.key].is_restricted:
                hits.extend(_in_module(source, course, module, words, found, None if reads_freely else done))
    return hits


def _in_module(
    source: Outline,
    course: CoursePlan,
    module: ModulePlan,
    words: Sequence[str],
    found: dict[UUID, int],
    done: rules.Done | None,
) -> list[Hit]:
    """`done` None: for staff nothing is locked."""
    hits = []
    if _has(words, module.title, module.outer_title):
        lock = None if done is None else rules.module_lock(course, module, done)
        hits.append(Hit(module.title, course.title, outline.url_of(course, module), 1, lock))
    for step in module.steps:
        if step.key in found and not source.refs[step.key].is_restricted:
            lock = None if done is None else rules.lock_reason(course, module, step, done)
            address = outline.url_of(course, module, step)
            hits.append(Hit(step.title, module.title, address, found[step.key], lock, step.key))
    return hits


def _in_library(person: Person, words: Sequence[str]) -> list[Hit]:
    return [
        Hit(found.shown_title, str(found.get_kind_display()), reverse("library_resource", args=[found.code]), 6)
        for found in finding.best(person, words)
    ]


def _matching(words: Sequence[str]) -> dict[UUID, int]:
    """The lessons that hold every word, each with its rank: title 2, heading 3, word explained 4, text 5."""
    rows = StepText.objects.all()
    for word in words:
        rows = rows.filter(folded__contains=word)
    ranks = {}
    for key, *parts in rows.values_list("step_key", "title", "headings", "terms"):
        ranks[key] = next((place for place, text in enumerate(parts, 2) if _has(words, text)), 5)
    return ranks


def _has(words: Sequence[str], *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)


def _excerpt(text: str, words: Sequence[str]) -> tuple[str, str, str]:
    small = text.lower()
    place, word = min(((small.find(word), word) for word in words if word in small), default=(-1, ""))
    if place < 0:
        return "", "", text[: 2 * AROUND]
    first, last = max(0, place - AROUND), place + len(word)
    before = text[first:place].partition(" ")[2] if first else text[:place]
    after = text[last : last + AROUND]
    return before, text[place:last], after.rpartition(" ")[0] if len(after) == AROUND else after
