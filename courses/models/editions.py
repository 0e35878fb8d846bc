import uuid

from django.db import models


class Edition(models.Model):
    """One row: the number of what is published. A new number makes everything kept by processes old.

    The stamp is random: after a restored backup the same number may stand for something else.
    """

    number = models.PositiveBigIntegerField(default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(name="edition_is_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)


class ModuleVersion(models.Model):
    """Which version of a module is published, and since when. The module is named by its key."""

    module_key = models.UUIDField(primary_key=True)
    number = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.module_key}: {self.number}"


class StepVersion(models.Model):
    """When the content of a step last changed after it first came out; null: never.

    A page published anew with the same words did not change.
    """

    step_key = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.step_key)
