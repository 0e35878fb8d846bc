"""Papers: asked for with the certificate, made by the worker, handed out to who may see them."""

from datetime import timedelta

import pytest

from certificates import asking, issuing, printing, tasks
from certificates.models import Paper
from lms.kit import clock
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready

LATER = NOW + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def certificate(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    return certify(cast.melati, cast.soka)


def paper(certificate, kind="pdf") -> Paper:
    return Paper.objects.get(certificate=certificate, kind=kind)


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("card", b"%PDF-")])
def test_the_worker_makes_each_paper_once(certificate, kind, begins):
    asked = paper(certificate, kind)
    tasks.make_paper(asked.pk)
    made = paper(certificate, kind)
    content = printing.path_of(made).read_bytes()
    assert (made.state, made.bytes, made.made_at) == ("ready", len(content), LATER)
    assert content.startswith(begins)
    before = printing.path_of(made).stat().st_mtime_ns
    tasks.make_paper(asked.pk)
    assert printing.path_of(made).stat().st_mtime_ns == before


def test_the_sweep_asks_again_for_what_waits_and_for_nothing_else(certificate):
    assert printing.waiting(now=NOW) == []
    assert set(printing.waiting(now=LATER)) == {paper(certificate, kind).pk for kind in ("pdf", "png", "card")}
    tasks.make_paper(paper(certificate).pk)
    assert set(printing.waiting(now=LATER)) == {paper(certificate, kind).pk for kind in ("png", "card")}


def test_certifying_tells_the_worker_after_the_transaction(
    cast, django_capture_on_commit_callbacks, tmp_path, settings
):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    with django_capture_on_commit_callbacks() as callbacks:
        certify(cast.melati, cast.soka)
    assert len(callbacks) == 1


def test_a_silent_broker_stops_nobody(certificate, monkeypatch):
    def silent(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(asking.app, "send_task", silent)
    printing.ask_for([paper(certificate).pk])
    tasks.sweep_papers()
    assert paper(certificate).state == "waiting"


def test_a_paper_of_nobody_is_no_error(db):
    assert printing.make(paper_id=4711, now=NOW) is False


def test_a_paper_that_cannot_be_drawn_is_tried_five_times_and_then_said_to_have_failed(certificate, sign_in):
    certificate.standard.data["valid_years"] = "many"
    certificate.standard.save()
    for _ in range(printing.MOST_TRIES):
        assert paper(certificate).state == "waiting"
        tasks.make_paper(paper(certificate).pk)
    assert (paper(certificate).state, paper(certificate).tries) == ("failed", printing.MOST_TRIES)


def test_she_sees_that_papers_are_being_made_and_then_their_sizes(certificate, sign_in):
    browser = sign_in(certificate.person)
    page = browser.get("/sertifikat/").content.decode()
    assert "data-making" in page
    assert "papers.js" in page
    for kind in ("pdf", "png", "card"):
        tasks.make_paper(paper(certificate, kind).pk)
    page = browser.get("/sertifikat/").content.decode()
    assert "data-making" not in page
    assert f"/sertifikat/{certificate.code}.pdf" in page
    assert "kB" in page


def test_the_page_carries_code_qr_and_dates(certificate, sign_in):
    page = sign_in(certificate.person).get("/sertifikat/").content.decode()
    assert certificate.pretty_code in page
    assert 'class="qr"' in page
    assert certificate.pretty_number in page


def test_she_and_her_coordinator_save_the_paper_under_a_neutral_name(cast, certificate, sign_in):
    tasks.make_paper(paper(certificate).pk)
    for who in (certificate.person, cast.soka):
        answer = sign_in(who).get(f"/sertifikat/{certificate.code}.pdf")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="lopo-{certificate.pretty_code}.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_nobody_else_gets_the_paper(cast, certificate, sign_in, client):
    tasks.make_paper(paper(certificate).pk)
    address = f"/sertifikat/{certificate.code}.pdf"
    for who in (cast.seruni, cast.cendana, cast.murai):
        assert sign_in(who).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert sign_in(certificate.person).get(f"/sertifikat/{certificate.code}.png").status_code == 404


def test_a_revoked_certificate_hands_out_no_paper_and_no_qr(cast, certificate, sign_in):
    tasks.make_paper(paper(certificate).pk)
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    browser = sign_in(certificate.person)
    assert browser.get(f"/sertifikat/{certificate.code}.pdf").status_code == 404
    page = browser.get("/sertifikat/").content.decode()
    assert 'class="qr"' not in page
    assert f"{certificate.code}.pdf" not in page


def test_a_lost_file_is_made_anew(certificate, sign_in):
    tasks.make_paper(paper(certificate).pk)
    printing.path_of(paper(certificate)).unlink()
    answer = sign_in(certificate.person).get(f"/sertifikat/{certificate.code}.pdf")
    assert answer["Location"] == "/sertifikat/"
    assert paper(certificate).state == "waiting"
    tasks.make_paper(paper(certificate).pk)
    assert printing.path_of(paper(certificate)).is_file()
