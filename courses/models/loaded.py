from django.db import models


class LoadedPage(models.Model):
    """How the last load of a curriculum folder left a page: a later load tells a trainer's work by it."""

    key = models.UUIDField(primary_key=True)
    parent = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    order = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.key)
