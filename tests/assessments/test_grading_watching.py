"""What a trainer watches: begun on her phone, graded at once, arranged for a day; and the stories of her people."""

import html
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Sitting, Submission, Walk
from courses.models import Progress
from lms.people.models import Person, TrailLine
from tests.assessments.tasks import GOOD, Bench, hand_in, make_trainer, set_out
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]


def words(answer: Any) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return set_out(cast)


@pytest.fixture
def trainer(cast: Cast, bench: Bench, sign_in: SignIn) -> Client:
    return sign_in(cast.anggrek)


def begin(client: Client, person: Person, task: Any, submission: uuid.UUID | None = None) -> Any:
    fields = {"person": person.pk, "task": str(task.translation_key), "submission": str(submission or uuid.uuid4())}
    return client.post("/penilaian/amati/", fields, follow=True)


# Watching


def test_she_watches_notes_down_and_has_the_result_at_once(cast: Cast, bench: Bench, trainer: Client) -> None:
    assert "Bermain peran" in words(trainer.get("/penilaian/amati/"))
    page = begin(trainer, cast.seruni, bench.watched)
    assert "Membedakan" in words(page)
    one = Submission.objects.get()
    assert (one.is_observed, one.state, one.person) == (True, "handed_in", cast.seruni)
    noted = {
        "field": ["long:catatan", "checklist:usul", "table:tabel"],
        "a.catatan": "Ia memberi waktu.",
        "a.usul": ["Air"],
        "a.tabel.0.0": "Balai",
        "a.tabel.0.1": "pagi",
    }
    marks = {f"level-{code}": str(level) for code, level in GOOD.items()}
    trainer.post(f"/penilaian/{one.pk}/", {"do": "keep", "level-beda": "1", **noted})
    one.refresh_from_db()
    assert one.answers == {"catatan": "Ia memberi waktu.", "usul": ["Air"], "tabel": [["Balai", "pagi"]]}
    assert "Ia memberi waktu." in trainer.get(f"/penilaian/{one.pk}/").content.decode()
    done = trainer.post(f"/penilaian/{one.pk}/", {"do": "decide", **noted, **marks}, follow=True)
    assert "Seruni: lulus, 88 persen" in words(done)
    assert Progress.objects.filter(person=cast.seruni, step_key=bench.watched.translation_key).exists()


def test_what_she_notes_down_is_checked_and_not_echoed(cast: Cast, bench: Bench, trainer: Client) -> None:
    begin(trainer, cast.seruni, bench.watched)
    one = Submission.objects.get()
    noted = {"field": "long:catatan", "a.catatan": "Nomornya 0812 3456 7890", "remark": "Tenang sekali."}
    answer = trainer.post(f"/penilaian/{one.pk}/", {"do": "keep", **noted})
    body = answer.content.decode()
    assert (answer.status_code, "0812" in body, "Tenang sekali." in body) == (422, False, True)
    one.refresh_from_db()
    assert one.answers == {}


def test_beginning_twice_is_one_and_what_waits_is_graded_where_it_waits(
    cast: Cast, bench: Bench, trainer: Client
) -> None:
    begin(trainer, cast.seruni, bench.watched)
    begin(trainer, cast.seruni, bench.watched)
    assert Submission.objects.count() == 1
    hand_in(bench.written, cast.seruni)
    assert "ada di antrean" in words(begin(trainer, cast.seruni, bench.written))
    assert Submission.objects.count() == 2


