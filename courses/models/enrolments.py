from django.db import models

from lms.people.scoping import ScopedQuerySet


class EnrolmentQuerySet(ScopedQuerySet["Enrolment"]):
    person_path = "person"


class Enrolment(models.Model):
    """A person takes a course. The course is named by its key, so a moved or copied page loses nobody."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="enrolments")
    course_key = models.UUIDField()
    enrolled_on = models.DateField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["enrolled_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="person_is_enrolled_once_in_a_course", fields=["person", "course_key"])
        ]
        indexes = [models.Index(name="enrolment_by_course", fields=["course_key"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.course_key}"
