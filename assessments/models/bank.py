"""The question bank: questions of a module, edited by trainers, with what is right and why."""

import hashlib
import json
from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from assessments.fields import LinesField
from assessments.models.bank_blocks import ChoiceBlock, PairBlock, choices_of, pairs_of, texts_of, values_of
from assessments.models.bank_forms import QuestionForm
from assessments.models.drawn import files_of
from assessments.rules.asking import Written, WrittenChoice, faults
from assessments.rules.competencies import COMPETENCIES
from assessments.rules.items import (
    FALSE,
    PAIR,
    TRUE,
    TRUE_OR_FALSE,
    TYPED,
    USUAL_DIFFICULTY,
    Choice,
    Item,
    ItemPicture,
    ItemSound,
    Kind,
    Paper,
    pack,
)
from assessments.rules.showing import show
from assessments.rules.telling import tell
from courses.blocks.media import MediaChooser
from courses.fields import CodesField, LeanStreamField


def competency_choices() -> list[tuple[str, str]]:
    return [(code, f"{code.upper()} · {sentence.render(gettext)}") for code, sentence in COMPETENCIES.items()]


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
        MATCHING = "matching", _("Match pairs")
        SHORT = "short", _("Short answer")
        NUMBER = "number", _("A number")
        PICTURE = "picture", _("Choose a picture")

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        USUAL = 2, _("Usual")
        HARD = 3, _("Hard")

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
    picture = models.ForeignKey(
        "courses.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who do not see it. Describe what matters, in one or two sentences."),
    )
    sound = models.ForeignKey(
        "courses.MediaFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sound")
    )
    sound_words = models.TextField(
        _("the words of the sound"), blank=True, help_text=_("For people who do not hear, and who save data.")
    )
    choices = LeanStreamField(
        [("choice", ChoiceBlock())],
        verbose_name=_("answers"),
        blank=True,
        help_text=_("For putting in order: write them in the right order."),
    )
    is_true = models.BooleanField(_("the sentence is true"), null=True, blank=True)
    pairs = LeanStreamField(
        [("pair", PairBlock())],
        verbose_name=_("pairs"),
        blank=True,
        help_text=_("A match without a text is offered too, and belongs to nothing."),
    )
    accepted = LinesField(
        _("accepted forms"),
        help_text=_("One in each line. Large letters, marks and double spaces do not count. Figures must be the same."),
    )
    slips = models.PositiveSmallIntegerField(
        _("typing slips allowed"),
        default=0,
        choices=[(0, _("None")), (1, _("One")), (2, _("Two"))],
        help_text=_("Words of three letters take none, of seven letters one at most."),
    )
    value = models.CharField(_("the right number"), max_length=20, blank=True, help_text=_("In digits: 72 or 1,5."))
    tolerance = models.CharField(
        _("tolerance"), max_length=20, blank=True, help_text=_("2 means: two more or less is right too.")
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("For example: jam. It stands beside."))
    gives_parts = models.BooleanField(
        _("give parts of the mark"),
        default=False,
        help_text=_(
            "Several right answers: right minus wrong ones, of the right ones. Pairs: right pairs, of all pairs. "
            "Order: the share of all pairs of lines that stand in the right order. A safety question needs all."
        ),
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it is right. Practice shows it."))
    is_critical = models.BooleanField(
        _("safety question"), default=False, help_text=_("It is always asked, and must be right to pass.")
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, default=USUAL_DIFFICULTY)
    competency = models.CharField(_("competency"), max_length=2, blank=True, choices=competency_choices)
    tags = CodesField(_("tags"), help_text=_("Words of your own with commas between, for example: rujukan, visum"))
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
    checked_on = models.DateField(
        _("last checked on"), null=True, blank=True, help_text=_("The day somebody checked facts and law.")
    )
    checked_by = models.CharField(
        _("checked by"), max_length=80, blank=True, help_text=_("Role, not a name: for example “legal aid”.")
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = QuestionQuerySet.as_manager()

    base_form_class = QuestionForm
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("use"), FieldPanel("kind")], heading=_("Question")),
        FieldPanel("stem"),
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldPanel("sound", widget=MediaChooser("sound")),
                FieldPanel("sound_words"),
            ],
            heading=_("Picture and sound"),
            classname="collapsed",
        ),
        FieldPanel("choices"),
        FieldPanel("is_true"),
        FieldPanel("pairs"),
        FieldPanel("accepted"),
        FieldPanel("slips"),
        FieldPanel("value"),
        FieldPanel("tolerance"),
        FieldPanel("unit"),
        FieldPanel("gives_parts"),
        FieldPanel("reason"),
        MultiFieldPanel(
            [
                FieldPanel("where"),
                FieldPanel("family"),
                FieldPanel("is_critical"),
                FieldPanel("difficulty"),
                FieldPanel("competency"),
                FieldPanel("tags"),
            ],
            heading=_("In the module"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("checked_on"),
                FieldPanel("checked_by"),
                FieldPanel("laws"),
                FieldPanel("sources"),
                FieldPanel("to_check"),
            ],
            heading=_("Checked facts"),
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
        index.FilterField("difficulty"),
        index.FilterField("competency"),
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
        wrong = {one.part: one.sentence.render(gettext) for one in faults(self.as_written())}
        if self.picture_id and not self.picture_alt.strip():
            wrong["picture_alt"] = gettext("Say what the picture shows, for people who do not see it.")
        if self.sound_id and not self.sound_words.strip():
            wrong["sound_words"] = gettext("Write down what is said, for people who do not hear.")
        if wrong:
            raise ValidationError(wrong)

    def as_written(self) -> Written:
        """The parts that its kind decides about."""
        choices = [
            WrittenChoice(
                value["text"] or "", bool(value.get("right")), bool(value.get("picture")), value.get("alt") or ""
            )
            for _key, value in values_of(self.choices)
        ]
        return Written(
            kind=self.kind,
            choices=choices,
            is_true=self.is_true,
            gives_parts=self.gives_parts,
            pairs=texts_of(self.pairs),
            accepted=self.accepted,
            slips=self.slips,
            value=self.value,
            tolerance=self.tolerance,
            unit=self.unit,
        )

    def as_item(self) -> Item:
        """The question as it is asked now, with its key. No query."""
        lefts, choices, right = self._asked()
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
            gives_parts=self.gives_parts,
            lefts=lefts,
            slips=self.slips,
            tolerance=self.tolerance,
            unit=self.unit,
            picture=ItemPicture(self.picture_id, self.picture_alt) if self.picture_id else None,
            sound=ItemSound(self.sound_id, self.sound_words) if self.sound_id else None,
            difficulty=self.difficulty,
            competency=self.competency,
            tags=tuple(self.tags),
        )

    def _asked(self) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[str, ...]]:
        """What is matched, what is chosen from, and what is right."""
        if self.kind == Kind.TRUE_FALSE:
            return (), TRUE_OR_FALSE, (TRUE if self.is_true else FALSE,)
        if self.kind == Kind.SHORT:
            return (), (), tuple(self.accepted)
        if self.kind == Kind.NUMBER:
            return (), (), (self.value,)
        if self.kind == Kind.MATCHING:
            lefts, choices, pairs = pairs_of(self.code, self.pairs)
            return lefts, choices, tuple(left + PAIR + match for left, match in pairs)
        is_ordering = self.kind == Kind.ORDERING
        right = tuple(key for key, value in values_of(self.choices) if is_ordering or value["right"])
        return (), choices_of(self.choices), right

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("As she is asked")), ("reason", _("With the reason, as in practice"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "assessments/question_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        item = self.as_item()
        is_told = mode_name == "reason"
        return {
            "question": show(item, files=files_of([item])),
            "reason": item.reason_text if is_told else "",
            "told": tell(item, item.right[:1] if item.kind in TYPED else item.right) if is_told else None,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise the version when the content is another one; a new question goes to the end of its module."""
        if self._state.adding and not self.place:
            last = Question.objects.filter(module=self.module_id).aggregate(last=models.Max("place"))["last"]
            self.place = (last or 0) + 1
        for name in ("choices", "pairs"):
            stream = getattr(self, name)
            setattr(self, name, stream.stream_block.to_python(stream.get_prep_value()))  # each block has its id now
        digest = digest_of(self.as_item())
        if digest != self.digest:
            self.digest, self.version = digest, self.version + 1
        super().save(*args, **kwargs)


def digest_of(item: Item) -> str:
    """SHA-256 (hex) over what is asked and what is right."""
    plain = replace(item, version=0, lesson="", family="", difficulty=USUAL_DIFFICULTY, competency="", tags=())
    return hashlib.sha256(json.dumps(pack(Paper((plain,), 0)), sort_keys=True).encode()).hexdigest()
