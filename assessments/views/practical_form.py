"""What comes from the page or the phone of a practical task, and how its form is drawn."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import work
from assessments.models import Submission
from assessments.rules import invented, task_forms
from assessments.rules.task_forms import FEWEST_ROWS, MOST_ROWS, TaskField
from lms.kit import identifiers
from lms.kit.forms import IDENTIFIER_CODE, EntryForm

MOST_FIELDS = 80
MARK = "field"
CELL = re.compile(r"(\d{1,2})\.(\d{1,2})")


class AnswersWidget(forms.Widget):
    """The answers of a plain form: each question leaves a mark `kind:code`, its answer is `a.code`.

    Cells of a table are `a.code.row.column`. Only marked questions are read, so a part of the form may come alone.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if MARK not in data or not hasattr(data, "getlist"):
            return data.get(name)
        marks = [mark.partition(":") for mark in data.getlist(MARK)[:MOST_FIELDS]]
        return {code: self.answer(data, kind, f"a.{code}") for kind, _colon, code in marks}

    def answer(self, data: Any, kind: str, name: str) -> Any:
        if kind == "table":
            return rows_of(data, name)
        return data.getlist(name) if kind == "checklist" else data.get(name, "")


def rows_of(data: Any, name: str) -> list[list[str]]:
    cells: dict[tuple[int, int], str] = {}
    for key in data:
        found = CELL.fullmatch(key.removeprefix(f"{name}.")) if key.startswith(f"{name}.") else None
        if found:
            cells[int(found[1]), int(found[2])] = data[key]
    width = 1 + max((column for _row, column in cells), default=-1)
    rows = sorted({row for row, _column in cells})
    return [[cells.get((row, column), "") for column in range(width)] for row in rows]


class AnswersField(forms.Field):
    """Answers by the code of their question."""

    widget = AnswersWidget

    def to_python(self, value: Any) -> dict[str, Any]:
        if value in (None, ""):
            return {}
        if not isinstance(value, dict) or len(value) > MOST_FIELDS or not all(isinstance(one, str) for one in value):
            raise ValidationError(_("These answers cannot be read. Open the task again."), code="unfit")
        return value


