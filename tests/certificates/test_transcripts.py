"""The record of all learning: everything on paper, a neutral first page, and only for those concerned."""

import io
import re

import pypdf
import pytest

from certificates import moving, recognising
from certificates.models import SignOff
from certificates.rules.states import Move
from lms.kit import clock
from lms.people import joining
from lms.people.models import Region, TrailLine
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import NOW, TODAY, TWO_MODULES, certify, load_small, make_ready, passed_exam
from tests.certificates.test_paper import elements
from tests.house.test_words import BETRAYING

OWN = "/sertifikat/catatan-belajar.pdf"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def melati(cast):
    """Melati, certified, who passed an exam and showed a skill afterwards."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    skill = [{"code": "safety", "title": "Rencana aman"}]
    load_small(code="kecil-2027", modules=TWO_MODULES, signoffs={"level": 2, "competencies": skill})
    passed_exam(cast.melati, "m1")
    supervised = SignOff.Level.SUPERVISED
    SignOff.objects.create(
        person=cast.melati, mentor=cast.dahlia, competency="safety", level=supervised, seen_on=TODAY, signed_at=NOW
    )
    return cast.melati


def saved(answer) -> pypdf.PdfReader:
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="lopo-catatan-belajar.pdf"'
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text_of(page) -> str:
    return " ".join(page.extract_text().split())


def test_her_record_names_hours_exams_skills_and_certificates(melati, sign_in):
    front, *rest = (text_of(page) for page in saved(sign_in(melati).get(OWN)).pages)
    whole = " ".join(rest)
    assert melati.name in front
    assert "Praktik terverifikasi: 3 jam." in front
    assert "berlaku dari 21 November 2026 sampai 20 November 2029" in front
    for said in ("Ujian yang lulus", "100%", "Kunjungan rumah 2 jam", "Pengadilan 1 jam"):
        assert said in whole


def test_the_first_page_and_the_title_betray_nothing_and_the_document_can_be_heard(melati, sign_in):
    reader = saved(sign_in(melati).get(OWN))
    described = reader.xmp_metadata.stream.get_data().decode()
    assert reader.metadata.title == "Catatan belajar"
    assert not BETRAYING.search(text_of(reader.pages[0]) + described)
    assert re.search(r"<pdfuaid:part>1<", described)
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", described)
    kinds = [one["/S"] for one in elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])]
    assert kinds.count("/H1") == 1
    assert "/TH" in kinds


def test_what_two_persons_recognised_is_named_and_a_proposal_is_not(cast, melati, sign_in):
    colleague = joining.give_role(
        person=cast.anggrek,
        kind="coordinator",
        region=Region.objects.get(code="99.01"),
        starts_on=LONG_AGO,
        now=THEN,
    ).person
    prior = recognising.propose(person=melati, module_code="m2", seen="letter", proposer=cast.soka, now=NOW)
    client = sign_in(melati)
    assert "di tempat lain" not in " ".join(text_of(page) for page in saved(client.get(OWN)).pages)
    recognising.decide(prior=prior, decider=colleague, agrees=True, now=NOW)
    whole = " ".join(text_of(page) for page in saved(client.get(OWN)).pages)
    assert "Modul yang dipelajari di tempat lain" in whole
    assert "Surat keterangan 21 November 2026" in whole


def test_who_has_learned_nothing_yet_gets_an_empty_record_without_a_claim(cast, sign_in):
    load_small()
    (page,) = saved(sign_in(cast.seruni).get(OWN)).pages
    assert "UU 12/2022" not in text_of(page)
    assert "halaman kedua" not in text_of(page)


def test_her_coordinator_saves_it_with_a_trace_and_nobody_else(cast, melati, sign_in):
    address = f"/koordinasi/berkas/{melati.pk}/catatan-belajar.pdf"
    assert len(saved(sign_in(cast.soka).get(address)).pages) >= 2
    assert TrailLine.objects.filter(verb="certificates.viewed", actor=cast.soka).exists()
    for who in (cast.seruni, cast.murai, cast.anggrek):
        assert sign_in(who).get(address).status_code == 404


def test_a_provisional_companion_shows_since_when_and_with_whom_she_acts(cast, sign_in):
    load_small(provisional_percent=50, modules=TWO_MODULES[:1])
    make_ready(cast.melati, cast.dahlia)
    before = text_of(saved(sign_in(cast.melati).get(OWN)).pages[0])
    moving.move(person=cast.melati, to=Move.GRANT, actor=cast.soka, now=NOW, today=TODAY)
    after = text_of(saved(sign_in(cast.melati).get(OWN)).pages[0])
    said = "Pendamping sementara sejak 21 November 2026. Ia hanya bertindak bersama pembimbingnya, Dahlia Kemiri."
    assert said not in before
    assert said in after
