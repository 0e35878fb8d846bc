"""The work of transcoding with PyAV. Loaded by the process of `lms.kit.transcoding` alone."""

import shutil
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter

from lms.kit.tags import is_bare_mp4
from lms.kit.transcoding import (
    AAC_BITS,
    FILM_BITS,
    LONG_SIDE,
    LONGEST_SECONDS,
    MOST_KEPT,
    MP3_BITS,
    OPUS_BITS,
    SHORT_SIDE,
    Unfit,
    fits,
    is_small,
    poster_of,
    say,
)

PLAIN = {"fflags": "+bitexact"}
MOST_PIXELS = 4096 * 2304
FRAMES_A_SECOND = 24
POSTER_AT = 1.0
TURNS = {90: "cclock", -270: "cclock", -90: "clock", 270: "clock"}


def opened(source: Path, reader: str) -> Any:
    """The file by the one reader of its format, which opens no other file."""
    try:
        return av.open(str(source), format=reader, options={"protocol_whitelist": "file"}, metadata_errors="replace")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Unfit("unreadable") from error


def seconds_of(container: Any) -> float:
    return float(container.duration or 0) / 1_000_000


class Progress:
    """Says how far it is, at most every second; stops what takes too long to hear or see."""

    def __init__(self, kind: str, total: float) -> None:
        self.most, self.total, self.last = LONGEST_SECONDS[kind], total, time.monotonic()
        if total > self.most:
            raise Unfit("too_long")

    def at(self, seconds: float) -> None:
        if seconds > self.most:
            raise Unfit("too_long")
        if time.monotonic() - self.last > 1:
            self.last = time.monotonic()
            say(100 * seconds / self.total if self.total else 0)


class Track:
    """One sound track being written: resampled to mono, encoded, muxed."""

    def __init__(
        self,
        out: Any,
        codec: str,
        rate: int,
        bits: int,
        layout: str,
        options: dict[str, str],
        begin: float | None = None,
    ) -> None:
        self.out = out
        self.stream = out.add_stream(codec, rate=rate, options=options)
        self.stream.bit_rate = bits
        self.stream.layout = "mono"
        self.resampler = av.AudioResampler(format=layout, layout="mono", rate=rate)
        self.place, self.begin = 0, begin

    def take(self, frame: Any) -> None:
        if self.begin is not None and frame is not None:
            # In a film the sound may begin later than the pictures.
            self.place = max(0, round((float(frame.time or 0) - self.begin) * self.stream.rate))
            self.begin = None
        for piece in self.resampler.resample(frame):
            piece.pts, piece.time_base = self.place, Fraction(1, piece.sample_rate)
            self.place += piece.samples
            self.out.mux(self.stream.encode(piece))

    def end(self) -> None:
        self.take(None)
        self.out.mux(self.stream.encode(None))


def frames(container: Any, *streams: Any) -> Iterator[Any]:
    """Every frame that can be decoded; a broken stretch is passed over, many end it."""
    broken = 0
    try:
        for packet in container.demux(*streams):
            try:
                yield from packet.decode()
            except av.FFmpegError:
                broken += 1
                if broken > 50:
                    raise Unfit("unreadable") from None
    except av.FFmpegError as error:
        raise Unfit("unreadable") from error


def sound(source: Path, reader: str, folder: Path) -> dict[str, Any]:
    """Opus 24k in Ogg and MP3 32k, mono, from one reading of the source."""
    with opened(source, reader) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            raise Unfit("unreadable")
        progress = Progress("sound", seconds_of(container))
        with (
            av.open(str(folder / "a.ogg"), "w", options=PLAIN) as ogg,
            av.open(str(folder / "b.mp3"), "w", options={**PLAIN, "id3v2_version": "0"}) as mp3,
        ):
            speech = {"application": "voip", "frame_duration": "60", "flags": "+bitexact"}
            tracks = (
                Track(ogg, "libopus", 48_000, OPUS_BITS, "s16", speech),
                Track(mp3, "libmp3lame", 24_000, MP3_BITS, "s16p", {"flags": "+bitexact"}),
            )
            for frame in frames(container, stream):
                for track in tracks:
                    track.take(frame)
                progress.at(tracks[0].place / 48_000)
            for track in tracks:
                track.end()
    seconds = tracks[0].place / 48_000
    if seconds < 0.2:
        raise Unfit("unreadable")
    return {"seconds": seconds, "file": "a.ogg", "second": "b.mp3"}


def film(source: Path, reader: str, folder: Path) -> dict[str, Any]:
    """H.264 of 240 lines with AAC in MP4, and a poster; made again with fewer bits when it is over the cap."""
    kept = _film_kept(source, reader, folder)
    if kept:
        return kept
    for bits in FILM_BITS:
        seconds, poster = _film_once(source, reader, folder, bits)
        if fits("film", (folder / "a.mp4").stat().st_size, seconds):
            return {"seconds": seconds, "file": "a.mp4", "poster": poster}
    raise Unfit("too_heavy")


