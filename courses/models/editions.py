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
