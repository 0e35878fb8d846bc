"""What an assessor puts down on the grading page, and how its form is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.grading import Marks
from assessments.models import Grading
from assessments.rules.rubrics import Criterion
from assessments.rules.task_forms import TaskField
from assessments.views.practical_form import AnswersField
from lms.kit.forms import IDENTIFIER_CODE, SafeTextField
from lms.kit.refusing import Refused

COMMENT_LETTERS = 600
REMARK_LETTERS = 1500
QUOTE_LETTERS = 300
MOST_PASSAGES = 12
SHORT = 24
LEVEL, COMMENT, PASSAGE = "level-", "comment-", "passage-"


@dataclass(frozen=True, slots=True)
class Level:
    """One level as a radio."""

    number: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of the rubric as it is drawn."""

    criterion: Criterion
    levels: tuple[Level, ...]
    comment: str
    errors: list[str]

    @property
    def is_short(self) -> bool:
        """Four levels of a word or two stand beside each other."""
        return all(len(level.text) <= SHORT for level in self.levels)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A comment on a passage that stands already; an empty text takes it away."""

    number: int
    code: str
    label: str
    quote: str
    text: str


class GradingForm(forms.Form):
    """Levels and comments by criterion, comments on passages, words to the learner. Everything may be half done."""

    remark = SafeTextField(required=False, max_length=REMARK_LETTERS)
    passage_field = forms.CharField(required=False, max_length=40)
    passage_quote = SafeTextField(required=False, max_length=QUOTE_LETTERS)
    passage_text = SafeTextField(required=False, max_length=COMMENT_LETTERS)

    def __init__(
        self,
        data: Any = None,
        *,
        rubric: Sequence[Criterion],
        asked: Sequence[TaskField],
        grading: Grading | None,
        is_watched: bool = False,
    ) -> None:
        super().__init__(data)
        self.rubric, self.asked, self.grading, self.is_watched = rubric, asked, grading, is_watched
        if is_watched:
            self.fields["answers"] = AnswersField(required=False)
        for one in rubric:
            self.fields[LEVEL + one.code] = forms.TypedChoiceField(
                required=False,
                coerce=int,
                empty_value=None,
                choices=[(number, text) for number, text in enumerate(one.levels)],
            )
            self.fields[COMMENT + one.code] = SafeTextField(required=False, max_length=COMMENT_LETTERS)
        for number, _one in enumerate(self.stored_passages()):
            self.fields[f"{PASSAGE}{number}"] = SafeTextField(required=False, max_length=COMMENT_LETTERS)

    def stored_passages(self) -> list[dict[str, str]]:
        return self.grading.passages if self.grading else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begun = [name for name in ("passage_quote", "passage_text") if cleaned.get(name)]
        if begun and not cleaned.get("passage_field") and "passage_field" not in self.errors:
            self.add_error("passage_field", _("Choose the part of the form that you speak of."))
        if cleaned.get("passage_quote") and not cleaned.get("passage_text") and "passage_text" not in self.errors:
            self.add_error("passage_text", _("Write what you want to say about these words."))
        return cleaned

    def put(self) -> Marks:
        """What a valid form says."""
        got = self.cleaned_data
        passages = [
            {**one, "text": got[f"{PASSAGE}{number}"]}
            for number, one in enumerate(self.stored_passages())
            if got[f"{PASSAGE}{number}"]
        ]
        if got["passage_text"] and len(passages) < MOST_PASSAGES:
            passages.append({"field": got["passage_field"], "quote": got["passage_quote"], "text": got["passage_text"]})
        return Marks(
            levels={one.code: got[LEVEL + one.code] for one in self.rubric if got.get(LEVEL + one.code) is not None},
            comments={one.code: got[COMMENT + one.code] for one in self.rubric},
            passages=passages,
            remark=got["remark"],
            answers=got.get("answers") or {},
        )

    def show_refusal(self, refused: Refused) -> None:
        """Put an action's sentence at its field; what may belong to a real person is not echoed."""
        name = refused.field if refused.field in self.fields else None
        self.add_error(name, forms.ValidationError(str(refused.sentence), code=refused.code))

    def typed(self, name: str, kept: str) -> str:
        """What stands in a text field when the page is drawn."""
        if not self.is_bound:
            return kept
        unsafe = any(error.code == IDENTIFIER_CODE for error in self.errors.as_data().get(name, ()))
        return "" if unsafe else str(self.data.get(name, kept))

    # For the template

    def rows(self) -> list[Row]:
        levels = self.grading.levels if self.grading else {}
        comments = self.grading.comments if self.grading else {}
        found = []
        for one in self.rubric:
            kept = str(levels.get(one.code, ""))
            chosen = str(self.data.get(LEVEL + one.code, kept)) if self.is_bound else kept
            found.append(
                Row(
                    criterion=one,
                    levels=tuple(Level(n, text, str(n) == chosen) for n, text in enumerate(one.levels)),
                    comment=self.typed(COMMENT + one.code, comments.get(one.code, "")),
                    errors=[str(error) for error in self.errors.get(COMMENT + one.code, ())],
                )
            )
        return found

    def passages(self) -> list[PassageRow]:
        names = {one.code: one.label for one in self.asked}
        return [
            PassageRow(
                number,
                one["field"],
                names.get(one["field"], ""),
                one["quote"],
                self.typed(f"{PASSAGE}{number}", one["text"]),
            )
            for number, one in enumerate(self.stored_passages())
        ]

    def said(self) -> dict[str, str]:
        """The other texts as they are drawn. A comment that was stored is not offered as a new one."""
        is_back = self.is_bound and bool(self.errors)
        new = {
            name: self.typed(name, "") if is_back else "" for name in ("passage_field", "passage_quote", "passage_text")
        }
        return {"remark": self.typed("remark", self.grading.remark if self.grading else ""), **new}

    def faults(self) -> list[str]:
        return list(dict.fromkeys(str(error) for errors in self.errors.values() for error in errors))
