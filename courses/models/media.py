"""Sounds, films, captions and documents: what came in, and the small files that were made of it."""

from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The folder of small files; its addresses are served, those of what came in are not.
SERVED, INCOMING = "berkas", "masuk"
LEASE = timedelta(minutes=2)


class MediaQuerySet(models.QuerySet["MediaFile"]):
    def of(self, kind: str) -> "MediaQuerySet":
        return self.filter(kind=kind)

    def unfinished(self) -> "MediaQuerySet":
        return self.filter(state__in=(MediaFile.State.WAITING, MediaFile.State.WORKING))

    def left_behind(self, now: Any, since: timedelta) -> "MediaQuerySet":
        """Waiting for a while, or in the hands of a worker that has not been heard of."""
        return self.filter(
            Q(state=MediaFile.State.WAITING, touched_at__lte=now - since)
            | Q(state=MediaFile.State.WORKING, touched_at__lte=now - LEASE)
        )


class MediaFile(models.Model):
    """A file that lessons play or offer to download.

    `digest` (SHA-1 of what came in) is what a curriculum folder knows it by, for good; `light_digest` that of what was
    made. What came in is dropped once the small files are there: an export writes the small one.
    """

    class Kind(models.TextChoices):
        SOUND = "sound", _("Sound")
        FILM = "film", _("Film")
        DOCUMENT = "document", _("Document")
        CAPTIONS = "captions", _("Captions")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be made small …")
        WORKING = "working", _("Being made small …")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Not taken")

    class Problem(models.TextChoices):
        """Why nothing came of it: sentences for the trainer."""

        UNREADABLE = "unreadable", _("This file cannot be played. Save it anew and upload it again.")
        TOO_LONG = "too_long", _("This is too long. A sound has at most 60 minutes, a film 15. Cut it into parts.")
        TOO_HEAVY = "too_heavy", _("This film stays over 2 MB a minute. Cut it or film with less movement.")
        NO_TOOL = "no_tool", _("This site cannot make files small yet. Upload a smaller one, or ask who runs the site.")
        GAVE_UP = "gave_up", _("Making it small failed several times. Upload it again, or ask who runs the site.")

    name = models.CharField(
        _("name"),
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_-]*$", _("Use letters, digits and hyphens."))],
        help_text=_("Short and neutral; it is the file's name when the course is exported."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    form = models.CharField(max_length=5)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    digest = models.CharField(max_length=40, unique=True, editable=False)
    light_digest = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    source = models.CharField(max_length=80, blank=True, editable=False)
    source_bytes = models.PositiveIntegerField(default=0, editable=False)
    file = models.CharField(max_length=80, blank=True, editable=False)
    bytes = models.PositiveIntegerField(_("size"), default=0, editable=False)
    second = models.CharField(max_length=80, blank=True, editable=False)
    second_bytes = models.PositiveIntegerField(default=0, editable=False)
    poster = models.CharField(max_length=80, blank=True, editable=False)
    poster_bytes = models.PositiveIntegerField(default=0, editable=False)
    seconds = models.PositiveIntegerField(default=0, editable=False)
    percent = models.PositiveSmallIntegerField(default=0, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    touched_at = models.DateTimeField(editable=False)
    added_at = models.DateTimeField(_("added"), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = MediaQuerySet.as_manager()

    class Meta:
        verbose_name = _("sound, film or document")
        verbose_name_plural = _("sounds, films and documents")
        ordering = ["-added_at", "-pk"]
        indexes = [
            models.Index(
                name="media_unfinished", fields=["touched_at"], condition=Q(state="waiting") | Q(state="working")
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="ready_media_has_a_file", condition=~Q(state="ready") | (~Q(file="") & Q(bytes__gt=0))
            ),
            models.CheckConstraint(
                name="failed_media_says_why",
                condition=(Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
            ),
            models.CheckConstraint(
                name="working_media_has_a_claim", condition=~Q(state="working") | Q(claim__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.get_kind_display()}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def progress(self) -> str:
        """How far it is, or what is wrong, for the trainer."""
        if self.state == self.State.FAILED:
            return str(self.get_problem_display())
        if self.is_ready:
            return gettext("Ready: %(size)s kB") % {"size": max(1, round(self.bytes / 1000))}
        if self.percent:
            return gettext("Being made small: %(percent)s per cent") % {"percent": self.percent}
        return gettext("Being made small …")

    @property
    def file_name(self) -> str:
        """Its name in a curriculum folder: of the small file, or of what came in while there is none."""
        suffix = PurePath(self.file or self.source).suffix
        return self.name + (".opus" if suffix == ".ogg" else suffix)

    @property
    def path(self) -> Path:
        """Where the bytes are that an export writes."""
        return stored(self.file or self.source)

    @property
    def url(self) -> str:
        return address(self.file)

    @property
    def second_url(self) -> str:
        return address(self.second)

    @property
    def poster_url(self) -> str:
        return address(self.poster)

    @property
    def download_name(self) -> str:
        """A neutral name: it lies in the phone's downloads."""
        return "lopo-" + PurePath(self.second or self.file).name[:6] + PurePath(self.second or self.file).suffix

    @property
    def download_url(self) -> str:
        return self.second_url or self.url

    @property
    def download_bytes(self) -> int:
        return self.second_bytes or self.bytes

    @property
    def download_kind(self) -> str:
        """MP3, PDF …: the kind of file that she keeps."""
        return PurePath(self.second or self.file).suffix[1:].upper()

    @property
    def mime(self) -> str:
        """What a player is told before it fetches anything."""
        types = {".ogg": "audio/ogg; codecs=opus", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".mp4": "video/mp4"}
        return types.get(PurePath(self.file).suffix, "")

    @property
    def length(self) -> str:
        """Minutes and seconds, "3:05"."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}" if self.seconds else ""


def stored(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def address(name: str) -> str:
    return f"{settings.MEDIA_URL}{name}" if name else ""
