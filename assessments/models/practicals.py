"""Practical tasks as steps of a module: instructions, an invented case, a form, and the rubric it is graded by."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField

from assessments.models.exams import IN_THE_MODULE
from assessments.models.practical_forms import PracticalPageForm
from assessments.models.scenarios import CODE
from courses.blocks.text import FEW_FEATURES
from courses.fields import LeanStreamField
from courses.models import StepPage
from courses.models.pages import title_panel

LEVELS = 4
MOST_TRIES = 5
MOST_WEIGHT = 3
USUAL_TRIES = 2
FIELD_KINDS = {
    "section": _("Heading"),
    "short": _("One line"),
    "long": _("Several lines"),
    "choice": _("One of a list"),
    "checklist": _("Several of a list"),
    "table": _("Table"),
    "date": _("Day"),
    "pick": _("Invented name or place"),
}
WITH_OPTIONS = ("choice", "checklist", "pick")


class TaskFieldBlock(blocks.StructBlock):
    """One question of the form."""

    code = blocks.RegexBlock(
        label=_("Short name"), regex=CODE, error_messages={"invalid": _("Use small letters, digits and hyphens.")}
    )
    label = blocks.CharBlock(label=_("Question"), max_length=120)
    kind = blocks.ChoiceBlock(label=_("Kind of answer"), choices=list(FIELD_KINDS.items()), default="long")
    help = blocks.CharBlock(label=_("Help"), max_length=250, required=False)
    required = blocks.BooleanBlock(label=_("Must be answered"), required=False, default=True)
    options = blocks.ListBlock(blocks.CharBlock(max_length=120), label=_("List"), default=[])
    columns = blocks.ListBlock(blocks.CharBlock(max_length=60), label=_("Columns"), default=[])

    class Meta:
        label = _("Question")
        icon = "form"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if (cleaned["kind"] in WITH_OPTIONS) != bool(cleaned["options"]):
            raise blocks.StructBlockValidationError(
                {"options": ValidationError(_("Give a list for a choice, and for nothing else."))}
            )
        if (cleaned["kind"] == "table") != bool(cleaned["columns"]):
            raise blocks.StructBlockValidationError(
                {"columns": ValidationError(_("Give columns for a table, and for nothing else."))}
            )
        return cleaned


class MustBlock(blocks.ChoiceBlock):
    """The lowest level that passes. Rows written before levels could be chosen say True: the highest."""

    def to_python(self, value: Any) -> str:
        return {True: "3", False: "", None: ""}.get(value, str(value))

    def bulk_to_python(self, values: Any) -> list[str]:
        return [self.to_python(value) for value in values]


class CriterionBlock(blocks.StructBlock):
    """One row of the rubric: what each level looks like, the lowest first."""

    code = blocks.RegexBlock(
        label=_("Short name"), regex=CODE, error_messages={"invalid": _("Use small letters, digits and hyphens.")}
    )
    criterion = blocks.CharBlock(label=_("Criterion"), max_length=160)
    must = MustBlock(
        label=_("Must reach"),
        required=False,
        choices=[("2", _("Level 2")), ("3", _("Level 3, the highest"))],
        help_text=_("Below it the task is not passed. Leave it empty where no level is a must."),
    )
    weight = blocks.IntegerBlock(
        label=_("How often it counts"),
        min_value=1,
        max_value=MOST_WEIGHT,
        default=1,
        help_text=_("Usually 1. With 2 its level counts double in the percent."),
    )
    levels = blocks.ListBlock(
        blocks.CharBlock(max_length=250), label=_("Levels, from 0 up"), min_num=LEVELS, max_num=LEVELS
    )

    class Meta:
        label = _("Criterion")
        icon = "tasks"


class PracticalPage(StepPage):
    """A task graded by a person. `written`: she hands it in; `observed`: a trainer watches."""

    kind = "practical"
    is_optional = True
    usual_outer_title = _("Task")

    class Modes(models.TextChoices):
        WRITTEN = "written", _("Written")
        OBSERVED = "observed", _("Watched by a trainer")

    mode = models.CharField(_("how it is done"), max_length=10, choices=Modes.choices, default=Modes.WRITTEN)
    note = models.TextField(
        _("content note"), blank=True, help_text=_("Needed when the case speaks of violence. Say that she may skip.")
    )
    instructions = RichTextField(_("instructions"), features=FEW_FEATURES)
    case = RichTextField(
        _("invented case"), features=FEW_FEATURES, blank=True, help_text=_("Invented names and places only.")
    )
    guide = RichTextField(
        _("for the assessor"),
        features=FEW_FEATURES,
        blank=True,
        help_text=_("What good work shows, and the answers where there are some. Learners never see it."),
    )
    fields = LeanStreamField([("field", TaskFieldBlock())], verbose_name=_("form"), blank=True)
    rubric = LeanStreamField([("criterion", CriterionBlock())], verbose_name=_("rubric"), blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tries = models.PositiveSmallIntegerField(
        _("how often she may begin it"),
        default=USUAL_TRIES,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TRIES)],
    )
    second = models.BooleanField(
        _("needs a second assessor"), default=False, help_text=_("Two people grade it, then they agree on a mark.")
    )

    base_form_class = PracticalPageForm
    content_panels: ClassVar[list[Any]] = [
        title_panel(),
        IN_THE_MODULE,
        MultiFieldPanel([FieldPanel("mode"), FieldPanel("note")], heading=_("Before it begins")),
        FieldPanel("instructions"),
        FieldPanel("case"),
        MultiFieldPanel([FieldPanel("start_from"), FieldPanel("fields")], heading=_("The form")),
        MultiFieldPanel(
            [
                FieldPanel("rubric"),
                FieldPanel("pass_percent"),
                FieldPanel("second"),
                FieldPanel("tries"),
                FieldPanel("guide"),
            ],
            heading=_("Grading"),
        ),
    ]

    class Meta:
        verbose_name = _("practical task")
        constraints = [
            models.CheckConstraint(
                name="task_pass_mark_is_a_percentage", condition=models.Q(pass_percent__gte=1, pass_percent__lte=100)
            ),
            models.CheckConstraint(
                name="task_may_be_begun_at_least_once", condition=models.Q(tries__gte=1, tries__lte=MOST_TRIES)
            ),
        ]

    def as_task(self) -> dict[str, Any]:
        """The task as a submission keeps it. `must`: 0, or the lowest level that passes (2 or 3)."""
        return {
            "title": self.title,
            "mode": self.mode,
            "instructions": self.instructions,
            "case": self.case,
            "guide": self.guide,
            "fields": [_plain(one.value) for one in self.fields],
            "rubric": [{**_plain(one.value), "must": int(one.value["must"] or 0)} for one in self.rubric],
            "pass_percent": self.pass_percent,
            "second": self.second,
        }

    def slug_proposals(self) -> Iterator[str]:
        yield "tugas"
        yield from (f"tugas-{slug}" for slug in super().slug_proposals())


def _plain(value: Any) -> dict[str, Any]:
    """The words of a block, without its machinery."""
    return {name: list(one) if isinstance(one, ListValue) else one for name, one in value.items()}
