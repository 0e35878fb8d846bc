"""Write and check the trail: who did and saw what, sealed line by line."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from lms.kit.writing import writing
from lms.people.models import Person, TrailLine

FIRST_HASH = "0" * 64
# Any fixed number: PostgreSQL lets one writer at a time take the end of the chain.
CHAIN_LOCK = 5_302_166


def record(
    *,
    actor: Person | None,
    verb: str,
    subject: Model,
    now: datetime,
    person: Person | None = None,
    detail: dict[str, Any] | None = None,
) -> TrailLine:
    """Append one line.

    `verb` is `app.past_tense`; `person` is whom it concerns (default: the subject's learner or person,
    else the actor); `detail` holds figures and codes, never free text. Joins the action's transaction.
    """
    with writing():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = TrailLine.objects.order_by("-id").values_list("hash", flat=True).first()
        line = TrailLine(
            at=now,
            actor=actor,
            person_id=_concerned(subject, person, actor),
            verb=verb,
            subject_kind=subject._meta.label_lower,
            subject_id=str(subject.pk),
            detail=detail or {},
            previous_hash=last or FIRST_HASH,
        )
        line.hash = seal(line)
        line.save()
    return line


def _concerned(subject: Model, person: Person | None, actor: Person | None) -> int | None:
    if person is not None:
        return person.pk
    for name in ("learner_id", "person_id"):
        if hasattr(subject, name):
            found: int | None = getattr(subject, name)
            return found
    return actor.pk if actor else None


def seal(line: TrailLine) -> str:
    """SHA-256 (hex) over the line's content and the hash before it."""
    content = [
        line.previous_hash,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor_id,
        line.person_id,
        line.verb,
        line.subject_kind,
        line.subject_id,
        line.detail,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def breaks() -> Iterator[tuple[int, str]]:
    """Walk the whole trail; yield (line id, sentence) for each line that does not fit the chain."""
    previous = FIRST_HASH
    for line in TrailLine.objects.order_by("id").iterator(chunk_size=2000):
        if line.previous_hash != previous:
            yield line.pk, "does not follow the line before it: a line was removed or put in."
        elif seal(line) != line.hash:
            yield line.pk, "was changed after it was written."
        previous = line.hash
