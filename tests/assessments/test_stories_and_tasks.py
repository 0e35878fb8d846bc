"""Branching stories and practical tasks travel as files; a slip in one is named with its line."""

from pathlib import Path

import pytest
from PIL import Image

from assessments.models import PracticalPage, ScenarioPage
from assessments.rules import rubrics
from courses.curriculum.gathering import gather_course
from courses.curriculum.loading import load_course
from courses.curriculum.problems import CurriculumRefused
from courses.curriculum.reading import read_course
from courses.curriculum.writing import write_course
from courses.models import CoursePage, MediaFile
from tests.cast import THEN
from tests.courses.making import write_folder
from tests.courses.media_files import speech

STORY = """\
kind: scenario
key: 3ea96f7a-75c5-43f9-a08d-33e5344a3f3e
title: Rapat di Air Lontar
outer_title: Cerita 1
minutes: 10
note: Cerita ini menyebut ancaman. Anda boleh melewatinya.
neutral: Tulis tiga kalimat yang menguatkan.
intro: Anda **duduk** di balai desa.
competencies: [k0, k1]
start: rapat
scenes:
  - id: rapat
    text: Seorang ibu ingin bicara.
    choices:
      - text: Diam saja.
        to: hilang
        effect: Usulnya hilang.
        reason: Belum tepat — suaranya tidak terdengar.
        score: 0
        competency: k0
      - text: Meminta waktu untuknya.
        to: bicara
        effect: Ia berdiri dan bicara.
        reason: Ruang bicara membuatnya aman.
        score: 2
        competency: k1
  - id: bicara
    text: Usulnya dicatat.
    ending: safe
    helped: Ada yang membuka ruang.
  - id: hilang
    text: Ia pulang lebih dulu.
    ending: unsafe
    helped: Meminta waktu akan menolong.
    back: rapat
"""
TASK = """\
kind: practical
key: b0b54d1d-19fe-480f-b9e0-066a2d03e363
title: Peta sehari
outer_title: Tugas 1
minutes: 60
mode: written
note: ""
instructions: Catat kerja **sehari** di satu rumah rekaan.
case: Mama Flamboyan bangun pukul empat.
fields:
  - id: catatan
    label: Kerja perempuan
    kind: long
    help: Tanpa nama nyata.
    required: true
  - id: tempat
    label: Tempat
    kind: pick
    help: ""
    required: false
    options:
      - Air Lontar
      - Batu Asam
  - id: jam
    label: Jam kerja
    kind: table
    help: ""
    required: false
    columns: [Jam, Kerja]
rubric:
  - id: identitas
    criterion: Tanpa nama atau ciri nyata
    must: true
    levels:
      - Ada nama nyata.
      - Ada ciri yang jelas.
      - Ada ciri yang samar.
      - Semua rekaan.
  - id: kerja
    criterion: Mencatat semua kerja
    must: false
    levels:
      - Tidak ada.
      - Sedikit.
      - Sebagian.
      - Semua.
    weight: 2
pass_percent: 70
guide: Cari **kata kerja**, bukan pendapat.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "kelas"
    write_folder(here)
    module = here / "modul-01" / "module.yaml"
    text = module.read_text("utf-8")
    module.write_text(text.replace('steps: ["1", "2"]', 'steps: ["1", "2", skenario, tugas]'), "utf-8")
    (here / "modul-01" / "skenario.yaml").write_text(STORY, "utf-8")
    (here / "modul-01" / "tugas.yaml").write_text(TASK, "utf-8")
    return here


def test_both_come_in_and_go_out_byte_by_byte(db: None, folder: Path, tmp_path: Path) -> None:
    load_course(course=read_course(folder), now=THEN)
    assert load_course(course=read_course(folder), now=THEN) == []
    story, task = ScenarioPage.objects.live().get(), PracticalPage.objects.live().get()
    assert [scene.value["code"] for scene in story.scenes] == ["rapat", "bicara", "hilang"]
    assert "<b>sehari</b>" in task.instructions
    story.full_clean()
    task.full_clean()
    assert [one.weight for one in rubrics.read(task.as_task()["rubric"])] == [1, 2]
    out = tmp_path / "keluar"
    write_course(gather_course(CoursePage.objects.get()), out)
    for name in ("skenario.yaml", "tugas.yaml", "module.yaml"):
        assert (out / "modul-01" / name).read_text("utf-8") == (folder / "modul-01" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("skenario.yaml", "to: bicara", "to: rumah", 12, "no scene “rumah”"),
        ("skenario.yaml", "start: rapat", "start: pasar", 10, "no scene “pasar” to start"),
        ("skenario.yaml", "    helped: Ada yang membuka ruang.\n", "", 27, "“helped” is missing"),
        ("skenario.yaml", "    back: rapat\n", "", 31, "tries again"),
        ("skenario.yaml", "        reason: Ruang bicara membuatnya aman.\n", "", 21, "“reason” is missing"),
        ("skenario.yaml", "competencies: [k0, k1]", "competencies: [k0, k99]", 9, "no competency “k99”"),
        ("skenario.yaml", "score: 2", "score: 5", 25, "takes one of"),
        ("skenario.yaml", "neutral: Tulis tiga kalimat yang menguatkan.\n", "", 6, "neutral task"),
        ("tugas.yaml", "    columns: [Jam, Kerja]\n", "", 24, "columns for a table"),
        ("tugas.yaml", "      - Semua rekaan.\n", "", 34, "four levels"),
        ("tugas.yaml", "id: tempat", "id: catatan", 16, "stands here twice"),
        ("tugas.yaml", "kind: pick", "kind: gambar", 18, "takes one of"),
        ("tugas.yaml", "weight: 2", "weight: 4", 47, "from 1 to 3"),
    ],
)
def test_a_slip_is_named_with_file_and_line(folder: Path, file: str, old: str, new: str, line: int, said: str) -> None:
    path = folder / "modul-01" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CurriculumRefused) as refused:
        read_course(folder)
    lines = [problem.render(str) for problem in refused.value.problems]
    assert [one for one in lines if one.startswith(f"modul-01/{file}:{line}:") and said in one], lines


SEEN = """    picture:
      file: balai.png
      alt: Sebuah balai dengan pintu terbuka.
    sound: balai.wav