class PracticalForm(EntryForm):
    """One of three orders: begin (`task`), keep a draft (`answers`), hand in (`hand_in`, perhaps with `answers`).

    Always `submission`. `sure`: she says that the case is invented; `confirmed`: that names and places in it are.
    What may belong to a real person is never kept: `field_errors` says under which question it stands.
    """

    kind = "assessments.practical"

    submission = forms.UUIDField(widget=forms.HiddenInput)
    task = forms.UUIDField(widget=forms.HiddenInput, required=False)
    answers = AnswersField(required=False)
    hand_in = forms.BooleanField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(label=_("I make sure that this is invented."), required=False)
    confirmed = forms.BooleanField(label=_("Names and places here are invented."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field_errors: dict[str, list[str]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if sum(bool(cleaned[order]) for order in ("task", "hand_in")) > 1:
            raise ValidationError(_("This is no order a task understands. Open the task again."))
        if not (cleaned["task"] or cleaned["hand_in"] or cleaned["answers"]):
            raise ValidationError(_("There is nothing to keep yet."), code="empty")
        if cleaned["hand_in"] and not cleaned["sure"]:
            self.add_error("sure", _("Tick this first. Only invented cases may be handed in."))
        if cleaned["answers"] and not cleaned["task"]:
            self.check_answers(cleaned)
        return cleaned

    def check_answers(self, cleaned: dict[str, Any]) -> None:
        hers = Submission.objects.filter(person=self.person, pk=cleaned["submission"]).first()
        if hers is None:
            return  # the action says so
        fields = {one.code: one for one in work.fields_of(hers) if one.is_asked}
        for code, value in cleaned["answers"].items():
            sentence, error = self.fault(fields.get(code), value)
            if sentence:
                self.field_errors.setdefault(code, []).append(sentence)
                self.add_error("answers", ValidationError(sentence, code=error))
        if cleaned["hand_in"] and not cleaned["confirmed"] and not self.field_errors:
            given = [one for one in fields.values() if one.code in cleaned["answers"]]
            for field, kinds in work.doubts(self.person, given, cleaned["answers"]):
                self.field_errors.setdefault(field.code, []).append(invented.sentence_for(kinds).render(gettext))
                self.add_error("answers", ValidationError(self.field_errors[field.code][0], code=IDENTIFIER_CODE))

    def fault(self, field: TaskField | None, value: Any) -> tuple[str, str]:
        """What is wrong with one answer, in words, and a short word for machines; or nothing."""
        answer = task_forms.sound(field, value) if field else None
        if field is None or answer is None:
            return (gettext("This answer is too long, or does not fit. Shorten it."), "unfit")
        found = identifiers.kinds(task_forms.written(field, answer))
        return (identifiers.sentence_for(found).render(gettext), IDENTIFIER_CODE) if found else ("", "")

    def typed(self) -> dict[str, Any]:
        """The answers as they came: for her own form only."""
        return AnswersField().to_python(AnswersWidget().value_from_datadict(self.data, {}, "answers"))

    def sound_part(self) -> dict[str, Any]:
        """The answers without those that were refused: they may be kept."""
        return {code: value for code, value in self.typed().items() if code not in self.field_errors}


class DrawnForm(forms.Form):
    """The fields of a task as Django's, for drawing only: PracticalForm reads what comes back."""

    use_required_attribute = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question as it is drawn: `bound` for all but tables, `rows` of cells (name, column, text) for tables."""

    field: TaskField
    bound: forms.BoundField | None
    rows: list[list[tuple[str, str, str]]]
    errors: list[str]

    @property
    def mark(self) -> str:
        return f"{self.field.kind}:{self.field.code}"

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


@dataclass(frozen=True, slots=True)
class DrawnSection:
    heading: TaskField | None
    fields: list[Drawn]


FEW_OPTIONS = 5
SHORT_OPTION = 14


def drawn_field(field: TaskField) -> forms.Field:
    more: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.required}
    if field.kind == "checklist":
        ticks = forms.CheckboxSelectMultiple(attrs=side_by_side(field.options))
        return forms.MultipleChoiceField(choices=[(one, one) for one in field.options], widget=ticks, **more)
    if field.options:
        is_short = len(field.options) <= FEW_OPTIONS
        widget = forms.RadioSelect(attrs=side_by_side(field.options)) if is_short else forms.Select()
        first = [] if is_short else [("", gettext("Choose one"))]
        return forms.ChoiceField(choices=[*first, *((one, one) for one in field.options)], widget=widget, **more)
    if field.kind == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date", "class": "short"}), **more)
    most = task_forms.MOST_LETTERS[field.kind]
    line = forms.Textarea(attrs={"rows": 4}) if field.kind == "long" else forms.TextInput()
    return forms.CharField(widget=line, max_length=most, **more)


def side_by_side(options: tuple[str, ...]) -> dict[str, str]:
    """Short options stand beside each other on a phone too."""
    return {"picks": "in"} if all(len(one) <= SHORT_OPTION for one in options) else {}


def draw(
    fields: tuple[TaskField, ...], answers: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> list[DrawnSection]:
    """The form with her answers; `errors` by the code of the question."""
    plain = {f"a.{one.code}": drawn_field(one) for one in fields if one.is_asked and one.kind != "table"}
    form = DrawnForm(auto_id="f_%s", initial={f"a.{code}": answer for code, answer in answers.items()})
    for name, plain_field in plain.items():
        form.fields[name] = plain_field
    for code, sentences in errors.items():
        form.errors[f"a.{code}"] = form.error_class(sentences)
    return [
        DrawnSection(section.heading, list(_drawn(section.fields, form, answers, errors)))
        for section in task_forms.sections(fields)
    ]


def _drawn(
    fields: list[TaskField], form: DrawnForm, answers: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> Iterator[Drawn]:
    for one in fields:
        if one.kind != "table":
            yield Drawn(one, form[f"a.{one.code}"], [], [])
            continue
        given = answers.get(one.code) or []
        count = min(MOST_ROWS, max(FEWEST_ROWS, len(given) + 1))
        rows = [
            [
                (f"a.{one.code}.{row}.{place}", name.rstrip(":?"), _cell(given, row, place))
                for place, name in enumerate(one.columns)
            ]
            for row in range(count)
        ]
        yield Drawn(one, None, rows, list(errors.get(one.code, [])))


def _cell(rows: list[list[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
