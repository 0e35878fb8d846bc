"""How small sounds and films are made, and what can do it here. The work is a process of its own (`__main__`)."""

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

LONGEST_SECONDS = {"sound": 60 * 60, "film": 15 * 60}
FILM_BYTES_A_MINUTE = 2_000_000
OPUS_BITS, MP3_BITS, AAC_BITS = 24_000, 32_000, 32_000
# The first that stays under the cap: H.264 keeps to its rate within a few per cent, short films less so.
FILM_BITS = (170_000, 120_000, 80_000)
LONG_SIDE, SHORT_SIDE = 426, 240
MOST_KEPT = 40_000_000
POSTER_BYTES = 12_000
# The reader that each format gets: nothing else in the file may choose another (a playlist could name other files).
READERS = {"mp4": "mov", "m4a": "mov", "webm": "matroska"}


class Unfit(Exception):
    """Carries the word of what is wrong: unreadable, too_long, too_heavy."""


def tool() -> str:
    """What can do the work here: "av", "ffmpeg" or "". Nothing is loaded."""
    if importlib.util.find_spec("av"):
        return "av"
    return "ffmpeg" if shutil.which("ffmpeg") else ""


def fits(kind: str, size: int, seconds: float) -> bool:
    """Whether a file of that size (bytes) is small enough for its length."""
    if kind == "film":
        return size <= FILM_BYTES_A_MINUTE * max(seconds, 10) / 60
    return size <= (OPUS_BITS * 1.5 / 8) * seconds + 4_000


def is_small(width: int, height: int) -> bool:
    return max(width, height) <= LONG_SIDE + 2 and min(width, height) <= SHORT_SIDE + 2


def say(percent: float) -> None:
    sys.stdout.write(f"progress {max(0, min(99, int(percent)))}\n")
    sys.stdout.flush()


def poster_of(image: Any, folder: Path) -> str:
    """The film's first picture as a WebP of at most 12 kB."""
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    for quality in (60, 40, 25, 10):
        image.convert("RGB").save(folder / "poster.webp", "WEBP", quality=quality)
        if (folder / "poster.webp").stat().st_size <= POSTER_BYTES:
            break
    return "poster.webp"
