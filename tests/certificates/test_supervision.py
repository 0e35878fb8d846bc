"""A mentor signs off what she saw and notes talks; the companion's standing follows."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import evidence, loading, overseeing, supervising
from certificates.models import SignOff, SupervisionTalk
from certificates.rules.requirements import State
from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people.models import Mentorship, TrailLine
from tests.certificates.build import NOW, SINCE, SMALL, TODAY, load_small, place

ASKED = {
    "signoffs": {
        "level": 2,
        "competencies": [
            {"code": "k1", "title": "Membuka percakapan"},
            {"code": "k2", "title": "Memberi dukungan pertama"},
        ],
    },
    "supervision": {"talks": 2, "minutes": 120},
}


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def dahlia(cast):
    """Mama Dahlia, mentor of Seruni and Melati, under a standard that asks for competencies and talks."""
    load_small(**ASKED)
    place(cast.seruni, cast.dahlia)
    place(cast.melati, cast.dahlia)
    return cast.dahlia


def sign(person, mentor, competency="k1", level=2, seen_on=TODAY):
    return supervising.sign_off(
        person=person, mentor=mentor, competency=competency, level=level, seen_on=seen_on, now=NOW, today=TODAY
    )


def note(people, mentor, held_on=TODAY, minutes=60, talk_id=None):
    talk = talk_id or uuid.uuid4()
    return supervising.note_talk(
        people=people, mentor=mentor, talk_id=talk, held_on=held_on, minutes=minutes, now=NOW, today=TODAY
    )


def requirement(person, code):
    return evidence.standing_of(person.pk, today=TODAY).requirement(code)


def test_she_signs_what_she_saw_and_it_counts(cast, dahlia, sign_in):
    path = f"/pembimbing/binaan/{cast.seruni.pk}/kemampuan/"
    client = sign_in(dahlia)
    for competency, level in (("k1", 1), ("k1", 2), ("k2", 3)):
        said = {"competency": competency, "level": level, "seen_on": "2026-11-20"}
        assert client.post(path, said).status_code == 302
    page = client.get(path).content.decode()
    assert "Membuka percakapan" in page
    assert '<option value="k2" selected>' in client.get(f"{path}?untuk=k2").content.decode()
    assert requirement(cast.seruni, "competencies").state is State.DONE
    assert requirement(cast.melati, "competencies").state is State.MISSING
    assert TrailLine.objects.filter(verb="certificates.signed_off").count() == 3


def test_sending_twice_signs_once(cast, dahlia):
    assert sign(cast.seruni, dahlia).pk == sign(cast.seruni, dahlia).pk
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"competency": "k9"},
        {"level": 4},
        {"seen_on": TODAY + timedelta(days=1)},
        {"seen_on": SINCE - timedelta(days=200)},
    ],
    ids=["unknown", "no such level", "to come", "before she was her mentor"],
)
def test_what_she_cannot_have_seen_is_refused(cast, dahlia, wrong):
    with pytest.raises(Refused):
        sign(cast.seruni, dahlia, **wrong)
    assert not SignOff.objects.exists()


def test_nobody_signs_for_herself_nor_for_anothers_mentee(cast, dahlia, sign_in):
    with pytest.raises(Refused):
        sign(dahlia, dahlia)
    with pytest.raises(Refused):
        sign(cast.kenari, dahlia)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(person=dahlia, mentor=dahlia, competency="k1", level=2, seen_on=TODAY, signed_at=NOW)
    assert sign_in(dahlia).get(f"/pembimbing/binaan/{cast.kenari.pk}/kemampuan/").status_code == 404
    assert sign_in(cast.murai).get(f"/pembimbing/binaan/{cast.seruni.pk}/kemampuan/").status_code == 404


def test_a_wrong_date_comes_back_with_its_sentence(cast, dahlia, sign_in):
    said = {"competency": "k1", "level": 2, "seen_on": "2026-12-24"}
    answer = sign_in(dahlia).post(f"/pembimbing/binaan/{cast.seruni.pk}/kemampuan/", said)
    assert answer.status_code == 422
    assert 'value="2026-12-24"' in answer.content.decode()


def test_a_talk_with_two_counts_for_both(cast, dahlia, sign_in):
    client = sign_in(dahlia)
    said = {"people": [cast.seruni.pk, cast.melati.pk], "held_on": "2026-11-19", "minutes": 90}
    talk = str(uuid.uuid4())
    for _sending in range(2):
        assert client.post("/pembimbing/binaan/pertemuan/", {**said, "talk": talk}).status_code == 302
    assert SupervisionTalk.objects.filter(kind="group").count() == 2
    found = requirement(cast.seruni, "supervision")
    assert (found.state, found.have) == (State.PARTLY, 1)
    note([cast.seruni], dahlia)
    assert requirement(cast.seruni, "supervision").state is State.DONE
    page = client.get(f"/pembimbing/binaan/{cast.seruni.pk}/").content.decode()
    assert "19 November 2026" in page


@pytest.mark.parametrize("wrong", [{"minutes": 50}, {"minutes": 495}, {"held_on": TODAY + timedelta(days=1)}])
def test_a_talk_of_a_wrong_length_or_day_is_refused(cast, dahlia, wrong):
    with pytest.raises(Refused):
        note([cast.seruni], dahlia, **wrong)
    assert not SupervisionTalk.objects.exists()


def test_a_talk_needs_people_and_they_are_hers(cast, dahlia, sign_in):
    said = {"talk": str(uuid.uuid4()), "held_on": "2026-11-19", "minutes": 60}
    assert sign_in(dahlia).post("/pembimbing/binaan/pertemuan/", said).status_code == 422
    assert (
        sign_in(dahlia).post("/pembimbing/binaan/pertemuan/", {**said, "people": [cast.kenari.pk]}).status_code == 422
    )
    with pytest.raises(Refused):
        note([cast.seruni, cast.kenari], dahlia)
    assert not SupervisionTalk.objects.exists()


def test_the_mentor_reads_with_whom_she_has_not_talked_for_a_month(cast, dahlia, sign_in):
    client = sign_in(dahlia)
    note([cast.melati], dahlia, held_on=TODAY - timedelta(days=31))
    note([cast.seruni], dahlia, held_on=TODAY - timedelta(days=32))
    page = client.get("/pembimbing/binaan/").content.decode()
    warned = page.partition("notice wait")[2].partition("</section>")[0]
    assert cast.seruni.address in warned
    assert cast.melati.address not in warned
    Mentorship.objects.filter(learner=cast.seruni).update(ends_on=date(2026, 11, 1))
    assert "notice wait" not in client.get("/pembimbing/binaan/").content.decode()


def test_somebody_she_never_talked_with_is_named_after_a_month(cast, dahlia):
    note([cast.melati], dahlia)
    hers = Mentorship.objects.filter(learner=cast.seruni)
    for ago, named in ((31, []), (32, [cast.seruni])):
        hers.update(starts_on=TODAY - timedelta(days=ago))
        assert overseeing.without_talk(dahlia, today=TODAY) == named


def test_the_promise_to_keep_children_safe_is_signed_like_the_code(cast, sign_in):
    texts = {"safeguarding": {"title": "Janji menjaga anak", "points": ["Selalu dua orang dewasa."]}}
    loading.load_standard(data={**SMALL, **ASKED, "safeguarding": True}, texts=texts, now=NOW)
    client = sign_in(cast.seruni)
    assert requirement(cast.seruni, "safeguarding").state is State.MISSING
    page = client.get("/sertifikat/janji/").content.decode()
    assert "Selalu dua orang dewasa." in page
    said = {"entry": str(uuid.uuid4()), "version": 1, "about": "safeguarding", "agree": "on"}
    assert client.post("/sertifikat/janji/", said).status_code == 302
    assert requirement(cast.seruni, "safeguarding").state is State.DONE
    assert requirement(cast.seruni, "pledge").state is State.MISSING
