"""Branching stories as steps of a module: situations, choices with what follows from them, endings with what helped."""

import html
from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import lazy
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageChooserBlock

from assessments.models.exams import IN_THE_MODULE
from assessments.models.scenario_forms import ScenarioPageForm
from assessments.rules import lacking, walking
from assessments.rules.competencies import COMPETENCIES
from assessments.rules.lacking import Draft
from courses.blocks.media import MediaChooserBlock
from courses.blocks.text import FEW_FEATURES
from courses.fields import CodesField, LeanStreamField
from courses.models import StepPage
from courses.models.pages import title_panel

said = lazy(lambda sentence: sentence.render(gettext), str)
COMPETENCY_CHOICES = [(code, said(sentence)) for code, sentence in COMPETENCIES.items()]
CODE = r"^[a-z0-9][a-z0-9-]{0,29}$"


class WayBlock(blocks.StructBlock):
    """One choice: what she does, where it leads, why it helps or harms."""

    text = blocks.CharBlock(label=_("What she says or does"), max_length=250)
    to = blocks.CharBlock(label=_("Leads to scene"), max_length=30)
    effect = blocks.TextBlock(label=_("What happens then"), rows=2)
    reason = blocks.TextBlock(label=_("Why"), rows=2, help_text=_("Explain why it helps or harms. Never scold."))
    score = blocks.ChoiceBlock(
        label=_("Helps"), choices=[("0", _("It harms")), ("1", _("In part")), ("2", _("It helps"))], default="1"
    )
    competency = blocks.ChoiceBlock(label=_("Competency"), choices=COMPETENCY_CHOICES)

    class Meta:
        label = _("Choice")
        icon = "arrow-right"


class SceneBlock(blocks.StructBlock):
    """One screen of the story: a situation with choices, or an ending."""

    code = blocks.RegexBlock(
        label=_("Short name"),
        regex=CODE,
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
        help_text=_("Small letters without spaces, once per story. Choices lead to it by this name."),
    )
    text = blocks.RichTextBlock(label=_("Situation"), features=FEW_FEATURES)
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=250,
        required=False,
        default="",
        help_text=_("For people who do not see it."),
    )
    sound = MediaChooserBlock("sound", label=_("Sound"), required=False, help_text=_("It reads the situation aloud."))
    choices = blocks.ListBlock(WayBlock(), label=_("Choices"), min_num=0, max_num=walking.MOST_CHOICES, default=[])
    ending = blocks.ChoiceBlock(
        label=_("Ending"),
        required=False,
        choices=[(walking.SAFE, _("Safe")), (walking.OPEN, _("Open")), (walking.UNSAFE, _("Not safe"))],
        help_text=_("Leave it empty where the story goes on."),
    )
    helped = blocks.TextBlock(
        label=_("What helped"), required=False, rows=2, help_text=_("Every ending says what helped, or would have.")
    )
    back = blocks.CharBlock(
        label=_("Again from scene"), required=False, max_length=30, help_text=_("Only for an ending that is not safe.")
    )

    class Meta:
        label = _("Scene")
        icon = "openquote"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["picture"] and not cleaned["alt"].strip() and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError({"alt": ValidationError(_("Say what the picture shows."))})
        if cleaned["ending"] and not cleaned["helped"].strip() and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError({"helped": ValidationError(_("Say what helped, or would have."))})
        return cleaned


class ScenarioPage(StepPage):
    """A story in which she decides. No module needs it."""

    kind = "scenario"
    is_optional = True
    usual_outer_title = _("Story")

    note = models.TextField(
        _("content note"), blank=True, help_text=_("Needed when the story speaks of violence. Say that she may skip.")
    )
    neutral = models.TextField(
        _("task for who skips it"), blank=True, help_text=_("Another small task of equal worth, without violence.")
    )
    intro = RichTextField(_("introduction"), features=FEW_FEATURES, help_text=_("Where it plays, and who she is."))
    competencies = CodesField(_("competencies"), help_text=_("Codes with commas between, for example: k1, k3"))
    start = models.CharField(_("first scene"), max_length=30, help_text=_("The short name of the scene to begin with."))
    scenes = LeanStreamField([("scene", SceneBlock())], verbose_name=_("scenes"), blank=True)

    is_only_saved = False  # set by the form: a draft may be saved with whatever it still lacks
    base_form_class = ScenarioPageForm
    content_panels: ClassVar[list[Any]] = [
        title_panel(),
        IN_THE_MODULE,
        MultiFieldPanel([FieldPanel("note"), FieldPanel("neutral")], heading=_("Before it begins")),
        FieldPanel("intro"),
        FieldPanel("competencies"),
        FieldPanel("start"),
        HelpPanel(template="assessments/admin/graph_panel.html", heading=_("The story as a drawing")),
        FieldPanel("scenes"),
    ]

    class Meta:
        verbose_name = _("branching story")

    @staticmethod
    def scene_of(value: Any) -> walking.Scene:
        """A scene of the editor as the rules know it."""
        ways = tuple(choice["to"].strip() for choice in value["choices"])
        return walking.Scene(value["code"], ways, value["ending"] or "", (value["back"] or "").strip())

    @classmethod
    def draft_of(cls, value: Any) -> Draft:
        """A scene of the editor with the words that it still lacks."""
        choices = list(enumerate(value["choices"], 1))
        return Draft(
            scene=cls.scene_of(value),
            text=html.unescape(strip_tags(value["text"].source if value["text"] else "")),
            unreasoned=tuple(number for number, choice in choices if not choice["reason"].strip()),
            unanswered=tuple(number for number, choice in choices if not choice["effect"].strip()),
            lacks_help=bool(value["ending"]) and not (value["helped"] or "").strip(),
        )

    @property
    def drafts(self) -> list[Draft]:
        return [self.draft_of(scene.value) for scene in self.scenes]

    def clean(self) -> None:
        super().clean()
        found = [] if self.is_only_saved else lacking.lacks(self.drafts, self.start)
        if found:
            lines = [f"{one.scene}: {one.sentence.render(gettext)}".removeprefix(": ") for one in found]
            raise ValidationError({"scenes" if found[0].scene else "start": lines})

    def slug_proposals(self) -> Iterator[str]:
        yield "skenario"
        yield from (f"skenario-{slug}" for slug in super().slug_proposals())
