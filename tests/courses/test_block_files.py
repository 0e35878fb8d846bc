"""Blocks of a lesson in files: read with their lines, kept as pages, written back byte by byte."""

import pytest
from django.core.management import call_command

from courses.curriculum import reading, writing
from courses.curriculum.problems import CurriculumRefused
from tests.courses import making

GALLERY = """\
::: gallery
title: Bertemu seorang anak
steps:
  - file: duduk.png
    alt: Dua orang duduk sama tinggi.
    text: Duduklah sama tinggi.
  - file: dapur.png
    alt: Seorang anak menggambar.
    text: Biarkan anak memilih.
:::
"""
TABLE = """\
::: table
caption: Jenis kelamin dan gender
head:
  - Pertanyaan
  - Jenis kelamin
  - Gender
rows:
  - cells:
      - Asalnya
      - Tubuh
      - Kesepakatan orang
  - cells: [Berubah, Tidak, Bisa]
:::
"""
DIALOGUE = """\
::: dialogue
id: sumur
title: Di sumur
note: Percakapan ini menyebut kekerasan.
neutral: Tulis dua kalimat pembuka.
voices:
  - Ibu Cempaka
  - Ibu Seroja
lines:
  - voice: 1
    text: Boleh saya bercerita?
  - voice: 2
    text: |
      Boleh.
      Kita duduk di sini.
helped: Meminta izin dulu.
:::
"""
DECISION = """\
::: decision
title: Sebelum memutuskan
question: Bolehkah diselesaikan di desa?
rows:
  - case: Kekerasan seksual
    answer: no
    text: Hubungi koordinator.
    laws: [uu-tpks-23]
  - case: Akta kelahiran
    answer: "yes"
    text: Dampingi ia.
note: ""
:::
"""
NOTED = """\
::: gallery
note: Gambar ini menyebut kekerasan.
neutral: Gambarlah pintu rumah Anda.
steps:
  - file: duduk.png
    alt: Pintu tertutup.
    text: Ia menunggu.
  - file: dapur.png
    alt: Pintu terbuka.
    text: Ia diterima.
:::

::: discussion
title: Siapa menolong?
minutes: 10
note: Pertanyaan ini menyebut ancaman.
neutral: Ceritakan satu pertolongan kecil.
text: Apa yang berbahaya?
:::
"""
OTHERS = """\
::: checklist
title: Di dalam tas
items:
  - Surat identitas
  - Sedikit uang
:::

::: discussion
title: Siapa memutuskan?
minutes: 15
text: |
  Bicaralah **bertiga**.

  - Pakai keluarga rekaan.
:::

::: referral
title: Ke mana
rows:
  - need: Ia terluka
    service: puskesmas
    text: Ia dirawat lebih dulu.
  - need: Ia ingin bicara malam hari
    service: sapa-129
:::

::: pause
text: Tarik napas pelan.
:::
"""
BLOCKS = "\n".join([GALLERY, TABLE, DIALOGUE, DECISION.replace("answer: no", 'answer: "no"'), OTHERS, NOTED])
LESSON = making.plain_lesson("11111111-0000-4000-8000-000000000012", "Kuasa", "Pelajaran 2")
FIRST = LESSON.count("\n") + 2  # the line of a block that follows the lesson's text


def folder_with(tmp_path, text):
    folder = making.write_folder(tmp_path / "kecil", **{"modul-01/2.md": f"{LESSON}\n{text}"})
    if "duduk.png" in text:
        making.put_picture(folder / "modul-01" / "pictures" / "duduk.png", "grey")
    return folder


def test_every_block_is_read_and_written_back_byte_by_byte(tmp_path):
    folder = folder_with(tmp_path, BLOCKS)
    written = writing.write_course(reading.read_course(folder), tmp_path / "kembali")
    assert (tmp_path / "kembali/modul-01/2.md").read_text() == (folder / "modul-01/2.md").read_text()
    assert tmp_path / "kembali/modul-01/pictures/duduk.png" in written


