"""The work of transcoding with the program ffmpeg, where PyAV is not installed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image

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

BARE = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
BARE += ["-flags:a", "+bitexact"]
SHAPE = re.compile(r"Video: h264.*?\b(\d{2,5})x(\d{2,5})\b")
LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")


def run(*arguments: object, said: str = "") -> str:
    """What ffmpeg wrote to its error output; `said` is the word of the problem when it fails."""
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-y", "-protocol_whitelist", "file,pipe", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    while True:
        try:
            _out, notes = process.communicate(timeout=2)
            break
        except subprocess.TimeoutExpired:
            say(50)
    if process.returncode and said:
        raise Unfit(said)
    return notes


def seconds_of(kind: str, source: Path, reader: str) -> float:
    found = LENGTH.search(run("-f", reader, "-i", source))
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else 0.0
    if seconds > LONGEST_SECONDS[kind]:
        raise Unfit("too_long")
    return seconds


def sound(source: Path, reader: str, folder: Path) -> dict[str, Any]:
    seconds_of("sound", source, reader)
    cut = ["-t", LONGEST_SECONDS["sound"], "-ac", 1]
    opus = ["-ar", 48_000, "-c:a", "libopus", "-b:a", OPUS_BITS, "-application", "voip", "-frame_duration", 60]
    mp3 = ["-ar", 24_000, "-c:a", "libmp3lame", "-b:a", MP3_BITS, "-id3v2_version", 0, "-write_xing", 1]
    each = ["-map", "0:a:0", "-vn", *BARE]
    one = [*each, *cut, *opus, folder / "a.ogg"]
    other = [*each, *cut, *mp3, folder / "b.mp3"]
    run("-f", reader, "-i", source, *one, *other, said="unreadable")
    seconds = seconds_of("sound", folder / "a.ogg", "ogg")
    if seconds < 0.2:
        raise Unfit("unreadable")
    return {"seconds": seconds, "file": "a.ogg", "second": "b.mp3"}


def film(source: Path, reader: str, folder: Path) -> dict[str, Any]:
    length = seconds_of("film", source, reader)
    if _is_kept(source, reader, length):
        shutil.copyfile(source, folder / "a.mp4")
        return {"seconds": length, "file": "a.mp4", "poster": _poster(folder, length)}
    box = f"if(gt(iw,ih),{LONG_SIDE},{SHORT_SIDE})", f"if(gt(iw,ih),{SHORT_SIDE},{LONG_SIDE})"
    scale = f"scale='min(iw,{box[0]})':'min(ih,{box[1]})':force_original_aspect_ratio=decrease:force_divisible_by=2"
    for bits in FILM_BITS:
        picture = ["-map", "0:v:0", "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "baseline", "-g", 240]
        picture += ["-b:v", bits, "-maxrate", int(bits * 1.1), "-bufsize", bits * 2]
        picture += ["-vf", f"fps=24,{scale},format=yuv420p"]
        heard = ["-map", "0:a:0?", "-ac", 1, "-ar", 24_000, "-c:a", "aac", "-b:a", AAC_BITS]
        target = ["-t", LONGEST_SECONDS["film"], "-movflags", "+faststart", folder / "a.mp4"]
        run("-f", reader, "-i", source, *picture, *heard, *BARE, *target, said="unreadable")
        seconds = seconds_of("film", folder / "a.mp4", "mov")
        if fits("film", (folder / "a.mp4").stat().st_size, seconds):
            break
    else:
        raise Unfit("too_heavy")
    return {"seconds": seconds, "file": "a.mp4", "poster": _poster(folder, seconds)}


def _is_kept(source: Path, reader: str, seconds: float) -> bool:
    """True for a film that is small and bare already."""
    size = source.stat().st_size
    if reader != "mov" or size > MOST_KEPT or not fits("film", size, seconds) or not is_bare_mp4(source.read_bytes()):
        return False
    found = SHAPE.search(run("-f", reader, "-i", source))
    return found is not None and is_small(int(found[1]), int(found[2]))


def _poster(folder: Path, seconds: float) -> str:
    at = "1" if seconds > 2 else "0"
    run("-ss", at, "-i", folder / "a.mp4", "-frames:v", 1, folder / "poster.png", said="unreadable")
    with Image.open(folder / "poster.png") as image:
        return poster_of(image, folder)
