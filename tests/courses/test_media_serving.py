"""How media are served, and what is refused before anything is stored."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from courses import collecting
from courses.models import MediaFile
from courses.models.media import stored
from courses.tasks import shrink_media
from lms.kit import clock, transcoding
from lms.kit.refusing import Refused
from tests.courses.media_files import PAGE, PDF, speech


def take(content: bytes, name: str) -> MediaFile:
    return collecting.take_in(file=io.BytesIO(content), name=name, size=len(content), by=None, now=clock.now())


def made(content: bytes, name: str) -> MediaFile:
    media = take(content, name)
    shrink_media(media.pk)
    media.refresh_from_db()
    return media


HOSTILE = [
    (PAGE, "rekaman.mp3", "tidak sesuai namanya"),
    (PAGE, "film.mp4", "tidak sesuai namanya"),
    (b"", "rekaman.mp3", "kosong"),
    (speech(1), "rekaman.pdf", "tidak sesuai namanya"),
    (speech(1), "film.mp4", "tidak sesuai namanya"),
    (b"#EXTM3U\nfile:///etc/passwd\n", "rekaman.mp3", "tidak sesuai namanya"),
    (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "film.mp4", "tidak sesuai namanya"),
    (speech(1), "rekaman.exe", "tidak diterima"),
    (speech(1), "rekaman", "tidak diterima"),
    (PDF, "rekaman.wav", "tidak sesuai namanya"),
]


@pytest.mark.parametrize(("content", "name", "sentence"), HOSTILE, ids=[f"{n}-{len(c)}" for c, n, _s in HOSTILE])
@pytest.mark.django_db
def test_what_is_not_what_its_name_says_is_refused_in_words(content, name, sentence):
    with pytest.raises(Refused, match=sentence):
        take(content, name)
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize("name", ["../../lari.csv", "C:\\Orang\\lari.csv", "/etc/lari.csv", "..csv.csv", "é😀.csv"])
@pytest.mark.django_db
def test_a_name_with_folders_stays_inside(name):
    media = take(b"nama;jumlah\nbuku;2\n", name)
    assert stored(media.file).resolve().parent == (Path(settings.MEDIA_ROOT) / "berkas").resolve()
    assert media.name.replace("-", "").isalnum()
    assert media.name.lower() in {"lari", "csv", "berkas"}


@pytest.mark.django_db
class TestServing:
    def test_a_document_is_for_keeping_and_runs_nothing(self):
        media = take(PDF, "formulir.pdf")
        answer = Client().get(media.url)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith('attachment; filename="lopo-')
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_a_player_gets_the_part_that_it_asks_for(self):
        media = take(b"0123456789" * 100, "teks.txt")
        answer = Client().get(media.url, headers={"range": "bytes=10-19"})
        assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"0123456789")
        assert (answer["Content-Range"], answer["Content-Length"]) == ("bytes 10-19/1000", "10")
        last = Client().get(media.url, headers={"range": "bytes=-5"})
        assert b"".join(last.streaming_content) == b"56789"
        beyond = Client().get(media.url, headers={"range": "bytes=5000-"})
        assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */1000")

    @pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=-", "bytes=1-2,5-6", "rows=1-2", f"bytes={'9' * 5000}-"])
    def test_a_part_that_is_none_gives_the_whole(self, asked):
        media = take(b"0123456789" * 100, "teks.txt")
        assert Client().get(media.url, headers={"range": asked}).status_code == 200

    def test_a_sound_is_not_compressed_again_and_keeps_its_length(self):
        if not transcoding.tool():
            pytest.skip("no tool")
        media = made(speech(2), "a.wav")
        answer = Client().get(media.url, headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in answer
        assert answer["Content-Length"] == str(media.bytes)
        assert answer["Content-Disposition"].startswith("inline")

    def test_what_came_in_has_no_address(self):
        if not transcoding.tool():
            pytest.skip("no tool")
        media = take(speech(2), "a.wav")
        assert Client().get(f"/media/{media.source}").status_code == 404

    @pytest.mark.parametrize("path", ["berkas/../masuk/a.wav", "berkas/%2e%2e/a.ogg", "berkas/" + "0" * 24 + ".ogg"])
    def test_nothing_else_is_served(self, path):
        assert Client().get(f"/media/{path}").status_code == 404
