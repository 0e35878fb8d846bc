"""What a file says, before anybody has looked whether it makes a question."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from lms.kit import pictures
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

MOST_BYTES = 20_000_000
MOST_QUESTIONS = 500
MOST_NAME = 60
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff]")


@dataclass(slots=True)
class Draft:
    """One question of a file. `fields`: what the file says of it, by the names of questions.yaml; the rest is open.

    `is_sure`: the code was given as a code, not only as a title. `notes`: what was left behind.
    """

    line: int
    name: str
    fields: dict[str, Any]
    is_sure: bool = False
    notes: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is not taken, and why. `line` counts from 1; in a spreadsheet it is the row."""

    line: int
    name: str
    sentence: Sentence


@dataclass(slots=True)
class Reading:
    """What came out of one file. `pictures`: clean bytes by the name that the drafts use.

    `holds_pictures`: a question without a picture in this file has none; else the file just cannot say.
    """

    holds_pictures: bool = False
    drafts: list[Draft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    skipped: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)

    def leave_out(self, line: int, name: str, sentence: Sentence) -> None:
        self.left_out.append(LeftOut(line, name[:MOST_NAME], sentence))

    def keep_picture(self, content: bytes, name: str) -> str:
        """Clean a picture and give it the name of its content. Raises UnfitFile."""
        clean, suffix = pictures.cleaned(content)
        digest = hashlib.sha1(clean, usedforsecurity=False).hexdigest()
        stem = "-".join(re.findall(r"[A-Za-z0-9]+", PurePath(name).stem))[:30]
        kept = next((one for one, bytes_ in self.pictures.items() if bytes_ == clean), "")
        kept = kept or f"{stem or 'gambar'}-{digest[:8]}{suffix}"
        self.pictures[kept] = clean
        return kept


class NoQuestion(Exception):
    """This question cannot be taken; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence


def check_size(content: bytes) -> None:
    """Raises UnfitFile for a file that is empty or too large to be looked at."""
    if not content.strip():
        raise UnfitFile(Sentence(gettext_noop("This file is empty. Save it anew and try again.")))
    if len(content) > MOST_BYTES:
        raise UnfitFile(Sentence(gettext_noop("This file is larger than 20 MB. Divide it.")))


def check_count(reading: Reading) -> None:
    """Raises UnfitFile when the file holds more questions than can be looked through at once."""
    if len(reading.drafts) + len(reading.left_out) > MOST_QUESTIONS:
        raise UnfitFile(
            Sentence(gettext_noop("This file holds more than %(most)s questions. Divide it."), {"most": MOST_QUESTIONS})
        )


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, or UTF-16 with its mark; lines end in one way. Raises UnfitFile with the line."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = gettext_noop("Line %(line)s is not in UTF-8. Save the file as UTF-8 and try again.")
        raise UnfitFile(Sentence(sentence, {"line": line})) from error
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """No white space at the ends of lines, no odd spaces, no three line ends in a row."""
    lines = [" ".join(line.replace("\u00a0", " ").split()) for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def code_in(text: str) -> str:
    """The text when it can be the code of a question, else nothing."""
    return text.strip() if CODE.fullmatch(text.strip()) else ""
