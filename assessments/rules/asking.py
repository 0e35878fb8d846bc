"""Whether a question can be asked as it was written, in the editor, in a file or in an import."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.items import Kind
from assessments.rules.reading import MOST_TYPED, number_in, tidied
from lms.kit.words import Sentence, gettext_noop

MOST_SLIPS = 2
MOST_FORMS = 20


@dataclass(frozen=True, slots=True)
class WrittenChoice:
    text: str
    is_right: bool = False
    has_picture: bool = False
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of a question that its kind decides about. `pairs`: text and match; one without a text is a decoy."""

    kind: str
    choices: Sequence[WrittenChoice] = ()
    is_true: bool | None = None
    gives_parts: bool = False
    pairs: Sequence[tuple[str, str]] = ()
    accepted: Sequence[str] = ()
    slips: int = 0
    value: str = ""
    tolerance: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault; `part` is the name of the part of `Written` that has it."""

    part: str
    sentence: Sentence


# Which parts belong to which kind; every other part is left empty.
PARTS: Mapping[str, frozenset[str]] = {
    Kind.SINGLE: frozenset({"choices"}),
    Kind.MULTIPLE: frozenset({"choices", "gives_parts"}),
    Kind.TRUE_FALSE: frozenset({"is_true"}),
    Kind.ORDERING: frozenset({"choices", "gives_parts"}),
    Kind.MATCHING: frozenset({"pairs", "gives_parts"}),
    Kind.SHORT: frozenset({"accepted", "slips"}),
    Kind.NUMBER: frozenset({"value", "tolerance", "unit"}),
    Kind.PICTURE: frozenset({"choices"}),
}
STRANGE: Mapping[str, Sentence] = {
    "choices": Sentence(gettext_noop("This kind of question has no list of answers. Remove it.")),
    "is_true": Sentence(
        gettext_noop("Only a true or false question says whether it is true. Leave that empty."),
    ),
    "gives_parts": Sentence(gettext_noop("This kind of question gives no parts of a mark. Take the tick away.")),
    "pairs": Sentence(gettext_noop("Only a matching question has pairs. Remove them.")),
    "accepted": Sentence(gettext_noop("Only a question with a short answer has accepted forms. Leave them empty.")),
    "slips": Sentence(gettext_noop("Only a question with a short answer allows slips. Choose none.")),
    "value": Sentence(gettext_noop("Only a question for a number has a value. Leave it empty.")),
    "tolerance": Sentence(gettext_noop("Only a question for a number has a tolerance. Leave it empty.")),
    "unit": Sentence(gettext_noop("Only a question for a number has a unit. Leave it empty.")),
}


def faults(written: Written) -> list[Wrong]:
    """What keeps the question from being asked, the first fault of each part; nothing when it can be asked."""
    own = PARTS.get(written.kind, frozenset())
    found = [Wrong(part, sentence) for part, sentence in STRANGE.items() if part not in own and getattr(written, part)]
    if written.is_true is False and "is_true" not in own:
        found.append(Wrong("is_true", STRANGE["is_true"]))
    for wrong in _own(written):
        if wrong.part not in {one.part for one in found}:
            found.append(wrong)
    return found


def _own(written: Written) -> Iterable[Wrong]:
    if written.kind == Kind.TRUE_FALSE:
        if written.is_true is None:
            yield _wrong("is_true", gettext_noop("Say whether the sentence is true."))
    elif written.kind == Kind.MATCHING:
        yield from _of_pairs(written.pairs)
    elif written.kind == Kind.SHORT:
        yield from _of_forms(written)
    elif written.kind == Kind.NUMBER:
        yield from _of_number(written)
    else:
        yield from _of_choices(written)


def _wrong(part: str, template: str, **params: object) -> Wrong:
    return Wrong(part, Sentence(template, params))


def _of_choices(written: Written) -> Iterable[Wrong]:
    choices, right = written.choices, sum(choice.is_right for choice in written.choices)
    texts = [choice.text.strip() for choice in choices if choice.text.strip()]
    if not 2 <= len(choices) <= 8:
        yield _wrong("choices", gettext_noop("Give from two to eight answers."))
    if written.kind in (Kind.SINGLE, Kind.PICTURE) and right != 1:
        yield _wrong("choices", gettext_noop("Mark exactly one answer as right."))
    if written.kind == Kind.MULTIPLE and not right:
        yield _wrong("choices", gettext_noop("Mark at least one answer as right."))
    if written.kind == Kind.PICTURE and not all(choice.has_picture for choice in choices):
        yield _wrong("choices", gettext_noop("Give each answer a picture."))
    if written.kind != Kind.PICTURE and len(texts) < len(choices):
        yield _wrong("choices", gettext_noop("Give each answer a text."))
    if any(choice.has_picture and not choice.alt.strip() for choice in choices):
        yield _wrong("choices", gettext_noop("Say what each picture shows, for people who do not see it."))
    if len(set(texts)) < len(texts):
        yield _wrong("choices", gettext_noop("Two answers are the same."))


def _of_pairs(pairs: Sequence[tuple[str, str]]) -> Iterable[Wrong]:
    texts = [text.strip() for text, _match in pairs if text.strip()]
    matches = {match.strip() for _text, match in pairs}
    if not 2 <= len(texts) <= 8:
        yield _wrong("pairs", gettext_noop("Give from two to eight pairs."))
    if "" in matches:
        yield _wrong("pairs", gettext_noop("Each pair needs its match."))
    if len(set(texts)) < len(texts):
        yield _wrong("pairs", gettext_noop("Two pairs begin with the same text."))
    if not 2 <= len(matches) <= 10:
        yield _wrong("pairs", gettext_noop("Give from two to ten different matches."))


def _of_forms(written: Written) -> Iterable[Wrong]:
    forms = [tidied(form) for form in written.accepted]
    if not 1 <= len(forms) <= MOST_FORMS:
        yield _wrong("accepted", gettext_noop("Write from one to twenty forms that count."))
    if "" in forms or any(len(form) > MOST_TYPED for form in written.accepted):
        yield _wrong("accepted", gettext_noop("An accepted form has letters or digits, 120 at most."))
    if len(set(forms)) < len(forms):
        yield _wrong("accepted", gettext_noop("Two accepted forms are the same."))
    if not 0 <= written.slips <= MOST_SLIPS:
        yield _wrong("slips", gettext_noop("Allow no, one or two slips."))


def _of_number(written: Written) -> Iterable[Wrong]:
    if number_in(written.value) is None:
        yield _wrong("value", gettext_noop("Write the right number in digits, for example 72 or 1,5."))
    tolerance = number_in(written.tolerance or "0")
    if tolerance is None or tolerance < 0:
        yield _wrong("tolerance", gettext_noop("Write the tolerance in digits, such as 2, or leave it empty."))
    if any(letter.isdigit() for letter in written.unit):
        yield _wrong("unit", gettext_noop("A unit is a word such as jam, without digits."))


def parts_of(kind: str) -> frozenset[str]:
    """The names of the parts that belong to this kind."""
    return PARTS.get(kind, frozenset())
