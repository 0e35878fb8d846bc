"""GIFT, Moodle's text format, read into drafts (docs.moodle.org, “GIFT format”)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from assessments.exchange import labels
from assessments.exchange.drafts import Draft, NoQuestion, Reading, check_count, code_in, one_line, text_of
from assessments.exchange.markup import told
from lms.kit.words import Sentence, gettext_noop

# What stands behind a backslash is hidden from the reader of signs, and shown again in the end.
SIGNS = "\\~=#{}:"
HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate(SIGNS)} | {"n": chr(0xE010)}
SHOWN = {hidden: "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items()}
ESCAPE = re.compile(r"\\([\\~=#{}:n])")
HIDDEN_SIGN = re.compile("[\ue000-\ue010]")
TITLE = re.compile(r"::(.*?)::(.*)", re.S)
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)
WEIGHT = re.compile(r"%(-?\d+(?:[.,]\d+)?)%")
IDNUMBER = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
ORDER = re.compile(r">\s*\d*((?:\s*\b[A-Z_0-9]+\b)*)[^\S\n]*\n?(.*)", re.S)
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


@dataclass(slots=True)
class _Block:
    line: int = 0
    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    idnumber: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Answer:
    is_right: bool
    weight: Decimal
    text: str
    feedback: str


def read(content: bytes) -> Reading:
    """The questions of a GIFT file. Raises UnfitFile when it is no text in UTF-8."""
    reading = Reading()
    for block in _blocks(_hide(text_of(content))):
        name = ""
        try:
            title, rest = _titled(block.text)
            name = one_line(_show(title or rest))
            draft = _draft(block, title, rest)
            if draft:
                reading.drafts.append(draft)
            else:
                reading.skipped += 1
        except NoQuestion as no:
            reading.leave_out(block.line, name, no.sentence)
    check_count(reading)
    return reading


def _hide(text: str) -> str:
    return ESCAPE.sub(lambda found: HIDDEN[found[1]], text)


def _show(text: str) -> str:
    return HIDDEN_SIGN.sub(lambda found: SHOWN.get(found[0], ""), text)


def _blocks(text: str) -> Iterator[_Block]:
    """Questions end at an empty line outside of braces; one that begins with :: begins anew in any case."""
    block, category = _Block(), ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("//"):
            block.idnumber = _one(IDNUMBER, line) or block.idnumber
            block.tags += [_show(tag) for tag in TAG.findall(line)]
            continue
        depth = block.text.count("{") - block.text.count("}")
        begins = line.startswith(("::", "$CATEGORY:"))
        if block.lines and ((not line and depth <= 0) or begins):
            yield _with(block, category)
            block = _Block()
        if line.startswith("$CATEGORY:"):
            category = last_of_category(_show(line.removeprefix("$CATEGORY:")))
        elif line or block.lines:
            block.line = block.line or number
            block.lines.append(raw)
    if block.lines:
        yield _with(block, category)


def _one(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(line)
    return _show(found[1].replace("\\]", "]")) if found else ""


def _with(block: _Block, category: str) -> _Block:
    if category and not any(tag.startswith(labels.PREFIX) for tag in block.tags):
        block.tags.append(category)
    return block


def last_of_category(path: str) -> str:
    """The last part of Moodle's path of a category; nothing when it only says where the bank lies."""
    last = one_line(path.replace("//", "\0").rpartition("/")[2].replace("\0", "/"))
    return "" if last.lower().startswith(("$", "top", "default for")) else last[:40]


def _titled(text: str) -> tuple[str, str]:
    found = TITLE.match(text.strip())
    return (found[1].strip(), found[2].strip()) if found else ("", text.strip())


def _formed(text: str, usual: str) -> tuple[str, str]:
    """The text without the word in brackets that says what marks it holds, and that word."""
    found = FORM.match(text)
    return (text[found.end() :], found[1].lower()) if found else (text, usual)


def _plain(text: str, usual: str) -> str:
    bare, form = _formed(text, usual)
    return told(_show(bare), form).text


