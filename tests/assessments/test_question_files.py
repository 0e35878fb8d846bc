"""Every kind of question as a file: read, stored, written out byte by byte, each fault with its line."""

from pathlib import Path
from typing import Any

import pytest

from assessments.curriculum.bank import gather
from assessments.models import Question
from assessments.rules.items import Kind, Paper, pack, unpack
from courses.curriculum.gathering import gather_course
from courses.curriculum.loading import foretell_course, load_course
from courses.curriculum.problems import CurriculumRefused
from courses.curriculum.reading import read_course
from courses.curriculum.writing import write_course
from courses.models import CoursePage, MediaFile, ModulePage, Picture
from tests.assessments.kinds import BANK, put_files
from tests.assessments.test_curriculum import CONTENT
from tests.cast import THEN
from tests.courses.media_files import speech

ORDER = """- code: X-ORDER
  kind: ordering
  use: practice
  stem: Urutkan.
  choices:
    - text: Dengar
    - text: Catat
  partial: true
  reason: ""
  critical: true
  lesson: ""
  laws: []
  family: X-ORDER
  to_check: ""
  sources: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one empty module with a bank of every new kind, and its pictures."""
    here = tmp_path / "kelas"
    (here / "modul-01").mkdir(parents=True)
    (here / "course.yaml").write_text((CONTENT / "course.yaml").read_text("utf-8"), "utf-8")
    module = (CONTENT / "modul-01" / "module.yaml").read_text("utf-8")
    (here / "modul-01" / "module.yaml").write_text(module[: module.index("steps:")] + "steps: []\n", "utf-8")
    put_bank(here, f"{BANK}\n{ORDER}")
    put_files(here)
    return here


