from django.db import models

from lms.people.scoping import ScopedQuerySet


class PublicNameQuerySet(ScopedQuerySet["PublicName"]):
    person_path = "person"


class PublicName(models.Model):
    """Her word on what a stranger reads who types her code: her whole name, or initials. Without a row, initials."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="public_name")
    is_whole = models.BooleanField()
    said_at = models.DateTimeField()

    objects = PublicNameQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id}"
