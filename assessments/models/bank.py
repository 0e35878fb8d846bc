"""The question bank: questions of a module, edited by trainers, with what is right and why."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from assessments.models.bank_forms import QuestionForm
from assessments.rules.items import FALSE, TRUE, TRUE_OR_FALSE, Choice, Item, Kind, Paper, pack
from assessments.rules.showing import show
from courses.fields import CodesField, LeanStreamField
from lms.kit.words import Sentence, gettext_noop

KEY_LETTERS = 8


def fault_of(kind: str, marks: Sequence[bool], is_true: bool | None) -> Sentence | None:
    """What is wrong with the answers of a question, or None. `marks`: for each answer whether it is right."""
    if kind == Kind.TRUE_FALSE:
        if marks:
            return Sentence(gettext_noop("A true or false question has no list of answers. Remove it."))
        return Sentence(gettext_noop("Say whether the sentence is true.")) if is_true is None else None
    if is_true is not None:
        return Sentence(gettext_noop("Only a true or false question says whether it is true. Leave that empty."))
    if not 2 <= len(marks) <= 8:
        return Sentence(gettext_noop("Give from two to eight answers."))
    if kind == Kind.SINGLE and sum(marks) != 1:
        return Sentence(gettext_noop("Mark exactly one answer as right."))
    if kind == Kind.MULTIPLE and not any(marks):
        return Sentence(gettext_noop("Mark at least one answer as right."))
    return None


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=250)
    right = blocks.BooleanBlock(label=_("This is right"), required=False)

    class Meta:
        label = _("Answer")
        icon = "list-ul"
        template = "assessments/parts/choice_of_the_bank.html"


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_exam(self) -> "QuestionQuerySet":
        return self.filter(use=Question.Use.EXAM)

    def for_practice(self) -> "QuestionQuerySet":
        return self.filter(use=Question.Use.PRACTICE)

    def of_module(self, key: Any) -> "QuestionQuerySet":
        """`key`: the key of the module (its page's translation key)."""
        return self.filter(module__translation_key=key)


class Question(PreviewableMixin, RevisionMixin, index.Indexed, models.Model):
    """One question. Its version rises whenever what is asked or right changes; attempts keep what they asked."""

    class Kinds(models.TextChoices):
        SINGLE = "single", _("One right answer")
        MULTIPLE = "multiple", _("Several right answers")
        TRUE_FALSE = "true_false", _("True or false")
        ORDERING = "ordering", _("Put in order")

    class Use(models.TextChoices):
        EXAM = "exam", _("Exam")
        PRACTICE = "practice", _("Practice")
        RESTING = "resting", _("Not used now")

    # The bank outlives the page: when the module is made again, its files take the questions back.
    module = models.ForeignKey(
        "courses.ModulePage", models.SET_NULL, null=True, related_name="questions", verbose_name=_("module")
    )
    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("Use a code such as M3-12."))],
        help_text=_("For example M3-12. It names the question in statistics; do not change it later."),
    )
    kind = models.CharField(_("kind of question"), max_length=10, choices=Kinds, default=Kinds.SINGLE)
    use = models.CharField(_("used in"), max_length=8, choices=Use, default=Use.EXAM)
    stem = models.TextField(
        _("question text"), help_text=_("The last line is the question; lines before it tell the scene.")
    )
    choices = LeanStreamField(
        [("choice", ChoiceBlock())],
        verbose_name=_("answers"),
        blank=True,
        help_text=_("For putting in order: write them in the right order. For true or false: leave empty."),
    )
    is_true = models.BooleanField(_("the sentence is true"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it is right. Practice shows it."))
    is_critical = models.BooleanField(
        _("safety question"), default=False, help_text=_("It is always asked, and must be right to pass.")
    )
    family = models.CharField(
        _("family"),
        max_length=30,
        blank=True,
        help_text=_("Questions of one family stand in for each other. Leave empty: it stands alone."),
    )
    lesson = models.CharField(
        _("lesson"), max_length=20, blank=True, help_text=_("Short code of the lesson to read again, for example 3.")
    )
    laws = CodesField(_("laws"), help_text=_("Tags with commas between, for example: uu-tpks-10, uu-pkdrt"))
    sources = CodesField(_("sources"), help_text=_("Codes of the module's list of sources, for example: S1, S4"))
    to_check = models.TextField(_("still to be checked"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = QuestionQuerySet.as_manager()

    base_form_class = QuestionForm
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("use"), FieldPanel("kind")], heading=_("Question")),
        FieldPanel("stem"),
        FieldPanel("choices"),
        FieldPanel("is_true"),
        FieldPanel("reason"),
        MultiFieldPanel(
            [FieldPanel("where"), FieldPanel("family"), FieldPanel("is_critical")], heading=_("In the module")
        ),
        MultiFieldPanel(
            [FieldPanel("laws"), FieldPanel("sources"), FieldPanel("to_check")], heading=_("Checked facts")
        ),
    ]

    search_fields: ClassVar[list[Any]] = [
        index.AutocompleteField("code"),
        index.AutocompleteField("stem"),
        index.SearchField("code"),
        index.SearchField("stem"),
        index.FilterField("kind"),
        index.FilterField("use"),
        index.FilterField("is_critical"),
        index.FilterField("module_id"),
    ]

    class Meta:
        ordering = ["module", "place", "code"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                name="only_a_true_or_false_question_is_true_or_false",
                condition=Q(kind="true_false", is_true__isnull=False) | (~Q(kind="true_false") & Q(is_true=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.ask}"

    @property
    def ask(self) -> str:
        """The question itself: the last line of the text."""
        return self.stem.strip().rpartition("\n")[2].strip()

    def clean(self) -> None:
        super().clean()
        fault = fault_of(self.kind, [bool(child.value["right"]) for child in self.choices or ()], self.is_true)
        if fault:
            raise ValidationError(fault.render(gettext))
        texts = [str(child.value["text"]).strip() for child in self.choices or ()]
        if len(set(texts)) < len(texts):
            raise ValidationError(gettext("Two answers are the same."))

    def as_item(self) -> Item:
        """The question as it is asked now, with its key."""
        choices: tuple[Choice, ...] = TRUE_OR_FALSE
        right: tuple[str, ...] = (TRUE if self.is_true else FALSE,)
        if self.kind != Kind.TRUE_FALSE:
            children = list(self.choices)
            choices = tuple(Choice(key_of(child), child.value["text"]) for child in children)
            is_ordering = self.kind == Kind.ORDERING
            right = tuple(key_of(child) for child in children if is_ordering or child.value["right"])
        return Item(
            code=self.code,
            kind=Kind(self.kind),
            stem=self.stem,
            choices=choices,
            right=right,
            reason=self.reason,
            is_critical=self.is_critical,
            family=self.family,
            lesson=self.lesson,
            version=self.version,
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("As she is asked")), ("reason", _("With the reason, as in practice"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "assessments/question_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        item = self.as_item()
        return {"question": show(item), "reason": item.reason_text if mode_name == "reason" else ""}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise the version when the content is another one; a new question goes to the end of its module."""
        if self._state.adding and not self.place:
            last = Question.objects.filter(module=self.module_id).aggregate(last=models.Max("place"))["last"]
            self.place = (last or 0) + 1
        self.choices = self.choices.stream_block.to_python(self.choices.get_prep_value())  # each answer has its id now
        digest = digest_of(self.as_item())
        if digest != self.digest:
            self.digest, self.version = digest, self.version + 1
        super().save(*args, **kwargs)


def key_of(child: Any) -> str:
    """A choice is named by the start of its block's random id: it says nothing about being right."""
    return str(child.id)[:KEY_LETTERS]


def digest_of(item: Item) -> str:
    """SHA-256 (hex) over what is asked and what is right."""
    plain = replace(item, version=0, lesson="", family="")
    return hashlib.sha256(json.dumps(pack(Paper((plain,), 0)), sort_keys=True).encode()).hexdigest()
