"""A lesson as text: front matter between lines of ---, then Markdown with blocks between ::: lines."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.curriculum.files import BlockFile, LessonRest, PictureFile, StepFile
from courses.curriculum.nodes import Fields, Source, fields_of
from courses.curriculum.problems import Problems
from courses.curriculum.yaml_text import to_yaml
from lms.kit import richtext
from lms.kit.words import Sentence, gettext_noop

CALL_OUTS = ("info", "check", "safety")
FindPicture = Callable[[Fields, str], PictureFile | None]
BLOCK_START = re.compile(r":::[ \t]*([a-z_]+)[ \t]*")
BLOCK_END = re.compile(r":::[ \t]*")


def _key_point(fields: Fields, _find: FindPicture) -> dict[str, Any]:
    return {"text": fields.markdown("text")}


def _callout(fields: Fields, _find: FindPicture) -> dict[str, Any]:
    return {
        "kind": fields.choice("kind", CALL_OUTS),
        "title": fields.text("title", most=80),
        "text": fields.markdown("text"),
    }


def _term(fields: Fields, _find: FindPicture) -> dict[str, Any]:
    return {"term": fields.text("term", most=60), "meaning": fields.text("meaning")}


def _picture(fields: Fields, find: FindPicture) -> dict[str, Any]:
    return {
        "file": find(fields, "file"),
        "alt": fields.text("alt", most=250),
        "caption": fields.text("caption", required=False, most=200),
    }


def _story(fields: Fields, _find: FindPicture) -> dict[str, Any]:
    return {
        "id": fields.code("id"),
        "title": fields.text("title", most=100),
        "minutes": fields.whole("minutes", 1, 60),
        "note": fields.text("note", required=False),
        "neutral": fields.text("neutral", required=False),
        "text": fields.markdown("text"),
        "helped": fields.text("helped"),
    }


def _self_check(fields: Fields, _find: FindPicture) -> dict[str, Any]:
    rows = fields.rows("choices")
    choices = [
        {
            "text": row.text("text", most=250),
            "right": row.flag("right", default=False),
            "feedback": row.text("feedback"),
        }
        for row in rows
    ]
    for row in rows:
        row.close()
    if rows and not 2 <= len(rows) <= 6:
        fields.problem(Sentence(gettext_noop("A self-check has two to six answers.")), "choices")
    if rows and not any(choice["right"] for choice in choices):
        fields.problem(Sentence(gettext_noop("No answer is marked as right.")), "choices")
    return {"id": fields.code("id"), "question": fields.text("question"), "choices": choices}


BLOCKS: Mapping[str, Callable[[Fields, FindPicture], dict[str, Any]]] = {
    "key_point": _key_point,
    "picture": _picture,
    "callout": _callout,
    "story": _story,
    "self_check": _self_check,
    "term": _term,
}


@dataclass(slots=True)
class _Part:
    """A stretch of the body: Markdown (no name) or a block. `before` counts the lines above its first one."""

    name: str
    before: int
    lines: list[str]


def read_lesson(file: str, code: str, text: str, problems: Problems, find_picture: FindPicture) -> StepFile:
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
        rest=LessonRest(blocks=_read_blocks(file, lines, end + 1, problems, find_picture), **rest_of_head),  # type: ignore[arg-type]
    )
    head.close()
    return lesson


def _read_blocks(
    file: str, lines: list[str], at: int, problems: Problems, find_picture: FindPicture
) -> tuple[BlockFile, ...]:
    blocks: list[BlockFile] = []
    seen: set[tuple[str, str]] = set()
    for part in _parts(file, lines, at, problems):
        if not part.name:
            text = _markdown(file, part, problems)
            if text:
                blocks.append(BlockFile("text", {"text": text}))
            continue
        fields = fields_of(Source(file, "\n".join(part.lines), part.before), problems)
        data = BLOCKS[part.name](fields, find_picture)
        fields.close()
        mark = (part.name, data.get("id", ""))
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
            pieces.append(f"::: {block.name}\n{to_yaml(_written(block.data, named_pictures))}:::\n")
    return "\n".join(pieces)


def _written(data: dict[str, Any], named_pictures: bool) -> dict[str, Any]:
    """A picture stands by its name; a caption that is empty is left out."""
    written = {
        name: (value.name if named_pictures else "") if isinstance(value, PictureFile) else value
        for name, value in data.items()
    }
    if written.get("caption") == "":
        del written["caption"]
    return written
