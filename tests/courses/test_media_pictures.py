"""Pictures: nothing of where and by whom stays in any stored file; what is no picture is refused in words."""

import io
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from courses import shrinking
from courses.models import Picture
from courses.tasks import lighten_picture
from lms.kit.pictures import cleaned
from lms.kit.unfit import UnfitFile
from tests.courses import making
from tests.courses.media_files import PAGE, bomb, photo

WORDS = (b"Telepon", b"Nama Orang", b"Desa Contoh", b"Exif")


def stored(picture: Picture) -> bytes:
    return Path(picture.file.path).read_bytes()


def kept(content: bytes, name: str = "foto.jpg") -> Picture:
    picture = Picture(title=name, file=ImageFile(io.BytesIO(content), name=name))
    picture.save()
    return picture


@pytest.fixture
def editor(cast, sign_in, settings) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    call_command("set_up")
    return sign_in(cast.anggrek)


def upload(editor: Client, content: bytes, name: str = "foto.jpg"):
    data = {"title": "Foto", "file": SimpleUploadedFile(name, content, "image/jpeg"), "collection": 1}
    return editor.post("/admin/images/add/", data)


def said(answer) -> str:
    return " ".join(answer.context["form"].errors.get("file", []))


def test_place_phone_and_owner_are_gone_from_every_stored_file(editor):
    assert all(word in photo() for word in WORDS)
    assert upload(editor, photo()).status_code == 302
    picture = Picture.objects.get()
    shrinking.lighten(picture_id=picture.pk)
    files = [stored(picture), *(Path(one.file.path).read_bytes() for one in picture.renditions.all())]
    assert len(files) >= 3
    assert [word for word in WORDS if any(word in file for file in files)] == []
    with Image.open(picture.file.path) as image:
        assert dict(image.getexif()) == {}
    assert picture.file_size == len(stored(picture))


def test_the_stored_name_says_nothing(db):
    assert "cempaka" not in kept(photo(), "Ibu Cempaka.jpg").file.name.lower()


def test_a_picture_that_lies_on_its_side_is_turned_first(db):
    picture = kept(photo((1200, 800), turned=True))
    assert (picture.width, picture.height) == (800, 1200)
    with Image.open(picture.file.path) as image:
        red, blue = image.getpixel((400, 100)), image.getpixel((400, 1100))
    assert (red[0] > 200, blue[2] > 200) == (True, True)


def test_a_large_photo_is_kept_at_1600_dots(db):
    picture = kept(photo((4000, 3000)))
    assert (picture.width, picture.height) == (1600, 1200)


def test_a_clean_picture_keeps_its_bytes(db, tmp_path):
    content = making.put_picture(tmp_path / "a.png").read_bytes()
    assert cleaned(content) == (content, ".png")
    assert stored(kept(content, "a.png")) == content


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "P")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA", "L", "P")),
    ],
)
def test_cleaning_twice_is_cleaning_once(kind, mode):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 3
    Image.effect_noise((300, 1700), 50).convert(mode).save(out, kind, exif=exif)
    once, suffix = cleaned(out.getvalue())
    assert cleaned(once) == (once, suffix)
    with Image.open(io.BytesIO(once)) as image:
        assert max(image.size) == 1600


