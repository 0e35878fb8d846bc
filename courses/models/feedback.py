from django.db import models
from django.db.models import Q

from lms.people.scoping import ScopedQuerySet

ANSWERS = (1, 3)  # 1 no, 2 partly, 3 yes


class FeedbackQuerySet(ScopedQuerySet["Feedback"]):
    person_path = "person"


class Feedback(models.Model):
    """What somebody says about a module or a training she finished: once for each version, and changeable.

    Nobody reads it with her name: trainers see sums over five people or more (courses.opinions).
    """

    class Occasion(models.TextChoices):
        MODULE = "module"
        TRAINING = "training"

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="feedback")
    occasion = models.CharField(max_length=10, choices=Occasion, default=Occasion.MODULE)
    key = models.UUIDField()
    version = models.PositiveIntegerField(default=0)
    clear = models.PositiveSmallIntegerField()
    useful = models.PositiveSmallIntegerField()
    improve = models.TextField(blank=True)
    given_at = models.DateTimeField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="feedback_is_given_once_for_a_version", fields=["person", "occasion", "key", "version"]
            ),
            models.CheckConstraint(
                name="feedback_answers_are_one_to_three", condition=Q(clear__range=ANSWERS) & Q(useful__range=ANSWERS)
            ),
        ]
        indexes = [models.Index(name="feedback_by_occasion", fields=["occasion", "key"])]

    def __str__(self) -> str:
        return f"{self.occasion} {self.key}"
