"""Cards of a class: asked for by a coordinator, made by the worker, saved by her alone, gone after a week."""

import io
import uuid
from datetime import timedelta

import pypdf
import pytest

from certificates import carding, issuing, tasks
from certificates.models import CardSheet
from courses.models import Cohort, CohortMember
from lms.kit import clock
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready

ADDRESS = "/koordinasi/kartu/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def cohort(cast):
    """A class with Melati, who is certified, and Seruni, who is not."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    region = cast.melati.village
    made = Cohort.objects.create(name="Angkatan 1", course_key=uuid.uuid4(), region=region, starts_on=TODAY)
    for person in (cast.melati, cast.seruni):
        CohortMember.objects.create(cohort=made, person=person, added_on=TODAY)
    certify(cast.melati, cast.soka)
    return made


def test_a_coordinator_asks_and_saves_the_cards_of_a_class(cast, cohort, sign_in):
    soka = sign_in(cast.soka)
    assert "Angkatan 1" in soka.get(ADDRESS).content.decode()
    for _twice in range(2):
        assert soka.post(ADDRESS, {"cohort": cohort.pk})["Location"] == ADDRESS
    made = CardSheet.objects.get()
    assert "data-making" in soka.get(ADDRESS).content.decode()
    tasks.make_cards(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.total) == ("ready", 1, 1)
    answer = soka.get(f"{ADDRESS}{made.pk}.pdf")
    pages = pypdf.PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert len(pages) == 2
    assert cast.melati.name in pages[0].extract_text()
    assert cast.seruni.name not in pages[0].extract_text()


def test_nobody_else_asks_for_them_or_saves_them(cast, cohort, sign_in):
    made = carding.ask(cohort=cohort, coordinator=cast.soka, now=NOW, today=TODAY)
    tasks.make_cards(made.pk)
    for who in (cast.melati, cast.murai, cast.anggrek):
        assert sign_in(who).get(ADDRESS).status_code == 404
        assert sign_in(who).get(f"{ADDRESS}{made.pk}.pdf").status_code == 404
    assert sign_in(cast.soka).post(ADDRESS, {"cohort": "4711"}).status_code == 404


def test_a_class_without_a_valid_certificate_is_not_offered_nor_made(cast, cohort, sign_in):
    issuing.revoke(certificate=cast.melati.certificates.get(), revoker=cast.soka, now=NOW)
    soka = sign_in(cast.soka)
    assert "Angkatan 1" not in soka.get(ADDRESS).content.decode()
    assert soka.post(ADDRESS, {"cohort": cohort.pk}).status_code == 404


def test_what_cannot_be_drawn_is_tried_three_times_and_what_is_old_goes_away(cast, cohort, monkeypatch):
    made = carding.ask(cohort=cohort, coordinator=cast.soka, now=NOW, today=TODAY)
    monkeypatch.setattr(carding, "cards_pdf", lambda cards: 1 / 0)
    for _time in range(carding.MOST_TRIES):
        tasks.make_cards(made.pk)
    made.refresh_from_db()
    assert made.state == "failed"
    carding.sweep(now=NOW + timedelta(days=8))
    assert not CardSheet.objects.exists()
