from django.db import models


class StepText(models.Model):
    """The words of a published lesson, for finding it: written when it is published.

    `folded` holds all of them in small letters; what stands behind a content note is not in here.
    """

    step_key = models.UUIDField(primary_key=True)
    title = models.TextField()
    headings = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    words = models.TextField(blank=True)
    folded = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
