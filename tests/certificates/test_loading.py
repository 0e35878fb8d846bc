"""A standard comes in from its file; a change is a new version."""

from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from certificates import loading
from certificates.models import PledgeText, Standard
from certificates.rules import standards
from lms.people.models import TrailLine
from tests.certificates.build import CONTENT, NOW, SMALL, TWO_MODULES, load_small

pytestmark = pytest.mark.django_db
STARTER = CONTENT / "pendamping-2026.yaml"


def load(path: Path) -> None:
    call_command("load_standard", str(path), verbosity=0)


def changed(folder: Path, **changes) -> Path:
    data = yaml.safe_load(STARTER.read_text(encoding="utf-8"))
    path = folder / "standard.yaml"
    path.write_text(yaml.safe_dump({**data, **changes}, allow_unicode=True), encoding="utf-8")
    for name in ("kode-etik.yaml", "perlindungan-anak.yaml"):
        (folder / name).write_text((CONTENT / name).read_text("utf-8"), encoding="utf-8")
    return path


def test_the_starter_standard_asks_for_sixty_hours_two_modules_and_fourteen_points(capsys):
    load(STARTER)
    rules = Standard.objects.current().rules
    assert rules.minutes == 60 * 60
    assert {one.code: one.minutes // 60 for one in rules.activities} == {
        "counselling": 12,
        "home_visit": 8,
        "records": 8,
        "health": 6,
        "police": 6,
        "court": 4,
        "outreach": 8,
        "supervision": 8,
    }
    assert [(one.code, one.hours) for one in rules.modules] == [
        *(("m1", 5), ("m2", 6), ("m3", 8), ("m4", 6)),
        *(("m5", 6), ("m6", 5), ("m7", 7), ("m8", 5)),
    ]
    assert all(one.exam for one in rules.modules)
    assert (rules.two_persons, rules.reflection, rules.pledge, rules.valid_years) == (True, True, True, 3)
    assert rules.study_hours == 48
    assert rules.stories == tuple(one.module for one in rules.tasks) == tuple(one.code for one in rules.modules)
    assert {one.percent for one in rules.tasks} == {70}
    assert [one.level for one in rules.competencies] == [2] * 8
    assert (rules.talks, rules.talk_minutes, rules.training_days, rules.safeguarding) == (3, 180, 4, True)
    assert len(PledgeText.objects.current().points) == 14
    assert "version 1" in capsys.readouterr().out


def test_loading_twice_changes_nothing(capsys):
    load(STARTER)
    load(STARTER)
    assert (Standard.objects.count(), PledgeText.objects.count()) == (1, 2)
    assert "as before" in capsys.readouterr().out


def test_a_change_is_a_new_version_and_the_old_one_stays(tmp_path):
    load(STARTER)
    load(changed(tmp_path, valid_years=2))
    assert list(Standard.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert Standard.objects.current().rules.valid_years == 2
    assert PledgeText.objects.count() == 2


def test_the_file_of_every_start_does_not_undo_what_was_written_since(tmp_path):
    load(STARTER)
    written = {**Standard.objects.current().data, "valid_years": 2}
    loading.load_standard(data=written, texts={"ethics": {"title": "Kode etik", "points": ["Satu."]}}, now=NOW)
    load(STARTER)
    assert (Standard.objects.current().version, Standard.objects.current().rules.valid_years) == (2, 2)
    assert PledgeText.objects.current().points == ["Satu."]
    call_command("load_standard", str(STARTER), again=True, verbosity=0)
    assert (Standard.objects.current().version, Standard.objects.current().rules.valid_years) == (3, 3)
    assert (PledgeText.objects.current().version, len(PledgeText.objects.current().points)) == (3, 14)


def test_a_new_text_of_the_code_is_a_new_version(tmp_path):
    load(STARTER)
    path = changed(tmp_path)
    (tmp_path / "kode-etik.yaml").write_text("title: Kode etik\npoints: [Satu.]\n", encoding="utf-8")
    load(path)
    assert (Standard.objects.count(), PledgeText.objects.current().version) == (1, 2)


WRONG = {
    "no code": {"code": ""},
    "no modules": {"modules": "none"},
    "a module without hours": {"modules": [{**TWO_MODULES[0], "hours": None}]},
    "a module twice": {"modules": [TWO_MODULES[0], TWO_MODULES[0]]},
    "an activity twice": {"activities": [SMALL["activities"][0]] * 2},
    "hours that are no quarters": {"activities": [{**SMALL["activities"][0], "hours": 1.1}]},
    "hours that are words": {"activities": [{**SMALL["activities"][0], "hours": "two"}]},
    "a share above one": {"activities": [{**SMALL["activities"][0], "simulated_share": 2}]},
    "a flag that is a word": {"two_persons": "yes please"},
    "no years": {"valid_years": 0},
    "years that are true": {"valid_years": True},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_no_standard_is_refused_with_the_place_and_nothing_is_stored(tmp_path, wrong):
    with pytest.raises(CommandError, match=r"standard\.yaml: "):
        load(changed(tmp_path, **wrong))
    assert not Standard.objects.exists()


@pytest.mark.parametrize(
    "text", ["title: ''\npoints: [a]", "title: x\npoints: []", "title: x", "title: x\npoints: [1]"]
)
def test_what_is_no_code_of_ethics_is_refused(tmp_path, text):
    path = changed(tmp_path)
    (tmp_path / "kode-etik.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        load(path)
    assert not Standard.objects.exists()


@pytest.mark.parametrize("content", ["- a list", "{broken", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"x\.yaml"):
        load(path)


def test_a_standard_read_twice_is_the_same():
    data = deepcopy(SMALL)
    assert standards.read(data) == standards.read(data)
    assert data == SMALL


def test_a_new_key_leaves_a_line_in_the_trail(capsys):
    call_command("rotate_signing_key")
    assert not TrailLine.objects.filter(verb="certificates.key_rotated").exists()
    load_small()
    call_command("rotate_signing_key")
    line = TrailLine.objects.get(verb="certificates.key_rotated")
    assert line.detail["kid"] in capsys.readouterr().out