def _draft(block: _Block, title: str, rest: str) -> Draft | None:
    """A question; None for a text that asks nothing. Raises NoQuestion."""
    bare, form = _formed(rest, "moodle")
    if "{" not in bare and "}" not in bare:
        return None
    before, answers, after = _parted(bare)
    if after.strip() and after.strip() not in ('"', ";", '";'):
        before = f"{before}_____{after}"
    code = block.idnumber or _show(title)
    draft = Draft(
        line=block.line,
        name=one_line(_show(title)),
        fields={"stem": told(_show(before), form).text, **labels.from_tags(block.tags)},
        is_sure=bool(block.idnumber),
    )
    if code_in(code):
        draft.fields["code"] = code_in(code)
    answers, _sign, reason = answers.partition("####")
    if reason.strip():
        draft.fields["reason"] = _plain(reason, form)
    draft.fields |= _asked(answers.strip(), form, draft)
    return draft


def _parted(text: str) -> tuple[str, str, str]:
    before, _open, rest = text.partition("{")
    answers, close, after = rest.partition("}")
    if not _open or not close:
        raise NoQuestion(Sentence(gettext_noop("A brace is missing: answers stand between { and }.")))
    if "{" in after or "{" in answers or "}" in after:
        raise NoQuestion(Sentence(gettext_noop("One question has one pair of braces. Make two questions of it.")))
    return before, answers, after


def _asked(answers: str, form: str, draft: Draft) -> dict[str, Any]:
    """What kind it is and what is right, by what stands between the braces."""
    if not answers:
        raise NoQuestion(Sentence(gettext_noop("An open text is read by a person. Make a practical task of it.")))
    if answers.startswith("#"):
        return _number(answers[1:], draft)
    if answers.startswith(">"):
        return {**_ordering(answers, form), **_said(draft, "partial")}
    word, _sign, feedback = answers.partition("#")
    if word.strip().upper() in TRUE + FALSE:
        if feedback.strip("# \n"):
            _keep_reason(draft, [_plain(one, form) for one in feedback.split("#")])
        return {"kind": "true_false", "answer": word.strip().upper() in TRUE}
    found = _answers(answers, form)
    if "->" in answers and "~" not in answers:
        return {**_matching(found), "partial": draft.fields.get("partial", True)}
    if "~" in answers:
        return _choosing(found, draft)
    return _short(found, draft)


def _said(draft: Draft, name: str) -> dict[str, Any]:
    """What its tags say of one field, if they say it."""
    return {name: draft.fields[name]} if name in draft.fields else {}


def _answers(answers: str, form: str) -> list[_Answer]:
    found = []
    for sign, raw in re.findall(r"([=~])([^=~]*)", answers):
        text, _sign, feedback = raw.partition("#")
        if not text.strip():
            continue
        weight = WEIGHT.match(text.strip())
        usual = Decimal(100 if sign == "=" else 0)
        found.append(
            _Answer(
                sign == "=",
                Decimal(weight[1].replace(",", ".")) if weight else usual,
                one_line(_plain(text.strip()[weight.end() :] if weight else text, form)),
                _plain(feedback, form),
            )
        )
    if not found:
        raise NoQuestion(Sentence(gettext_noop("Between the braces no answer begins with = or ~.")))
    return found


def _keep_reason(draft: Draft, told_after: list[str]) -> None:
    """What Moodle says after an answer: the first becomes the reason when there is none, others are left behind."""
    said = [text for text in told_after if text]
    if said and not draft.fields.get("reason"):
        draft.fields["reason"] = said.pop(0)
    if said:
        draft.notes.append(Sentence(gettext_noop("Words after single answers are left behind; one reason is kept.")))