def _film_kept(source: Path, reader: str, folder: Path) -> dict[str, Any] | None:
    """A film that is small and bare already keeps its bytes; only its poster is made."""
    if reader != "mov" or source.stat().st_size > MOST_KEPT or not is_bare_mp4(source.read_bytes()):
        return None
    with opened(source, reader) as container:
        video = next(iter(container.streams.video), None)
        if video is None or video.codec.name != "h264" or not is_small(video.width, video.height):
            return None
        seconds = seconds_of(container)
        Progress("film", seconds)
        if not fits("film", source.stat().st_size, seconds):
            return None
        poster = ""
        for frame in frames(container, video):
            if not poster or float(frame.time or 0) >= POSTER_AT:
                poster = poster_of(frame.to_image(), folder)
            if float(frame.time or 0) >= POSTER_AT:
                break
    shutil.copyfile(source, folder / "a.mp4")
    return {"seconds": seconds, "file": "a.mp4", "poster": poster} if poster else None


def _first_picture(source: Path, reader: str) -> Any:
    """It says how the film lies; an encoder wants to know before the first sound is written."""
    with opened(source, reader) as container:
        video = next(iter(container.streams.video), None)
        if video is None or not video.width or video.width * video.height > MOST_PIXELS:
            raise Unfit("unreadable")
        first = next(frames(container, video), None)
    if first is None:
        raise Unfit("unreadable")
    return first


def _film_once(source: Path, reader: str, folder: Path, bits: int) -> tuple[float, str]:
    first = _first_picture(source, reader)
    with opened(source, reader) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        heard = next(iter(container.streams.audio), None)
        progress = Progress("film", seconds_of(container))
        with av.open(str(folder / "a.mp4"), "w", options={**PLAIN, "movflags": "+faststart"}) as out:
            begin = _begin(container)
            seen = Pictures(out, bits, folder, first, begin)
            track = Track(out, "aac", 24_000, AAC_BITS, "fltp", {"flags": "+bitexact"}, begin) if heard else None
            for frame in frames(container, *(one for one in (video, heard) if one)):
                if isinstance(frame, av.AudioFrame):
                    if track:
                        track.take(frame)
                    continue
                seen.take(frame)
                progress.at(float(frame.time or 0) - begin)
            seen.end()
            if track:
                track.end()
    if not seen.count:
        raise Unfit("unreadable")
    return seen.seconds, seen.poster


def _begin(container: Any) -> float:
    return float(container.start_time or 0) / 1_000_000


class Pictures:
    """The pictures of a film: turned upright, made small, encoded. `first` says how they lie."""

    def __init__(self, out: Any, bits: int, folder: Path, first: Any, begin: float) -> None:
        self.out, self.folder = out, folder
        rate = {"maxrate": str(int(bits * 1.1)), "bufsize": str(bits * 2), "preset": "veryfast", "flags": "+bitexact"}
        self.stream = out.add_stream("libx264", rate=FRAMES_A_SECOND, options={**rate, "profile": "baseline"})
        self.stream.bit_rate = bits
        self.stream.pix_fmt = "yuv420p"
        self.stream.codec_context.gop_size = FRAMES_A_SECOND * 10
        self.graph: Any = self._graph_for(first, begin)
        self.count, self.poster = 0, ""

    @property
    def seconds(self) -> float:
        return self.count / FRAMES_A_SECOND

    def take(self, frame: Any) -> None:
        self.graph.push(frame)
        self._drain()

    def end(self) -> None:
        self.graph.push(None)
        self._drain()
        self.out.mux(self.stream.encode(None))

    def _graph_for(self, frame: Any, begin: float) -> Any:
        turn = TURNS.get(int(getattr(frame, "rotation", 0) or 0))
        half = abs(int(getattr(frame, "rotation", 0) or 0)) == 180
        width, height = (frame.height, frame.width) if turn else (frame.width, frame.height)
        scale = min(1.0, LONG_SIDE / max(width, height), SHORT_SIDE / min(width, height))
        width, height = (max(2, round(side * scale / 2) * 2) for side in (width, height))
        self.stream.width, self.stream.height = width, height
        graph = av.filter.Graph()
        last = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 1000)
        )
        steps = [("transpose", f"dir={turn}")] if turn else []
        steps += [("hflip", ""), ("vflip", "")] if half else []
        steps += [
            ("fps", f"fps={FRAMES_A_SECOND}:start_time={begin}"),
            ("scale", f"w={width}:h={height}"),
            ("format", "pix_fmts=yuv420p"),
        ]
        for name, arguments in [*steps, ("buffersink", "")]:
            node = graph.add(name, arguments) if arguments else graph.add(name)
            last.link_to(node)
            last = node
        graph.configure()
        return graph

    def _drain(self) -> None:
        while True:
            try:
                frame = self.graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            if not self.poster or (self.count == int(POSTER_AT * FRAMES_A_SECOND)):
                self.poster = poster_of(frame.to_image(), self.folder)
            frame.pts, frame.time_base = self.count, Fraction(1, FRAMES_A_SECOND)
            frame.pict_type = 0
            self.count += 1
            self.out.mux(self.stream.encode(frame))
