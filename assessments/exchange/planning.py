"""What would become of the questions of a file in the bank of one module. Only reads."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from assessments.curriculum.bank import gathered
from assessments.curriculum.questions import ChoiceFile, QuestionFile, read_question
from assessments.exchange.drafts import Draft, Reading
from assessments.models import Question
from assessments.rules import likeness
from assessments.rules.asking import parts_of
from assessments.rules.likeness import Wording
from assessments.rules.reading import number_in
from courses.curriculum.block_files import Finder
from courses.curriculum.files import PictureFile
from courses.curriculum.nodes import Fields, Source
from courses.curriculum.problems import Problems
from courses.models import LessonPage, ModulePage
from lms.kit.words import Sentence, gettext_noop

ANOTHER = 0.4  # below this share of letters a title such as “Q1” names another question than ours of that code
# Names of the file -> names of a question; what a file does not say stays as the bank has it.
KEPT = {name: name for name in ("use", "reason", "lesson", "family", "laws", "sources", "to_check")}
KEPT |= {name: name for name in ("picture", "sound", "difficulty", "competency", "tags")} | {"critical": "is_critical"}
KEPT_OF_KIND = {"partial": "gives_parts", "slips": "slips", "unit": "unit", "tolerance": "tolerance"}
PARTS = {**KEPT_OF_KIND, "answer": "is_true", "decoys": "pairs"}
PARTS |= {name: name for name in ("choices", "pairs", "accepted", "value")}


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """One question of the file and what would become of it. `like`: codes of questions that say nearly the same."""

    line: int
    name: str
    code: str
    fate: Fate
    question: QuestionFile | None = None
    notes: tuple[Sentence, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    like: tuple[str, ...] = ()


def plan(reading: Reading, module: ModulePage, use: str, folder: Path) -> list[Planned]:
    """Every question in the order of the file. `use`: of new ones that do not say it; pictures go into `folder`."""
    judge = _Judge(reading, module, use, folder)
    found = [judge.planned(draft) for draft in reading.drafts]
    found += [Planned(one.line, one.name, "", Fate.REFUSED, reasons=(one.sentence,)) for one in reading.left_out]
    return sorted(_with_like(found, judge.here), key=lambda one: one.line)


def wording(one: QuestionFile) -> Wording:
    """What a question says, for comparing."""
    pairs = [f"{text} {match}" for text, match in one.pairs]
    answers = [*(choice.text for choice in one.choices), *pairs, *one.decoys, *one.accepted, one.value]
    return Wording(one.code, one.stem, tuple(answers), "" if one.family == one.code else one.family)


def _with_like(found: Sequence[Planned], here: Mapping[str, QuestionFile]) -> list[Planned]:
    coming = {one.code: one.question for one in found if one.question and one.fate in (Fate.NEW, Fate.CHANGED)}
    bank = {**here, **coming}
    near = likeness.alike(map(wording, coming.values()), map(wording, bank.values()))
    return [
        replace(one, like=tuple(alike.code for alike in near[one.code])) if one.code in near and one.question else one
        for one in found
    ]


class _Judge:
    """The bank as it is, and what the file has taken of it so far."""

    def __init__(self, reading: Reading, module: ModulePage, use: str, folder: Path) -> None:
        self.reading = reading
        self.module = module
        self.use = use
        self.here = {one.code: one for one in gathered(Question.objects.filter(module=module))}
        away = Question.objects.exclude(module=module).exclude(module=None)
        self.elsewhere = set(away.values_list("code", flat=True))
        self.by_text = {(one.kind, likeness.said(wording(one))): one.code for one in self.here.values()}
        self.named = {str(draft.fields.get("code") or "") for draft in reading.drafts}
        self.taken: set[str] = set()
        self.numbers = itertools.count(1)
        self.lessons = set(LessonPage.objects.child_of(module).values_list("slug", flat=True))
        self.sources = {source.value["code"] for source in module.sources}
        self.pictures = {name: _stored(folder, name, content) for name, content in reading.pictures.items()}

    def planned(self, draft: Draft) -> Planned:
        fields = _fitting(draft.fields)
        if draft.is_sure and fields["code"] in self.taken:
            twice = Sentence(gettext_noop("“%(code)s” stands here twice."), {"code": fields["code"]})
            return Planned(draft.line, draft.name, str(fields["code"]), Fate.REFUSED, reasons=(twice,))
        code, notes = self.code_of(draft, fields)
        problems = Problems()
        known = self.here.get(code)
        said = {"use": known.use if known else self.use, **fields, "code": code}
        row = Fields(_node(said, draft.line), Source("", ""), problems)
        question = read_question(row, Finder(self.picture, _no_media))
        if known:
            question = self.kept(question, known, fields)
        reasons = [one.sentence for one in problems.found] + self.strangers(question, known)
        name = draft.name or question.stem[:60]
        if reasons:
            return Planned(draft.line, name, code, Fate.REFUSED, reasons=tuple(reasons))
        self.taken.add(code)
        fate = Fate.NEW if known is None else Fate.SAME if _same(question, known) else Fate.CHANGED
        return Planned(draft.line, name, code, fate, question, (*draft.notes, *notes))

    def code_of(self, draft: Draft, fields: Mapping[str, Any]) -> tuple[str, list[Sentence]]:
        """The code that it says; else that of the question with the same words; else a new one."""
        given = str(fields.get("code") or "")
        mine = _wording(fields)
        is_hers = given in self.here and (draft.is_sure or not self.is_another(mine, self.here[given]))
        if given and given not in self.elsewhere | self.taken and (is_hers or given not in self.here):
            return given, []
        same = self.by_text.get((str(fields.get("kind")), likeness.said(mine)), "")
        if same and same not in self.taken | self.named:
            return same, []
        code = self.free()
        if not given:
            return code, []
        note = gettext_noop("“%(given)s” names another question: this one becomes “%(code)s”.")
        return code, [Sentence(note, {"given": given, "code": code})]

    def is_another(self, mine: Wording, other: QuestionFile) -> bool:
        texts = (likeness.groups(likeness.said(one)) for one in (mine, wording(other)))
        return likeness.share(*texts) < ANOTHER

    def free(self) -> str:
        prefix = self.module.code.upper()
        used = self.here.keys() | self.elsewhere | self.taken | self.named
        return next(code for number in self.numbers if (code := f"{prefix}-{number}") not in used)

    def kept(self, question: QuestionFile, known: QuestionFile, fields: Mapping[str, Any]) -> QuestionFile:
        """What the file does not say stays as it is."""
        names = {**KEPT, **(KEPT_OF_KIND if question.kind == known.kind else {})}
        if self.reading.holds_pictures:
            names.pop("picture")
        stays = {here: getattr(known, here) for there, here in names.items() if there not in fields}
        stays["choices"] = _with_files(question.choices, known.choices, with_pictures=not self.reading.holds_pictures)
        return replace(question, **stays)

    def strangers(self, question: QuestionFile, known: QuestionFile | None) -> list[Sentence]:
        """Lessons and sources that the module does not have, unless the bank names them already."""
        found = []
        lessons = self.lessons | {"", known.lesson if known else ""}
        if question.lesson not in lessons:
            found.append(Sentence(gettext_noop("There is no lesson “%(code)s” here."), {"code": question.lesson}))
        for source in sorted(set(question.sources) - self.sources - set(known.sources if known else ())):
            found.append(Sentence(gettext_noop("Source “%(code)s” is not in module.yaml."), {"code": source}))
        return found

    def picture(self, fields: Fields, name: str) -> PictureFile | None:
        return self.pictures.get(fields.text(name))


def _no_media(_fields: Fields, _name: str, _kind: str) -> None:
    """No format of these carries sound."""


def _stored(folder: Path, name: str, content: bytes) -> PictureFile:
    path = folder / name
    path.write_bytes(content)
    return PictureFile(hashlib.sha1(content, usedforsecurity=False).hexdigest(), name, path)


def _fitting(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what does not belong to its kind: tags of Moodle may say more than the question needs."""
    own = parts_of(str(fields["kind"]))
    fits = {name: value for name, value in fields.items() if name not in PARTS or PARTS[name] in own}
    return {name: None if (name, value) == ("competency", "") else value for name, value in fits.items()}


