"""Layouts of certificates: made in the editor, kept with each certificate, the same when printed again."""

import base64
import io
import re

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from certificates import designing, printing, tasks
from certificates.models import CertificateLayout, Paper
from lms.kit import clock
from lms.people import joining
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_cards_and_looks import signature

ADDRESS = "/admin/snippets/certificates/certificatelayout/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ready(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)


@pytest.fixture
def jati(cast, sign_in):
    """The owner's browser, with the editor open to him."""
    call_command("set_up", verbosity=0)
    joining.give_role(person=cast.jati, kind="owner", starts_on=LONG_AGO, now=THEN)
    return sign_in(cast.jati)


def layout(**more) -> CertificateLayout:
    return CertificateLayout.objects.create(**{"title": "Resmi", "is_used": True, "name_1": "Jati Kapuk", **more})


def fields(**more) -> dict:
    empty = {f"{part}_{place}": "" for part in ("name", "role") for place in (1, 2, 3)}
    given = {"title": "Resmi", "is_used": "on", "language": "id", "colours": "sea", "above": "Nomor 12", "below": ""}
    return {**empty, **given, **more}


def front_of(certificate) -> str:
    asked = Paper.objects.get(certificate=certificate, kind="pdf")
    tasks.make_paper(asked.pk)
    content = printing.path_of(asked).read_bytes()
    return " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


def test_an_owner_makes_a_layout_with_pictures_and_the_next_certificate_has_it(cast, ready, jati):
    picture = SimpleUploadedFile("ttd.png", signature(), "image/png")
    answer = jati.post(f"{ADDRESS}add/", fields(name_1="Jati Kapuk", role_1="Ketua", picture_1=picture))
    assert answer.status_code == 302
    made = CertificateLayout.objects.get()
    assert base64.b64decode(made.picture_1).startswith(b"\x89PNG")
    assert made.revisions.count() == 1
    certificate = certify(cast.melati, cast.soka)
    front = front_of(certificate)
    for said in ("Nomor 12", "Jati Kapuk", "Ketua"):
        assert said in front
    assert "Soka Ampupu" not in front


def test_changing_it_without_a_new_file_keeps_the_picture(jati):
    kept = layout(picture_1=base64.b64encode(signature()).decode())
    assert jati.post(f"{ADDRESS}edit/{kept.pk}/", fields(name_1="Jati Kapuk", title="Baru")).status_code == 302
    changed = CertificateLayout.objects.get()
    assert (changed.title, changed.picture_1) == ("Baru", kept.picture_1)
    jati.post(f"{ADDRESS}edit/{kept.pk}/", fields(name_1="Jati Kapuk", **{"picture_1-clear": "on"}))
    assert CertificateLayout.objects.get().picture_1 == ""


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"picture_1": SimpleUploadedFile("x.png", b"<script>")}, "picture_1"),
        ({"picture_2": SimpleUploadedFile("x.png", signature())}, "name_2"),
        ({"colours": "neon"}, "colours"),
    ],
)
def test_what_is_no_picture_no_colour_or_nobodys_signature_is_refused(jati, more, field):
    answer = jati.post(f"{ADDRESS}add/", fields(**more))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not CertificateLayout.objects.exists()


def test_trainers_see_layouts_and_change_nothing_and_learners_see_nothing(cast, jati, sign_in):
    kept = layout()
    trainer = sign_in(cast.anggrek)
    assert trainer.get(ADDRESS).status_code == 200
    for address in (f"{ADDRESS}add/", f"{ADDRESS}edit/{kept.pk}/"):
        assert trainer.post(address, fields(title="Lain")).status_code in {302, 403}
    assert [one.title for one in CertificateLayout.objects.all()] == ["Resmi"]
    assert sign_in(cast.seruni).get(ADDRESS).status_code in {302, 404}


