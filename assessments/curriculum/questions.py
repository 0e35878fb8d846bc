"""One question as a file writes it: read with its lines, written in one order."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessments.models import Question
from assessments.models.bank_blocks import MOST_LETTERS
from assessments.rules.asking import MOST_SLIPS, Written, WrittenChoice, faults, parts_of
from assessments.rules.competencies import COMPETENCIES
from assessments.rules.items import USUAL_DIFFICULTY, Kind
from courses.curriculum.block_files import Finder
from courses.curriculum.files import MediaRef, PictureFile
from courses.curriculum.nodes import Fields
from lms.kit.words import Sentence, gettext_noop

# What a part of a question is called in files, where it is called otherwise there.
FILE_NAMES = {"gives_parts": "partial", "is_true": "answer"}


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A picture with what it shows; without a file when it could not be read."""

    file: PictureFile | None
    alt: str


@dataclass(frozen=True, slots=True)
class HeardFile:
    """A sound with its words; without a file when it could not be read."""

    file: MediaRef | None
    words: str


@dataclass(frozen=True, slots=True)
class ChoiceFile:
    """For an order always right, in the right order. `sound` says the text aloud."""

    text: str
    right: bool
    picture: DrawnFile | None = None
    sound: MediaRef | None = None


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """One question. `pairs`: text and match; `decoys`: matches of nothing. `difficulty` 1-3."""

    code: str
    kind: str
    use: str
    stem: str
    choices: tuple[ChoiceFile, ...] = ()
    is_true: bool | None = None
    reason: str = ""
    is_critical: bool = False
    lesson: str = ""
    laws: tuple[str, ...] = ()
    family: str = ""
    to_check: str = ""
    sources: tuple[str, ...] = ()
    picture: DrawnFile | None = None
    sound: HeardFile | None = None
    gives_parts: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    decoys: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    slips: int = 0
    value: str = ""
    tolerance: str = ""
    unit: str = ""
    difficulty: int = USUAL_DIFFICULTY
    competency: str = ""
    tags: tuple[str, ...] = ()
    checked_on: date | None = None
    checked_by: str = ""
    line: int = field(default=0, compare=False)

    def as_written(self) -> Written:
        choices = [
            WrittenChoice(one.text, one.right and self.kind != Kind.ORDERING, bool(one.picture), alt_of(one.picture))
            for one in self.choices
        ]
        return Written(
            kind=self.kind,
            choices=choices,
            is_true=self.is_true,
            gives_parts=self.gives_parts,
            pairs=[*self.pairs, *(("", decoy) for decoy in self.decoys)],
            accepted=self.accepted,
            slips=self.slips,
            value=self.value,
            tolerance=self.tolerance,
            unit=self.unit,
        )


def alt_of(picture: DrawnFile | None) -> str:
    return picture.alt if picture else ""


def read_question(row: Fields, find: Finder) -> QuestionFile:
    """The question of this mapping; each fault is noted with its line."""
    code, earlier = row.code("code"), len(row.problems.found)
    kind = row.choice("kind", Question.Kinds.values)
    is_kind = len(row.problems.found) == earlier
    own = parts_of(kind) if is_kind else frozenset()
    question = QuestionFile(
        code=code,
        kind=kind,
        use=row.choice("use", Question.Use.values),
        stem=row.text("stem"),
        choices=tuple(_choice(one, kind, find) for one in row.rows("choices", required="choices" in own)),
        is_true=row.flag("answer") if "is_true" in own or row.has("answer") else None,
        reason=row.text("reason", required=False),
        is_critical=row.flag("critical", default=False),
        lesson=row.text("lesson", required=False, most=20),
        laws=row.words("laws"),
        family=row.text("family", required=False, most=30) or code,
        to_check=row.text("to_check", required=False),
        sources=row.words("sources"),
        picture=read_picture(row, find),
        sound=_sound(row, find),
        gives_parts=row.flag("partial", default=False),
        pairs=tuple(_pair(one) for one in row.rows("pairs", required="pairs" in own)),
        decoys=row.words("decoys"),
        accepted=row.words("accepted", required="accepted" in own),
        slips=row.whole("slips", 0, MOST_SLIPS, default=0),
        value=row.text("value", required="value" in own, most=20),
        tolerance=row.text("tolerance", required=False, most=20),
        unit=row.text("unit", required=False, most=20),
        difficulty=row.whole("difficulty", 1, 3, default=USUAL_DIFFICULTY),
        competency=row.choice("competency", COMPETENCIES) if row.has("competency") else _none(row, "competency"),
        tags=row.words("tags"),
        checked_on=row.day("checked_on"),
        checked_by=row.text("checked_by", required=False, most=80),
        line=row.line(),
    )
    row.close()
    is_unread = len(row.problems.found) > earlier
    for wrong in faults(question.as_written()) if is_kind else ():
        name = FILE_NAMES.get(wrong.part, wrong.part)
        is_noted = is_unread if wrong.part in ("choices", "pairs") else not row.has(name)
        if wrong.part not in own or not is_noted:  # what is missing was noted already
            row.problem(wrong.sentence, name)
    return question


