"""Sound and film come in, are made small by the worker, survive its death, and are played by parts."""

import io
import os
import shutil
import struct
import subprocess
import sys
from datetime import timedelta

import pytest

from courses import collecting, shrinking
from courses.models import MediaFile
from courses.models.media import stored
from courses.tasks import shrink_media, sweep_media
from lms.kit import clock, tags, transcoding
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from tests.cast import make_cast
from tests.courses import media_files
from tests.courses.media_files import CAPTIONS, speech

needs_av = pytest.mark.skipif(transcoding.tool() != "av", reason="PyAV is not installed")


def take(content: bytes, name: str, by=None, kind: str = "") -> MediaFile:
    return collecting.take_in(file=io.BytesIO(content), name=name, size=len(content), by=by, now=clock.now(), kind=kind)


def made(content: bytes, name: str) -> MediaFile:
    media = take(content, name)
    shrink_media(media.pk)
    media.refresh_from_db()
    return media


@pytest.fixture
def no_tool(monkeypatch):
    monkeypatch.setattr(transcoding, "tool", lambda: "")


@needs_av
@pytest.mark.django_db
class TestSound:
    def test_it_becomes_opus_and_mp3_of_their_rates(self):
        media = made(speech(20), "Rekaman Pagi.wav")
        assert (media.state, media.seconds, media.name, media.file_name) == (
            MediaFile.State.READY,
            20,
            "Rekaman-Pagi",
            "Rekaman-Pagi.opus",
        )
        opus, mp3 = stored(media.file), stored(media.second)
        assert (opus.stat().st_size, mp3.stat().st_size) == (media.bytes, media.second_bytes)
        assert media.bytes * 8 / 20 < 30_000
        assert 31_000 < media.second_bytes * 8 / 20 < 34_000
        assert opus.read_bytes().startswith(b"OggS")

    def test_names_and_places_in_its_tags_are_gone(self, tmp_path):
        source = media_files.noted_mp3(tmp_path)
        assert b"Nama Orang" in source
        media = made(source, "rekaman.mp3")
        for name in (media.file, media.second):
            content = stored(name).read_bytes()
            assert b"Nama Orang" not in content
            assert b"115.21" not in content
        assert tags.is_bare_ogg(stored(media.file).read_bytes())

    def test_what_came_in_is_dropped_when_the_small_files_are_there(self, django_capture_on_commit_callbacks):
        media = take(speech(2), "a.wav")
        came = stored(media.source)
        assert came.is_file()
        with django_capture_on_commit_callbacks(execute=True):
            shrinking.shrink(media_id=media.pk, now=clock.now())
        media.refresh_from_db()
        assert (media.source, came.exists()) == ("", False)

    @pytest.mark.django_db(transaction=True)
    def test_nothing_waits_for_itself_when_it_is_really_committed(self):
        media = take(speech(2), "a.wav")
        came = stored(media.source)
        shrink_media(media.pk)
        media.refresh_from_db()
        assert (media.is_ready, media.source, came.exists()) == (True, "", False)
        broken = take(b"ID3\x04\0\0\0\0\0\0" + bytes(range(256)) * 40, "a.mp3")
        shrink_media(broken.pk)
        broken.refresh_from_db()
        assert (broken.problem, broken.source) == ("unreadable", "")
        collecting.remove(media=media, by=make_cast().anggrek, now=clock.now())
        assert not stored(media.file).exists()

    def test_its_own_result_keeps_its_bytes_when_it_comes_in_elsewhere(self):
        first = made(speech(5), "a.wav")
        content = stored(first.file).read_bytes()
        MediaFile.objects.all().delete()
        again = made(content, "a.opus")
        assert stored(again.file).read_bytes() == content
        assert (again.digest, again.file) == (again.light_digest, first.file)

    def test_the_same_sound_twice_is_one_file_and_so_is_its_result(self):
        first = made(speech(2), "a.wav")
        assert take(speech(2), "b.wav") == first
        assert take(stored(first.file).read_bytes(), "c.opus") == first

    def test_running_twice_changes_nothing(self):
        media = made(speech(2), "a.wav")
        before = MediaFile.objects.values().get()
        shrink_media(media.pk)
        sweep_media()
        assert MediaFile.objects.values().get() == before

    def test_noise_named_as_sound_fails_with_a_sentence(self):
        media = made(b"ID3\x04\0\0\0\0\0\0" + bytes(range(256)) * 40, "a.mp3")
        assert (media.state, media.problem) == (MediaFile.State.FAILED, "unreadable")
        assert media.progress == "Berkas ini tidak dapat diputar. Simpan ulang, lalu unggah lagi."

    def test_what_failed_may_be_uploaded_again(self):
        media = take(speech(2), "a.wav")
        MediaFile.objects.update(state="failed", problem="gave_up")
        assert take(speech(2), "a.wav") == media
        assert made(speech(2), "a.wav").is_ready


