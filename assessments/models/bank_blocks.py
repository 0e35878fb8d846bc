"""What the lists of a question are made of: answers, and pairs."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from assessments.rules.items import Choice, ItemPicture
from courses.blocks.media import MediaChooserBlock

KEY_LETTERS = 8
MOST_LETTERS = 250


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=MOST_LETTERS, required=False)
    right = blocks.BooleanBlock(label=_("This is right"), required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=250,
        required=False,
        help_text=_("For people who do not see it. Do not say there whether it is right."),
    )
    sound = MediaChooserBlock("sound", label=_("Sound"), required=False, help_text=_("It says the answer aloud."))

    class Meta:
        label = _("Answer")
        icon = "list-ul"
        template = "assessments/parts/choice_of_the_bank.html"


class PairBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Text"), max_length=MOST_LETTERS, required=False, help_text=_("Leave it empty for a match of nothing.")
    )
    match = blocks.CharBlock(label=_("What belongs to it"), max_length=120)

    class Meta:
        label = _("Pair")
        icon = "link"
        template = "assessments/parts/pair_of_the_bank.html"


def values_of(stream: Any) -> list[tuple[str, dict[str, Any]]]:
    """The blocks of a stream as they are stored, each with its key: no picture is looked up."""
    return [(str(row.get("id"))[:KEY_LETTERS], row["value"]) for row in stream.raw_data]


def choices_of(stream: Any) -> tuple[Choice, ...]:
    """A choice is named by the start of its block's random id: it says nothing about being right."""
    return tuple(
        Choice(key, value["text"], picture_of(value), value.get("sound") or 0) for key, value in values_of(stream)
    )


def picture_of(value: dict[str, Any]) -> ItemPicture | None:
    number = value.get("picture")
    return ItemPicture(number, (value.get("alt") or "").strip()) if number else None


def pairs_of(code: str, stream: Any) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[tuple[str, str], ...]]:
    """Texts, matches, and which belong together (by key). Equal matches are one, and the key of a match comes from
    its own text: it says nothing about the text it belongs to.
    """
    rows = [(key, value["text"].strip(), value["match"].strip()) for key, value in values_of(stream)]
    lefts = tuple(Choice(key, text) for key, text, _match in rows if text)
    keys = {match: _match_key(code, match) for _key, _text, match in rows}
    pairs = tuple((key, keys[match]) for key, text, match in rows if text)
    return lefts, tuple(Choice(key, match) for match, key in keys.items()), pairs


def _match_key(code: str, match: str) -> str:
    return hashlib.sha256(f"{code}/{match}".encode()).hexdigest()[:KEY_LETTERS]


def texts_of(stream: Any) -> Sequence[tuple[str, str]]:
    """Text and match of each pair."""
    return [(value["text"] or "", value["match"] or "") for _key, value in values_of(stream)]
