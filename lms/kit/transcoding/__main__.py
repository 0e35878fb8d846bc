"""Make a sound or a film small: `python -m lms.kit.transcoding sound|film FORMAT SOURCE FOLDER`.

A process of its own: no decoder runs in the site's memory, and a hostile file harms nobody else. It says how far it is
("progress 40") and ends with one line of JSON: what was made, or the word of what is wrong. PyAV does the work where it
is installed, else the program ffmpeg.
"""

import importlib
import json
import os
import resource
import shutil
import sys
from pathlib import Path
from typing import Any

from lms.kit.tags import is_bare_ogg, without_notes
from lms.kit.transcoding import READERS, Unfit, fits, tool

MOST_MEMORY = 2 * 1024**3
MOST_FILE = 400 * 1024**2
MOST_CPU_SECONDS = 60 * 60


def limit_this_process() -> None:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_FILE, MOST_FILE))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))


def finish(form: str, source: Path, folder: Path, made: dict[str, Any]) -> None:
    """Take the last notes out; a sound that was small and bare already keeps its bytes."""
    target = folder / str(made["file"])
    if target.suffix == ".mp4":
        target.write_bytes(without_notes(target.read_bytes(), "mp4"))
    elif form == "ogg" and fits("sound", source.stat().st_size, made["seconds"]) and is_bare_ogg(source.read_bytes()):
        shutil.copyfile(source, target)


def main(kind: str, form: str, source: str, folder: str) -> None:
    limit_this_process()
    made: dict[str, Any]
    try:
        worker = importlib.import_module(f"lms.kit.transcoding.with_{tool() or 'ffmpeg'}")
        work = worker.film if kind == "film" else worker.sound
        made = work(Path(source), READERS.get(form, form), Path(folder))
        finish(form, Path(source), Path(folder), made)
    except Unfit as unfit:
        made = {"problem": str(unfit)}
    except BrokenPipeError:  # who asked for it is gone
        raise SystemExit(1) from None
    except Exception as error:  # a decoder may raise anything
        sys.stderr.write(f"{type(error).__name__}: {error}\n"[:300])
        made = {"problem": "unreadable"}
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:5])
