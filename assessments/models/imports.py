"""Questions that came in a file: looked at first, taken in when somebody says so."""

import uuid
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import Question
from courses.models.imports import import_storage
from lms.people.scoping import ScopedQuerySet


def neutral_name(instance: "QuestionImport", filename: str) -> str:
    """Named by its key; what somebody called the file is kept in the row."""
    return f"{instance.pk}{PurePath(filename).suffix.lower()[:5]}"


class QuestionImportQuerySet(ScopedQuerySet["QuestionImport"]):
    person_path = "by"


class QuestionImport(models.Model):
    """One file. `rows` says of each question what would become of it, `problems` why the whole file was refused.

    `use`: of new questions that do not say it themselves.
    """

    class States(models.TextChoices):
        CHECKED = "checked", _("Looked at")
        DONE = "done", _("Taken in")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    module = models.ForeignKey("courses.ModulePage", models.CASCADE, related_name="+", verbose_name=_("module"))
    use = models.CharField(max_length=8, choices=Question.Use)
    name = models.CharField(max_length=120)
    file = models.FileField(storage=import_storage, upload_to=neutral_name)
    state = models.CharField(max_length=10, choices=States)
    rows = models.JSONField(default=list)
    skipped = models.PositiveSmallIntegerField(default=0)
    problems = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="refused_questions_have_their_reasons", condition=~Q(state="refused") | ~Q(problems=[])
            )
        ]

    def __str__(self) -> str:
        return self.name

    def of(self, *fates: str) -> list[dict[str, Any]]:
        """Its rows with one of these fates."""
        return [row for row in self.rows if row["fate"] in fates]
