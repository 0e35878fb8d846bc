"""What somebody hands in for a practical task, and how people grade it."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scoping import ScopedQuerySet

CLAIM_LASTS = timedelta(minutes=30)


class States(models.TextChoices):
    DRAFT = "draft", _("Begun")
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", _("To work on again")
    GRADED = "graded", _("Graded")


HERS = (States.DRAFT, States.RETURNED)


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    person_path = "person"

    def of_task(self, task_key: Any) -> "SubmissionQuerySet":
        return self.filter(task_key=task_key)

    def in_her_hands(self) -> "SubmissionQuerySet":
        """She may write in these."""
        return self.filter(state__in=HERS)

    def waiting(self) -> "SubmissionQuerySet":
        """Handed in and not graded yet, the oldest first."""
        return self.filter(state=States.HANDED_IN).order_by("handed_in_at", "pk")

    def graded(self) -> "SubmissionQuerySet":
        return self.filter(state=States.GRADED)

    def passed(self) -> "SubmissionQuerySet":
        return self.filter(passed=True)

    def with_old_text(self, before: datetime) -> "SubmissionQuerySet":
        """Graded before this moment, or begun and not touched since then: their text is to be erased."""
        is_left = Q(state__in=HERS, started_at__lt=before) & (Q(saved_at=None) | Q(saved_at__lt=before))
        is_left &= Q(handed_in_at=None) | Q(handed_in_at__lt=before)
        return self.filter(Q(graded_at__lt=before) | is_left, erased_at=None)


class Submission(models.Model):
    """Her work on one practical task. Its UUID may come from a phone.

    `task` is the task as it was when she began (PracticalPage.as_task). `answers` by the code of the field: a text, for
    a checklist a list of texts, for a table a list of rows; retention empties them. `round` counts from 1: each return
    keeps what was handed in as a Round and begins the next one. `handed_in_at` is the latest handing in.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="submissions")
    task_key = models.UUIDField()
    module_code = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    task = models.JSONField()
    answers = models.JSONField(default=dict)
    is_observed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=States.choices, default=States.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(default=False)
    graded_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["task_key", "number"]
        indexes = [models.Index(name="submissions_by_state_and_age", fields=["state", "handed_in_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_submission_a_person_and_task",
                fields=["person", "task_key"],
                condition=~Q(state=States.GRADED),
            ),
            models.UniqueConstraint(name="submission_number_is_used_once", fields=["person", "task_key", "number"]),
            models.CheckConstraint(name="submissions_count_from_one", condition=Q(number__gte=1, round__gte=1)),
            models.CheckConstraint(
                name="only_a_first_draft_was_never_handed_in",
                condition=Q(state=States.DRAFT, handed_in_at=None)
                | (~Q(state=States.DRAFT) & Q(handed_in_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="graded_submission_has_a_mark",
                condition=(~Q(state=States.GRADED) & Q(percent=None, passed=False, graded_at=None))
                | Q(state=States.GRADED, percent__gte=0, percent__lte=100, graded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_code} {self.number}"

    @property
    def is_in_her_hands(self) -> bool:
        return self.state in HERS

    @property
    def title(self) -> str:
        return str(self.task["title"])


class Round(models.Model):
    """What she had handed in when it was returned to her."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    handed_in_at = models.DateTimeField()
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="submission_is_returned_once_a_round", fields=["submission", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.number}"


class GradingQuerySet(ScopedQuerySet["Grading"]):
    person_path = "learner"

    def decided(self) -> "GradingQuerySet":
        return self.filter(decided_at__isnull=False)

    def held(self, now: datetime) -> "GradingQuerySet":
        """Claims that still keep others out."""
        return self.filter(decided_at=None, touched_at__gt=now - CLAIM_LASTS)

    def lapsed(self, now: datetime) -> "GradingQuerySet":
        """Claims that anybody may take over."""
        return self.filter(decided_at=None, touched_at__lte=now - CLAIM_LASTS)


class Grading(models.Model):
    """How one assessor grades one round. Without `decided_at` it is a claim, free 30 minutes after its last touch.

    `learner` repeats the submission's person, so that the database itself refuses who grades herself. `levels`:
    criterion -> 0 to 3; `comments`: criterion -> text; `passages`: [{field, quote, text}]: retention empties quotes.
    """

    class Parts(models.TextChoices):
        FIRST = "first", _("First assessor")
        SECOND = "second", _("Second assessor")
        AGREED = "agreed", _("Agreed mark")

    class Verdicts(models.TextChoices):
        PASS = "pass", _("Passed")
        FAIL = "fail", _("Not passed yet")
        RETURN = "return", _("To work on again")

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="gradings")
    learner = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    assessor = models.ForeignKey("people.Person", models.PROTECT, related_name="gradings")
    round = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=6, choices=Parts.choices, default=Parts.FIRST)
    claimed_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    levels = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    passages = models.JSONField(default=list)
    remark = models.TextField(blank=True)
    verdict = models.CharField(max_length=6, choices=Verdicts.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = GradingQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "round", "claimed_at"]
        constraints = [
            models.UniqueConstraint(name="each_part_of_a_round_is_graded_once", fields=["submission", "part", "round"]),
            models.UniqueConstraint(
                name="second_assessor_is_somebody_else",
                fields=["submission", "round", "assessor"],
                condition=Q(part__in=["first", "second"]),
            ),
            models.CheckConstraint(name="nobody_grades_herself", condition=~Q(assessor=F("learner"))),
            models.CheckConstraint(
                name="decided_grading_has_a_verdict",
                condition=Q(decided_at=None, verdict="") | (Q(decided_at__isnull=False) & ~Q(verdict="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.part} {self.round}"


class SittingQuerySet(ScopedQuerySet["Sitting"]):
    person_path = "person"

    def planned(self) -> "SittingQuerySet":
        return self.filter(state=Sitting.States.PLANNED).order_by("at", "pk")

    def of_task(self, task_key: Any) -> "SittingQuerySet":
        return self.filter(task_key=task_key)


class Sitting(models.Model):
    """An appointment to be watched or asked aloud."""

    class States(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Places(models.TextChoices):
        HALL = "hall", _("Village hall")
        SCHOOL = "school", _("School")
        OFFICE = "office", _("Office of the organisation")
        HEALTH = "health", _("Health post")
        ONLINE = "online", _("By phone or video")
        OTHER = "other", _("Another place, agreed in person")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="sittings")
    task_key = models.UUIDField()
    assessor = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    place_type = models.CharField(max_length=10, choices=Places.choices)
    state = models.CharField(max_length=10, choices=States.choices, default=States.PLANNED)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_planned_sitting_a_person_and_task",
                fields=["person", "task_key"],
                condition=Q(state="planned"),
            ),
            models.CheckConstraint(name="nobody_watches_herself", condition=~Q(assessor=F("person"))),
        ]

    def __str__(self) -> str:
        return f"{self.task_key} {self.at:%Y-%m-%d}"