def _none(row: Fields, name: str) -> str:
    """The name is known here; that it is empty is fine."""
    return row.text(name, required=False)


def _choice(row: Fields, kind: str, find: Finder) -> ChoiceFile:
    text = row.text("text", required=kind != Kind.PICTURE, most=MOST_LETTERS)
    choice = ChoiceFile(text, kind == Kind.ORDERING or row.flag("right"), read_picture(row, find), _spoken(row, find))
    row.close()
    return choice


def read_picture(row: Fields, find: Finder) -> DrawnFile | None:
    part = row.part("picture")
    if part is None:
        return None
    drawn = DrawnFile(find.picture(part, "file"), part.text("alt", most=250))
    part.close()
    return drawn


def _sound(row: Fields, find: Finder) -> HeardFile | None:
    part = row.part("sound")
    if part is None:
        return None
    heard = HeardFile(find.media(part, "file", "sound"), part.text("words"))
    part.close()
    return heard


def _spoken(row: Fields, find: Finder) -> MediaRef | None:
    return find.media(row, "sound", "sound") if row.has("sound") else None


def _pair(row: Fields) -> tuple[str, str]:
    pair = row.text("text", most=MOST_LETTERS), row.text("match", most=120)
    if not pair[0] and row.has("text"):
        row.problem(Sentence(gettext_noop("A match of nothing stands in “decoys”.")), "text")
    row.close()
    return pair


def write_question(one: QuestionFile) -> dict[str, Any]:
    """The mapping of the file. Files stand in it as `PictureFile`; what is as usual is left out, if it came later."""
    later: dict[str, Any] = {"difficulty": one.difficulty, "competency": one.competency, "tags": one.tags}
    later |= {"checked_on": one.checked_on, "checked_by": one.checked_by}
    if one.difficulty == USUAL_DIFFICULTY:
        del later["difficulty"]
    return {
        "code": one.code,
        "kind": one.kind,
        "use": one.use,
        "stem": one.stem,
        **_filled({"picture": _drawn(one.picture), "sound": _heard(one.sound)}),
        **_answers(one),
        **_filled({"partial": one.gives_parts}),
        "reason": one.reason,
        "critical": one.is_critical,
        "lesson": one.lesson,
        "laws": one.laws,
        "family": one.family,
        "to_check": one.to_check,
        "sources": one.sources,
        **_filled(later),
    }


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _answers(one: QuestionFile) -> dict[str, Any]:
    if one.kind == Kind.TRUE_FALSE:
        return {"answer": one.is_true}
    if one.kind == Kind.MATCHING:
        pairs = [{"text": text, "match": match} for text, match in one.pairs]
        return {"pairs": pairs, **_filled({"decoys": one.decoys})}
    if one.kind == Kind.SHORT:
        return {"accepted": one.accepted, **_filled({"slips": one.slips})}
    if one.kind == Kind.NUMBER:
        return {"value": one.value, **_filled({"tolerance": one.tolerance, "unit": one.unit})}
    return {"choices": [_written_choice(choice, one.kind) for choice in one.choices]}


def _written_choice(choice: ChoiceFile, kind: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"text": choice.text}
    if kind != Kind.ORDERING:
        fields["right"] = choice.right
    return {**fields, **_filled({"picture": _drawn(choice.picture), "sound": choice.sound})}


def _drawn(picture: DrawnFile | None) -> dict[str, Any]:
    return {"file": picture.file, "alt": picture.alt} if picture else {}


def _heard(sound: HeardFile | None) -> dict[str, Any]:
    return {"file": sound.file, "words": sound.words} if sound else {}
