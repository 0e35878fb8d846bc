from django.db import models

from lms.people.scoping import ScopedQuerySet


class BookmarkQuerySet(ScopedQuerySet["Bookmark"]):
    person_path = "person"


class Bookmark(models.Model):
    """How far she came within a step: the last part of the page that she reached. Never seen by anybody else."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="bookmarks")
    step_key = models.UUIDField()
    anchor = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(name="person_has_one_place_in_a_step", fields=["person", "step_key"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.step_key}"
