"""How somebody walked through a branching story: kept for her and for the talk with her trainer."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from assessments.rules import paths
from assessments.rules.paths import Event, Stage, Story
from lms.people.scoping import ScopedQuerySet


class WalkQuerySet(ScopedQuerySet["Walk"]):
    person_path = "person"

    def through(self, scenario_key: Any) -> "WalkQuerySet":
        return self.filter(scenario_key=scenario_key)


class Walk(models.Model):
    """One walk. Its UUID may come from a phone; `story` holds the story as it was, `path` what she decided."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="walks")
    scenario_key = models.UUIDField()
    module_code = models.CharField(max_length=12)
    story = models.JSONField()
    path = models.JSONField(default=list)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_walk_a_person_and_story", fields=["person", "scenario_key"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="walk_that_ended_has_an_ending",
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_code} {self.scenario_key}"

    @cached_property
    def told(self) -> Story:
        """As it was when she began: it never changes, so it is unpacked once for a screen."""
        return paths.unpack(self.story)

    @property
    def events(self) -> tuple[Event, ...]:
        return paths.unpack_path(self.path)

    @property
    def stage(self) -> Stage:
        return paths.stage_at(self.told, self.events)
