"""A lesson as text: front matter between lines of ---, then Markdown with blocks between ::: lines."""

import re
from dataclasses import dataclass

from courses.curriculum.block_files import BLOCKS, Finder, written
from courses.curriculum.files import BlockFile, LessonRest, StepFile
from courses.curriculum.nodes import Source, fields_of
from courses.curriculum.problems import Problems
from courses.curriculum.yaml_text import to_yaml
from lms.kit import richtext
from lms.kit.words import Sentence, gettext_noop

BLOCK_START = re.compile(r":::[ \t]*([a-z_]+)[ \t]*")
BLOCK_END = re.compile(r":::[ \t]*")


@dataclass(slots=True)
class _Part:
    """A stretch of the body: Markdown (no name) or a block. `before` counts the lines above its first one."""

    name: str
    before: int
    lines: list[str]


def read_lesson(file: str, code: str, text: str, problems: Problems, find: Finder) -> StepFile:
    """A lesson from its text; what is wrong is noted with its line."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        problems.add(file, 1, Sentence(gettext_noop("A lesson begins with its data between two lines of “---”.")))
        end = -1
    head = fields_of(Source(file, "\n".join(lines[1:end]) if end > 0 else "{}", 1), problems)
    rest_of_head = {
        "checked_on": head.day("checked_on"),
        "checked_by": head.text("checked_by", required=False, most=80),
        "laws": head.words("laws"),
        "sources": head.words("sources"),
    }
    lesson = StepFile(
        key=head.uuid("key"),
        kind="lesson",
        code=code,
        title=head.text("title", most=120),
        outer_title=head.text("outer_title", required=False, most=60),
        minutes=head.whole("minutes", 1, 600),
        rest=LessonRest(blocks=_read_blocks(file, lines, end + 1, problems, find), **rest_of_head),  # type: ignore[arg-type]
    )
    head.close()
    return lesson


def _read_blocks(file: str, lines: list[str], at: int, problems: Problems, find: Finder) -> tuple[BlockFile, ...]:
    blocks: list[BlockFile] = []
    seen: set[tuple[str, str]] = set()
    for part in _parts(file, lines, at, problems):
        if not part.name:
            text = _markdown(file, part, problems)
            if text:
                blocks.append(BlockFile("text", {"text": text}))
            continue
        fields = fields_of(Source(file, "\n".join(part.lines), part.before), problems)
        data = BLOCKS[part.name](fields, find)
        fields.close()
        # A story and a dialogue share the places that "skip" leads to.
        mark = ("story" if part.name == "dialogue" else part.name, data.get("id", ""))
        if mark[1] and mark in seen:
            fields.problem(Sentence(gettext_noop("This id stands twice in the lesson.")), "id")
        seen.add(mark)
        blocks.append(BlockFile(part.name, data))
    return tuple(blocks)


def _markdown(file: str, part: _Part, problems: Problems) -> str:
    try:
        return richtext.to_markdown(richtext.from_markdown("\n".join(part.lines)))
    except richtext.MarkdownProblem as problem:
        problems.add(file, part.before + problem.line, problem.sentence)
        return ""


def _parts(file: str, lines: list[str], at: int, problems: Problems) -> list[_Part]:
    parts = [_Part("", at, [])]
    for number, line in enumerate(lines[at:], at):
        inside = parts[-1].name
        start = BLOCK_START.fullmatch(line)
        if inside and BLOCK_END.fullmatch(line):
            parts.append(_Part("", number + 1, []))
        elif inside and start:
            problems.add(file, parts[-1].before, Sentence(gettext_noop("This block is not closed with “:::”.")))
            parts.append(_Part(start[1], number + 1, []))
        elif start and start[1] in BLOCKS:
            parts.append(_Part(start[1], number + 1, []))
        elif not inside and line.startswith(":::"):
            known = ", ".join(BLOCKS)
            problems.add(
                file,
                number + 1,
                Sentence(gettext_noop("This begins no block. Known are: %(known)s."), {"known": known}),
            )
        else:
            parts[-1].lines.append(line)
    if parts[-1].name:
        problems.add(file, parts[-1].before, Sentence(gettext_noop("This block is not closed with “:::”.")))
    return parts


def write_lesson(lesson: StepFile, *, named_pictures: bool = True) -> str:
    """The canonical text of a lesson."""
    rest: LessonRest = lesson.rest
    head = {
        "key": lesson.key,
        "title": lesson.title,
        "outer_title": lesson.outer_title,
        "minutes": lesson.minutes,
        "checked_on": rest.checked_on,
        "checked_by": rest.checked_by,
        "laws": rest.laws,
        "sources": rest.sources,
    }
    pieces = ["---\n" + to_yaml(head) + "---\n"]
    for block in rest.blocks:
        if block.name == "text":
            pieces.append(block.data["text"] + "\n")
        else:
            fields = written(block.name, block.data, named_pictures=named_pictures)
            pieces.append(f"::: {block.name}\n{to_yaml(fields)}:::\n")
    return "\n".join(pieces)
