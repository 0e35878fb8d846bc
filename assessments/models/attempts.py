"""What somebody answered: attempts at an exam, answers in practice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from assessments.rules.answers import Given, unpack_given
from assessments.rules.attempts import GRACE, Past
from assessments.rules.items import Paper, unpack
from assessments.rules.marking import Verdict, judge
from lms.people.scoping import ScopedQuerySet


class AttemptQuerySet(ScopedQuerySet["Attempt"]):
    person_path = "person"

    def at(self, exam_key: Any) -> "AttemptQuerySet":
        return self.filter(exam_key=exam_key)

    def open_to(self, person: Any) -> "AttemptQuerySet":
        """Hers, and those she reads to somebody."""
        return self.filter(Q(person=person) | Q(read_by=person))

    def over(self, now: datetime) -> "AttemptQuerySet":
        """Open, though their time and its grace have passed."""
        return self.filter(handed_in_at=None, ends_at__lt=now - GRACE)


class Attempt(models.Model):
    """One sitting of an exam. Its UUID may come from a phone.

    `paper` holds the questions as they were, each with its version and its key: it is never sent to anybody.
    `answers` by the number of the question. Exam and module are named by key and code: marks outlive pages.
    `ends_at` is the server's (None: no end); `was_ended`: its clock handed it in. `read_by`: the trainer who read the
    questions aloud and wrote down the answers. `part`: an exam, or the test before or after a training.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="attempts")
    exam_key = models.UUIDField()
    module_code = models.CharField(max_length=12)
    part = models.CharField(max_length=6, default="exam")
    one_page = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    paper = models.JSONField()
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="attempts_read")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    was_ended = models.BooleanField(default=False)
    right = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    critical_left = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["exam_key", "number"]
        constraints = [
            models.UniqueConstraint(name="attempt_number_is_used_once", fields=["person", "exam_key", "number"]),
            models.UniqueConstraint(
                name="one_open_attempt_a_person_and_exam", fields=["person", "exam_key"], condition=Q(handed_in_at=None)
            ),
            models.CheckConstraint(name="attempts_count_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="attempt_is_marked_when_handed_in",
                condition=Q(handed_in_at=None, percent=None, passed=False)
                | Q(handed_in_at__isnull=False, percent__gte=0, percent__lte=100),
            ),
            models.CheckConstraint(name="attempt_has_no_more_right_than_asked", condition=Q(right__lte=F("total"))),
            models.CheckConstraint(
                name="passed_attempt_has_every_critical_question_right", condition=Q(passed=False) | Q(critical_left=0)
            ),
            models.CheckConstraint(name="only_an_exam_is_passed", condition=Q(passed=False) | Q(part="exam")),
            models.CheckConstraint(
                name="nobody_reads_an_exam_to_herself", condition=Q(read_by=None) | ~Q(read_by=F("person"))
            ),
        ]
        indexes = [
            models.Index(name="open_attempt_by_end", fields=["ends_at"], condition=Q(handed_in_at=None)),
            models.Index(name="attempt_by_exam", fields=["exam_key", "part"]),
        ]

    def __str__(self) -> str:
        return f"{self.module_code} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None

    @property
    def is_test(self) -> bool:
        """Before or after a training: it has no pass mark."""
        return self.part != "exam"

    @property
    def questions(self) -> Paper:
        return unpack(self.paper)

    @property
    def given(self) -> Mapping[int, Given]:
        """Her answers by the number of the question."""
        return {int(number): unpack_given(stored) for number, stored in self.answers.items()}

    @property
    def answered(self) -> frozenset[int]:
        """The numbers of the questions that have an answer."""
        return frozenset(int(number) for number, stored in self.answers.items() if stored["keys"])

    def verdict(self) -> Verdict:
        """Marked now, by the paper as it was."""
        return judge(self.questions, {number: given.keys for number, given in self.given.items()})

    def as_past(self) -> Past:
        return Past(self.number, self.handed_in_at, self.passed)


class ExtraTimeQuerySet(ScopedQuerySet["ExtraTime"]):
    person_path = "person"


class ExtraTime(models.Model):
    """Minutes, or one more attempt, that a trainer gave one person beyond the others, for one exam, and why."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="extra_times")
    exam_key = models.UUIDField()
    minutes = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()

    objects = ExtraTimeQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        indexes = [models.Index(name="extra_time_by_person", fields=["person", "exam_key"])]
        constraints = [
            models.CheckConstraint(
                name="extra_is_some_minutes_or_one_attempt",
                condition=Q(minutes__gte=1, minutes__lte=1440, attempts=0) | Q(minutes=0, attempts=1),
            ),
            models.CheckConstraint(name="nobody_gives_herself_extra_time", condition=Q(by=None) | ~Q(by=F("person"))),
        ]

    def __str__(self) -> str:
        return f"+{self.minutes or self.attempts}"


class PracticeAnswerQuerySet(ScopedQuerySet["PracticeAnswer"]):
    person_path = "person"


class PracticeAnswer(models.Model):
    """Her latest answer to one question of a practice; `tries` counts all of them."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="practice_answers")
    practice_key = models.UUIDField()
    question = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    answer = models.JSONField()
    is_right = models.BooleanField()
    tries = models.PositiveIntegerField(default=1)

    objects = PracticeAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_row_a_person_and_practice_question", fields=["person", "practice_key", "question"]
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def given(self) -> Given:
        return unpack_given(self.answer)