def test_one_layout_is_used_at_a_time(db):
    first, second = layout(), layout(title="Lain")
    first.refresh_from_db()
    assert (first.is_used, second.is_used) == (False, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateLayout.objects.update(is_used=True)


def test_a_new_layout_takes_the_place_of_the_one_in_use(jati):
    layout()
    assert jati.post(f"{ADDRESS}add/", fields(title="Baru")).status_code == 302
    assert CertificateLayout.objects.get(is_used=True).title == "Baru"
    listed = jati.get(ADDRESS).content.decode()
    assert "Nila dan mengkudu" in listed
    assert "method" not in re.findall(r"<th.*?</th>", listed, re.S)[-1]


def test_a_certificate_keeps_its_layout_and_prints_the_same_again(cast, ready):
    kept = layout(above="Nomor 12")
    certificate = certify(cast.melati, cast.soka)
    asked = Paper.objects.get(certificate=certificate, kind="pdf")
    tasks.make_paper(asked.pk)
    before = printing.path_of(asked).read_bytes()
    kept.above, kept.name_1 = "Nomor 99", "Orang Lain"
    kept.save()
    printing.path_of(asked).unlink()
    printing.make_again(paper=asked, now=NOW)
    tasks.make_paper(asked.pk)
    assert printing.path_of(asked).read_bytes() == before


def test_without_a_layout_the_certifier_signs(cast, ready):
    layout(is_used=False, above="Nomor 12")
    certificate = certify(cast.melati, cast.soka)
    assert certificate.layout is None
    front = front_of(certificate)
    assert cast.soka.name in front
    assert "Nomor 12" not in front


def test_the_layouts_language_is_the_papers(cast, ready):
    layout(language="en", is_neutral=True, name_1="")
    front = front_of(certify(cast.melati, cast.soka))
    assert "Certificate of training" in front
    assert "Coordinator" in front


def test_the_editor_previews_the_longest_name_and_other_letters(jati):
    kept = layout()
    for mode in designing.NAMES:
        address = f"{ADDRESS}preview/{kept.pk}/?mode={mode}"
        assert jati.post(address, fields(name_1="Jati Kapuk")).json()["is_valid"]
        answer = jati.get(address)
        assert answer.content.decode().count("data:image/png;base64,") == 2
        assert "img-src 'self' data:" in answer["Content-Security-Policy"]


def test_the_preview_shows_a_picture_that_is_chosen_and_not_saved(jati, monkeypatch):
    shown = []
    monkeypatch.setattr(designing, "preview", lambda layout, mode: shown.append(layout) or [])
    kept = layout()
    for address in (f"{ADDRESS}preview/", f"{ADDRESS}preview/{kept.pk}/"):
        picture = SimpleUploadedFile("ttd.png", signature(), "image/png")
        assert jati.post(address, fields(name_1="Jati Kapuk", picture_1=picture)).json()["is_valid"]
        jati.get(address)
        assert base64.b64decode(shown[-1]["signatories"][0][2]).startswith(b"\x89PNG")
        assert jati.post(address, fields(name_1="Jati Kapuk")).json()["is_valid"]
        jati.get(address)
        assert shown[-1]["signatories"][0][2] == ""
        broken = SimpleUploadedFile("ttd.png", b"<script>", "image/png")
        assert not jati.post(address, fields(name_1="Jati Kapuk", picture_1=broken)).json()["is_valid"]
    kept.refresh_from_db()
    assert kept.picture_1 == ""


def test_she_saves_her_card(cast, ready, sign_in):
    certificate = certify(cast.melati, cast.soka)
    tasks.make_paper(Paper.objects.get(certificate=certificate, kind="card").pk)
    browser = sign_in(cast.melati)
    assert "Simpan kartu" in browser.get("/sertifikat/").content.decode()
    answer = browser.get(f"/sertifikat/{certificate.code}.card")
    assert answer["Content-Disposition"] == f'attachment; filename="lopo-{certificate.pretty_code}-kartu.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert sign_in(cast.seruni).get(f"/sertifikat/{certificate.code}.card").status_code == 404
