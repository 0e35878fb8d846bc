"""A learner gets a mentor and a placement, and both may end. Actions."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from certificates.models import HoursEntry, Placement
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import joining, scoping, trailing
from lms.people.models import Mentorship, Person


def place(
    *,
    learner: Person,
    mentor: Person,
    starts_on: date,
    now: datetime,
    ends_on: date | None = None,
    place_kind: str = Placement.Place.OFFICE,
    actor: Person | None = None,
) -> Placement:
    """Let a learner do her internship with a mentor for a period (last day counts; None: open).

    The mentorship is begun when it is not open yet. An actor must be coordinator of the learner's region.
    Raises Refused when the period overlaps another placement, or when another mentor answers for her.
    """
    if actor is not None:
        _check_actor(actor, learner)
    if not scoping.covers(mentor, "mentor", learner.village_id or ""):
        raise Refused(_("This person is no mentor for that village. Choose another one."), field="mentor")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first. Choose a later one."), field="ends_on")
    with writing():
        if Placement.objects.filter(_touching(starts_on, ends_on), learner=learner).exists():
            raise Refused(_("She has a placement in that time already. End it first."), field="starts_on")
        placement = Placement.objects.create(
            mentorship=_mentorship(mentor, learner, starts_on, now, actor),
            learner=learner,
            mentor=mentor,
            place_kind=place_kind,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        detail = {"mentor": mentor.pk, "from": starts_on.isoformat()}
        trailing.record(actor=actor, verb="certificates.placed", subject=placement, detail=detail, now=now)
    return placement


def end(*, placement: Placement, last_day: date, actor: Person, now: datetime) -> None:
    """Let a placement end with this day, and the mentorship with its last placement; hours and signatures stay.

    The actor must be coordinator of the learner's region. Raises Refused for a day before it began or before hours.
    """
    _check_actor(actor, placement.learner)
    with writing():
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if last_day < row.starts_on:
            raise Refused(_("The last day lies before the first. Choose a later one."), field="last_day")
        if HoursEntry.objects.filter(placement=row, is_live=True, day__gt=last_day).exists():
            raise Refused(_("There are hours after this day. Choose a later one."), field="last_day")
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
        _let_go(row.mentorship, after=last_day)
        detail = {"mentor": row.mentor_id, "until": last_day.isoformat()}
        trailing.record(actor=actor, verb="certificates.placement_ended", subject=row, detail=detail, now=now)


def _let_go(mentorship: Mentorship, *, after: date) -> None:
    """End an open mentorship with its last placement, unless one of them lasts beyond this day."""
    placements = Placement.objects.filter(mentorship=mentorship)
    last = placements.order_by("-ends_on").first()
    if last is None or placements.filter(Q(ends_on=None) | Q(ends_on__gt=after)).exists():
        return
    mentorship.ends_on = max(last.ends_on or after, mentorship.starts_on)
    mentorship.save(update_fields=["ends_on"])


def _check_actor(actor: Person, learner: Person) -> None:
    if actor.pk == learner.pk:
        raise Refused(_("Nobody gives herself a placement. Ask another coordinator."))
    if not scoping.covers(actor, "coordinator", learner.village_id or ""):
        raise Refused(_("This person is not in your region."))


def _touching(starts_on: date, ends_on: date | None) -> Q:
    """Placements that share a day with this period."""
    touching = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return touching & Q(starts_on__lte=ends_on) if ends_on else touching


def _mentorship(mentor: Person, learner: Person, starts_on: date, now: datetime, actor: Person | None) -> Mentorship:
    """The open mentorship of the two, or a new one; another mentor's ends with what is over, or is refused."""
    mentorship = Mentorship.objects.filter(mentor=mentor, learner=learner, ends_on=None).first()
    if mentorship is not None:
        return mentorship
    for other in Mentorship.objects.filter(learner=learner, ends_on=None):
        _let_go(other, after=starts_on - timedelta(days=1))
    return joining.begin_mentorship(mentor=mentor, learner=learner, starts_on=starts_on, now=now, actor=actor)
