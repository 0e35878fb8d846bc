"""Questions written as Moodle XML, pictures inside."""

import base64
import html
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from assessments.exchange import labels
from assessments.exchange.gift_writing import pointed, weight
from assessments.exchange.markup import PLUGIN

# The bytes of a picture, by what the question names as its file.
Content = Callable[[Any], bytes]
TYPES = {"multiple": "multichoice", "single": "multichoice", "picture": "multichoice", "true_false": "truefalse"}
TYPES |= {"short": "shortanswer", "number": "numerical", "matching": "matching", "ordering": "ordering"}


def write(questions: Iterable[Mapping[str, Any]], content: Content) -> bytes:
    """The file; each question in the form of questions.yaml."""
    written = [_written(one, content) for one in questions]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *written, "</quiz>", ""]).encode()


def _plain(tag: str, text: Any) -> str:
    return f"<{tag}>{escape(str(text))}</{tag}>"


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _html(tag: str, text: str, picture: Mapping[str, Any] | None, content: Content, more: str = "") -> str:
    """An element whose text is HTML, with its picture beside it."""
    lines = "<br>".join(html.escape(line, quote=False) for line in text.split("\n"))
    inner = f"<p>{lines}</p>" if "\n" in text else lines
    files = ""
    if picture:
        name = PurePath(str(getattr(picture["file"], "name", picture["file"]))).name
        inner += f'<img src="{PLUGIN}{quote(name)}" alt="{html.escape(str(picture["alt"]))}">'
        packed = base64.b64encode(content(picture["file"])).decode()
        files = f'<file name="{html.escape(name)}" path="/" encoding="base64">{packed}</file>'
    return f'<{tag} {more}format="html">{_text(inner)}{files}</{tag}>'


def _written(question: Mapping[str, Any], content: Content) -> str:
    code, kind = str(question["code"]), str(question["kind"])
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in labels.to_tags(question))
    parts = [
        f"<name>{_text(code)}</name>",
        _html("questiontext", str(question["stem"]), question.get("picture"), content),
        _html("generalfeedback", str(question.get("reason") or ""), None, content),
        "<defaultgrade>1</defaultgrade>",
        _plain("hidden", 0),
        _plain("idnumber", code),
        *_answers(kind, question, content),
        f"<tags>{tags}</tags>",
    ]
    lines = "\n".join(f"    {part}" for part in parts)
    return f'  <question type="{TYPES[kind]}">\n{lines}\n  </question>'


def _answer(fraction: Any, text: str, content: Content, picture: Any = None) -> str:
    return _html("answer", text, picture, content, f'fraction="{fraction}" ')


def _bare(fraction: Any, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="moodle_auto_format">{_text(text)}{more}</answer>'


def _answers(kind: str, question: Mapping[str, Any], content: Content) -> list[str]:
    if kind == "true_false":
        return [_bare(100 if question["answer"] is right else 0, str(right).lower()) for right in (True, False)]
    if kind == "short":
        return [_plain("usecase", 0), *(_bare(100, html.escape(text, quote=False)) for text in question["accepted"])]
    if kind == "number":
        more = _plain("tolerance", pointed(question.get("tolerance") or 0))
        unit = str(question.get("unit") or "")
        units = f"<units><unit><multiplier>1</multiplier>{_plain('unit_name', unit)}</unit></units>" if unit else ""
        return [_bare(100, pointed(question["value"]), more), units]
    if kind == "matching":
        sides = [(one["text"], one["match"]) for one in question["pairs"]]
        sides += [("", text) for text in question.get("decoys") or ()]
        return [_plain("shuffleanswers", "true"), *(_pair(left, right, content) for left, right in sides)]
    choices = question["choices"]
    if kind == "ordering":
        grading = "RELATIVE_ALL_PREVIOUS_AND_NEXT" if question.get("partial") else "ALL_OR_NOTHING"
        head = [_plain("layouttype", "VERTICAL"), _plain("selecttype", "ALL"), _plain("selectcount", 0)]
        ordered = [_answer(place, one["text"], content) for place, one in enumerate(choices, 1)]
        return [*head, _plain("gradingtype", grading), *ordered]
    return _choices(kind, choices, content)


def _pair(left: str, right: str, content: Content) -> str:
    written = _html("subquestion", left, None, content)
    answer = f"<answer>{_text(html.escape(right, quote=False))}</answer>"
    return written.replace("</subquestion>", f"{answer}</subquestion>")


def _choices(kind: str, choices: Iterable[Mapping[str, Any]], content: Content) -> list[str]:
    listed = list(choices)
    share = weight(sum(bool(one["right"]) for one in listed)) if kind == "multiple" else "100"
    wrong = f"-{share}" if kind == "multiple" else "0"
    return [
        _plain("single", "false" if kind == "multiple" else "true"),
        _plain("shuffleanswers", "true"),
        *(_answer(share if one["right"] else wrong, one["text"], content, one.get("picture")) for one in listed),
    ]