@needs_av
@pytest.mark.django_db
class TestFilm:
    def test_it_becomes_240_lines_under_2_mb_a_minute_with_a_poster_and_without_place(self, tmp_path):
        import av

        source = media_files.film(tmp_path, seconds=6)
        assert b"115.21" in source
        media = made(source, "film.mp4")
        assert (media.state, media.seconds) == (MediaFile.State.READY, 6)
        assert media.bytes <= 2_000_000 * 10 / 60
        content = stored(media.file).read_bytes()
        assert b"115.21" not in content
        assert b"Nama Orang" not in content
        assert tags.is_bare_mp4(content)
        with av.open(str(stored(media.file))) as film:
            video, audio = film.streams.video[0], film.streams.audio[0]
            assert (video.codec.name, video.width, video.height, audio.codec.name) == ("h264", 320, 240, "aac")
        assert 0 < media.poster_bytes <= 12_000
        assert stored(media.poster).read_bytes()[8:12] == b"WEBP"

    def test_its_own_result_keeps_its_bytes(self, tmp_path):
        first = made(media_files.film(tmp_path), "film.mp4")
        content = stored(first.file).read_bytes()
        MediaFile.objects.all().delete()
        again = made(content, "film.mp4")
        assert stored(again.file).read_bytes() == content
        assert again.poster

    def test_one_film_at_a_time(self, tmp_path):
        first = take(media_files.film(tmp_path), "a.mp4")
        second = take(media_files.film(tmp_path, seconds=2), "b.mp4")
        MediaFile.objects.filter(pk=first.pk).update(state="working", claim="0" * 32, touched_at=clock.now())
        assert shrinking.shrink(media_id=second.pk, now=clock.now()) is False
        second.refresh_from_db()
        assert second.state == MediaFile.State.WAITING

    def test_a_sound_named_as_film_fails_with_a_sentence(self, tmp_path):
        import av

        path = tmp_path / "a.mp4"
        with av.open(str(path), "w") as out:
            media_files._hum(out, out.add_stream("aac", rate=44_100), 1, 44_100)
        assert made(path.read_bytes(), "a.mp4").problem == "unreadable"


@needs_av
@pytest.mark.django_db
class TestWorker:
    def test_one_that_died_is_followed_by_another(self):
        media = take(speech(2), "a.wav")
        long_ago = clock.now() - timedelta(minutes=3)
        MediaFile.objects.update(state="working", claim="0" * 32, touched_at=long_ago, tries=1)
        assert list(MediaFile.objects.left_behind(clock.now(), shrinking.STALE_AFTER)) == [media]
        assert shrinking.shrink(media_id=media.pk, now=clock.now())

    def test_one_that_still_works_is_left_alone(self):
        media = take(speech(2), "a.wav")
        MediaFile.objects.update(state="working", claim="0" * 32, touched_at=clock.now())
        assert shrinking.shrink(media_id=media.pk, now=clock.now()) is False

    def test_who_lost_its_claim_changes_nothing(self, monkeypatch):
        media = take(speech(2), "a.wav")
        run = shrinking.run_tool

        def slow(*arguments):
            found = run(*arguments)
            MediaFile.objects.update(claim="1" * 32)
            return found

        monkeypatch.setattr(shrinking, "run_tool", slow)
        assert shrinking.shrink(media_id=media.pk, now=clock.now()) is False
        media.refresh_from_db()
        assert (media.state, media.file) == (MediaFile.State.WORKING, "")

    def test_a_tool_that_dies_is_tried_three_times_and_then_said(self, monkeypatch):
        media = take(speech(2), "a.wav")
        monkeypatch.setattr(shrinking, "run_tool", lambda *_arguments: {})
        for _ in range(3):
            shrink_media(media.pk)
            media.refresh_from_db()
        assert (media.state, media.problem, media.tries) == (MediaFile.State.FAILED, "gave_up", 3)

    def test_the_sweep_asks_for_what_waits_and_drops_what_is_done(self, monkeypatch):
        media = take(speech(2), "a.wav")
        MediaFile.objects.update(touched_at=clock.now() - timedelta(minutes=1))
        asked = []
        monkeypatch.setattr(shrinking.app, "send_task", lambda name, args, **_more: asked.append((name, args)))
        sweep_media()
        assert asked == [("courses.tasks.shrink_media", [media.pk])]

    def test_the_sweep_takes_away_what_a_power_cut_left(self):
        kept = stored(take(speech(2), "a.wav").source)
        orphan, folder, fresh = kept.with_name("b.wav"), kept.with_name("tmp1"), kept.with_name("c.wav")
        folder.mkdir()
        for path in (orphan, fresh):
            path.write_bytes(b"x")
        for path in (kept, orphan, folder):
            os.utime(path, (0, 0))
        sweep_media()
        assert [path.exists() for path in (kept, orphan, folder, fresh)] == [True, False, False, True]

    def test_progress_is_told_while_it_works(self, monkeypatch, tmp_path):
        heard = []
        source = tmp_path / "a.mp4"
        source.write_bytes(media_files.film(tmp_path, seconds=12, name="big.mp4"))
        (tmp_path / "out").mkdir()
        found = shrinking.run_tool("film", "mp4", source, tmp_path / "out", heard.append)
        assert found["seconds"] == 12
        assert all(0 <= percent < 100 for percent in heard)

    def test_the_tool_sees_no_secret_of_the_site(self, monkeypatch, tmp_path):
        seen = {}
        real = shrinking.subprocess.Popen

        def watched(*arguments, **options):
            seen.update(options["env"])
            return real(*arguments, **options)

        monkeypatch.setenv("SECRET_KEY", "geheim")
        monkeypatch.setattr(shrinking.subprocess, "Popen", watched)
        made(speech(2), "a.wav")
        assert seen
        assert set(seen) <= {"PATH", "LANG", "TMPDIR"}


