"""What the library holds: books, studies, films and forms, to fetch here or to borrow elsewhere."""

import secrets
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.kit.searching import fold
from lms.library import rules
from lms.people.scoping import ScopedQuerySet

# No vowels: a code never reads as a word.
CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
CODE_LENGTH = 6


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


class ResourceQuerySet(ScopedQuerySet["Resource"]):
    def visible_to(self, viewer: Any, *, as_role: str | None = None) -> "ResourceQuerySet":
        """Whoever signed in sees all; a visitor what is marked for everyone."""
        return self if viewer.is_authenticated else self.filter(is_public=True)

    def holding(self, words: Iterable[str]) -> "ResourceQuerySet":
        """Those that hold every word; words are folded (lms.kit.searching.fold)."""
        found = self
        for word in words:
            found = found.filter(folded__contains=word)
        return found


class Resource(models.Model):
    class Kind(models.TextChoices):
        BOOK = "book", _("Book")
        POCKET = "pocket", _("Pocket book")
        STUDY = "study", _("Study")
        JOURNAL = "journal", _("Journal")
        LAW = "law", _("Text of a law")
        FORM = "form", _("Form or sheet")
        POSTER = "poster", _("Poster")
        FILM = "film", _("Film to watch")
        SOUND = "sound", _("Recording")

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesian")
        REGIONAL = "regional", _("Regional language")
        ENGLISH = "en", _("English")
        OTHER = "other", _("Another language")

    code = models.SlugField(max_length=12, unique=True, default=new_code, editable=False)
    title = models.CharField(_("title"), max_length=200, help_text=_("As it stands on the cover."))
    outer_title = models.CharField(
        _("outer title"),
        max_length=80,
        blank=True,
        help_text=_("Lists on a shared phone show it. Needed when the title speaks of violence."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.INDONESIAN)
    author = models.CharField(
        _("author or organisation"), max_length=200, blank=True, help_text=_("Who wrote or published it.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(rules.FIRST_YEAR), MaxValueValidator(rules.LAST_YEAR)],
    )
    licence = models.CharField(
        _("may be copied"),
        max_length=120,
        blank=True,
        help_text=_("What the owner allows, for example: CC BY-SA 4.0. Upload a file only when it may be shared."),
    )
    text = models.TextField(
        _("what it is about"), max_length=600, help_text=_("Two or three short sentences: for whom, and for what.")
    )
    tags = models.CharField(
        _("subjects"), max_length=200, blank=True, help_text=_("A few words with commas between: anak, hukum.")
    )
    file = models.CharField(max_length=80, blank=True, editable=False)
    bytes = models.PositiveIntegerField(default=0, editable=False)
    place = models.CharField(
        _("where to borrow it"),
        max_length=200,
        blank=True,
        help_text=_("Needed when there is no file. For example: a book at the office, ask the coordinator."),
    )
    is_public = models.BooleanField(
        _("visitors see it too"), default=False, help_text=_("Without this only people who signed in find it.")
    )
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    checked_by = models.CharField(
        _("checked by"), max_length=80, blank=True, help_text=_("A role, not a name: legal adviser.")
    )
    folded = models.TextField(editable=False, default="")

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("library item")
        verbose_name_plural = _("library items")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(name="library_item_can_be_had", condition=~Q(file="") | ~Q(place="")),
            models.CheckConstraint(
                name="library_file_has_a_size", condition=Q(file="", bytes=0) | (~Q(file="") & Q(bytes__gt=0))
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title

    def clean(self) -> None:
        if not rules.is_neutral(self.outer_title):
            raise ValidationError({"outer_title": _("This shows on a shared phone. Take a word that says less.")})
        if not self.outer_title and not rules.is_neutral(self.title):
            raise ValidationError({"outer_title": _("The title speaks of violence. Write an outer title for lists.")})
        self.tags = ", ".join(self.tag_list)

    @property
    def shown_title(self) -> str:
        """What stands in lists and tabs."""
        return self.outer_title or self.title

    @property
    def tag_list(self) -> list[str]:
        tags = [" ".join(tag.split()) for tag in self.tags.replace(";", ",").split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))

    @property
    def form(self) -> str:
        """PDF, MP3 …: the form of the file."""
        return PurePath(self.file).suffix[1:].upper()

    @property
    def download_name(self) -> str:
        """A neutral name: it lies in the phone's downloads."""
        return f"lopo-{self.code}{PurePath(self.file).suffix}"

    @property
    def is_unchecked_law(self) -> bool:
        return self.kind == self.Kind.LAW and self.checked_on is None

    @property
    def words(self) -> str:
        """All that a search looks through, folded."""
        return fold("\n".join([self.title, self.outer_title, self.author, self.tags, self.text]))
