"""A course as one zip: in and out unchanged, and everything hostile refused in words with nothing changed."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.curriculum import zipped
from courses.curriculum.gathering import gather_course
from courses.curriculum.problems import CurriculumRefused
from courses.curriculum.reading import read_course
from courses.models import CoursePage
from tests.courses.making import small_course, write_folder

Maker = Callable[[zipfile.ZipFile], None]


def zip_of(*makers: Maker, **files: bytes | str) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
        for make in makers:
            make(target)
    made.seek(0)
    return made


def entry(name: str, content: bytes = b"x", mode: int = 0) -> Maker:
    def make(target: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        target.writestr(info, content)

    return make


def refusals(source: io.BytesIO, folder: Path) -> list[str]:
    with pytest.raises(CurriculumRefused) as refused:
        read_course(zipped.unpack(source, folder))
    return [problem.render(str) for problem in refused.value.problems]


def test_a_course_goes_out_and_its_bytes_are_the_same_each_time(db: None, tmp_path: Path) -> None:
    small_course(tmp_path / "asal")
    course = gather_course(CoursePage.objects.get())
    first, second = io.BytesIO(), io.BytesIO()
    assert zipped.write_zip(course, first) == zipped.write_zip(course, second) > 5
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    folder = zipped.unpack(first, tmp_path / "baru")
    for path in (tmp_path / "asal").rglob("*.*"):
        if path.is_file():
            assert (folder / path.relative_to(tmp_path / "asal")).read_bytes() == path.read_bytes()


def test_a_folder_in_the_zip_and_the_litter_of_other_programs_are_fine(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "asal")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for path in source.rglob("*.*"):
            if path.is_file():
                target.write(path, f"kelas/{path.relative_to(source)}")
        target.writestr("__MACOSX/kelas/._course.yaml", b"\x00")
        target.writestr("kelas/.DS_Store", b"\x00")
    made.seek(0)
    assert read_course(zipped.unpack(made, tmp_path / "baru")).head.slug == "kecil"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (lambda: io.BytesIO(b"not a zip"), "no zip file"),
        (lambda: io.BytesIO(b""), "no zip file"),
        (lambda: zip_of(entry("../course.yaml")), "leads out"),
        (lambda: zip_of(entry("/etc/cron.d/x")), "leads out"),
        (lambda: zip_of(entry("C:/x.yaml")), "leads out"),
        (lambda: zip_of(entry("a\\..\\..\\b")), "plain letters"),
        (lambda: zip_of(entry("modul-01/a\x1b[2J.md")), "plain letters"),
        (lambda: zip_of(entry("course.yaml", b"/etc/passwd", stat.S_IFLNK | 0o777)), "link or a device"),
        (lambda: zip_of(entry("a/b/c/d/e.md")), "too deep"),
        (lambda: zip_of(entry("course.yaml"), entry("COURSE.yaml")), "twice"),
        (lambda: zip_of(*[entry(f"{number}.md") for number in range(10_000)]), "10000 files"),
        (lambda: zip_of(entry("course.yaml", b"\0" * 70_000_000)), "larger than 60 MB"),
    ],
)
def test_a_hostile_zip_is_refused_in_words(source: Callable[[], io.BytesIO], said: str, tmp_path: Path) -> None:
    lines = refusals(source(), tmp_path / "baru")
    assert any(said in line for line in lines), lines
    assert not list(tmp_path.rglob("*.*"))


def test_a_zip_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = zip_of(entry("course.yaml", b"\0" * 3_000_000)).getvalue()
    true, lie = struct.pack("<L", 3_000_000), struct.pack("<L", 10)
    monkeypatch.setattr(zipped, "MOST_FILE_BYTES", 1_000_000)
    lines = refusals(io.BytesIO(made.replace(true, lie)), tmp_path / "baru")
    assert any("too large" in line or "damaged" in line for line in lines), lines


def test_a_locked_zip_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    whole = zip_of(entry("course.yaml", b"key: x\n" * 100)).getvalue()
    locked = bytearray(whole)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = whole.index(start) + (6 if start.endswith(b"\x04") else 8)
        locked[place] |= 1
    assert any("password" in line for line in refusals(io.BytesIO(bytes(locked)), tmp_path / "a"))
    broken = bytearray(whole)
    broken[45] ^= 0xFF
    assert refusals(io.BytesIO(bytes(broken)), tmp_path / "b")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("modul-01/pictures/dapur.png", b"<html><script>alert(1)</script></html>", "no picture"),
        ("modul-01/1.md", "---\nkey: \xff".encode("utf-16"), "UTF-8"),
        ("modul-01/1.md", b"\x89PNG\r\n", "UTF-8"),
        ("modul-01/rahasia.exe", b"MZ", "names this file"),
        ("course.yaml", b"a: &a [x]\nb: *a\n", "References"),
        ("course.yaml", b"[" * 5000, "YAML"),
        ("course.yaml", b"[" * 5000 + b"]" * 5000, "YAML"),
        ("course.yaml", b"key: !!python/object/apply:os.system [id]\n", "course.yaml"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named(
    db: None, file: str, content: bytes, said: str, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "asal")
    (folder / file).write_bytes(content)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for path in folder.rglob("*.*"):
            if path.is_file():
                target.write(path, path.relative_to(folder))
    made.seek(0)
    lines = refusals(made, tmp_path / "baru")
    assert any((line.startswith(file) or file.endswith(".png")) and said in line for line in lines), lines


def test_the_command_tells_first_and_changes_nothing_then_takes_the_zip(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_course(tmp_path / "asal")
    call_command("export_course", "kecil", tmp_path / "kelas.zip")
    CoursePage.objects.get().delete()
    call_command("load_curriculum", tmp_path / "kelas.zip", "--overwrite", "--dry-run")
    assert capsys.readouterr().out.count("Baru: ") == 6
    assert not CoursePage.objects.exists()
    call_command("load_curriculum", tmp_path / "kelas.zip", "--overwrite")
    assert CoursePage.objects.live().get().slug == "kecil"
    (tmp_path / "rusak.zip").write_bytes(b"PK")
    with pytest.raises(CommandError, match="zip"):
        call_command("load_curriculum", tmp_path / "rusak.zip")
