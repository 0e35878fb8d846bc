"""Three questions after a module or a training: answered once, changed freely, read by trainers as sums of five."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from courses.models import Cohort, CohortMember, Feedback
from lms.kit import clock
from lms.people import joining
from lms.people.models import Person, Region
from tests.cast import LONG_AGO, PASSWORD, THEN
from tests.courses import making
from tests.courses.test_versions import rewrite

MODULE = "11111111-0000-4000-8000-000000000001"
ASK = f"/belajar/masukan/{MODULE}/"
SUMS = "/kelas/umpan-balik/"


@pytest.fixture
def seruni(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/1", "m1/2")
    return sign_in(cast.seruni)


def answers(**changed):
    return {"entry": str(uuid.uuid4()), "clear": "3", "useful": "2", "improve": "Lebih banyak gambar.", **changed}


def words(answer):
    return answer.content.decode()


def learners(course, count, region="99.01.01.2001"):
    """So many learners of a village who have finished the first module."""
    village = Region.objects.get(code=region)
    for number in range(count):
        name = f"anggota{region[3:5]}x{number}"
        person = joining.add_person(username=name, name=name.title(), secret=PASSWORD, now=THEN, village=village)
        joining.give_role(person=person, kind="learner", region=village, starts_on=LONG_AGO, now=THEN)
        making.enrol(person, course)
        making.do(person, course, "m1/1", "m1/2")
        yield person


def all_answer(course, sign_in, count, **more):
    for number, person in enumerate(learners(course, count, **more)):
        assert sign_in(person).post(ASK, answers(improve=f"Kalimat {number}.")).status_code == 302


# She answers


def test_a_finished_module_asks_three_questions(cast, course, sign_in, seruni):
    assert f'href="{ASK}"' in words(seruni.get("/belajar/kecil/m1/"))
    page = words(seruni.get(ASK))
    for question in ("Mudah dipahami?", "Berguna untuk desa Anda?", "Apa yang perlu diperbaiki?"):
        assert question in page
    assert seruni.post(ASK, answers())["Location"] == "/belajar/kecil/m1/"
    given = Feedback.objects.get()
    assert (given.person, given.clear, given.useful, given.improve) == (cast.seruni, 3, 2, "Lebih banyak gambar.")


def test_she_finds_her_answer_and_changes_it(seruni):
    seruni.post(ASK, answers())
    assert "Lebih banyak gambar.</textarea>" in words(seruni.get(ASK))
    seruni.post(ASK, answers(clear="1", improve=""))
    assert [(one.clear, one.improve) for one in Feedback.objects.all()] == [(1, "")]


def test_a_new_version_of_the_module_takes_a_new_answer(seruni):
    seruni.post(ASK, answers())
    rewrite("m1/1")
    seruni.post(ASK, answers(clear="2"))
    assert [(one.version, one.clear) for one in Feedback.objects.all()] == [(1, 3), (2, 2)]


def test_sending_twice_is_one_answer(seruni):
    sent = answers()
    for _twice in range(2):
        assert seruni.post(ASK, sent).status_code == 302
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"clear": ""}, {"clear": "4"}, {"useful": "x"}, {"improve": "x" * 501}, {"entry": "x"}, {"useful": "\x00"}],
)
def test_a_malformed_answer_is_asked_again(seruni, changed):
    assert seruni.post(ASK, answers(**changed)).status_code == 422
    assert not Feedback.objects.exists()


def test_a_sentence_with_somebodys_number_is_refused_and_not_shown_again(seruni):
    answer = seruni.post(ASK, answers(improve="Telepon saya 081234567890"))
    assert (answer.status_code, "081234567890" in words(answer)) == (422, False)
    assert not Feedback.objects.exists()


def test_before_the_module_is_finished_nothing_is_asked(cast, course, sign_in):
    making.enrol(cast.melati, course)
    browser = sign_in(cast.melati)
    assert ASK not in words(browser.get("/belajar/kecil/m1/"))
    answer = browser.post(ASK, answers())
    assert (answer.status_code, "Selesaikan modul ini dulu." in words(answer)) == (422, True)
    assert browser.get(f"/belajar/masukan/{uuid.uuid4()}/").status_code == 404
    assert Client().get(ASK)["Location"].startswith("/akun/login/")


def test_the_phone_sends_the_same_answer_later(cast, seruni):
    def send(fields):
        entry = {"id": str(uuid.uuid4()), "kind": "courses.feedback", "made_at": clock.now().isoformat()}
        body = {"device": str(uuid.uuid4()), "entries": [{**entry, "fields": fields}]}
        answer = seruni.post("/sinkron/", json.dumps(body), content_type="application/json")
        return answer.json()["receipts"][0]["state"]

    fields = {"occasion": "module", "key": MODULE, "clear": 3, "useful": 1, "improve": ""}
    assert send(fields) == "applied"
    assert send({**fields, "occasion": "training"}) == "refused"
    assert send({**fields, "key": str(uuid.uuid4())}) == "refused"
    assert Feedback.objects.get().useful == 1


# The trainer reads


def test_below_five_a_trainer_reads_only_how_many(cast, course, sign_in):
    all_answer(course, sign_in, 4)
    page = words(sign_in(cast.anggrek).get(SUMS))
    assert "Baru 4 jawaban." in page
    assert "Kalimat 1." not in page


def test_from_five_on_she_reads_sums_and_sentences_without_names_or_days(cast, course, sign_in):
    all_answer(course, sign_in, 5)
    page = words(sign_in(cast.anggrek).get(SUMS))
    assert "<td>5</td><td>0</td><td>0</td>" in page
    assert "<td>0</td><td>5</td><td>0</td>" in page
    for number in range(5):
        assert page.count(f"Kalimat {number}.") == 1
    assert not any(person.name in page for person in Person.objects.filter(username__startswith="anggota"))


def test_five_answers_of_one_person_are_one_person(cast, course, seruni, sign_in):
    for _time in range(5):
        seruni.post(ASK, answers())
        rewrite("m1/1", f"<p>{uuid.uuid4()}</p>")
    assert Feedback.objects.count() == 5
    assert "Baru 1 jawaban." in words(sign_in(cast.anggrek).get(SUMS))


def test_a_trainer_counts_only_learners_of_her_region(cast, course, sign_in):
    person = joining.add_person(username="kelor", name="Kelor Johar", secret=PASSWORD, now=THEN)
    region = Region.objects.get(code="99.02")
    joining.give_role(person=person, kind="trainer", region=region, starts_on=LONG_AGO, now=THEN)
    all_answer(course, sign_in, 5)
    all_answer(course, sign_in, 2, region="99.02.01.2001")
    assert "Baru 2 jawaban." in words(sign_in(person).get(SUMS))
    assert "7 jawaban" in words(sign_in(cast.anggrek).get(SUMS))


@pytest.mark.parametrize("name", ["seruni", "dahlia", "soka", "jati"])
def test_only_trainers_read_them(cast, course, sign_in, name):
    assert sign_in(getattr(cast, name)).get(SUMS).status_code == 404


def test_reading_costs_the_same_for_few_and_many(cast, course, sign_in, django_assert_max_num_queries):
    all_answer(course, sign_in, 6)
    browser = sign_in(cast.anggrek)
    browser.get(SUMS)
    with django_assert_max_num_queries(5):
        browser.get(SUMS)


# After a training


@pytest.fixture
def training(cast, course):
    """A class of Seruni's that ended yesterday."""
    training = Cohort.objects.create(
        name="Kelas Lontar",
        course_key=course.key,
        region=Region.objects.get(code="99.01"),
        starts_on=clock.today() - timedelta(days=10),
        ends_on=clock.today() - timedelta(days=1),
    )
    CohortMember.objects.create(cohort=training, person=cast.seruni, added_on=training.starts_on)
    making.enrol(cast.seruni, course)
    return training