def _choosing(found: list[_Answer], draft: Draft) -> dict[str, Any]:
    """With a sign = one is right; without it the weights say it, and parts of a mark are given."""
    is_single = any(one.is_right for one in found)
    rights = [one.is_right and one.weight == 100 if is_single else one.weight > 0 for one in found]
    _keep_reason(
        draft, [one.feedback for one, right in sorted(zip(found, rights, strict=True), key=lambda x: not x[1])]
    )
    if is_single and any(one.weight not in (0, 100) for one in found):
        draft.notes.append(Sentence(gettext_noop("Parts of a mark for one answer are left behind.")))
    choices = [{"text": one.text, "right": right} for one, right in zip(found, rights, strict=True)]
    if is_single:
        return {"kind": "single", "choices": choices}
    return {"kind": "multiple", "choices": choices, "partial": draft.fields.get("partial", True)}


def _matching(found: list[_Answer]) -> dict[str, Any]:
    pairs, decoys = [], []
    for one in found:
        text, arrow, match = (part.strip() for part in one.text.partition("->"))
        if not arrow or not match:
            raise NoQuestion(Sentence(gettext_noop("Write each pair as = left -> right.")))
        if text:
            pairs.append({"text": text, "match": match})
        else:
            decoys.append(match)
    return {"kind": "matching", "pairs": pairs, "decoys": decoys}


def _short(found: list[_Answer], draft: Draft) -> dict[str, Any]:
    full = [one for one in found if one.weight == 100]
    if any("*" in one.text for one in full):
        raise NoQuestion(Sentence(gettext_noop("A star that stands for any letters is not known here.")))
    if len(full) < len(found):
        draft.notes.append(Sentence(gettext_noop("Answers that count in part are left behind.")))
    if not full:
        raise NoQuestion(Sentence(gettext_noop("No answer counts fully.")))
    _keep_reason(draft, [one.feedback for one in found])
    return {"kind": "short", "accepted": list(dict.fromkeys(one.text for one in full))}


def _ordering(answers: str, form: str) -> dict[str, Any]:
    found = ORDER.match(answers)
    lines = [one_line(_plain(line, form)) for line in found[2].split("\n") if line.strip()] if found else []
    partial = bool(found and found[1].strip()) and "ALL_OR_NOTHING" not in str(found and found[1])
    return {"kind": "ordering", "choices": [{"text": line} for line in lines], "partial": partial}


def _number(answers: str, draft: Draft) -> dict[str, Any]:
    """“3.14:0.01” is a value with its tolerance, “1..5” a range; of several the first one that counts fully."""
    parts = [part for part in re.split(r"[=~]", answers) if part.partition("#")[0].strip()]
    fields: dict[str, Any] = {}
    for part in parts:
        text, _sign, feedback = part.partition("#")
        weight = WEIGHT.match(text.strip())
        if weight and Decimal(weight[1].replace(",", ".")) != 100:
            continue
        if not fields:
            fields = number(text.strip()[weight.end() :] if weight else text)
            _keep_reason(draft, [_plain(feedback, "moodle")])
    if not fields:
        raise NoQuestion(Sentence(gettext_noop("No answer counts fully.")))
    if len(parts) > 1:
        draft.notes.append(Sentence(gettext_noop("Answers that count in part are left behind.")))
    return {"kind": "number", **fields}


def number(text: str) -> dict[str, str]:
    """Value and tolerance of one answer, as they are written here. Raises NoQuestion."""
    low, dots, high = text.partition("..")
    value, _colon, tolerance = text.partition(":")
    try:
        if dots:
            first, last = _decimal(low), _decimal(high)
            return {"value": plain_number((first + last) / 2), "tolerance": plain_number(abs(last - first) / 2)}
        return {"value": plain_number(_decimal(value)), "tolerance": plain_number(_decimal(tolerance or "0"))}
    except InvalidOperation as error:
        raise NoQuestion(
            Sentence(gettext_noop("“%(text)s” is no number."), {"text": one_line(_show(text))[:40]})
        ) from error


def _decimal(text: str) -> Decimal:
    found = Decimal(_show(text).strip().replace(",", "."))
    if not found.is_finite() or abs(found.adjusted()) > 12:
        raise InvalidOperation
    return found


def plain_number(value: Decimal) -> str:
    """As it is written here: a comma before the decimals, no exponent, no zeros at its end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text.replace(".", ",")
