"""The question bank of a module as a file: `questions.yaml`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from assessments.curriculum.steps import PracticeFile
from assessments.models import Question
from assessments.models.bank import fault_of
from assessments.rules.items import Kind
from courses.curriculum.files import ModuleFile
from courses.curriculum.gathering import tidy
from courses.curriculum.kinds import ModulePart, register_module_part
from courses.curriculum.nodes import Fields
from courses.curriculum.problems import Problems
from courses.models import ModulePage
from lms.kit.refusing import Refused
from lms.kit.words import Sentence, gettext_noop

FILE = "questions.yaml"
MOST_LETTERS = 250


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """One question. `choices`: text and whether it is right; for an order always true, in the right order."""

    code: str
    kind: str
    use: str
    stem: str
    choices: tuple[tuple[str, bool], ...]
    is_true: bool | None
    reason: str
    is_critical: bool
    lesson: str
    laws: tuple[str, ...]
    family: str
    to_check: str
    sources: tuple[str, ...]
    line: int = field(default=0, compare=False)


def register() -> None:
    register_module_part(ModulePart(file=FILE, read=read, gather=gather, apply=apply, write=write, check=check))


def read(rows: Sequence[Fields]) -> tuple[QuestionFile, ...]:
    return tuple(_read_one(row) for row in rows)


def _read_one(row: Fields) -> QuestionFile:
    code = row.code("code")
    kind = row.choice("kind", Question.Kinds.values)
    is_true = row.flag("answer") if kind == Kind.TRUE_FALSE else None
    choices = () if kind == Kind.TRUE_FALSE else tuple(_read_choice(one, kind) for one in row.rows("choices"))
    question = QuestionFile(
        code=code,
        kind=kind,
        use=row.choice("use", Question.Use.values),
        stem=row.text("stem"),
        choices=choices,
        is_true=is_true,
        reason=row.text("reason", required=False),
        is_critical=row.flag("critical", default=False),
        lesson=row.text("lesson", required=False, most=20),
        laws=row.words("laws"),
        family=row.text("family", required=False, most=30) or code,
        to_check=row.text("to_check", required=False),
        sources=row.words("sources"),
        line=row.line(),
    )
    row.close()
    fault = fault_of(kind, [right for _text, right in choices], is_true)
    if fault:
        row.problem(fault, "choices")
    if len({text for text, _right in choices}) < len(choices):
        row.problem(Sentence(gettext_noop("Two answers are the same.")), "choices")
    return question


def _read_choice(row: Fields, kind: str) -> tuple[str, bool]:
    choice = row.text("text", most=MOST_LETTERS), kind == Kind.ORDERING or row.flag("right")
    row.close()
    return choice


def gather(page: ModulePage) -> tuple[QuestionFile, ...]:
    return tuple(_gather_one(question) for question in Question.objects.of_module(page.translation_key))


def _gather_one(question: Question) -> QuestionFile:
    is_ordering = question.kind == Kind.ORDERING
    return QuestionFile(
        code=question.code,
        kind=question.kind,
        use=question.use,
        stem=tidy(question.stem),
        choices=tuple((one.value["text"].strip(), is_ordering or bool(one.value["right"])) for one in question.choices),
        is_true=question.is_true,
        reason=tidy(question.reason),
        is_critical=question.is_critical,
        lesson=question.lesson,
        laws=tuple(question.laws),
        family=question.family or question.code,
        to_check=tidy(question.to_check),
        sources=tuple(question.sources),
    )


def apply(page: ModulePage, value: Sequence[QuestionFile], now: datetime) -> list[str]:
    """Make the bank like the file; questions that the file does not name stay. Returns one line for each change.

    Raises Refused when another module has a question of that code.
    """
    stored = {question.code: question for question in Question.objects.filter(code__in=[one.code for one in value])}
    changes = []
    for place, one in enumerate(value, 1):
        question = stored.get(one.code)
        if question and question.module and question.module_id != page.pk:
            params = {"code": one.code, "module": question.module.title}
            raise Refused(_("Question “%(code)s” belongs to “%(module)s”. Choose another code.") % params)
        if question and question.module and question.place == place and _gather_one(question) == one:
            continue
        word = _("Changed: %(title)s") if question else _("New: %(title)s")
        _store(question or Question(code=one.code), page, one, place)
        changes.append(word % {"title": one.code})
    return changes


def _store(question: Question, page: ModulePage, one: QuestionFile, place: int) -> None:
    question.module = page
    question.kind, question.use, question.stem, question.is_true = one.kind, one.use, one.stem, one.is_true
    question.choices = question.choices.stream_block.to_python(
        [
            {
                "type": "choice",
                "value": {"text": text, "right": right and one.kind != Kind.ORDERING},
                "id": str(uuid5(NAMESPACE_URL, f"{one.code}/{text}")),  # the same answer keeps its key
            }
            for text, right in one.choices
        ]
    )
    question.reason, question.is_critical, question.lesson = one.reason, one.is_critical, one.lesson
    question.laws, question.sources, question.to_check = list(one.laws), list(one.sources), one.to_check
    question.family = "" if one.family == one.code else one.family
    question.place = place
    question.save()
    question.save_revision(changed=False)


def write(value: Sequence[QuestionFile]) -> list[dict[str, Any]]:
    return [_write_one(one) for one in value]


def _write_one(one: QuestionFile) -> dict[str, Any]:
    fields: dict[str, Any] = {"code": one.code, "kind": one.kind, "use": one.use, "stem": one.stem}
    if one.kind == Kind.TRUE_FALSE:
        fields["answer"] = one.is_true
    elif one.kind == Kind.ORDERING:
        fields["choices"] = [{"text": text} for text, _right in one.choices]
    else:
        fields["choices"] = [{"text": text, "right": right} for text, right in one.choices]
    return {
        **fields,
        "reason": one.reason,
        "critical": one.is_critical,
        "lesson": one.lesson,
        "laws": one.laws,
        "family": one.family,
        "to_check": one.to_check,
        "sources": one.sources,
    }


def check(module: ModuleFile, problems: Problems) -> None:
    """Codes stand once, lessons and sources exist, and practice asks practice questions of this module."""
    file = f"{module.folder}/{FILE}"
    bank: Sequence[QuestionFile] = module.parts.get(FILE) or ()
    known: dict[str, QuestionFile] = {}
    for one in bank:
        if one.code in known:
            problems.add(file, one.line, Sentence(gettext_noop("“%(code)s” stands here twice."), {"code": one.code}))
        known[one.code] = one
        if one.lesson and one.lesson not in module.step_codes():
            params = {"code": one.lesson}
            problems.add(file, one.line, Sentence(gettext_noop("There is no lesson “%(code)s” here."), params))
        for source in sorted(set(one.sources) - module.source_codes()):
            sentence = Sentence(gettext_noop("Source “%(code)s” is not in module.yaml."), {"code": source})
            problems.add(file, one.line, sentence)
    for step in module.steps:
        if isinstance(step.rest, PracticeFile):
            for code in step.rest.questions:
                if code not in known or known[code].use != Question.Use.PRACTICE:
                    sentence = Sentence(
                        gettext_noop("“%(code)s” is no practice question of this module."), {"code": code}
                    )
                    problems.add(f"{module.folder}/{step.code}.yaml", 0, sentence)
