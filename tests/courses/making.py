"""Small makers for courses: a course of two modules comes in through the real loader."""

from decimal import Decimal
from pathlib import Path

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection, Locale, Page

from courses import enrolling, outline, progressing
from courses.curriculum import loading, reading
from courses.models import LessonPage
from courses.rules import CoursePlan
from lms.kit import clock
from lms.people.models import Person

__all__ = ["Decimal", "ImageFile"]

COURSE = """\
key: 11111111-0000-4000-8000-000000000000
slug: kecil
title: Kelas kecil
outer_title: Kelas Kampung
intro: Untuk yang mau belajar.
"""
MODULE_1 = """\
key: 11111111-0000-4000-8000-000000000001
code: m1
title: Peran dan kuasa
outer_title: Peran
hours: 2.5
needs: []
outcomes:
  - Membedakan ciri tubuh dan peran.
note: Modul ini menyebut kekerasan.
sources:
  - id: S1
    text: "UU 1/2000: bunyi."
steps: ["1", "2"]
"""
LESSON_1 = """\
---
key: 11111111-0000-4000-8000-000000000011
title: Dapur
outer_title: Pelajaran 1
minutes: 12
checked_on: 2026-03-31
checked_by: bantuan hukum
laws: [uu-tpks-10]
sources: [S1]
---

Saat rapat, perempuan **menyiapkan** kopi.

### Satu pertanyaan

- Memasak: bisa.
- Melahirkan: tidak.

::: picture
file: dapur.png
alt: Dua orang memasak bersama.
caption: Bersama.
:::

::: self_check
id: kodrat
question: “Kodrat di dapur.” Apa jawab Anda?
choices:
  - text: Diam saja.
    right: false
    feedback: Diam membuat orang lain ikut diam.
  - text: Bertanya dengan tenang.
    right: true
    feedback: Pertanyaan membuka percakapan.
:::

::: key_point
text: Peran dapat *berubah*.
:::

::: callout
kind: check
title: Perlu diperiksa
text: Angka ini belum diperiksa.
:::

::: term
term: Gender
meaning: Peran yang dibentuk masyarakat.
:::

::: story
id: ketukan
title: Ketukan malam
minutes: 2
note: Cerita ini menyebut kekerasan di rumah.
neutral: Tulis tiga kalimat yang menenangkan.
text: |
  Ibu Cempaka mengetuk pintu.

  “Di sini aman.”
helped: Tempat aman dan waktu.
:::
"""


def plain_lesson(key: str, title: str, outer_title: str) -> str:
    return f"""\
---
key: {key}
title: {title}
outer_title: {outer_title}
minutes: 10
checked_on: null
checked_by: ""
laws: []
sources: []
---

Satu kalimat.
"""


FILES = {
    "course.yaml": COURSE,
    "modul-01/module.yaml": MODULE_1,
    "modul-01/1.md": LESSON_1,
    "modul-01/2.md": plain_lesson("11111111-0000-4000-8000-000000000012", "Kuasa", "Pelajaran 2"),
    "modul-02/module.yaml": """\
key: 11111111-0000-4000-8000-000000000002
code: m2
title: Bentuk
outer_title: Bentuk dan tanda
hours: 1
needs: [m1]
outcomes: []
note: ""
sources: []
steps: ["1"]
""",
    "modul-02/1.md": plain_lesson("11111111-0000-4000-8000-000000000021", "Tanda", "Pelajaran 1"),
}


def write_folder(folder: Path, **changed: str | None) -> Path:
    """The files of the small course; `changed` replaces or (None) leaves out some, by path."""
    for name, text in {**FILES, **changed}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    put_picture(folder / "modul-01" / "pictures" / "dapur.png")
    return folder


def put_picture(path: Path, colour: str = "white", size: tuple[int, int] = (900, 500)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def load(folder: Path) -> list[str]:
    return loading.load_course(course=reading.read_course(folder), now=clock.now())


def plant_tree() -> None:
    """What Wagtail's migrations made and a test before this one, served in a browser, emptied."""
    if Page.get_first_root_node() is None:
        locale, _is_new = Locale.objects.get_or_create(language_code="id")
        Page.add_root(title="Root", slug="root", locale=locale)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def small_course(folder: Path, **changed: str | None) -> CoursePlan:
    plant_tree()
    load(write_folder(folder, **changed))
    plan = outline.plan_of("kecil")
    assert plan is not None
    return plan


def enrol(person: Person, plan: CoursePlan) -> None:
    enrolling.enrol(person=person, course_key=plan.key, by=None, now=clock.now(), today=clock.today())


def do(person: Person, plan: CoursePlan, *codes: str) -> None:
    """She has done these steps, named m1/1."""
    for code in codes:
        module, _slash, step = code.partition("/")
        key = next(one.key for m in plan.modules for one in m.steps if (m.code, one.code) == (module, step))
        progressing.mark_done(person=person, step_key=key, entry_id=None, now=clock.now())


def lesson(code: str) -> LessonPage:
    """The page of m1/1."""
    module, _slash, step = code.partition("/")
    return LessonPage.objects.get(slug=step, url_path__contains=f"/{module}/")
