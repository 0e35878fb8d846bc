"""What is different between two versions of a standard, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certificates.rules.hours import figure
from certificates.rules.standards import StandardRules
from lms.kit.words import Sentence, gettext_noop


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came, went or is another now."""

    kind: Kind
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Words:
    added: str
    removed: str
    changed: str = ""


MODULE = Words(gettext_noop("New: the module %(name)s."), gettext_noop("No longer: the module %(name)s."))
EXAM = Words(gettext_noop("New: the exam of %(name)s."), gettext_noop("No longer: the exam of %(name)s."))
STORY = Words(gettext_noop("New: the story of %(name)s."), gettext_noop("No longer: the story of %(name)s."))
TASK = Words(
    gettext_noop("New: the task of %(name)s, at least %(new)s percent."),
    gettext_noop("No longer: the task of %(name)s."),
    gettext_noop("The task of %(name)s: %(new)s percent instead of %(old)s."),
)
STUDY = Words("", "", gettext_noop("Study of %(name)s: %(new)s hours instead of %(old)s."))
ACTIVITY = Words(
    gettext_noop("New: %(new)s hours of %(name)s."),
    gettext_noop("No longer: %(name)s."),
    gettext_noop("%(name)s: %(new)s hours instead of %(old)s."),
)
SHARE = Words("", "", gettext_noop("%(name)s: %(new)s percent may be practice, instead of %(old)s."))
COMPETENCY = Words(
    gettext_noop("New: the competency %(name)s."),
    gettext_noop("No longer: the competency %(name)s."),
    gettext_noop("The competency %(name)s: level %(new)s instead of %(old)s."),
)
# Figures that are asked for, or not at all when they are 0.
FIGURES = {
    "training_days": Words(
        gettext_noop("New: %(new)s days of training."),
        gettext_noop("No longer: days of training."),
        gettext_noop("Days of training: %(new)s instead of %(old)s."),
    ),
    "talks": Words(
        gettext_noop("New: %(new)s talks with the mentor."),
        gettext_noop("No longer: talks with the mentor."),
        gettext_noop("Talks with the mentor: %(new)s instead of %(old)s."),
    ),
    "talk_minutes": Words(
        gettext_noop("New: %(new)s minutes of talks."),
        gettext_noop("No longer: minutes of talks."),
        gettext_noop("Minutes of talks: %(new)s instead of %(old)s."),
    ),
    "minimum_age": Words(
        gettext_noop("New: at least %(new)s years old."),
        gettext_noop("No longer: an age."),
        gettext_noop("Age: at least %(new)s years instead of %(old)s."),
    ),
    "valid_years": Words("", "", gettext_noop("The certificate is valid for %(new)s years instead of %(old)s.")),
    "provisional_percent": Words(
        "", "", gettext_noop("A provisional companion has met %(new)s percent instead of %(old)s.")
    ),
}
FLAGS = {
    "reflection": Words(gettext_noop("New: the yearly reflection."), gettext_noop("No longer: the yearly reflection.")),
    "pledge": Words(gettext_noop("New: the code of ethics is signed."), gettext_noop("No longer: the code of ethics.")),
    "safeguarding": Words(
        gettext_noop("New: the promise to keep children safe."),
        gettext_noop("No longer: the promise to keep children safe."),
    ),
    "two_persons": Words(
        gettext_noop("New: who verifies hours does not certify."),
        gettext_noop("No longer: two persons, one verifies and one certifies."),
    ),
}
RENEWAL = {
    "refresher_minutes": gettext_noop("Renewal: %(new)s minutes of refreshers instead of %(old)s."),
    "talks_a_year": gettext_noop("Renewal: %(new)s talks a year instead of %(old)s."),
    "grace_days": gettext_noop("Renewal: %(new)s days of grace instead of %(old)s."),
    "return_years": gettext_noop("Renewal: back within %(new)s years instead of %(old)s."),
}


def differences(old: StandardRules, new: StandardRules) -> tuple[Difference, ...]:
    """All of them, in the order of the standard. Codes say what is the same; another title alone is no difference."""
    return (*_learning(old, new), *_serving(old, new), *_figures(old, new))


def _learning(old: StandardRules, new: StandardRules) -> Iterator[Difference]:
    names = {module.code: module.outer_title for rules in (old, new) for module in rules.modules}
    yield from _each(MODULE, [_same(one.code for one in rules.modules) for rules in (old, new)], names)
    hours = [{one.code: one.hours for one in rules.modules} for rules in (old, new)]
    yield from _each(STUDY, hours, names)
    exams = [_same(one.code for one in rules.modules if one.exam) for rules in (old, new)]
    yield from _each(EXAM, exams, names)
    yield from _each(STORY, [_same(rules.stories) for rules in (old, new)], names)
    tasks = [{one.module: one.percent for one in rules.tasks} for rules in (old, new)]
    yield from _each(TASK, tasks, names)


def _serving(old: StandardRules, new: StandardRules) -> Iterator[Difference]:
    names = {one.code: one.title for rules in (old, new) for one in rules.activities}
    hours = [{one.code: figure(one.minutes) for one in rules.activities} for rules in (old, new)]
    yield from _each(ACTIVITY, hours, names)
    shares = [{one.code: round(one.simulated_share * 100) for one in rules.activities} for rules in (old, new)]
    yield from _each(SHARE, shares, names)
    names = {one.code: one.title for rules in (old, new) for one in rules.competencies}
    levels = [{one.code: one.level for one in rules.competencies} for rules in (old, new)]
    yield from _each(COMPETENCY, levels, names)


def _figures(old: StandardRules, new: StandardRules) -> Iterator[Difference]:
    for name, words in FIGURES.items():
        yield from _each(words, [_asked(name, getattr(rules, name)) for rules in (old, new)])
    for name, words in FLAGS.items():
        yield from _each(words, [_asked(name, getattr(rules, name)) for rules in (old, new)])
    for name, changed in RENEWAL.items():
        yield from _each(Words("", "", changed), [{name: getattr(rules.renewal, name)} for rules in (old, new)])
    asked = [_asked("", rules.renewal.reflections) for rules in (old, new)]
    words = Words(gettext_noop("Renewal: new, the reflections."), gettext_noop("Renewal: no longer the reflections."))
    yield from _each(words, asked)


def _asked(name: str, value: int) -> dict[str, int]:
    return {name: value} if value else {}


def _same(codes: Iterable[str]) -> dict[str, int]:
    """Things that are there or not: nothing about them can change."""
    return dict.fromkeys(codes, 1)


def _each(
    words: Words, versions: Sequence[Mapping[str, object]], names: Mapping[str, str] | None = None
) -> Iterator[Difference]:
    """What came, then what went, then what is another now. Words that are empty are not said."""
    old, new = versions

    def said(kind: Kind, template: str, codes: Iterable[str]) -> Iterator[Difference]:
        for code in codes:
            params = {"name": (names or {}).get(code, code), "old": old.get(code, ""), "new": new.get(code, "")}
            yield Difference(kind, Sentence(template, params))

    if words.added:
        yield from said(Kind.ADDED, words.added, (code for code in new if code not in old))
    if words.removed:
        yield from said(Kind.REMOVED, words.removed, (code for code in old if code not in new))
    if words.changed:
        yield from said(Kind.CHANGED, words.changed, (code for code in new if code in old and old[code] != new[code]))