def test_a_training_that_is_over_asks_on_her_desk_until_she_answered(cast, training, sign_in):
    browser, ask = sign_in(cast.seruni), f"/belajar/masukan/{training.key}/"
    assert f'href="{ask}"' in words(browser.get("/belajar/"))
    assert "Kelas Lontar" in words(browser.get(ask))
    assert browser.post(ask, answers())["Location"] == "/belajar/"
    given = Feedback.objects.get()
    assert (given.occasion, given.key, given.version) == ("training", training.key, 0)
    assert ask not in words(browser.get("/belajar/"))
    browser.post(ask, answers(clear="1"))
    assert Feedback.objects.get().clear == 1


def test_a_training_that_still_goes_on_or_is_not_hers_asks_nothing(cast, training, sign_in):
    ask = f"/belajar/masukan/{training.key}/"
    assert sign_in(cast.melati).get(ask).status_code == 404
    Cohort.objects.update(ends_on=clock.today() + timedelta(days=1))
    browser = sign_in(cast.seruni)
    assert ask not in words(browser.get("/belajar/"))
    answer = browser.post(ask, answers())
    assert (answer.status_code, "masih berlangsung" in words(answer)) == (422, True)
    assert not Feedback.objects.exists()


def test_a_trainer_reads_sums_of_a_training_from_five_on(cast, course, training, sign_in):
    ask = f"/belajar/masukan/{training.key}/"
    for number, person in enumerate(learners(course, 5)):
        CohortMember.objects.create(cohort=training, person=person, added_on=training.starts_on)
        if number == 4:
            assert "Baru 4 jawaban" in words(sign_in(cast.anggrek).get(SUMS))
        assert sign_in(person).post(ask, answers(improve=f"Kalimat {number}.")).status_code == 302
    page = words(sign_in(cast.anggrek).get(SUMS))
    assert "Kelas Lontar" in page
    assert "5 jawaban" in page
    assert "Kalimat 3." in page
