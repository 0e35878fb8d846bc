"""The editor's room of media: upload many, see how far they are, choose them in blocks, remove what nothing uses."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from courses import collecting, shrinking
from courses.blocks.media import AudioBlock, DownloadBlock, MediaChooserBlock, VideoBlock
from courses.models import MediaFile
from lms.kit import clock, transcoding
from tests.courses import making
from tests.courses.media_files import CAPTIONS, PAGE, PDF, speech

LIST, ADD = "/admin/berkas/", "/admin/berkas/new/"


@pytest.fixture
def editor(cast, sign_in) -> Client:
    call_command("set_up")
    return sign_in(cast.anggrek)


def put(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def take(content: bytes, name: str) -> MediaFile:
    return collecting.take_in(file=io.BytesIO(content), name=name, size=len(content), by=None, now=clock.now())


def test_several_files_come_in_at_once(editor, cast):
    answer = editor.post(ADD, {"files": [put("formulir.pdf", PDF), put("teks.vtt", CAPTIONS)]})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert set(MediaFile.objects.values_list("name", "kind", "added_by")) == {
        ("formulir", "document", cast.anggrek.pk),
        ("teks", "captions", cast.anggrek.pk),
    }


def test_what_is_refused_says_why_and_the_rest_comes_in(editor):
    answer = editor.post(ADD, {"files": [put("formulir.pdf", PDF), put("jahat.pdf", PAGE), put("kosong.txt", b"")]})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "jahat.pdf: Isi berkas ini tidak sesuai namanya." in page
    assert "kosong.txt: Berkas ini kosong." in page
    assert "1 berkas sudah masuk." in page
    assert MediaFile.objects.get().name == "formulir"


def test_nothing_chosen_is_said_too(editor):
    answer = editor.post(ADD, {})
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.skipif(not transcoding.tool(), reason="no tool")
def test_the_list_says_how_far_each_is_its_size_and_its_use(editor, course):
    media = take(speech(2), "salam.wav")
    waiting = editor.get(LIST).content.decode()
    assert "<span data-unfinished>Sedang dikecilkan …</span>" in waiting
    MediaFile.objects.update(state="working", claim="0" * 32, percent=40)
    assert "Sedang dikecilkan: 40 persen" in editor.get(f"{LIST}results/").content.decode()
    MediaFile.objects.update(state="waiting", claim=None)
    shrinking.shrink(media_id=media.pk, now=clock.now())
    media.refresh_from_db()
    ready = editor.get(LIST).content.decode()
    assert f"Siap: {round(media.bytes / 1000)} kB" in ready
    assert "data-unfinished" not in ready
    assert "media-progress.js" in ready


def test_one_that_failed_says_why_in_the_list(editor):
    take(PDF, "a.pdf")
    MediaFile.objects.update(state="failed", problem="too_long")
    assert "Ini terlalu panjang. Suara paling lama 60 menit" in editor.get(LIST).content.decode()


def test_a_block_offers_only_files_of_its_kind_with_their_state(editor):
    take(PDF, "formulir.pdf")
    take(CAPTIONS, "teks.vtt")
    page = editor.get("/admin/berkas-pilih/document/").json()["html"]
    assert "formulir" in page
    assert "teks" not in page
    assert "Siap: 1 kB" in page
    found = editor.get("/admin/berkas-pilih/captions/results/").content.decode()
    assert "teks" in found
    assert "formulir" not in found


def test_a_file_is_uploaded_and_chosen_in_one_go(editor):
    answer = editor.post("/admin/berkas-pilih/document/create/", {"files": put("formulir.pdf", PDF)})
    assert answer.json()["step"] == "chosen"
    assert answer.json()["result"]["id"] == str(MediaFile.objects.get().pk)


@pytest.mark.parametrize(("name", "content"), [("jahat.pdf", PAGE), ("teks.vtt", CAPTIONS)])
def test_a_wrong_file_in_the_chooser_is_refused_with_a_sentence(editor, name, content):
    answer = editor.post("/admin/berkas-pilih/document/create/", {"files": put(name, content)}).json()
    assert answer["step"] == "reshow_creation_form"
    assert "Isi berkas ini tidak sesuai namanya." in answer["html" if "html" in answer else "htmlFragment"] or (
        "Di sini perlu berkas jenis lain: Dokumen." in answer["htmlFragment"]
    )
    assert not MediaFile.objects.exists()


def test_a_name_may_be_changed_and_stays_plain(editor):
    media = take(PDF, "a.pdf")
    assert editor.post(f"{LIST}edit/{media.pk}/", {"name": "formulir-1"}).status_code == 302
    assert MediaFile.objects.get().file_name == "formulir-1.pdf"
    answer = editor.post(f"{LIST}edit/{media.pk}/", {"name": "../../a"})
    assert "Pakai huruf, angka, dan tanda hubung." in answer.content.decode()


def test_what_nothing_uses_is_removed_with_its_file(editor, django_capture_on_commit_callbacks):
    media = take(PDF, "a.pdf")
    path = media.path
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"{LIST}delete/{media.pk}/").status_code == 302
    assert (MediaFile.objects.exists(), path.exists()) == (False, False)


def test_what_a_lesson_uses_is_not_removed(editor, course):
    media = take(PDF, "a.pdf")
    page = making.lesson("m1/1")
    page.body.append(("download", {"file": media, "title": "Formulir", "text": ""}))
    page.save_revision().publish()
    answer = editor.post(f"{LIST}delete/{media.pk}/", follow=True)
    assert "Berkas ini dipakai pelajaran." in answer.content.decode()
    assert MediaFile.objects.filter(pk=media.pk).exists()
    assert ">1<" in "".join(editor.get(LIST).content.decode().split())


@pytest.mark.parametrize("who", ["seruni", "murai", "soka"])
def test_nobody_but_editors_comes_in(cast, sign_in, who):
    call_command("set_up")
    client = sign_in(getattr(cast, who))
    for address in (LIST, ADD, "/admin/berkas-pilih/sound/", "/admin/berkas-pilih/document/create/"):
        assert client.get(address).status_code in (302, 403, 404)
    client.post(ADD, {"files": put("formulir.pdf", PDF)})
    client.post("/admin/berkas-pilih/document/create/", {"files": put("formulir.pdf", PDF)})
    assert not MediaFile.objects.exists()


def test_a_film_needs_captions_or_words_and_a_sound_its_words(db):
    from wagtail.blocks import StructBlockValidationError
    from wagtail.rich_text import RichText

    film, captions = take(PDF, "a.pdf"), take(CAPTIONS, "a.vtt")
    MediaFile.objects.filter(pk=film.pk).update(kind="film")
    block = VideoBlock()
    value = block.normalize({"file": film, "title": "Film", "captions": None, "transcript": RichText("")})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)
    value["captions"] = captions
    assert block.clean(value)["captions"] == captions
    MediaFile.objects.filter(pk=film.pk).update(kind="sound")
    silent = AudioBlock().normalize({"file": film, "title": "Suara", "transcript": RichText("")})
    with pytest.raises(StructBlockValidationError):
        AudioBlock().clean(silent)


def test_a_block_refuses_a_file_of_another_kind(db):
    from django.core.exceptions import ValidationError

    media = take(PDF, "a.pdf")
    with pytest.raises(ValidationError):
        MediaChooserBlock("sound").clean(media)
    assert MediaChooserBlock("document").clean(media) == media


def test_the_previews_of_the_blocks_are_drawn(db):
    for block in (AudioBlock(), VideoBlock(), DownloadBlock()):
        assert block.render(block.get_preview_value())


def test_the_forms_of_the_blocks_are_drawn_in_the_editor_of_a_lesson(editor, course):
    page = editor.get(f"/admin/pages/{making.lesson('m1/1').pk}/edit/").content.decode()
    for words in ("Pilih atau unggah berkas", "berkas-pilih/sound/", "berkas-pilih/captions/"):
        assert words in page
