"""A module with two practical tasks, a class that takes it, and work that waits to be graded."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assessments.models import PracticalPage, Submission
from courses.models import Cohort, CohortMember
from lms.people import joining
from lms.people.models import Person, Region
from tests.assessments.school import School, _added, open_school
from tests.cast import LONG_AGO, THEN, Cast

FIELDS = [
    {"code": "catatan", "label": "Catatan sehari", "kind": "long"},
    {"code": "usul", "label": "Usul perubahan", "kind": "checklist", "options": ["Air", "Dapur", "Rapat"]},
    {"code": "tabel", "label": "Peta layanan", "kind": "table", "columns": ["Layanan", "Jam"]},
]
RUBRIC = [
    {"code": "beda", "criterion": "Membedakan", "must": "", "levels": ["tertukar", "sebagian", "tepat", "dijelaskan"]},
    {"code": "usul", "criterion": "Usul aman", "must": "", "levels": ["berbahaya", "kurang", "aman", "rinci"]},
    {"code": "nama", "criterion": "Tanpa nama", "must": "3", "levels": ["banyak", "beberapa", "satu", "tidak ada"]},
]
ANSWERS = {
    "catatan": "Pukul empat ia menimba air. Lalu ia memasak.",
    "usul": ["Air", "Rapat"],
    "tabel": [["Puskesmas", "pagi"], ["Balai", "sore"]],
}
GOOD = {"beda": 2, "usul": 3, "nama": 3}
WEAK = {"beda": 1, "usul": 1, "nama": 3}


@dataclass(frozen=True)
class Bench:
    """`cohort` is taught by Anggrek and has Seruni and Melati in it."""

    school: School
    written: PracticalPage
    watched: PracticalPage
    cohort: Cohort


def set_out(cast: Cast, **task: Any) -> Bench:
    """`task` changes the written task, such as `second=True`."""
    school = open_school()
    written = make_task(school, "Peta sehari", "tugas", **task)
    watched = make_task(school, "Bermain peran", "peran", mode="observed")
    region = Region.objects.get(code="99.01")
    cohort = Cohort.objects.create(
        name="Angkatan satu", course_key=school.course.translation_key, region=region, starts_on=LONG_AGO
    )
    cohort.trainers.add(cast.anggrek)
    for person in (cast.seruni, cast.melati):
        CohortMember.objects.create(cohort=cohort, person=person, added_on=LONG_AGO)
    school.enrol(cast.seruni, cast.melati, cast.kenari)
    return Bench(school, written, watched, cohort)


def make_task(school: School, title: str, slug: str, **more: Any) -> PracticalPage:
    page = PracticalPage(title=title, slug=slug, instructions="<p>Kerjakan.</p>", case="<p>Ibu Mawar.</p>", **more)
    page.fields = page.fields.stream_block.to_python([{"type": "field", "value": one} for one in FIELDS])
    page.rubric = page.rubric.stream_block.to_python([{"type": "criterion", "value": one} for one in RUBRIC])
    made: PracticalPage = _added(school.module, page)
    return made


def hand_in(page: PracticalPage, person: Person, *, hours: int = 0, answers: Any = None, **more: Any) -> Submission:
    """Work that waits; `hours` after the beginning of the year it was handed in."""
    at = THEN + timedelta(hours=hours)
    return Submission.objects.create(
        id=uuid.uuid4(),
        person=person,
        task_key=more.pop("task_key", page.translation_key),
        module_code="m1",
        number=more.pop("number", 1),
        task=page.as_task(),
        answers=answers or ANSWERS,
        state="handed_in",
        started_at=at,
        saved_at=at,
        handed_in_at=at,
        **more,
    )


def make_trainer(person: Person, region: str | None = "99.01") -> Person:
    place = Region.objects.get(code=region) if region else None
    joining.give_role(person=person, kind="trainer", region=place, starts_on=LONG_AGO, now=THEN)
    person.__dict__.pop("_held_roles", None)
    return person
