"""Practice and exam as steps of a module."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from assessments.models.exam_forms import PracticePageForm
from assessments.rules.attempts import Limits
from assessments.rules.drawing import Row, Topic, Wanted
from courses.fields import CodesField, LeanStreamField
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


class TopicBlock(blocks.StructBlock):
    """So many questions of one topic and difficulty."""

    topic = blocks.ChoiceBlock(
        label=_("Topic"),
        required=False,
        choices=[
            (Topic.LESSON.value, _("Lesson")),
            (Topic.MODULE.value, _("Module")),
            (Topic.COMPETENCY.value, _("Competency")),
            (Topic.TAG.value, _("Tag")),
        ],
        help_text=_("Leave it empty to ask by difficulty alone."),
    )
    name = blocks.CharBlock(
        label=_("Its code"), required=False, max_length=40, help_text=_("For example 3, m2, k1 or a tag.")
    )
    difficulty = blocks.ChoiceBlock(
        label=_("difficulty"), required=False, choices=[("1", _("Easy")), ("2", _("Usual")), ("3", _("Hard"))]
    )
    count = blocks.IntegerBlock(label=_("Questions"), min_value=1, max_value=50, default=2)

    class Meta:
        label = _("Topic")
        icon = "list-ul"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["topic"]) != bool(cleaned["name"]):
            raise blocks.StructBlockValidationError({"name": ValidationError(_("Choose a topic and write its code."))})
        return cleaned


class ExamPage(StepPage):
    """The exam of a module: questions drawn from the bank. Or the test before or after a training."""

    kind = "exam"
    plan_fields = ("part",)

    class Part(models.TextChoices):
        EXAM = "exam", _("Exam of the module")
        BEFORE = "before", _("Test before the training")
        AFTER = "after", _("Test after the training")

    class Bank(models.TextChoices):
        MODULE = "module", _("Questions of this module")
        COURSE = "course", _("Questions of the whole course")

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        AFTER_CLOSING = "after_closing", _("When the exam is closed")

    part = models.CharField(
        _("what it is for"),
        max_length=6,
        choices=Part,
        default=Part.EXAM,
        help_text=_("The tests before and after show what was gained. Nobody passes or fails them."),
    )
    bank = models.CharField(
        _("asked from"),
        max_length=6,
        choices=Bank,
        default=Bank.MODULE,
        help_text=_("Two tests, before and after, belong together when they ask from the same bank."),
    )
    topics = LeanStreamField(
        [("topic", TopicBlock())],
        verbose_name=_("topics"),
        blank=True,
        help_text=_(
            "So many of each; then any questions up to the number above. The test after takes those of before."
        ),
    )

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
    wait_days = models.PositiveSmallIntegerField(
        _("days between attempts"), default=0, validators=[MaxValueValidator(100)], help_text=_("Added to the hours.")
    )
    limit_minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        default=0,
        validators=[MaxValueValidator(600)],
        help_text=_("0: no limit. The clock of this site counts; a minute more is given for slow networks."),
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("closes at"), null=True, blank=True, help_text=_("Then open attempts are handed in as they are.")
    )
    shuffle_questions = models.BooleanField(_("shuffle the questions"), default=True)
    shuffle_choices = models.BooleanField(
        _("shuffle the answers"), default=True, help_text=_("What is put in order or matched is shuffled always.")
    )
    one_page = models.BooleanField(
        _("all questions on one page"), default=False, help_text=_("Otherwise each question has a page of its own.")
    )
    feedback = models.CharField(
        _("what to look at again"),
        max_length=13,
        choices=Feedback,
        default=Feedback.AT_ONCE,
        help_text=_("After closing the reasons are shown too, for questions that are asked nowhere else."),
    )
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Two or three short, calm sentences before the exam begins.")
    )

    content_panels: ClassVar[list[Any]] = [
        title_panel(),
        IN_THE_MODULE,
        FieldPanel("part"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("bank"), FieldPanel("draw"), FieldPanel("topics")], heading=_("What is asked")),
        MultiFieldPanel(
            [
                FieldPanel("pass_percent"),
                FieldPanel("attempts"),
                FieldPanel("wait_hours"),
                FieldPanel("wait_days"),
            ],
            heading=_("Rules of the exam"),
        ),
        MultiFieldPanel(
            [FieldPanel("opens_at"), FieldPanel("closes_at"), FieldPanel("limit_minutes")], heading=_("Time")
        ),
        MultiFieldPanel(
            [
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_choices"),
                FieldPanel("one_page"),
                FieldPanel("feedback"),
            ],
            heading=_("How it is shown"),
        ),
        HelpPanel(template="assessments/admin/exam_panel.html", heading=_("Checklist")),
    ]

    class Meta:
        verbose_name = _("exam")
        constraints = [
            models.CheckConstraint(name="exam_asks_something", condition=models.Q(draw__gte=1)),
            models.CheckConstraint(
                name="exam_pass_mark_is_a_percentage", condition=models.Q(pass_percent__gte=1, pass_percent__lte=100)
            ),
            models.CheckConstraint(
                name="exam_closes_after_it_opens",
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="feedback_after_closing_needs_a_closing",
                condition=models.Q(feedback="at_once") | models.Q(closes_at__isnull=False),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": gettext("It closes before it opens. Choose a later time.")})
        if self.feedback == self.Feedback.AFTER_CLOSING and self.closes_at is None:
            raise ValidationError({"closes_at": gettext("Say when it closes: what to look at again is shown then.")})

    @property
    def is_test(self) -> bool:
        """Before or after a training: nobody passes or fails it, and nothing waits for it."""
        return self.part != self.Part.EXAM

    @property
    def opens_after_lessons(self) -> bool:  # type: ignore[override]
        return self.part != self.Part.BEFORE

    @property
    def is_optional(self) -> bool:  # type: ignore[override]
        return self.is_test

    @property
    def usual_outer_title(self) -> Any:  # type: ignore[override]
        titles = {self.Part.BEFORE: _("Test before"), self.Part.AFTER: _("Test after")}
        return titles.get(self.Part(self.part), _("Exam"))

    @property
    def limits(self) -> Limits:
        """A test is sat once: only the first time shows what was gained."""
        attempts = 1 if self.is_test else self.attempts
        wait_hours = self.wait_hours + 24 * self.wait_days
        return Limits(attempts, wait_hours, self.opens_at, self.closes_at, self.limit_minutes)

    @property
    def wanted(self) -> Wanted:
        """What a paper is to hold, by the settings of this page alone."""
        rows = tuple(
            Row(
                Topic(one.value["topic"] or ""),
                (one.value["name"] or "").strip(),
                int(one.value["difficulty"] or 0),
                one.value["count"],
            )
            for one in self.topics
        )
        return Wanted(self.draw, rows, every_critical=not self.is_test)

    def slug_proposals(self) -> Iterator[str]:
        words = {self.Part.BEFORE: "sebelum", self.Part.AFTER: "sesudah"}
        word = words.get(self.Part(self.part), "ujian")
        yield word
        yield from (f"{word}-{slug}" for slug in super().slug_proposals())
