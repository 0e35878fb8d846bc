from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import previews
from courses.blocks.noted import NotedBlock, neutral_block, note_block
from courses.blocks.text import FEW_FEATURES


class PictureBlock(blocks.StructBlock):
    """A picture in two light sizes; its alternative text is never optional."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=250,
        help_text=_("For people who do not see it. Describe what matters, in one or two sentences."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "courses/blocks/picture.html"
        description = _("A drawing or photo with words for those who do not see it. It is made light for phones.")
        preview_value = staticmethod(previews.picture)


class MediaChooser(BaseChooser):
    """Chooses among the files of one kind; the pages it opens are named here, so no arrow points up."""

    model = "courses.MediaFile"
    icon = "media"
    choose_one_text = _("Choose or upload a file")
    choose_another_text = _("Choose another file")
    link_to_chosen_text = _("Show this file")

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.chooser_modal_url_name = f"choose_{kind}:choose"


class MediaChooserBlock(blocks.ChooserBlock):
    target_model = "courses.MediaFile"

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    @cached_property
    def widget(self) -> MediaChooser:
        return MediaChooser(self.kind)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        return forms.ModelChoiceField(
            queryset=self.model_class.objects.of(self.kind),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
        )

    class Meta:
        icon = "media"


TITLE_HELP = _("What she reads before she decides to fetch it. A few plain words.")


def _sound_sample(_meta: Any = None) -> dict[str, Any]:
    words = "<p>" + gettext("Ibu Cempaka knocks at the door. She is let in.") + "</p>"
    return {"file": None, "title": gettext("At the well"), "note": "", "neutral": "", "transcript": words}


def _film_sample(_meta: Any = None) -> dict[str, Any]:
    return {**_sound_sample(), "captions": None}


class AudioBlock(NotedBlock):
    """Something to hear, and the same to read."""

    file = MediaChooserBlock("sound", label=_("Sound"), help_text=_("It is made small for phones by itself."))
    title = blocks.CharBlock(label=_("Title"), max_length=100, help_text=TITLE_HELP)
    note = note_block()
    neutral = neutral_block()
    transcript = blocks.RichTextBlock(
        label=_("The same to read"),
        features=FEW_FEATURES,
        help_text=_("Write down what is said. For people who do not hear, and for those who save data."),
    )

    class Meta:
        label = _("Sound")
        icon = "media"
        template = "courses/blocks/audio.html"
        description = _("A voice or a sound, with its words to read. Nothing is fetched before she asks.")
        preview_value = _sound_sample


class VideoBlock(NotedBlock):
    """Something to see; with captions or with its words to read."""

    file = MediaChooserBlock("film", label=_("Film"), help_text=_("At most 15 minutes. It is made small by itself."))
    title = blocks.CharBlock(label=_("Title"), max_length=100, help_text=TITLE_HELP)
    note = note_block()
    neutral = neutral_block()
    captions = MediaChooserBlock(
        "captions", label=_("Captions"), required=False, help_text=_("A .vtt file: what is said, with its times.")
    )
    transcript = blocks.RichTextBlock(
        label=_("The same to read"),
        features=FEW_FEATURES,
        required=False,
        help_text=_("What is said and what is seen. Needed when there are no captions."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["captions"] and not cleaned["transcript"].source.strip():
            problem = forms.ValidationError(_("Add captions, or write down what is said and seen."))
            raise blocks.StructBlockValidationError({"transcript": problem})
        return cleaned

    class Meta:
        label = _("Film")
        icon = "media"
        template = "courses/blocks/video.html"
        description = _("A short film with captions or its words to read. It stays under 2 MB a minute.")
        preview_value = _film_sample


class DownloadBlock(blocks.StructBlock):
    """A file to keep; its kind and size are said first."""

    file = MediaChooserBlock("document", label=_("File"), help_text=_("pdf, docx, xlsx, csv or txt, at most 5 MB."))
    title = blocks.CharBlock(label=_("Title"), max_length=100, help_text=TITLE_HELP)
    text = blocks.CharBlock(
        label=_("What it is for"), max_length=200, required=False, help_text=_("One sentence: when she needs it.")
    )

    class Meta:
        label = _("File to download")
        icon = "download"
        template = "courses/blocks/download.html"
        description = _("A form or sheet to keep. Its kind and size are shown before she fetches it.")
        preview_value = {"file": None, "title": "", "text": ""}
