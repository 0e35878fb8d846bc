"""What the standard asks to be learned: modules, exams, stories, practical tasks, days of training."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certificates.rules.requirements import Evidence, ModuleProgress, NextStep, Part, Requirement, State, overall
from certificates.rules.standards import ModuleRule, StandardRules, TaskRule
from lms.kit.words import Sentence, gettext_noop

NOTHING_YET = ModuleProgress()


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one kind of work that belongs to modules; each names the module."""

    all_done: str
    locked: str
    missing: str
    step: str
    waiting: str = ""


EXAM_WORDS = Words(
    all_done=gettext_noop("All exams are passed."),
    locked=gettext_noop("The exam opens with %(module)s."),
    missing=gettext_noop("Next comes the exam of %(module)s."),
    step=gettext_noop("Pass the exam of %(module)s"),
)
STORY_WORDS = Words(
    all_done=gettext_noop("All stories are walked to their end."),
    locked=gettext_noop("The story opens with %(module)s."),
    missing=gettext_noop("Next comes the story of %(module)s."),
    step=gettext_noop("Walk the story of %(module)s"),
)
TASK_WORDS = Words(
    all_done=gettext_noop("All tasks are accepted."),
    locked=gettext_noop("The task opens with %(module)s."),
    missing=gettext_noop("Next comes the task of %(module)s."),
    step=gettext_noop("Hand in the task of %(module)s"),
    waiting=gettext_noop("The task of %(module)s waits for an assessor."),
)


def modules(standard: StandardRules, evidence: Evidence) -> Requirement:
    parts = tuple(_module(module, evidence) for module in standard.modules)
    have = sum(part.state is State.DONE for part in parts)
    state = overall(parts)
    current = next((part for part in parts if part.state is not State.DONE), None)
    if current is None:
        sentence, step = Sentence(gettext_noop("All modules are finished.")), None
    elif current.state is State.PARTLY:
        template = gettext_noop("%(module)s is under way: %(done)s of %(total)s steps.")
        sentence = Sentence(template, {"module": current.title, "done": current.have, "total": current.need})
        step = NextStep(Sentence(gettext_noop("Go on with %(module)s"), {"module": current.title}), "desk")
    else:
        sentence = Sentence(gettext_noop("Next comes %(module)s."), {"module": current.title})
        step = NextStep(Sentence(gettext_noop("Begin %(module)s"), {"module": current.title}), "desk")
    title = Sentence(gettext_noop("Modules"))
    return Requirement("modules", title, state, have, len(parts), "modules", sentence, step, parts=parts)


def _module(module: ModuleRule, evidence: Evidence) -> Part:
    progress = evidence.modules.get(module.code, NOTHING_YET)
    if module.code in evidence.recognised:
        return Part(module.code, module.outer_title, State.DONE, progress.total, progress.total)
    state = State.DONE if progress.finished else State.PARTLY if progress.done else State.MISSING
    total = max(progress.total, progress.done)
    have = total if progress.finished else progress.done
    return Part(module.code, module.outer_title, state, have, total)


def exams(standard: StandardRules, evidence: Evidence) -> Requirement:
    asked = [module for module in standard.modules if module.exam]
    parts = _parts(asked, evidence, lambda module: State.DONE if module.code in evidence.passed else State.MISSING)
    return _by_module("exams", Sentence(gettext_noop("Exams")), parts, EXAM_WORDS)


def stories(standard: StandardRules, evidence: Evidence) -> Requirement:
    asked = [standard.module(code) for code in standard.stories]
    parts = _parts(asked, evidence, lambda module: State.DONE if module.code in evidence.walked else State.MISSING)
    return _by_module("stories", Sentence(gettext_noop("Stories")), parts, STORY_WORDS)


def tasks(standard: StandardRules, evidence: Evidence) -> Requirement:
    """A task counts when it was passed with the percent of the standard, which may be above the task's own."""
    rules = {task.module: task for task in standard.tasks}
    asked = [standard.module(code) for code in rules]
    parts = _parts(asked, evidence, lambda module: _task(rules[module.code], evidence))
    return _by_module("tasks", Sentence(gettext_noop("Practical tasks")), parts, TASK_WORDS)


def _task(task: TaskRule, evidence: Evidence) -> State:
    if evidence.tasks.get(task.module, -1) >= task.percent:
        return State.DONE
    return State.WAITING if task.module in evidence.handed_in else State.MISSING


def _parts(asked: Iterable[ModuleRule], evidence: Evidence, judge: Callable[[ModuleRule], State]) -> tuple[Part, ...]:
    """One part a module; what is missing is locked until the module is begun."""

    def of(module: ModuleRule) -> Part:
        state = State.DONE if module.code in evidence.recognised else judge(module)
        if state is State.MISSING and not evidence.modules.get(module.code, NOTHING_YET).begun:
            state = State.LOCKED
        return Part(module.code, module.outer_title, state, int(state is State.DONE), 1, int(state is State.WAITING))

    return tuple(of(module) for module in asked)


def _by_module(code: str, title: Sentence, parts: tuple[Part, ...], words: Words) -> Requirement:
    have, waiting = sum(part.have for part in parts), sum(part.waiting for part in parts)
    hers = next((part for part in parts if part.state in (State.MISSING, State.LOCKED)), None)
    others = next((part for part in parts if part.state is State.WAITING), None)
    step = None
    if hers is None and others is None:
        sentence = Sentence(words.all_done)
    elif hers is None and others is not None:
        sentence = Sentence(words.waiting, {"module": others.title})
    elif hers is not None and hers.state is State.LOCKED:
        sentence = Sentence(words.locked, {"module": hers.title})
    elif hers is not None:
        sentence = Sentence(words.missing, {"module": hers.title})
        step = NextStep(Sentence(words.step, {"module": hers.title}), "desk")
    return Requirement(code, title, overall(parts), have, len(parts), code, sentence, step, waiting, parts)


def training_days(standard: StandardRules, evidence: Evidence) -> Requirement:
    """Days of training together; the trainer keeps the list."""
    need, have = standard.training_days, min(evidence.days, standard.training_days)
    if have == need:
        state, sentence = State.DONE, Sentence(gettext_noop("All days of training are attended."))
    else:
        state = State.PARTLY if have else State.MISSING
        sentence = Sentence(gettext_noop("Days of training remaining: %(days)s."), {"days": need - have})
    return Requirement("days", Sentence(gettext_noop("Days of training")), state, have, need, "days", sentence)