def test_what_she_began_to_write_is_asked_aloud_instead(cast: Cast, bench: Bench, trainer: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    Submission.objects.update(state="draft", handed_in_at=None)
    begin(trainer, cast.seruni, bench.written)
    one.refresh_from_db()
    assert (one.is_observed, one.state, one.answers["usul"]) == (True, "handed_in", ["Air", "Rapat"])


def test_nobody_watches_herself_another_class_or_a_task_that_was_passed(
    cast: Cast, bench: Bench, trainer: Client, sign_in: SignIn
) -> None:
    assert begin(sign_in(make_trainer(cast.murai)), cast.seruni, bench.watched).status_code == 422
    assert begin(sign_in(make_trainer(cast.melati)), cast.melati, bench.watched).status_code == 422
    assert begin(trainer, cast.dahlia, bench.watched).status_code == 422
    assert Submission.objects.count() == 0
    hand_in(bench.watched, cast.seruni)
    Submission.objects.update(state="graded", passed=True, percent=90, graded_at=THEN)
    assert "sudah lulus" in words(begin(trainer, cast.seruni, bench.watched))


# Appointments


def arrange(client: Client, person: Person, task: Any, days: int) -> Any:
    day = timezone.localdate() + timedelta(days=days)
    fields = {"person": person.pk, "task": str(task.translation_key), "day": str(day), "hour": "09:00"}
    return client.post("/penilaian/janji/", {**fields, "place_type": "hall"}, follow=True)


def test_a_day_is_arranged_moved_seen_and_called_off(
    cast: Cast, bench: Bench, trainer: Client, sign_in: SignIn
) -> None:
    assert arrange(trainer, cast.seruni, bench.watched, -1).status_code == 422
    assert arrange(trainer, cast.dahlia, bench.watched, 3).status_code == 422
    assert "Janji dibuat" in words(arrange(trainer, cast.seruni, bench.watched, 3))
    arrange(trainer, cast.seruni, bench.watched, 5)
    sitting = Sitting.objects.get()
    assert timezone.localdate(sitting.at) == timezone.localdate() + timedelta(days=5)
    assert "Bermain peran" in words(trainer.get("/penilaian/"))
    other = sign_in(make_trainer(cast.murai))
    assert "Seruni" not in words(other.get("/penilaian/janji/"))
    other.post("/penilaian/janji/", {"cancel": sitting.pk})
    sitting.refresh_from_db()
    assert sitting.state == "planned"
    trainer.post("/penilaian/janji/", {"cancel": sitting.pk})
    sitting.refresh_from_db()
    assert sitting.state == "cancelled"
    verbs = [line.verb for line in TrailLine.objects.about(sitting).order_by("pk")]
    assert verbs == ["assessments.sitting_planned"] * 2 + ["assessments.sitting_cancelled"]


def test_an_appointment_that_passed_is_overdue_until_she_watches(cast: Cast, bench: Bench, trainer: Client) -> None:
    arrange(trainer, cast.seruni, bench.watched, 3)
    Sitting.objects.update(at=timezone.now() - timedelta(hours=2))
    assert "terlewat" in words(trainer.get("/penilaian/"))
    begin(trainer, cast.seruni, bench.watched)
    assert Sitting.objects.get().state == "held"
    assert "terlewat" not in words(trainer.get("/penilaian/"))


def test_a_learner_meets_none_of_these_pages(cast: Cast, bench: Bench, sign_in: SignIn) -> None:
    learner = sign_in(cast.seruni)
    for path in ("amati/", "janji/", "cerita/"):
        assert learner.get(f"/penilaian/{path}").status_code == 404


# Stories


def walked(person: Person, **more: Any) -> Walk:
    story = {"title": "Di tepi kebun", "start": "a", "stages": []}
    return Walk.objects.create(
        id=uuid.uuid4(),
        person=person,
        scenario_key=uuid.uuid4(),
        module_code="m1",
        story=story,
        started_at=THEN,
        **more,
    )


def test_walked_stories_of_her_people_are_listed_with_their_ending(
    cast: Cast, bench: Bench, trainer: Client, sign_in: SignIn
) -> None:
    assert "Belum ada cerita" in words(trainer.get("/penilaian/cerita/"))
    mine = walked(cast.seruni, ended_at=THEN, ending="unsafe")
    walked(cast.melati)
    walked(cast.kenari, ended_at=THEN, ending="safe")
    page = trainer.get("/penilaian/cerita/")
    text = words(page)
    assert ("Di tepi kebun" in text, "Melati" in text) == (True, False)
    assert f"/skenario/{mine.pk}/jalan/" in page.content.decode()
    by_class = words(trainer.get("/penilaian/cerita/", {"kelas": str(bench.cohort.key)}))
    assert ("Seruni" in by_class, "Kenari" in by_class) == (True, False)
    other = words(sign_in(make_trainer(cast.murai)).get("/penilaian/cerita/"))
    assert ("Seruni" in other, "Kenari" in other) == (False, True)
