"""What stands between ::: lines: one reader a block. The names are those of courses.blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.blocks.services import SERVICES
from courses.curriculum.files import MediaRef, PictureFile, with_files
from courses.curriculum.nodes import Fields
from lms.kit.words import Sentence, gettext_noop

CALL_OUTS = ("info", "check", "safety")
ANSWERS = ("no", "official", "consult", "yes")
# Left out of a file when empty; everything else is always written.
LEFT_OUT = ("title", "caption", "text", "laws", "captions", "transcript")
# Here a content note is rare: it is written only where there is one.
SELDOM_NOTED = {"audio", "video", "gallery", "discussion"}

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finder:
    """How a block gets the files of its module that it names: asked with its fields and the name of one."""

    picture: Callable[[Fields, str], PictureFile | None]
    media: Callable[[Fields, str, str], MediaRef | None]


def _key_point(fields: Fields, _find: Finder) -> Data:
    return {"text": fields.markdown("text")}


def _callout(fields: Fields, _find: Finder) -> Data:
    return {
        "kind": fields.choice("kind", CALL_OUTS),
        "title": fields.text("title", most=80),
        "text": fields.markdown("text"),
    }


def _term(fields: Fields, _find: Finder) -> Data:
    return {"term": fields.text("term", most=60), "meaning": fields.text("meaning")}


def _picture(fields: Fields, find: Finder) -> Data:
    return {
        "file": find.picture(fields, "file"),
        "alt": fields.text("alt", most=250),
        "caption": fields.text("caption", required=False, most=200),
    }


def _gallery(fields: Fields, find: Finder) -> Data:
    rows = _rows(fields, "steps", 2, 8)
    steps = [
        {"file": find.picture(row, "file"), "alt": row.text("alt", most=250), "text": row.text("text", most=250)}
        for row in rows
    ]
    _close(rows)
    return {"title": fields.text("title", required=False, most=100), **_note(fields), "steps": steps}


def _story(fields: Fields, _find: Finder) -> Data:
    return {
        "id": fields.code("id"),
        "title": fields.text("title", most=100),
        "minutes": fields.whole("minutes", 1, 60),
        **_note(fields),
        "text": fields.markdown("text"),
        "helped": fields.text("helped"),
    }


def _dialogue(fields: Fields, _find: Finder) -> Data:
    rows = _rows(fields, "lines", 2, 40)
    lines = [{"voice": row.whole("voice", 1, 2), "text": row.text("text", most=400)} for row in rows]
    _close(rows)
    voices = _texts(fields, "voices", 2, 2)
    return {
        "id": fields.code("id"),
        "title": fields.text("title", most=100),
        **_note(fields),
        "voices": voices,
        "lines": lines,
        "helped": fields.text("helped", required=False),
    }


def _note(fields: Fields) -> Data:
    """A content note, and the task for who skips what it speaks of."""
    note, neutral = fields.text("note", required=False), fields.text("neutral", required=False)
    if note and not neutral:
        fields.problem(Sentence(gettext_noop("Beside a content note stands a neutral task: “neutral”.")), "note")
    return {"note": note, "neutral": neutral}


def _self_check(fields: Fields, _find: Finder) -> Data:
    rows = fields.rows("choices")
    choices = [
        {
            "text": row.text("text", most=250),
            "right": row.flag("right", default=False),
            "feedback": row.text("feedback"),
        }
        for row in rows
    ]
    _close(rows)
    if rows and not 2 <= len(rows) <= 6:
        fields.problem(Sentence(gettext_noop("A self-check has two to six answers.")), "choices")
    if rows and not any(choice["right"] for choice in choices):
        fields.problem(Sentence(gettext_noop("No answer is marked as right.")), "choices")
    return {"id": fields.code("id"), "question": fields.text("question"), "choices": choices}


def _table(fields: Fields, _find: Finder) -> Data:
    head = _texts(fields, "head", 2, 4, most=80)
    rows = _rows(fields, "rows", 1, 20)
    cells = [_texts(row, "cells", 1, 4, most=250) for row in rows]
    _close(rows)
    for row, texts in zip(rows, cells, strict=True):
        if texts and head and len(texts) != len(head):
            params = {"cells": len(texts), "columns": len(head)}
            row.problem(
                Sentence(gettext_noop("This row has %(cells)s cells; the table has %(columns)s columns."), params)
            )
    return {"caption": fields.text("caption", most=150), "head": head, "rows": [{"cells": texts} for texts in cells]}


def _decision(fields: Fields, _find: Finder) -> Data:
    rows = _rows(fields, "rows", 1, 20)
    answers = [
        {
            "case": row.text("case", most=250),
            "answer": row.choice("answer", ANSWERS),
            "text": row.text("text", most=400),
            "laws": list(row.words("laws")),
        }
        for row in rows
    ]
    _close(rows)
    return {
        "title": fields.text("title", most=100),
        "question": fields.text("question", most=200),
        "rows": answers,
        "note": fields.text("note", required=False),
    }


def _checklist(fields: Fields, _find: Finder) -> Data:
    return {"title": fields.text("title", most=100), "items": _texts(fields, "items", 2, 20, most=250)}


def _discussion(fields: Fields, _find: Finder) -> Data:
    return {
        "title": fields.text("title", most=100),
        "minutes": fields.whole("minutes", 1, 180),
        **_note(fields),
        "text": fields.markdown("text"),
    }


def _referral(fields: Fields, _find: Finder) -> Data:
    rows = _rows(fields, "rows", 1, 15)
    services = [
        {
            "need": row.text("need", most=150),
            "service": row.choice("service", tuple(SERVICES)),
            "text": row.text("text", required=False, most=400),
        }
        for row in rows
    ]
    _close(rows)
    return {"title": fields.text("title", most=100), "rows": services}


def _audio(fields: Fields, find: Finder) -> Data:
    return {
        "file": find.media(fields, "file", "sound"),
        "title": fields.text("title", most=100),
        **_note(fields),
        "transcript": fields.markdown("transcript"),
    }


def _video(fields: Fields, find: Finder) -> Data:
    file = find.media(fields, "file", "film")
    captions = find.media(fields, "captions", "captions") if fields.has("captions") else None
    transcript = fields.markdown("transcript", required=False)
    if not captions and not transcript:
        fields.problem(Sentence(gettext_noop("A film needs captions or a transcript.")))
    return {
        "file": file,
        "title": fields.text("title", most=100),
        **_note(fields),
        "captions": captions,
        "transcript": transcript,
    }


def _download(fields: Fields, find: Finder) -> Data:
    return {
        "file": find.media(fields, "file", "document"),
        "title": fields.text("title", most=100),
        "text": fields.text("text", required=False, most=200),
    }


def _pause(fields: Fields, _find: Finder) -> Data:
    return {"text": fields.text("text", most=400)}


def _rows(fields: Fields, name: str, low: int, high: int) -> list[Fields]:
    rows = fields.rows(name)
    if fields.has(name) and not low <= len(rows) <= high:
        _miscounted(fields, name, low, high)
    return rows


def _texts(fields: Fields, name: str, low: int, high: int, most: int = 60) -> list[str]:
    """A list of texts, each of `most` letters."""
    texts = list(fields.words(name, required=True))
    if fields.has(name) and not low <= len(texts) <= high:
        _miscounted(fields, name, low, high)
    if any(len(text) > most for text in texts):
        params = {"name": name, "most": most}
        fields.problem(Sentence(gettext_noop("A text in “%(name)s” is longer than %(most)s letters."), params), name)
    return texts


def _miscounted(fields: Fields, name: str, low: int, high: int) -> None:
    params = {"name": name, "low": low, "high": high}
    fields.problem(Sentence(gettext_noop("“%(name)s” takes a list of %(low)s to %(high)s."), params), name)


def _close(rows: Sequence[Fields]) -> None:
    for row in rows:
        row.close()


BLOCKS: Mapping[str, Callable[[Fields, Finder], Data]] = {
    "key_point": _key_point,
    "picture": _picture,
    "gallery": _gallery,
    "audio": _audio,
    "video": _video,
    "download": _download,
    "callout": _callout,
    "story": _story,
    "dialogue": _dialogue,
    "self_check": _self_check,
    "term": _term,
    "table": _table,
    "decision": _decision,
    "checklist": _checklist,
    "discussion": _discussion,
    "referral": _referral,
    "pause": _pause,
}


def written(name: str, data: Data, *, named_pictures: bool = True) -> Data:
    """A block as its file says it: files stand by their names, some empty fields are left out."""
    named: Data = with_files(data, lambda file: file.name if named_pictures else "")
    return _without_empty(named, (*LEFT_OUT, *(("note", "neutral") if name in SELDOM_NOTED else ())))


def _without_empty(value: Any, names: Sequence[str]) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(one, names) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one or name not in names}
    return [_without_empty(one, names) for one in value] if isinstance(value, list) else value