"""


@pytest.fixture
def drawn(folder: Path) -> Path:
    """The folder, its first scene with a picture and a sound."""
    module = folder / "modul-01"
    for name in ("pictures", "media"):
        (module / name).mkdir(exist_ok=True)
    Image.new("RGB", (640, 360), "white").save(module / "pictures" / "balai.png")
    (module / "media" / "balai.wav").write_bytes(speech(1))
    said = "    text: Seorang ibu ingin bicara.\n"
    text = (module / "skenario.yaml").read_text("utf-8")
    (module / "skenario.yaml").write_text(text.replace(said, said + SEEN), "utf-8")
    return folder


def test_a_scene_travels_with_its_picture_and_its_sound(db: None, drawn: Path, tmp_path: Path) -> None:
    load_course(course=read_course(drawn), now=THEN)
    assert load_course(course=read_course(drawn), now=THEN) == []
    first = ScenarioPage.objects.live().get().scenes[0].value
    assert (first["alt"], first["sound"]) == ("Sebuah balai dengan pintu terbuka.", MediaFile.objects.get())
    out = tmp_path / "keluar"
    write_course(gather_course(CoursePage.objects.get()), out)
    for name in ("skenario.yaml", "pictures/balai.png"):
        assert (out / "modul-01" / name).read_bytes() == (drawn / "modul-01" / name).read_bytes()
    assert load_course(course=read_course(out), now=THEN) == []


def test_a_picture_of_a_scene_says_what_it_shows(drawn: Path) -> None:
    path = drawn / "modul-01" / "skenario.yaml"
    path.write_text(path.read_text("utf-8").replace("      alt: Sebuah balai dengan pintu terbuka.\n", ""), "utf-8")
    with pytest.raises(CurriculumRefused, match="“alt” is missing"):
        read_course(drawn)
