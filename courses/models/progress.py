from django.db import models

from lms.people.scoping import ScopedQuerySet


class ProgressQuerySet(ScopedQuerySet["Progress"]):
    person_path = "person"


class Progress(models.Model):
    """A person has done a step. The step is named by its key, so an edited page loses no tick.

    `read_at`: when she last said that she has read it again, after it had changed.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="progress")
    step_key = models.UUIDField()
    done_at = models.DateTimeField()
    entry = models.UUIDField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["done_at", "pk"]
        constraints = [models.UniqueConstraint(name="step_is_done_once_by_a_person", fields=["person", "step_key"])]
        indexes = [models.Index(name="progress_by_step", fields=["step_key"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.step_key}"