@pytest.mark.django_db
class TestWithoutTool:
    def test_a_small_mp3_is_kept_without_its_tags(self, no_tool, tmp_path):
        pytest.importorskip("av")
        media = take(media_files.noted_mp3(tmp_path), "rekaman.mp3")
        assert media.is_ready
        content = stored(media.file).read_bytes()
        assert content[0] == 0xFF
        assert b"Nama Orang" not in content

    def test_a_small_mp4_is_kept_without_its_place(self, no_tool, tmp_path):
        pytest.importorskip("av")
        media = take(media_files.film(tmp_path, seconds=2), "film.mp4")
        assert media.is_ready
        assert b"115.21" not in stored(media.file).read_bytes()
        assert b"Nama Orang" not in stored(media.file).read_bytes()

    def test_what_is_larger_or_no_phone_plays_is_refused_with_a_sentence(self, no_tool):
        with pytest.raises(Refused, match=r"Situs ini belum dapat mengecilkan berkas.*1\.5 MB"):
            take(speech(2), "rekaman.wav")
        with pytest.raises(Refused, match="Situs ini belum dapat"):
            take(b"ID3" + bytes(2_000_000), "rekaman.mp3")
        assert not MediaFile.objects.exists()

    def test_what_waits_when_the_tool_goes_away_says_so(self, monkeypatch):
        if not transcoding.tool():
            pytest.skip("there is no tool to go away")
        media = take(speech(2), "a.wav")
        monkeypatch.setattr(transcoding, "tool", lambda: "")
        shrink_media(media.pk)
        media.refresh_from_db()
        assert (media.state, media.problem) == (MediaFile.State.FAILED, "no_tool")


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
@needs_av
def test_the_program_ffmpeg_does_the_same(tmp_path):
    from lms.kit.transcoding import with_ffmpeg

    (tmp_path / "a.wav").write_bytes(speech(4))
    media_files.film(tmp_path, seconds=3)
    assert with_ffmpeg.sound(tmp_path / "a.wav", "wav", tmp_path)["second"] == "b.mp3"
    assert tags.is_bare_ogg((tmp_path / "a.ogg").read_bytes())
    assert with_ffmpeg.film(tmp_path / "noted.mp4", "mov", tmp_path)["poster"] == "poster.webp"


@pytest.mark.django_db
def test_who_uploaded_is_in_the_trail_and_removing_too(cast):
    media = take(CAPTIONS, "teks.vtt", by=cast.anggrek)
    path = stored(media.file)
    collecting.remove(media=media, by=cast.anggrek, now=clock.now())
    verbs = list(TrailLine.objects.order_by("id").values_list("verb", flat=True))[-2:]
    assert verbs == ["courses.media_added", "courses.media_removed"]
    assert path.name


def test_the_site_itself_loads_no_decoder():
    code = "import django, sys; django.setup(); import lms.urls, courses.tasks; print('av' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings"}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert said.stdout.split()[-1] == "False"


@needs_av
@pytest.mark.parametrize("turn", [90, -90, 180])
def test_a_film_that_lies_on_its_side_is_turned(tmp_path, turn):
    import av

    path = tmp_path / "a.mp4"
    media_files.film(tmp_path, seconds=1, name="a.mp4")
    content = path.read_bytes()
    # The matrix of a phone held upright, in the head of the picture's track.
    straight = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    sides = {90: (0, -1, 1, 0), -90: (0, 1, -1, 0), 180: (-1, 0, 0, -1)}[turn]
    a, b, c, d = (side << 16 for side in sides)
    at = content.index(straight, content.index(b"tkhd"))
    path.write_bytes(content[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + content[at + 36 :])
    (tmp_path / "out").mkdir()
    assert shrinking.run_tool("film", "mp4", path, tmp_path / "out", lambda _percent: None)["seconds"] == 1
    with av.open(str(tmp_path / "out/a.mp4")) as film:
        frame = next(film.decode(video=0)).to_image()
    assert frame.size == ((320, 240) if turn == 180 else (240, 320))
    # The quarter that was painted first lies at the upper left before the turn; blue is 90 there at most.
    corners = {"ul": (20, 20), "ur": (-20, 20), "ll": (20, -20), "lr": (-20, -20)}
    reds = {name: frame.getpixel((x % frame.width, y % frame.height))[0] for name, (x, y) in corners.items()}
    assert min(reds, key=reds.__getitem__) == {90: "ll", -90: "ur", 180: "lr"}[turn]