def test_texts_in_a_png_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Nama Orang")
    notes.add_text("Comment", "Desa Contoh " * 50, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(out, "PNG", pnginfo=notes)
    assert b"Author" in out.getvalue()
    assert b"Author" not in cleaned(out.getvalue())[0]
    assert b"zTXt" not in cleaned(out.getvalue())[0]


def test_only_the_first_picture_of_a_moving_one_is_kept():
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(cleaned(out.getvalue())[0])) as image:
        assert getattr(image, "n_frames", 1) == 1


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PAGE, "foto.jpg", "bukan gambar JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "foto.png", "bukan gambar JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "foto.svg", "bukan gambar JPEG"),
        (photo() + PAGE, "foto.jpg", "tersembunyi"),
        (photo().replace(b"Desa Contoh", b"<script>aaa"), "foto.jpg", "tersembunyi"),
        (b"GIF89a/*" + PAGE + b"*/=1", "foto.jpg", "bukan gambar JPEG"),
        (bomb(), "foto.png", "24 juta titik"),
        (cut(photo()), "foto.jpg", "rusak"),
        (b"", "foto.jpg", "kosong"),
        (photo(), "foto.png", "tidak sesuai namanya"),
    ],
    ids=["page", "svg", "svg-named-so", "page-behind", "page-in-note", "gif", "bomb", "cut", "empty", "wrong-suffix"],
)
def test_what_is_no_clean_picture_is_refused_in_words(editor, content, name, sentence):
    answer = upload(editor, content, name)
    assert answer.status_code == 200
    assert sentence in said(answer)
    assert not Picture.objects.exists()


def test_a_hostile_picture_that_goes_round_the_form_is_refused_too(db):
    for content in (photo() + PAGE, photo().replace(b"Desa Contoh", b"<script>aaa")):
        with pytest.raises(UnfitFile):
            kept(content)
    for content in (PAGE, bomb(), cut(photo()), b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with pytest.raises(UnfitFile):
            cleaned(content)
    assert not Picture.objects.exists()


def test_over_eight_megabytes_is_refused_in_words():
    with pytest.raises(UnfitFile, match="8 MB"):
        cleaned(photo() + bytes(8_000_000))


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP", b""]))
def test_no_bytes_bring_anything_but_a_refusal(tail, start):
    with pytest.raises(UnfitFile):
        cleaned(start + tail)


def test_the_task_makes_both_light_sizes_under_30_kb_and_the_list_says_so(editor):
    upload(editor, photo((2400, 1600)))
    picture = Picture.objects.get()
    picture.renditions.all().delete()
    assert "Sedang dikecilkan" in editor.get("/admin/images/").content.decode()
    assert "data-unfinished" in editor.get("/admin/images/chooser/").content.decode()
    lighten_picture(picture.pk)
    lighten_picture(picture.pk)
    light = {one.width: one.file.size for one in picture.renditions.filter(filter_spec__contains="webpquality")}
    assert sorted(light) == [320, 640]
    assert max(light.values()) <= 30_000
    page = editor.get("/admin/images/").content.decode()
    assert "Siap:" in page
    assert "data-unfinished" not in page
    assert "Siap:" in editor.get("/admin/images/chooser/").content.decode()


def test_a_lesson_shows_its_picture_before_the_task_has_run(course, cast, sign_in):
    Picture.objects.get().renditions.all().delete()
    making.enrol(cast.seruni, course)
    answer = sign_in(cast.seruni).get("/belajar/kecil/m1/1/")
    assert b'.webp"' in answer.content


def test_a_new_picture_asks_for_its_task(db, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(shrinking.app, "send_task", lambda name, args, **_more: asked.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        picture = kept(photo())
    assert asked == [("courses.tasks.lighten_picture", [picture.pk])]


def test_a_picture_of_a_folder_loses_its_notes_and_loading_twice_changes_nothing(db, tmp_path):
    folder = making.write_folder(tmp_path / "kecil")
    text = making.LESSON_1.replace("dapur.png", "dapur.jpg")
    (folder / "modul-01/1.md").write_text(text)
    (folder / "modul-01/pictures/dapur.png").unlink()
    (folder / "modul-01/pictures/dapur.jpg").write_bytes(photo())
    making.load(folder)
    assert b"Nama Orang" not in stored(Picture.objects.get())
    assert making.load(folder) == []


def test_a_page_named_as_a_picture_of_a_folder_is_refused_with_its_line(db, tmp_path):
    from courses.curriculum.problems import CurriculumRefused

    folder = making.write_folder(tmp_path / "kecil")
    (folder / "modul-01/pictures/dapur.png").write_bytes(PAGE)
    with pytest.raises(CurriculumRefused, match=r"no picture"):
        making.load(folder)
