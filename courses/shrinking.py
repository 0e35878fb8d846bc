"""Media are made small for phones: asked for at once, done by the worker, each step one transaction. Action.

A task may come twice, late or never: the row says what is missing, a sweep asks again. Who works on a file holds its
claim and says every few seconds how far it is; a claim that was not heard of for two minutes is anyone's.
"""

import io
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from wagtail.models import ReferenceIndex

from courses import storing, weighing
from courses.editions import raise_edition
from courses.models import LessonPage, MediaFile, Picture
from courses.models.media import INCOMING, LEASE, stored
from courses.models.pictures import LIGHT_WIDTHS
from lms.celery import app
from lms.kit import clock, transcoding
from lms.kit.writing import writing

log = logging.getLogger(__name__)
SHRINK, LIGHTEN = "courses.tasks.shrink_media", "courses.tasks.lighten_picture"
STALE_AFTER = timedelta(seconds=45)
PICTURES_FOR = timedelta(days=1)
MOST_TRIES = 3
MOST_SECONDS = 50 * 60


def ask_for(media_ids: Iterable[int]) -> None:
    """Tell the worker; when nobody listens, the sweep asks again."""
    _ask(SHRINK, media_ids)


def ask_for_picture(picture_id: int) -> None:
    """Tell the worker of a new picture; one that a lesson made light at once needs nobody."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture and not picture.light_bytes:
        _ask(LIGHTEN, [picture_id])


def _ask(task: str, keys: Iterable[int]) -> None:
    for key in keys:
        try:
            app.send_task(task, args=[key], ignore_result=True)
        except (OperationalError, OSError):
            log.warning("The broker does not answer; what waits is left to the sweep.")
            return


def sweep(*, now: datetime) -> int:
    """Ask again for what was left waiting, and drop what came in and is done; returns how many were asked for."""
    left = list(
        MediaFile.objects.left_behind(now, STALE_AFTER).order_by("touched_at").values_list("pk", flat=True)[:50]
    )
    ask_for(left)
    made = f"width-{LIGHT_WIDTHS[-1]}|"
    pictures = Picture.objects.filter(created_at__range=(now - PICTURES_FOR, now - STALE_AFTER))
    pictures = pictures.exclude(renditions__filter_spec__startswith=made)
    heavy = list(pictures.values_list("pk", flat=True)[:50])
    _ask(LIGHTEN, heavy)
    _tidy(now)
    return len(left) + len(heavy)


def lighten(*, picture_id: int) -> bool:
    """Make the light sizes of a picture; those that are there stay. False when the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return False
    for width in LIGHT_WIDTHS:
        picture.light(width)
    return True


def shrink(*, media_id: int, now: datetime) -> bool:
    """Make the small files of one that came in; True when they are there afterwards. Safe to run twice or at once."""
    media = _claim(media_id, now)
    if media is None:
        return MediaFile.objects.filter(pk=media_id, state=MediaFile.State.READY).exists()
    incoming = Path(settings.MEDIA_ROOT) / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        made = _made(media, Path(folder))
        is_done = _finish(media, made, Path(folder)) if "file" in made else _give_back(media, made.get("problem", ""))
    if media.kind == MediaFile.Kind.FILM:
        following = MediaFile.objects.of(media.kind).filter(state=MediaFile.State.WAITING).exclude(pk=media.pk)
        ask_for(following.order_by("touched_at").values_list("pk", flat=True)[:1])
    return is_done


def _claim(media_id: int, now: datetime) -> MediaFile | None:
    """Take the file in hand, unless another worker has it. One film at a time: other work needs the machine too."""
    with writing():
        media = MediaFile.objects.select_for_update().filter(pk=media_id).first()
        if media is None or media.state not in (MediaFile.State.WAITING, MediaFile.State.WORKING):
            return None
        busy = MediaFile.objects.filter(state=MediaFile.State.WORKING, touched_at__gt=now - LEASE)
        if busy.filter(pk=media_id).exists():
            return None
        if media.kind == MediaFile.Kind.FILM and busy.of(MediaFile.Kind.FILM).exists():
            return None
        if media.tries >= MOST_TRIES:
            _fail(media, MediaFile.Problem.GAVE_UP)
            return None
        media.state, media.claim, media.touched_at, media.percent = MediaFile.State.WORKING, uuid.uuid4(), now, 0
        media.tries += 1
        media.save(update_fields=["state", "claim", "touched_at", "percent", "tries"])
    return media


