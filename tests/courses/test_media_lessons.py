"""Lessons with sound, film and files: what she sees, what it costs, and how they travel in folders."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import ReferenceIndex

from courses import collecting, outline, shrinking
from courses.curriculum.problems import CurriculumRefused
from courses.models import LessonPage, MediaFile, Picture
from courses.models.media import stored
from lms.kit import clock, transcoding
from lms.kit.refusing import Refused
from tests.courses import making, media_files
from tests.courses.media_files import CAPTIONS, PAGE, PDF, speech

pytestmark = pytest.mark.skipif(transcoding.tool() != "av", reason="PyAV is not installed")

BLOCKS = """
::: audio
file: salam.wav
title: Salam pembuka
transcript: |
  Selamat datang. **Di sini aman.**
:::

::: video
file: duduk.mp4
title: Duduk sejajar
captions: duduk.vtt
transcript: Dua orang duduk sejajar.
:::

::: video
file: duduk.mp4
title: Sekali lagi
note: Film ini menyebut kekerasan.
neutral: Gambarlah dua kursi.
captions: duduk.vtt
:::

::: download
file: formulir.pdf
title: Formulir kronologi
text: Cetak sebelum pertemuan.
:::
"""
LESSON = making.LESSON_1 + BLOCKS


@pytest.fixture
def folder(db, tmp_path) -> Path:
    folder = making.write_folder(tmp_path / "kecil", **{"modul-01/1.md": LESSON})
    media = folder / "modul-01/media"
    media.mkdir()
    (media / "salam.wav").write_bytes(speech(3))
    media_files.film(media, seconds=2, name="duduk.mp4")
    (media / "duduk.vtt").write_bytes(CAPTIONS)
    (media / "formulir.pdf").write_bytes(PDF)
    return folder


def work() -> None:
    for media in MediaFile.objects.unfinished():
        assert shrinking.shrink(media_id=media.pk, now=clock.now())


def export(target: Path) -> dict[str, bytes]:
    call_command("export_course", "kecil", str(target), verbosity=0)
    return {str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


def forget_everything() -> None:
    from courses.models import CoursePage, LoadedPage

    for page in CoursePage.objects.all():
        page.delete()
    LoadedPage.objects.all().delete()
    MediaFile.objects.all().delete()
    Picture.objects.all().delete()


def read_by(person, sign_in) -> str:
    plan = outline.plan_of("kecil")
    making.enrol(person, plan)
    return sign_in(person).get("/belajar/kecil/m1/1/").content.decode()


class TestOnThePage:
    def test_before_the_worker_came_she_reads_the_words(self, folder, cast, sign_in):
        making.load(folder)
        page = read_by(cast.seruni, sign_in)
        assert "Suaranya belum siap. Silakan baca isinya." in page
        assert "Di sini aman." in page
        assert "Filmnya belum siap." in page
        assert "<audio" not in page
        assert "<video" not in page
        assert "Dengarkan ·" not in page

    def test_afterwards_the_player_fetches_nothing_before_she_asks_and_says_kind_and_size(self, folder, cast, sign_in):
        making.load(folder)
        work()
        page = read_by(cast.seruni, sign_in)
        sound, film, form = (MediaFile.objects.get(kind=kind) for kind in ("sound", "film", "document"))
        assert re.search(rf'<audio controls preload="none"[^>]*><source src="{sound.url}" type="audio/ogg', page)
        assert f'<source src="{sound.second_url}" type="audio/mpeg">' in page
        assert page.index(f'href="#suara-{sound.pk}"') < page.index(f'id="suara-{sound.pk}"')
        assert f"Untuk didengar: 0:03 menit, {round(sound.bytes / 1000)} kB." in page
        assert f"Simpan suara (MP3, {round(sound.second_bytes / 1000)} kB)" in page
        assert re.search(rf'<video [^>]*preload="none"[^>]*poster="{film.poster_url}"', page)
        assert '<track kind="captions"' in page
        assert f"Simpan film (MP4, {round(film.bytes / 1000)} kB)" in page
        assert f'<a class="btn plain" href="{form.url}" download="lopo-' in page
        assert "Simpan berkas (PDF, 1 kB)" in page
        assert "<script" not in page.split("<audio")[1].split("</main>")[0]

    def test_with_a_content_note_the_player_waits_until_she_opens_it_and_who_skips_finds_a_task(
        self, folder, cast, sign_in
    ):
        making.load(folder)
        work()
        page = read_by(cast.seruni, sign_in)
        drawn = page[page.index("Tonton: Sekali lagi") :]
        place = re.search(r'href="#(lewat-blok\.\d+)"', drawn)[1]
        spots = [
            drawn.index(words)
            for words in (
                "Catatan isi",
                "Film ini menyebut kekerasan.",
                "Lewati bagian ini",
                "Istirahat dulu",
                "Tanya pembimbing saya",
                '<details class="card" data-noted><summary>Buka bagian ini',
                "<video",
                f'id="{place}" tabindex="-1" data-instead',
                "Gambarlah dua kursi.",
            )
        ]
        assert spots == sorted(spots)
        assert page[: page.index("Tonton: Sekali lagi")].count("data-noted") == 1

    def test_a_sound_behind_a_note_is_not_offered_at_the_head_of_the_lesson(self, folder, cast, sign_in):
        noted = LESSON.replace("Salam pembuka\n", "Salam pembuka\nnote: Ada pukulan.\nneutral: Tulis salam.\n")
        (folder / "modul-01/1.md").write_text(noted)
        making.load(folder)
        work()
        page = read_by(cast.seruni, sign_in)
        assert "Dengarkan ·" not in page
        assert page.index("Ada pukulan.") < page.index("<audio") < page.index("Tulis salam.")

    def test_the_poster_counts_and_what_she_may_leave_does_not(self, folder):
        making.load(folder)
        before = making.lesson("m1/1").weight
        work()
        more = making.lesson("m1/1").weight - before
        film = MediaFile.objects.get(kind="film")
        assert film.poster_bytes * 2 <= more < film.poster_bytes * 2 + 1_500
        assert film.bytes > 2_000

    def test_a_file_that_is_gone_leaves_the_lesson_standing(self, folder, cast, sign_in):
        making.load(folder)
        work()
        MediaFile.objects.all().delete()
        LessonPage.objects.get(pk=making.lesson("m1/1").pk).save()
        page = read_by(cast.seruni, sign_in)
        assert "Berkas ini sedang tidak ada." in page
        assert "Selamat datang." in page


class TestInFolders:
    def test_what_is_exported_is_the_small_file_and_loading_it_changes_nothing(self, folder, tmp_path):
        making.load(folder)
        work()
        assert making.load(folder) == []
        files = export(tmp_path / "keluar")
        sound = MediaFile.objects.get(kind="sound")
        assert files["modul-01/media/salam.opus"] == stored(sound.file).read_bytes()
        assert files["modul-01/media/duduk.vtt"] == CAPTIONS
        assert b"file: salam.opus" in files["modul-01/1.md"]
        assert "modul-01/media/salam.wav" not in files
        assert making.load(tmp_path / "keluar") == []

    def test_a_course_travels_between_two_sites_byte_by_byte(self, folder, tmp_path):
        making.load(folder)
        work()
        first = export(tmp_path / "satu")
        forget_everything()
        making.load(tmp_path / "satu")
        assert export(tmp_path / "belum")["modul-01/media/salam.opus"] == first["modul-01/media/salam.opus"]
        work()
        assert export(tmp_path / "dua") == first
        assert MediaFile.objects.get(kind="sound").second_bytes

    def test_before_the_worker_came_the_file_goes_out_as_it_came(self, folder, tmp_path):
        making.load(folder)
        assert export(tmp_path / "keluar")["modul-01/media/salam.wav"] == speech(3)

    def test_a_newer_text_comes_in_after_the_worker_did_its_part(self, folder):
        making.load(folder)
        work()
        (folder / "modul-01/1.md").write_text(LESSON.replace("menyiapkan", "memimpin"))
        assert making.load(folder) == ["Berubah: Dapur"]
        assert MediaFile.objects.count() == 4

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (("salam.wav", PAGE), "1.md:.*salam.wav.*not what its name says"),
            (("salam.wav", b""), "1.md:.*salam.wav.*empty"),
            (("formulir.pdf", PDF.replace(b"/Catalog", b"/A<</S/Launch>>")), "1.md:.*formulir.pdf.*program"),
            (("duduk.vtt", b"halo"), "1.md:.*duduk.vtt.*WebVTT"),
            (("lain.mp3", b"x"), "media/lain.mp3.*No step or block"),
        ],
        ids=["page", "empty", "pdf", "captions", "stranger"],
    )
    def test_a_file_that_is_no_such_is_refused_with_its_line(self, folder, change, sentence):
        name, content = change
        (folder / "modul-01/media" / name).write_bytes(content)
        with pytest.raises(CurriculumRefused, match=sentence):
            making.load(folder)
        assert not MediaFile.objects.exists()

    @pytest.mark.parametrize("name", ["../1.md", "/etc/passwd", "salam", "a/b.wav", ".wav", "tidak-ada.wav"])
    def test_a_name_never_leads_out_of_the_folder(self, folder, name):
        (folder / "modul-01/1.md").write_text(LESSON.replace("file: salam.wav", f'file: "{name}"'))
        with pytest.raises(CurriculumRefused, match=r"folder “media”|There is no file"):
            making.load(folder)

    def test_a_link_instead_of_a_file_is_refused(self, folder, tmp_path):
        (tmp_path / "luar.wav").write_bytes(speech(1))
        (folder / "modul-01/media/salam.wav").unlink()
        (folder / "modul-01/media/salam.wav").symlink_to(tmp_path / "luar.wav")
        with pytest.raises(CurriculumRefused, match="There is no file"):
            making.load(folder)

    def test_a_film_without_words_and_a_sound_without_transcript_are_refused(self, folder):
        bare = LESSON.replace("Gambarlah dua kursi.\ncaptions: duduk.vtt\n", "Gambarlah dua kursi.\n")
        bare = bare.replace("transcript: |\n  Selamat datang. **Di sini aman.**\n", "")
        (folder / "modul-01/1.md").write_text(bare)
        with pytest.raises(CurriculumRefused, match=r"“transcript” is missing.*|captions or a transcript") as refused:
            making.load(folder)
        assert "captions or a transcript" in str(refused.value) or "needs captions" in str(refused.value)


def test_a_file_in_use_is_not_removed(folder, cast):
    making.load(folder)
    media = MediaFile.objects.get(kind="document")
    assert ReferenceIndex.get_references_to(media).exists()
    with pytest.raises(Refused, match="dipakai pelajaran"):
        collecting.remove(media=media, by=cast.anggrek, now=clock.now())
    assert media.path.is_file()
