"""The question bank of a module as a file: `questions.yaml`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from assessments.curriculum.questions import (
    ChoiceFile,
    DrawnFile,
    HeardFile,
    QuestionFile,
    read_question,
    write_question,
)
from assessments.curriculum.steps import PracticeFile
from assessments.models import Question
from assessments.models.bank_blocks import texts_of, values_of
from assessments.rules.items import Kind
from courses.curriculum.block_files import Finder
from courses.curriculum.files import ModuleFile
from courses.curriculum.filling import stored_media, stored_picture
from courses.curriculum.gathering import media_ref, picture_file, tidy
from courses.curriculum.kinds import ModulePart, register_module_part
from courses.curriculum.nodes import Fields
from courses.curriculum.problems import Problems
from courses.models import MediaFile, ModulePage, Picture
from lms.kit.refusing import Refused
from lms.kit.words import Sentence, gettext_noop

FILE = "questions.yaml"


def register() -> None:
    register_module_part(ModulePart(file=FILE, read=read, gather=gather, apply=apply, write=write, check=check))


def read(rows: Sequence[Fields], find: Finder) -> tuple[QuestionFile, ...]:
    return tuple(read_question(row, find) for row in rows)


def gather(page: ModulePage) -> tuple[QuestionFile, ...]:
    return gathered(Question.objects.of_module(page.translation_key))


def gathered(questions: Iterable[Question]) -> tuple[QuestionFile, ...]:
    """The questions as files hold them. Three queries, however many."""
    rows = list(questions)
    choices = [value for one in rows for _key, value in values_of(one.choices)]
    drawn = {one.picture_id for one in rows} | {value.get("picture") for value in choices}
    heard = {one.sound_id for one in rows} | {value.get("sound") for value in choices}
    pictures = Picture.objects.in_bulk(drawn - {None})
    sounds = MediaFile.objects.in_bulk(heard - {None})
    return tuple(_gather_one(one, pictures, sounds) for one in rows)


def _gather_one(question: Question, pictures: dict[int, Picture], sounds: dict[int, MediaFile]) -> QuestionFile:
    is_ordering = question.kind == Kind.ORDERING

    def drawn(number: int | None, alt: str) -> DrawnFile | None:
        return DrawnFile(picture_file(pictures[number]), alt.strip()) if number in pictures else None

    sound = sounds.get(question.sound_id) if question.sound_id else None
    pairs = [(text.strip(), match.strip()) for text, match in texts_of(question.pairs)]
    return QuestionFile(
        code=question.code,
        kind=question.kind,
        use=question.use,
        stem=tidy(question.stem),
        choices=tuple(
            ChoiceFile(
                value["text"].strip(),
                is_ordering or bool(value["right"]),
                drawn(value.get("picture"), value.get("alt") or ""),
                media_ref(sounds[value["sound"]]) if value.get("sound") in sounds else None,
            )
            for _key, value in values_of(question.choices)
        ),
        is_true=question.is_true,
        reason=tidy(question.reason),
        is_critical=question.is_critical,
        lesson=question.lesson,
        laws=tuple(question.laws),
        family=question.family or question.code,
        to_check=tidy(question.to_check),
        sources=tuple(question.sources),
        picture=drawn(question.picture_id, question.picture_alt),
        sound=HeardFile(media_ref(sound), tidy(question.sound_words)) if sound else None,
        gives_parts=question.gives_parts,
        pairs=tuple(pair for pair in pairs if pair[0]),
        decoys=tuple(match for text, match in pairs if not text),
        accepted=tuple(question.accepted),
        slips=question.slips,
        value=question.value,
        tolerance=question.tolerance,
        unit=question.unit,
        difficulty=question.difficulty,
        competency=question.competency,
        tags=tuple(question.tags),
        checked_on=question.checked_on,
        checked_by=question.checked_by,
    )


def apply(page: ModulePage, value: Sequence[QuestionFile], now: datetime, *, is_trial: bool = False) -> list[str]:
    """Make the bank like the file; questions that the file does not name stay. Returns one line for each change.

    A trial only says the lines. Raises Refused when another module has a question of that code.
    """
    stored = {question.code: question for question in Question.objects.filter(code__in=[one.code for one in value])}
    here = {one.code: one for one in gathered(stored.values())}
    changes = []
    for place, one in enumerate(value, 1):
        question = stored.get(one.code)
        if question and question.module and question.module_id != page.pk:
            params = {"code": one.code, "module": question.module.title}
            raise Refused(_("Question “%(code)s” belongs to “%(module)s”. Choose another code.") % params)
        if question and question.module and question.place == place and here[one.code] == one:
            continue
        word = _("Changed: %(title)s") if question else _("New: %(title)s")
        if not is_trial:
            store(question or Question(code=one.code), page, one, place)
        changes.append(word % {"title": one.code})
    return changes


def store(question: Question, page: ModulePage, one: QuestionFile, place: int = 0) -> None:
    """Make the question like the file, in that place of the module (0: where it is, a new one last)."""
    question.module = page
    question.kind, question.use, question.stem, question.is_true = one.kind, one.use, one.stem, one.is_true
    question.choices = _stream(question.choices, one.code, [_choice_value(choice, one.kind) for choice in one.choices])
    pairs = [*one.pairs, *(("", decoy) for decoy in one.decoys)]
    question.pairs = _stream(question.pairs, one.code, [{"text": text, "match": match} for text, match in pairs])
    question.accepted, question.slips, question.gives_parts = list(one.accepted), one.slips, one.gives_parts
    question.value, question.tolerance, question.unit = one.value, one.tolerance, one.unit
    question.picture = stored_picture(one.picture.file) if one.picture and one.picture.file else None
    question.picture_alt = one.picture.alt if one.picture else ""
    question.sound = stored_media(one.sound.file) if one.sound and one.sound.file else None
    question.sound_words = one.sound.words if one.sound else ""
    question.reason, question.is_critical, question.lesson = one.reason, one.is_critical, one.lesson
    question.laws, question.sources, question.to_check = list(one.laws), list(one.sources), one.to_check
    question.difficulty, question.competency, question.tags = one.difficulty, one.competency, list(one.tags)
    question.checked_on, question.checked_by = one.checked_on, one.checked_by
    question.family = "" if one.family == one.code else one.family
    question.place = place or question.place
    question.save()
    question.save_revision(changed=False)


def _choice_value(choice: ChoiceFile, kind: str) -> dict[str, Any]:
    drawn = choice.picture
    picture = stored_picture(drawn.file).pk if drawn and drawn.file else None
    sound = stored_media(choice.sound).pk if choice.sound else None
    right = choice.right and kind != Kind.ORDERING
    alt = drawn.alt if drawn else ""
    return {"text": choice.text, "right": right, "picture": picture, "alt": alt, "sound": sound}


def _stream(stream: Any, code: str, values: Sequence[dict[str, Any]]) -> Any:
    """The blocks with ids made of what they say: the same answer keeps its key."""
    (kind,) = stream.stream_block.child_blocks
    rows: list[dict[str, Any]] = []
    for value in values:
        words = value["text"] or value.get("match") or f"picture {value['picture']} {value['alt']}"
        rows.append({"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{code}/{words}"))})
    return stream.stream_block.to_python(rows)


def write(value: Sequence[QuestionFile]) -> list[dict[str, Any]]:
    return [write_question(one) for one in value]


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
