from django.core.exceptions import ValidationError
from django.db import models


class TrailQuerySet(models.QuerySet["TrailLine"]):
    def about(self, subject: models.Model) -> "TrailQuerySet":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))

    def concerning(self, person: models.Model) -> "TrailQuerySet":
        return self.filter(person=person)

    def update(self, **kwargs: object) -> int:
        raise ValidationError("The trail is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError("The trail is append-only.")


class TrailLine(models.Model):
    """One line of who did what: append-only, each line sealed with the one before by its hash."""

    at = models.DateTimeField()
    actor = models.ForeignKey("people.Person", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    person = models.ForeignKey("people.Person", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(name="trail_by_subject", fields=["subject_kind", "subject_id"]),
            models.Index(name="trail_by_person", fields=["person", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise ValidationError("The trail is append-only.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError("The trail is append-only.")
