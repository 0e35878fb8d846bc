"""Questions of the kinds that need more than a list of answers, made through the reader of files."""

from pathlib import Path
from typing import Any

from assessments.curriculum.bank import read, store
from assessments.models import PracticePage, Question
from courses.curriculum.block_files import Finder
from courses.curriculum.nodes import Source, rows_of
from courses.curriculum.problems import Problems
from courses.curriculum.reading import _Reader as Reader
from courses.models import ModulePage
from tests.courses.making import put_picture

FOLDER = "modul-01"
PAIRS = """- code: X-PAIRS
  kind: matching
  use: exam
  stem: |
    Tiga perempuan datang.
    Siapa membantu apa?
  pairs:
    - text: Luka di lengan
      match: Puskesmas
    - text: Mau melapor
      match: Polsek
    - text: Perlu pengacara
      match: LBH
  decoys: [Pasar]
  partial: true
  reason: Tiap layanan punya tugas sendiri.
  critical: false
  lesson: ""
  laws: []
  family: X-PAIRS
  to_check: ""
  sources: []
"""
SHORT = """- code: X-SHORT
  kind: short
  use: exam
  stem: Ke mana lebih dulu untuk luka?
  accepted:
    - Puskesmas
    - pusat kesehatan masyarakat
  slips: 1
  reason: Luka dirawat lebih dulu.
  critical: false
  lesson: ""
  laws: []
  family: X-SHORT
  to_check: ""
  sources: []
  difficulty: 1
"""
NUMBER = """- code: X-NUMBER
  kind: number
  use: exam
  stem: Paling lambat berapa jam?
  value: 72
  tolerance: 2
  unit: jam
  reason: Obat bekerja bila cepat.
  critical: false
  lesson: ""
  laws: []
  family: X-NUMBER
  to_check: ""
  sources: []
  competency: k4
  tags: [rujukan]
"""
PICTURE = """- code: X-PICTURE
  kind: picture
  use: exam
  stem: Duduk yang mana?
  picture:
    file: ruang.png
    alt: Ruang dengan dua kursi.
  choices:
    - text: Sejajar
      right: true
      picture:
        file: benar.png
        alt: Dua orang duduk sejajar.
    - text: ""
      right: false
      picture:
        file: salah.png
        alt: Seorang berdiri di atas yang lain.
  reason: Sejajar berarti setara.
  critical: false
  lesson: ""
  laws: []
  family: X-PICTURE
  to_check: ""
  sources: []
"""
BANK = "\n".join((PAIRS, SHORT, NUMBER, PICTURE))
CODES = ("X-PAIRS", "X-SHORT", "X-NUMBER", "X-PICTURE")


def put_files(folder: Path) -> None:
    """The pictures that the bank names, each of another colour."""
    for name, colour in (("ruang", "beige"), ("benar", "olive"), ("salah", "maroon")):
        put_picture(folder / FOLDER / "pictures" / f"{name}.png", colour)


def make_kinds(module: ModulePage, folder: Path, *, use: str = "exam", **changed: Any) -> dict[str, Question]:
    """One question of each of these kinds in the bank, by code; `changed` attributes are set on each."""
    put_files(folder)
    problems = Problems()
    reader = Reader(folder, problems)
    find = Finder(
        lambda fields, name: reader.picture(FOLDER, fields, name),
        lambda fields, name, kind: reader.media(FOLDER, fields, name, kind),
    )
    for one in read(rows_of(Source("questions.yaml", BANK.replace("use: exam", f"use: {use}")), problems), find):
        store(Question(code=one.code), module, one)
    assert not problems, problems.found
    for question in Question.objects.filter(code__in=CODES) if changed else ():
        for name, value in changed.items():
            setattr(question, name, value)
        question.save()
    return {one.code: one for one in Question.objects.filter(code__in=CODES)}


def practise_kinds(practice: PracticePage) -> None:
    practice.questions = list(CODES)
    practice.save_revision().publish()


def right_fields(question: Question, *, names: str = "") -> dict[str, str]:
    """What her page sends for the right answer."""
    item = question.as_item()
    if question.kind == "matching":
        pairs = dict(pair.split(">") for pair in item.right)
        return {f"{names}pair-{left}": match for left, match in pairs.items()}
    if question.kind in ("short", "number"):
        return {f"{names}words": item.right[0]}
    return {f"{names}answer": item.right[0]}
