from django.db import models


class Edition(models.Model):
    """One row: the number of what is published. A new number makes everything kept by processes old."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(name="edition_is_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)