def _wording(fields: Mapping[str, Any]) -> Wording:
    pairs = [f"{one['text']} {one['match']}" for one in fields.get("pairs") or ()]
    choices = [one["text"] for one in fields.get("choices") or ()]
    answers = [*choices, *pairs, *(fields.get("decoys") or ()), *(fields.get("accepted") or ())]
    return Wording("", str(fields.get("stem") or ""), (*answers, str(fields.get("value") or "")))


def _with_files(
    choices: Iterable[ChoiceFile], known: Iterable[ChoiceFile], *, with_pictures: bool
) -> tuple[ChoiceFile, ...]:
    """Choices of the same text keep their sound, and their picture where the format holds none."""
    before = {one.text: one for one in known}
    found = []
    for one in choices:
        mine = before.get(one.text, one)
        picture = one.picture or (mine.picture if with_pictures else None)
        found.append(replace(one, picture=picture, sound=one.sound or mine.sound))
    return tuple(found)


def _same(question: QuestionFile, known: QuestionFile) -> bool:
    """Two spellings of one number are the same."""
    numbers = [(number_in(one.value), number_in(one.tolerance or "0")) for one in (question, known)]
    if question.value and numbers[0] == numbers[1]:
        question = replace(question, value=known.value, tolerance=known.tolerance)
    return question == known


def _node(value: Any, line: int) -> yaml.Node:
    """A plain value as the reader of questions.yaml wants it; every part knows the line of its question."""
    mark = yaml.Mark("", 0, line - 1, 0, None, 0)
    if isinstance(value, Mapping):
        pairs = [(_node(name, line), _node(one, line)) for name, one in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)
    if isinstance(value, list | tuple):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(one, line) for one in value], mark, mark)
    kind = "null" if value is None else "str"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", text, mark, mark)
