"""Moodle XML read into drafts (docs.moodle.org, “Moodle XML format”)."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assessments.exchange import labels, xml_tree
from assessments.exchange.drafts import Draft, NoQuestion, Reading, check_count, code_in, one_line
from assessments.exchange.gift import last_of_category, number
from assessments.exchange.markup import Keep, Told, decoded, told
from assessments.exchange.xml_tree import Element
from lms.kit.unfit import UnfitFile
from lms.kit.words import Sentence, gettext_noop

OPEN = Sentence(gettext_noop("An open text is read by a person. Make a practical task of it."))
GAPS = Sentence(gettext_noop("A text with gaps (cloze) is not asked here. Make one question of each gap."))
DRAGGED = Sentence(gettext_noop("Dragging onto a text or picture is not asked here. Make a matching question of it."))
RECKONED = Sentence(gettext_noop("Numbers that change by themselves are not asked here. Take fixed numbers."))
DRAWN = Sentence(gettext_noop("A question drawn at random stands for others. Export those."))
REFUSED: Mapping[str, Sentence] = {
    "essay": OPEN,
    "cloze": GAPS,
    "multianswer": GAPS,
    "gapselect": GAPS,
    "ddwtos": DRAGGED,
    "ddimageortext": DRAGGED,
    "ddmarker": DRAGGED,
    "calculated": RECKONED,
    "calculatedmulti": RECKONED,
    "calculatedsimple": RECKONED,
    "random": DRAWN,
    "randomsamatch": DRAWN,
}
NO_PICTURE = "Gambar"


def read(content: bytes) -> Reading:
    """The questions of a Moodle XML file. Raises UnfitFile when it is no such file."""
    top = xml_tree.parse(content)
    if top.tag != "quiz":
        raise UnfitFile(Sentence(gettext_noop("This is no export of questions from Moodle: it has no “quiz”.")))
    reading = Reading(holds_pictures=True)
    category = ""
    for element in top.all("question"):
        kind = element.attributes.get("type", "")
        if kind == "category":
            category = last_of_category(element.text("category", "text"))
        elif kind == "description":
            reading.skipped += 1
        else:
            _take(element, kind, category, reading)
    check_count(reading)
    return reading


def _take(element: Element, kind: str, category: str, reading: Reading) -> None:
    name = one_line(element.text("name", "text"))
    try:
        reading.drafts.append(_Question(element, kind, name, reading.keep_picture).draft(category))
    except NoQuestion as no:
        reading.leave_out(element.line, name, no.sentence)


class _Question:
    def __init__(self, element: Element, kind: str, name: str, keep: Keep) -> None:
        self.element = element
        self.kind = kind
        self.keep = keep
        self.made = Draft(line=element.line, name=name, fields={})

    def draft(self, category: str) -> Draft:
        """Raises NoQuestion."""
        asked = ASKED.get(self.kind)
        if asked is None:
            unknown = Sentence(
                gettext_noop("Questions of the kind “%(kind)s” are not known here."), {"kind": self.kind[:30]}
            )
            raise NoQuestion(REFUSED.get(self.kind, unknown))
        fields = self.made.fields
        tags = [tag.text("text") for parent in self.element.all("tags") for tag in parent.all("tag")]
        if category and not any(tag.startswith(labels.PREFIX) for tag in tags):
            tags.append(category)
        fields |= labels.from_tags(tags)
        idnumber = self.element.text("idnumber")
        self.made.is_sure = bool(code_in(idnumber))
        if code_in(idnumber) or code_in(self.made.name):
            fields["code"] = code_in(idnumber) or code_in(self.made.name)
        self.stem()
        reason = self.told(self.element.first("generalfeedback"), pictures=False)
        if reason.text:
            fields["reason"] = reason.text
        if self.element.text("hidden") == "1":
            fields["use"] = "resting"
        fields |= asked(self)
        return self.made

    def stem(self) -> None:
        stem = self.told(self.element.first("questiontext"))
        if len(stem.pictures) > 1:
            raise NoQuestion(Sentence(gettext_noop("A question holds one picture here. Join the pictures into one.")))
        self.made.fields["stem"] = stem.text
        if stem.pictures:
            self.made.fields["picture"] = self.described(stem.pictures[0])

    def described(self, picture: dict[str, str]) -> dict[str, str]:
        """A picture without words gets a word that must be mended, and the question says so."""
        if not picture["alt"]:
            self.made.notes.append(Sentence(gettext_noop("A picture has no words yet: write what it shows.")))
            self.made.fields["to_check"] = "Tulis isi gambar."
        return {"file": picture["file"], "alt": picture["alt"] or NO_PICTURE}

    def told(self, element: Element | None, *, pictures: bool = True) -> Told:
        """The text of an element that holds <text> and <file>."""
        if element is None:
            return Told("")
        files = {file.attributes.get("name", ""): decoded(file.words) for file in element.all("file")}
        form = element.attributes.get("format", "moodle_auto_format")
        text = element.first("text")
        source = text.words if text else element.words
        found = told(source, {"plain_text": "plain"}.get(form, form), files, self.keep if pictures else None)
        self.made.notes += found.lost
        return found

    def answers(self) -> list[tuple[Decimal, Told, str]]:
        """Of each answer its part of 100, its text with pictures, and what is said after it."""
        found = []
        for answer in self.element.all("answer"):
            try:
                weight = Decimal(answer.attributes.get("fraction", "0") or "0")
            except InvalidOperation as error:
                raise NoQuestion(Sentence(gettext_noop("The part of a mark of an answer is no number."))) from error
            after = self.told(answer.first("feedback"), pictures=False)
            found.append((weight, self.told(answer), after.text))
        return found

    def keep_reason(self, said: list[str]) -> None:
        said = [text for text in said if text]
        if said and not self.made.fields.get("reason"):
            self.made.fields["reason"] = said.pop(0)
        if said:
            self.made.notes.append(
                Sentence(gettext_noop("Words after single answers are left behind; one reason is kept."))
            )


def _choosing(question: _Question) -> dict[str, Any]:
    found = question.answers()
    is_single = question.element.text("single").lower() in ("true", "1", "")
    rights = [weight >= 100 if is_single else weight > 0 for weight, _text, _after in found]
    if is_single and any(weight not in (0, 100) and weight > 0 for weight, _text, _after in found):
        question.made.notes.append(Sentence(gettext_noop("Parts of a mark for one answer are left behind.")))
    by_right = sorted(zip(found, rights, strict=True), key=lambda one: not one[1])
    question.keep_reason([after for (_weight, _text, after), _right in by_right])
    choices = []
    for (_weight, text, _after), right in zip(found, rights, strict=True):
        choice: dict[str, Any] = {"text": one_line(text.text), "right": right}
        if len(text.pictures) > 1:
            raise NoQuestion(Sentence(gettext_noop("An answer holds one picture here.")))
        if text.pictures:
            choice["picture"] = question.described(text.pictures[0])
        choices.append(choice)
    if not is_single:
        return {"kind": "multiple", "choices": choices, "partial": question.made.fields.get("partial", True)}
    is_drawn = question.made.fields.get("kind") == "picture" or all(not one["text"] for one in choices)
    return {"kind": "picture" if is_drawn and choices else "single", "choices": choices}


def _true_false(question: _Question) -> dict[str, Any]:
    found = question.answers()
    right = next((text.text.lower() for weight, text, _after in found if weight == 100), "")
    question.keep_reason([after for _weight, _text, after in sorted(found, key=lambda one: -one[0])])
    if right not in ("true", "false"):
        raise NoQuestion(Sentence(gettext_noop("It does not say whether the sentence is true.")))
    return {"kind": "true_false", "answer": right == "true"}


def _matching(question: _Question) -> dict[str, Any]:
    pairs, decoys = [], []
    for one in question.element.all("subquestion"):
        text = one_line(question.told(one, pictures=False).text)
        match = one_line(told(one.text("answer", "text"), "moodle").text)
        if text:
            pairs.append({"text": text, "match": match})
        elif match:
            decoys.append(match)
    return {
        "kind": "matching",
        "pairs": pairs,
        "decoys": decoys,
        "partial": question.made.fields.get("partial", True),
    }


def _short(question: _Question) -> dict[str, Any]:
    found = [(weight, one_line(text.text), after) for weight, text, after in question.answers()]
    full = [text for weight, text, _after in found if weight == 100]
    if any("*" in text for text in full):
        raise NoQuestion(Sentence(gettext_noop("A star that stands for any letters is not known here.")))
    if not full:
        raise NoQuestion(Sentence(gettext_noop("No answer counts fully.")))
    if any(0 < weight < 100 for weight, _text, _after in found):
        question.made.notes.append(Sentence(gettext_noop("Answers that count in part are left behind.")))
    if question.element.text("usecase") == "1":
        question.made.notes.append(Sentence(gettext_noop("Capital letters no longer count.")))
    question.keep_reason([after for _weight, _text, after in found])
    return {"kind": "short", "accepted": list(dict.fromkeys(full))}


def _number(question: _Question) -> dict[str, Any]:
    full = [
        one
        for one in question.element.all("answer")
        if one.attributes.get("fraction", "100").startswith("100") and one.text("text") != "*"
    ]
    if not full:
        raise NoQuestion(Sentence(gettext_noop("No answer counts fully.")))
    if len(question.element.all("answer")) > 1:
        question.made.notes.append(Sentence(gettext_noop("Answers that count in part are left behind.")))
    question.keep_reason([question.told(full[0].first("feedback"), pictures=False).text])
    units = [one.text("unit_name") for parent in question.element.all("units") for one in parent.all("unit")]
    if len(units) > 1:
        question.made.notes.append(Sentence(gettext_noop("Only the first unit is kept.")))
    unit = {"unit": units[0]} if units else {}
    return {"kind": "number", **number(f"{full[0].text('text')}:{full[0].text('tolerance') or 0}"), **unit}


def _ordering(question: _Question) -> dict[str, Any]:
    """The parts of 100 of its answers say their places; without them the order of the file counts."""
    found = question.answers()
    places = [weight for weight, _text, _after in found]
    if len(set(places)) == len(places):
        found = sorted(found, key=lambda one: one[0])
    if any(text.pictures for _weight, text, _after in found):
        raise NoQuestion(Sentence(gettext_noop("A picture cannot stand in this place of a question.")))
    whole = question.element.text("gradingtype") in ("ALL_OR_NOTHING", "-1")
    choices = [{"text": one_line(text.text)} for _weight, text, _after in found]
    return {"kind": "ordering", "choices": choices, "partial": question.made.fields.get("partial", not whole)}


ASKED: Mapping[str, Callable[[_Question], dict[str, Any]]] = {
    "multichoice": _choosing,
    "truefalse": _true_false,
    "matching": _matching,
    "match": _matching,
    "shortanswer": _short,
    "numerical": _number,
    "ordering": _ordering,
}