def put_bank(folder: Path, text: str) -> None:
    (folder / "modul-01" / "questions.yaml").write_text(text, "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(text: str) -> str:
    """The bank as it is written: numbers of a question stand in quotes."""
    return text.replace("value: 72", 'value: "72"').replace("tolerance: 2", 'tolerance: "2"')


def test_every_kind_comes_in_and_goes_out_the_same(db: None, folder: Path, tmp_path: Path) -> None:
    put_bank(folder, written(f"{BANK}\n{ORDER}"))
    load_course(course=read_course(folder), now=THEN)
    assert load_course(course=read_course(folder), now=THEN) == []
    write_course(gather_course(CoursePage.objects.get()), tmp_path / "keluar")
    assert files(tmp_path / "keluar") == files(folder)


def test_what_a_file_says_is_asked_and_marked(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    asked = {one.code: one.as_item() for one in Question.objects.all()}
    pairs = asked["X-PAIRS"]
    assert (len(pairs.lefts), len(pairs.choices), len(pairs.right)) == (3, 4, 3)
    assert pairs.gives_parts
    assert (asked["X-SHORT"].right, asked["X-SHORT"].slips) == (("Puskesmas", "pusat kesehatan masyarakat"), 1)
    number = asked["X-NUMBER"]
    assert (number.right, number.tolerance, number.unit) == (("72",), "2", "jam")
    assert (number.competency, number.tags, asked["X-SHORT"].difficulty) == ("k4", ("rujukan",), 1)
    picture = asked["X-PICTURE"]
    assert picture.kind is Kind.PICTURE
    assert picture.picture
    assert [choice.picture.alt for choice in picture.choices if choice.picture and choice.key in picture.right] == [
        "Dua orang duduk sejajar."
    ]
    paper = Paper(tuple(asked.values()), 75)
    assert unpack(pack(paper)) == paper


def test_no_key_tells_what_belongs_together(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    before = Question.objects.get(code="X-PAIRS").as_item()
    put_bank(folder, f"{BANK}\n{ORDER}".replace("match: Polsek", "match: Dinas"))
    load_course(course=read_course(folder), now=THEN)
    after = Question.objects.get(code="X-PAIRS").as_item()
    assert [one.key for one in after.lefts] != [one.key for one in after.choices[:3]]
    assert {one.text: one.key for one in before.lefts} == {one.text: one.key for one in after.lefts}
    assert len({one.key for one in before.choices} & {one.key for one in after.choices}) == 3
    assert after.version == before.version + 1


def test_a_trial_says_what_would_change_and_stores_no_picture(db: None, folder: Path) -> None:
    lines = foretell_course(course=read_course(folder), now=THEN)
    assert any("X-PICTURE" in line for line in lines)
    assert not Picture.objects.exists()
    assert not Question.objects.exists()


def test_where_a_question_belongs_is_no_new_version(db: None, folder: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    bank = f"{BANK}\n{ORDER}"
    put_bank(folder, bank.replace("difficulty: 1", "difficulty: 3").replace("competency: k4", "competency: k6"))
    assert len(load_course(course=read_course(folder), now=THEN)) == 2
    assert set(Question.objects.values_list("version", flat=True)) == {1}
    put_bank(folder, bank.replace("slips: 1", "slips: 2"))
    load_course(course=read_course(folder), now=THEN)
    assert Question.objects.get(code="X-SHORT").version == 2


def test_a_sound_travels_with_its_words(db: None, folder: Path, tmp_path: Path) -> None:
    (folder / "modul-01" / "media").mkdir()
    (folder / "modul-01" / "media" / "tanya.wav").write_bytes(speech(1))
    sound = "  sound:\n    file: tanya.wav\n    words: Ke mana lebih dulu?\n"
    spoken = "        alt: Dua orang duduk sejajar.\n"
    bank = written(BANK).replace("untuk luka?\n", f"untuk luka?\n{sound}")
    assert spoken in bank
    put_bank(folder, bank.replace(spoken, f"{spoken}      sound: tanya.wav\n"))
    load_course(course=read_course(folder), now=THEN)
    item = Question.objects.get(code="X-SHORT").as_item()
    assert item.sound
    assert (item.sound.number, item.sound.words) == (MediaFile.objects.get().pk, "Ke mana lebih dulu?")
    choices = Question.objects.get(code="X-PICTURE").as_item().choices
    assert {choice.sound for choice in choices} == {0, item.sound.number}
    write_course(gather_course(CoursePage.objects.get()), tmp_path / "keluar")
    assert files(tmp_path / "keluar") == files(folder)
    assert load_course(course=read_course(folder), now=THEN) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (
            "  partial: true",
            "  partial: true\n  slips: 1",
            "slips: 1",
            "Only a question with a short answer allows slips",
        ),
        ("text: Mau melapor", "text: Luka di lengan", "pairs:", "Two pairs begin with the same text"),
        ("match: LBH", 'match: ""', 'match: ""', "“match” is empty"),
        ("      match: LBH\n", "", "text: Perlu pengacara", "“match” is missing"),
        ("slips: 1", "slips: 3", "slips: 3", "from 0 to 2"),
        ("- pusat kesehatan masyarakat", "- puskesmas!", "accepted:", "Two accepted forms are the same"),
        ("value: 72", "value: banyak", "value: banyak", "Write the right number in digits"),
        ("tolerance: 2", "tolerance: -2", "tolerance: -2", "Write the tolerance in digits"),
        ("  unit: jam", "  unit: jam\n  answer: true", "answer: true", "Only a true or false question"),
        ("competency: k4", "competency: k9", "competency: k9", "takes one of"),
        ("file: benar.png", "file: hilang.png", "file: hilang.png", "There is no picture “hilang.png”"),
        ("        alt: Dua orang duduk sejajar.\n", "", "file: benar.png", "“alt” is missing"),
        ("right: true", "right: false", "choices:", "exactly one"),
        ("kind: short", "kind: essay", "kind: essay", "takes one of"),
        ("partial: true", "partial: maybe", "partial: maybe", "takes true or false"),
        ("  kind: number", "  kind: number\n  partial: true", "partial: true\n  use", "gives no parts of a mark"),
    ],
)
def test_each_fault_is_named_with_its_line(folder: Path, old: str, new: str, at: str, said: str) -> None:
    text = BANK.replace(old, new, 1)
    assert text != BANK
    put_bank(folder, text)
    with pytest.raises(CurriculumRefused) as refused:
        read_course(folder)
    found = [problem.render(str) for problem in refused.value.problems if "questions.yaml" in problem.file]
    assert len(found) == 1, found
    assert found[0].startswith(f"modul-01/questions.yaml:{text[: text.index(at)].count(chr(10)) + 1}: ")
    assert said in found[0]


def test_the_bank_of_a_module_is_read_in_few_queries(
    db: None, folder: Path, django_assert_max_num_queries: Any
) -> None:
    load_course(course=read_course(folder), now=THEN)
    with django_assert_max_num_queries(3):
        assert len(gather(ModulePage.objects.get())) == 5
