"""Practice and exam as steps of a module."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from assessments.models.exam_forms import PracticePageForm
from assessments.rules.attempts import Limits
from courses.fields import CodesField
from courses.models import StepPage
from courses.models.pages import title_panel

IN_THE_MODULE = MultiFieldPanel([FieldPanel("outer_title"), FieldPanel("minutes")], heading=_("In the module"))


class PracticePage(StepPage):
    """Questions with feedback at once. Nothing depends on it."""

    kind = "practice"
    is_optional = True
    usual_outer_title = _("Practice")

    questions = CodesField(_("questions"), help_text=_("Ticked questions are asked, the first one first."))

    base_form_class = PracticePageForm
    content_panels: ClassVar[list[Any]] = [
        title_panel(),
        IN_THE_MODULE,
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("practice")

    def slug_proposals(self) -> Iterator[str]:
        yield "latihan"
        yield from (f"latihan-{slug}" for slug in super().slug_proposals())


class ExamPage(StepPage):
    """The exam of a module: questions drawn from the module's bank."""

    kind = "exam"
    opens_after_lessons = True
    usual_outer_title = _("Exam")

    draw = models.PositiveSmallIntegerField(
        _("number of questions"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Drawn from the bank for each attempt. Every question about safety is asked, even beyond this."),
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=75, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=5, validators=[MaxValueValidator(100)], help_text=_("0: as often as she likes.")
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("hours between attempts"), default=0, validators=[MaxValueValidator(2400)]
    )
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Two or three short, calm sentences before the exam begins.")
    )

    content_panels: ClassVar[list[Any]] = [
        title_panel(),
        IN_THE_MODULE,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("draw"), FieldPanel("pass_percent"), FieldPanel("attempts"), FieldPanel("wait_hours")],
            heading=_("Rules of the exam"),
        ),
    ]

    class Meta:
        verbose_name = _("exam")
        constraints = [
            models.CheckConstraint(name="exam_asks_something", condition=models.Q(draw__gte=1)),
            models.CheckConstraint(
                name="exam_pass_mark_is_a_percentage", condition=models.Q(pass_percent__gte=1, pass_percent__lte=100)
            ),
        ]

    @property
    def limits(self) -> Limits:
        return Limits(self.attempts, self.wait_hours)

    def slug_proposals(self) -> Iterator[str]:
        yield "ujian"
        yield from (f"ujian-{slug}" for slug in super().slug_proposals())
