"""Questions written as GIFT."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from assessments.exchange import labels
from assessments.exchange.gift import SIGNS
from assessments.rules.reading import number_in

SIGN = re.compile(f"[{re.escape(SIGNS)}]")
HEAD = "// Lopo, GIFT"


def write(questions: Iterable[Mapping[str, Any]]) -> bytes:
    """The file; each question in the form of questions.yaml and of a kind that GIFT knows."""
    return "\n\n".join([HEAD, *(_written(one) for one in questions), ""]).encode()


def _escaped(text: str) -> str:
    return SIGN.sub(lambda found: "\\" + found[0], text).replace("\n", "\\n")


def _answer(text: str) -> str:
    """An answer; one that looks like the word for its marks says what it is."""
    return ("[plain]" if text.startswith("[") else "") + _escaped(text)


def _label(name: str, value: str) -> str:
    return f"[{name}:" + value.replace("]", "\\]") + "]"


def _written(question: Mapping[str, Any]) -> str:
    code = str(question["code"])
    marks = " ".join([_label("id", code), *(_label("tag", tag) for tag in labels.to_tags(question))])
    reason = str(question.get("reason") or "")
    lines = [*_answers(question), *([f"####[plain]{_escaped(reason)}"] if reason else [])]
    inside = "\n".join(f"\t{line}" for line in lines)
    return f"// {marks}\n::{_escaped(code)}::[plain]{_escaped(str(question['stem']))}{{\n{inside}\n}}"


def _answers(question: Mapping[str, Any]) -> list[str]:
    kind = question["kind"]
    if kind == "true_false":
        return ["TRUE" if question["answer"] else "FALSE"]
    if kind == "number":
        return [f"#{pointed(question['value'])}:{pointed(question.get('tolerance') or 0)}"]
    if kind == "short":
        return [f"={_answer(text)}" for text in question["accepted"]]
    if kind == "matching":
        pairs = [f"={_answer(one['text'])} -> {_escaped(one['match'])}" for one in question["pairs"]]
        return pairs + [f"= -> {_escaped(text)}" for text in question.get("decoys") or ()]
    choices = question["choices"]
    if kind == "ordering":
        grading = "RELATIVE_ALL_PREVIOUS_AND_NEXT" if question.get("partial") else "ALL_OR_NOTHING"
        return [f">{len(choices)} ALL VERTICAL {grading}", *(_answer(one["text"]) for one in choices)]
    if kind == "single":
        return [("=" if one["right"] else "~") + _answer(one["text"]) for one in choices]
    share = weight(sum(bool(one["right"]) for one in choices))
    return [f"~%{share if one['right'] else '-' + share}%{_answer(one['text'])}" for one in choices]


def weight(rights: int) -> str:
    """The part of 100 for each of several right answers, in the five places that Moodle knows."""
    return f"{100 / rights:.5f}".rstrip("0").rstrip(".")


def pointed(number: object) -> str:
    """A number as programs read it: a point before the decimals. What is none stays as it is."""
    found = number_in(str(number))
    if found is None:
        return str(number)
    text = f"{Decimal(found.numerator) / found.denominator:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
