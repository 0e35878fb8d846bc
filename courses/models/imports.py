"""Courses that came as a zip: looked at first, taken when somebody says so."""

import uuid
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet


def import_storage() -> FileSystemStorage:
    """A folder that no address leads to."""
    return FileSystemStorage(location=settings.DATA_DIR / "imports")


def neutral_name(instance: "CourseImport", filename: str) -> str:
    """Named by its key; what somebody called the file is kept in the row."""
    return f"{instance.pk}.zip"


class CourseImportQuerySet(ScopedQuerySet["CourseImport"]):
    person_path = "by"


class CourseImport(models.Model):
    """One zip. `lines` says what would change (checked) or what changed (done); `problems` why it was refused."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Waiting to be looked at")
        CHECKED = "checked", _("Looked at")
        AGREED = "agreed", _("Waiting to be taken in")
        DONE = "done", _("Taken in")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    file = models.FileField(storage=import_storage, upload_to=neutral_name)
    overwrite = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=States.choices, default=States.WAITING)
    lines = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = CourseImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="refused_import_has_its_reasons", condition=~Q(state="refused") | ~Q(problems=[])
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in {self.States.WAITING, self.States.AGREED}

    @staticmethod
    def shown_name(filename: Any) -> str:
        """The last part of what somebody called the file."""
        name = PurePosixPath(str(filename).replace("\\", "/")).name
        return "".join(letter for letter in name if letter.isprintable())[:120] or "zip"
