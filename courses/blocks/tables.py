from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import previews
from courses.blocks.values import CodesBlock, TextsBlock

ANSWERS = [
    ("no", _("No, it may not")),
    ("official", _("Only the official way")),
    ("consult", _("Ask for advice first")),
    ("yes", _("Yes, it may")),
]


class HeadBlock(TextsBlock):
    """Headings of two to four columns."""

    first = blocks.CharBlock(label=_("First column"), max_length=80, help_text=_("It names the rows."))
    second = blocks.CharBlock(label=_("Second column"), max_length=80)
    third = blocks.CharBlock(label=_("Third column"), max_length=80, required=False)
    fourth = blocks.CharBlock(label=_("Fourth column"), max_length=80, required=False)

    class Meta:
        label = _("Headings")


class CellsBlock(TextsBlock):
    first = blocks.CharBlock(label=_("First column: name of the row"), max_length=250)
    second = blocks.CharBlock(label=_("Second column"), max_length=250)
    third = blocks.CharBlock(label=_("Third column"), max_length=250, required=False)
    fourth = blocks.CharBlock(label=_("Fourth column"), max_length=250, required=False)


class RowBlock(blocks.StructBlock):
    cells = CellsBlock(label=_("Cells"))

    class Meta:
        label = _("Row")


class TableBlock(blocks.StructBlock):
    """Two to four columns to compare; on a phone each row becomes a small list with the headings beside it."""

    caption = blocks.CharBlock(label=_("What the table shows"), max_length=150)
    head = HeadBlock()
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"), min_num=1, max_num=20)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "courses/blocks/table.html"
        description = _("Compares things in two to four columns. Leave the columns empty that you do not need.")
        preview_value = staticmethod(previews.table)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        wanted = _filled(cleaned["head"])
        if wanted != sorted(wanted) or wanted != list(range(len(wanted))):
            raise blocks.StructBlockValidationError(
                {"head": ValidationError(_("Fill the third column before the fourth."))}
            )
        for number, row in enumerate(cleaned["rows"], 1):
            if _filled(row["cells"]) != wanted:
                words = _(
                    "Row %(number)s: fill each column that has a heading, and no other. Write – where nothing is."
                )
                raise blocks.StructBlockValidationError({"rows": ValidationError(words % {"number": number})})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        head = _texts(value["head"])
        rows = [_texts(row["cells"]) for row in value["rows"]]
        return {
            **context,
            "head": head,
            "rows": [(row[0], list(zip(head[1:], row[1:], strict=False))) for row in rows if row],
        }


def _filled(texts: Any) -> list[int]:
    """The places that hold a text, counted from 0."""
    return [place for place, text in enumerate(texts.values()) if (text or "").strip()]


def _texts(texts: Any) -> list[str]:
    return [text for text in texts.values() if text]


class DecisionRowBlock(blocks.StructBlock):
    case = blocks.CharBlock(label=_("Situation"), max_length=250)
    answer = blocks.ChoiceBlock(label=_("Answer"), choices=ANSWERS, default="no")
    text = blocks.TextBlock(label=_("What the companion does"), rows=2, max_length=400)
    laws = CodesBlock(label=_("laws"), help_text=_("Tags with commas between, for example: uu-tpks-10, uu-pkdrt"))

    class Meta:
        label = _("Situation")
        label_format = "{case}"


class DecisionBlock(blocks.StructBlock):
    """One question, answered situation by situation: a word and a sign, never colour alone."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    question = blocks.CharBlock(
        label=_("Question"), max_length=200, help_text=_("For example: may it be settled in the village?")
    )
    rows = blocks.ListBlock(DecisionRowBlock(), label=_("Situations"), min_num=1, max_num=20)
    note = blocks.TextBlock(label=_("Note under the table"), required=False, rows=2)

    class Meta:
        label = _("Decision table")
        icon = "tasks"
        template = "courses/blocks/decision.html"
        description = _("One question with an answer for each situation: no, only the official way, ask first, yes.")
        preview_value = staticmethod(previews.decision)
