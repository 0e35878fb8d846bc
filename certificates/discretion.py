"""What somebody may know of a companion's state: a suspension is for those concerned (domain.md 4.7). Reads only.

Those are she herself and the coordinator who leads the inquiry. To everyone else a pause, a suspension and a
revocation have one name and leave no line, so that none of them can be told from the others.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from certificates import companions
from certificates.companions import Companion
from certificates.models import Certificate, Decision, Inquiry, StateChange
from certificates.rules.states import Move, State
from lms.people.models import Person, TrailLine

AWAY = frozenset({State.PAUSED, State.SUSPENDED, State.REVOKED})
AWAY_NAME = _("Not active at present")
INTO_OR_OUT_OF = frozenset({Move.PAUSE, Move.RESUME, Move.SUSPEND, Move.LIFT, Move.REVOKE})
MISTAKE = Certificate.Ground.MISTAKE


def known_to(viewer: Person, person_ids: Iterable[int]) -> set[int]:
    """Those of these people whose true state the viewer may read. One query."""
    ids = set(person_ids)
    newer = Inquiry.objects.filter(person=OuterRef("person"), opened_at__gt=OuterRef("opened_at"))
    led = Inquiry.objects.filter(~Exists(newer), lead=viewer, person__in=ids).order_by()
    return set(led.values_list("person", flat=True)) | (ids & {viewer.pk})


def is_known_to(viewer: Person, person: Person) -> bool:
    return person.pk in known_to(viewer, [person.pk])


def name_of(companion: Companion, *, is_known: bool) -> str:
    """Her state in words, as far as the viewer may know it."""
    state = companion.state
    return str(companions.NAMES[state] if is_known or state not in AWAY else AWAY_NAME)


def as_seen(companion: Companion, *, is_known: bool) -> Companion:
    """She as the viewer may see her: away is away, as if by a pause."""
    if is_known or companion.state not in AWAY:
        return companion
    return replace(companion, facts=replace(companion.facts, hold=State.PAUSED))


def changes_of(person: Person, *, is_known: bool) -> QuerySet[StateChange]:
    """Her moves, newest first."""
    changes = StateChange.objects.filter(person=person).select_related("by")
    return changes if is_known else changes.exclude(move__in=INTO_OR_OUT_OF)


def decisions_of(person: Person, *, is_known: bool) -> QuerySet[Decision]:
    """What was decided about her certificate, newest first."""
    found = Decision.objects.filter(person=person).select_related("decided_by")
    taken_back = Q(kind=Decision.Kind.REVOKED) & ~Q(certificate__revoked_for=MISTAKE)
    return found if is_known else found.exclude(taken_back)


def trail_of(person: Person, *, is_known: bool) -> QuerySet[TrailLine]:
    """What happened with her, newest first."""
    lines = TrailLine.objects.concerning(person).select_related("actor").order_by("-at", "-id")
    if is_known:
        return lines
    moved = Q(verb="certificates.moved", detail__move__in=sorted(INTO_OR_OUT_OF))
    revoked = Q(verb="certificates.revoked") & ~Q(detail__ground=MISTAKE)
    inquiry = Q(verb__startswith="certificates.inquiry_") | Q(verb="certificates.appeal_decided")
    return lines.exclude(moved | revoked | inquiry)
