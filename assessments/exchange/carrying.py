"""One file in, one file out: which reader and writer, by the ending of its name. Only reads."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from uuid import UUID

from assessments.curriculum import bank
from assessments.curriculum.questions import QuestionFile
from assessments.exchange import gift, gift_writing, moodle_writing, moodle_xml, sheets
from assessments.exchange.drafts import Reading, check_size
from assessments.models import Question
from assessments.rules.items import Kind
from courses.curriculum.files import PictureFile
from courses.models import ModulePage
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, Translate, gettext_noop

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".gift": gift.read,
    ".txt": gift.read,
    ".xml": moodle_xml.read,
    ".xlsx": sheets.read,
}
FORMS = (".gift", ".xml", ".xlsx")
DRAWN = Sentence(gettext_noop("This file holds no pictures to choose from."))
LONG = Sentence(gettext_noop("It has an arrow -> in a pair, which GIFT cannot tell apart."))
WIDE = Sentence(gettext_noop("It has more answers than a row has cells."))
NO_PICTURE = Sentence(gettext_noop("It goes without its picture; here the picture stays."))
NO_SOUND = Sentence(gettext_noop("It goes without its sound; here the sound stays."))
MOST_CELLS = sheets.MOST_ANSWERS


def read(content: bytes, name: str) -> Reading:
    """The questions of a file. Raises UnfitFile with what to do instead."""
    check_size(content)
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise UnfitFile(Sentence(gettext_noop("Take a file that ends in .gift, .txt, .xml or .xlsx.")))
    return reader(content)


def losses(questions: Sequence[QuestionFile], form: str) -> list[tuple[str, bool, Sentence]]:
    """What this format cannot hold: code, whether the question is left out altogether, and why."""
    found = []
    for one in questions:
        out = _left_out(one, form)
        if out:
            found.append((one.code, True, out))
            continue
        if form != ".xml" and (one.picture or any(choice.picture for choice in one.choices)):
            found.append((one.code, False, NO_PICTURE))
        if one.sound or any(choice.sound for choice in one.choices):
            found.append((one.code, False, NO_SOUND))
    return found


def _left_out(one: QuestionFile, form: str) -> Sentence | None:
    if form == ".xml":
        return None
    if one.kind == Kind.PICTURE:
        return DRAWN
    sides = [*(text for pair in one.pairs for text in pair), *one.decoys]
    if form == ".gift" and any("->" in text for text in (*sides, *one.accepted)):
        return LONG
    if form == ".xlsx" and len(one.accepted) > MOST_CELLS:
        return WIDE
    return None


def write(questions: Sequence[QuestionFile], form: str, translate: Translate) -> bytes:
    """The file with every question that it can hold."""
    out = {code for code, is_out, _why in losses(questions, form) if is_out}
    rows: list[dict[str, Any]] = bank.write([one for one in questions if one.code not in out])
    if form == ".gift":
        return gift_writing.write(rows)
    if form == ".xml":
        return moodle_writing.write(rows, content_of)
    from assessments.exchange import sheets_writing  # it brings openpyxl, which a start should not pay for

    return sheets_writing.write(rows, translate)


def content_of(file: PictureFile) -> bytes:
    return file.path.read_bytes() if file.path else b""


def questions_of(module: ModulePage) -> tuple[QuestionFile, ...]:
    """The bank of a module, published or not, in its order."""
    return bank.gathered(Question.objects.filter(module=module))


def module_called(code: str) -> ModulePage | None:
    """The one module of that code, or of that key where courses share a code."""
    found = ModulePage.objects.filter(code=code.lower())[:2]
    if len(found) == 1:
        return found[0]
    try:
        return ModulePage.objects.filter(translation_key=UUID(code)).first()
    except ValueError:
        return None
