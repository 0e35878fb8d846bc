"""A new version of the standard, and of the texts to sign, written in the editor."""

import re

import pytest
from django.core.management import call_command

from certificates.models import Candidacy, PledgeText, Standard
from lms.people import joining
from lms.people.models import Region, TrailLine
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import TWO_MODULES, load_small, make_ready

ASKED = {"signoffs": {"level": 2, "competencies": [{"code": "k1", "title": "Mendengar"}]}}


@pytest.fixture(autouse=True)
def standard(cast):
    call_command("set_up", verbosity=0)
    return load_small(modules=TWO_MODULES, stories=["m1"], tasks=[{"module": "m1", "percent": 70}], **ASKED)


@pytest.fixture
def editor(cast, sign_in):
    """The owner's browser. Coordinators have no editor, unless they are trainers too."""
    joining.give_role(person=cast.jati, kind="owner", starts_on=LONG_AGO, now=THEN)
    return sign_in(cast.jati)


def typed(page: str) -> dict[str, str]:
    """What the page's form would send as it stands."""
    said = {}
    for tag in re.findall(r"<input[^>]+>", page):
        found = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        is_off = found.get("type") == "checkbox" and " checked" not in tag
        if "name" in found and not is_off and found.get("type") not in ("submit", "search"):
            said[found["name"]] = found.get("value", "on" if found.get("type") == "checkbox" else "")
    return said


def test_the_owner_sees_the_difference_and_whom_it_concerns_then_agrees(cast, editor, standard):
    make_ready(cast.melati, cast.dahlia)
    said = typed(editor.get("/admin/standar/").content.decode())
    assert (said["modules-0-code"], said["modules-0-percent"], said["activities-0-hours"]) == ("m1", "70", "2.0")
    said |= {"activities-0-hours": "3.5", "training_days": "4"}
    page = editor.post("/admin/standar/", {**said, "look": "1"}).content.decode()
    assert "Kunjungan rumah: 3½ jam, bukan 2." in page
    assert "Baru: 4 hari pelatihan." in page
    assert "1 orang sudah mulai" in page
    assert Standard.objects.count() == 1
    seen = typed(page)["seen"]
    changed_since = editor.post("/admin/standar/", {**said, "training_days": "5", "seen": seen})
    assert (changed_since.status_code, Standard.objects.count()) == (200, 1)
    assert editor.post("/admin/standar/", {**said, "seen": seen}).status_code == 302
    newest = Standard.objects.current()
    assert (newest.version, newest.rules.training_days, newest.rules.minutes) == (2, 4, 4.5 * 60)
    assert newest.rules.modules == standard.rules.modules
    assert (newest.rules.stories, newest.rules.tasks) == (standard.rules.stories, standard.rules.tasks)
    assert Candidacy.objects.get().standard == standard
    assert TrailLine.objects.get(verb="certificates.standard_loaded", detail__version=2).actor == cast.jati


def test_as_it_stands_nothing_is_different(editor):
    said = typed(editor.get("/admin/standar/").content.decode())
    page = editor.post("/admin/standar/", {**said, "look": "1"}).content.decode()
    assert "seen" not in typed(page)


@pytest.mark.parametrize(
    ("field", "value"),
    [("modules-1-code", "m1"), ("activities-0-hours", "1.1"), ("valid_years", "0"), ("modules-0-title", "")],
)
def test_a_fault_is_named_at_its_field_and_nothing_is_kept(editor, field, value):
    said = typed(editor.get("/admin/standar/").content.decode()) | {field: value}
    answer = editor.post("/admin/standar/", said)
    assert answer.status_code == 422
    row = answer.context["form"]
    faults = {
        bound.html_name
        for form in (row.plain, *(one for rows in row.lists.values() for one in rows))
        for bound in form
        if bound.errors
    }
    assert faults == {field}
    assert Standard.objects.count() == 1


def test_a_trainer_who_coordinates_may_others_may_not(cast, sign_in):
    for path in ("/admin/standar/", "/admin/standar/teks/ethics/"):
        assert sign_in(cast.anggrek).get(path).status_code in (302, 403)
        assert sign_in(cast.soka).get(path).status_code == 302
        assert sign_in(cast.seruni).get(path).status_code in (302, 404)
    region = Region.objects.get(code="99.01")
    joining.give_role(person=cast.anggrek, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    assert sign_in(cast.anggrek).get("/admin/standar/").status_code == 200


def test_a_text_to_sign_is_written_anew_as_a_new_version(cast, editor):
    make_ready(cast.melati, cast.dahlia)
    said = {"title": "Kode etik", "points": "Korban yang memutuskan.\n\nSaya diam."}
    page = editor.post("/admin/standar/teks/ethics/", {**said, "look": "1"}).content.decode()
    assert "1 orang menandatangani" in page
    assert editor.post("/admin/standar/teks/ethics/", {**said, "seen": typed(page)["seen"]}).status_code == 302
    assert PledgeText.objects.current("ethics").points == ["Korban yang memutuskan.", "Saya diam."]
    assert PledgeText.objects.count() == 2
    assert editor.post("/admin/standar/teks/lain/", said).status_code == 404