def _made(media: MediaFile, folder: Path) -> dict[str, Any]:
    """What the tool made in the folder, or {"problem": word}; empty when it died."""
    if not transcoding.tool():
        return {"problem": MediaFile.Problem.NO_TOOL}
    source = stored(media.source)
    if not source.is_file():
        return {"problem": MediaFile.Problem.UNREADABLE}
    try:
        return run_tool(media.kind, media.form, source, folder, partial(_heard, media))
    except (OSError, ValueError) as error:
        log.warning("The tool for media did not answer: %s", error)
        return {}


def run_tool(kind: str, form: str, source: Path, folder: Path, heard: Callable[[int], None]) -> dict[str, Any]:
    """Run the process that decodes; it gets no secret of the site. `heard` is told the percent now and then."""
    command = [sys.executable, "-m", "lms.kit.transcoding", kind, form, str(source), str(folder)]
    bare = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    process = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=bare, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    alarm = threading.Timer(MOST_SECONDS, process.kill)
    alarm.start()
    last = ""
    try:
        assert process.stdout is not None
        for line in process.stdout:
            word, _space, percent = line.partition(" ")
            if word == "progress":
                heard(int(percent))
            else:
                last = line
        process.wait()
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
    made: dict[str, Any] = json.loads(last or "{}")
    return made


def _heard(media: MediaFile, percent: int) -> None:
    with writing():
        MediaFile.objects.filter(pk=media.pk, claim=media.claim).update(percent=percent, touched_at=clock.now())


def _finish(media: MediaFile, made: dict[str, Any], folder: Path) -> bool:
    """Put the small files in their place, then say so in one transaction; not if the claim was lost meanwhile."""
    content = (folder / made["file"]).read_bytes()
    fields: dict[str, Any] = {"light_digest": storing.digest_of(io.BytesIO(content))}
    for field in ("file", "second", "poster"):
        if made.get(field):
            path = folder / made[field]
            fields[field], fields["bytes" if field == "file" else f"{field}_bytes"] = storing.put(
                path.read_bytes(), path.suffix[1:]
            )
    with writing():
        mine = MediaFile.objects.filter(pk=media.pk, claim=media.claim, state=MediaFile.State.WORKING)
        seconds = max(1, round(made.get("seconds", 0)))
        done = {"state": MediaFile.State.READY, "claim": None, "percent": 100, "source": "", "seconds": seconds}
        if not mine.update(**done, **fields):
            return False
        for page in lessons_with(media):
            weighing.weigh(page=page)
        raise_edition()
        transaction.on_commit(partial(_drop, media.source), robust=True)
    return True


def _give_back(media: MediaFile, problem: str) -> bool:
    """It did not work: for good when the tool says why, else the sweep tries again a few times."""
    with writing():
        mine = MediaFile.objects.filter(pk=media.pk, claim=media.claim, state=MediaFile.State.WORKING).first()
        if mine is None:
            return False
        if problem or mine.tries >= MOST_TRIES:
            known = problem if problem in MediaFile.Problem.values else MediaFile.Problem.GAVE_UP
            _fail(mine, MediaFile.Problem(known))
        else:
            mine.state, mine.claim, mine.touched_at = MediaFile.State.WAITING, None, clock.now()
            mine.save(update_fields=["state", "claim", "touched_at"])
    return False


def _fail(media: MediaFile, problem: MediaFile.Problem) -> None:
    transaction.on_commit(partial(_drop, media.source), robust=True)
    media.state, media.problem, media.claim, media.source = MediaFile.State.FAILED, problem, None, ""
    media.save(update_fields=["state", "problem", "claim", "source"])


def _drop(source: str) -> None:
    """What came in is not kept. Runs after the commit, still in the writers' queue: it writes to no table."""
    if source:
        stored(source).unlink(missing_ok=True)


def _tidy(now: datetime) -> None:
    """Take away what a power cut left: files of yesterday that no row knows, folders of workers that died."""
    incoming = stored(INCOMING)
    wanted = set(MediaFile.objects.exclude(source="").values_list("source", flat=True))
    for path in incoming.iterdir() if incoming.is_dir() else ():
        is_old = path.stat().st_mtime < (now - PICTURES_FOR).timestamp()
        if is_old and f"{INCOMING}/{path.name}" not in wanted:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def lessons_with(media: MediaFile) -> list[LessonPage]:
    """The lessons that play it or offer it."""
    keys = ReferenceIndex.get_references_to(media).values_list("object_id", flat=True)
    return list(LessonPage.objects.filter(pk__in=[key for key in keys if key.isdecimal()]))