def test_every_block_goes_through_the_site_and_comes_out_byte_by_byte(db, tmp_path):
    folder = folder_with(tmp_path, BLOCKS)
    making.load(folder)
    assert making.load(folder) == []
    call_command("export_course", "kecil", str(tmp_path / "kembali"), verbosity=0)
    for path in folder.rglob("*"):
        if path.is_file():
            assert (tmp_path / "kembali" / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name


def test_a_gallery_without_title_and_other_empty_fields_are_left_out(db, tmp_path):
    text = GALLERY.replace("title: Bertemu seorang anak\n", 'title: ""\n')
    making.load(folder_with(tmp_path, text))
    call_command("export_course", "kecil", str(tmp_path / "kembali"), verbosity=0)
    assert "title: Bertemu" not in (tmp_path / "kembali/modul-01/2.md").read_text()
    assert "::: gallery\nsteps:\n" in (tmp_path / "kembali/modul-01/2.md").read_text()


def test_two_pictures_of_a_gallery_with_one_name_get_two_names(db, tmp_path):
    folder = folder_with(tmp_path, GALLERY)
    making.load(folder)
    page = making.lesson("m1/2")
    first, second = (step["image"] for step in page.body[1].value["steps"])
    type(first).objects.filter(pk=first.pk).update(title=second.title)
    call_command("export_course", "kecil", str(tmp_path / "kembali"), verbosity=0)
    assert len(list((tmp_path / "kembali/modul-01/pictures").iterdir())) == 2


ERRORS = [
    (GALLERY, "file: duduk.png", "file: lain.png", 3, "There is no picture “lain.png”."),
    (GALLERY, "    alt: Seorang anak menggambar.\n", "", 6, "“alt” is missing."),
    (GALLERY, GALLERY[GALLERY.index("  - file: dapur") : -4], "", 2, "“steps” takes a list of 2 to 8."),
    (TABLE, "  - Gender\n", "", 6, "This row has 3 cells; the table has 2 columns."),
    (TABLE, "  - cells: [Berubah, Tidak, Bisa]", "  - cells: [Berubah]", 11, "This row has 1 cells; the table has"),
    (TABLE, "  - cells: [Berubah, Tidak, Bisa]", "  - sel: [Berubah]", 11, "“cells” is missing."),
    (TABLE, "Jenis kelamin\n  - Gender", "x" * 81 + "\n  - Gender", 2, "A text in “head” is longer than 80 letters."),
    (DIALOGUE, "neutral: Tulis dua kalimat pembuka.", 'neutral: ""', 3, "Beside a content note stands a neutral task"),
    (DIALOGUE, "  - Ibu Seroja\n", "", 5, "“voices” takes a list of 2 to 2."),
    (DIALOGUE, "voice: 2", "voice: 3", 11, "“voice” takes a whole number from 1 to 2."),
    (DECISION, "answer: no", "answer: mungkin", 5, "“answer” takes one of: no, official, consult, yes."),
    (NOTED, "neutral: Gambarlah pintu rumah Anda.\n", "", 1, "Beside a content note stands a neutral task"),
    (NOTED, "neutral: Ceritakan satu pertolongan kecil.\n", "", 15, "Beside a content note stands a neutral task"),
    (OTHERS, "service: puskesmas", "service: dukun", 20, "“service” takes one of: uptd-ppa, sapa-129"),
    (OTHERS, "minutes: 15", "minutes: 0", 9, "“minutes” takes a whole number from 1 to 180."),
    (OTHERS, "**bertiga**", "**bertiga", 11, "A star mark is not closed."),
    (OTHERS, "items:\n  - Surat identitas\n  - Sedikit uang", "items: []", 2, "“items” takes a list of 2 to 20."),
    (OTHERS, "text: Tarik napas pelan.", "kata: Tarik", 27, "“text” is missing."),
]


@pytest.mark.parametrize(("block", "right", "wrong", "line", "problem"), ERRORS)
def test_an_error_in_a_block_names_its_line(tmp_path, block, right, wrong, line, problem):
    assert right in block
    with pytest.raises(CurriculumRefused) as refused:
        reading.read_course(folder_with(tmp_path, block.replace(right, wrong, 1)))
    found = [one.render(str) for one in refused.value.problems]
    assert any(one.startswith(f"modul-01/2.md:{FIRST + line}: {problem}") for one in found), (FIRST, found)


def test_a_story_and_a_dialogue_share_no_id(tmp_path):
    story = making.LESSON_1[making.LESSON_1.index("::: story") :].replace("id: ketukan", "id: sumur")
    with pytest.raises(CurriculumRefused) as refused:
        reading.read_course(folder_with(tmp_path, f"{DIALOGUE}\n{story}"))
    assert [one.render(str).partition(": ")[2] for one in refused.value.problems] == [
        "This id stands twice in the lesson."
    ]
