"""Internship hours: a learner logs them, her mentor verifies or returns them. Actions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from certificates import versions
from certificates.models import HoursEntry, MonthSheet, Placement
from certificates.rules import hours
from certificates.rules.hours import Stretch
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person


def log_hours(
    *,
    learner: Person,
    entry_id: UUID,
    activity: str,
    day: date,
    starts_at: time,
    minutes: int,
    role: str,
    now: datetime,
    today: date,
    note: str = "",
    simulated: bool = False,
    mends: UUID | None = None,
) -> HoursEntry:
    """Store hours that wait for her mentor; `mends` names the returned entry they replace.

    The same `entry_id` again gives the same entry. Raises Refused with the field to mend (domain.md 4.3).
    """
    _check_text(note, "note")
    with writing():
        _queue_for(learner)
        held = HoursEntry.objects.filter(Q(pk=entry_id) | Q(day=day, is_live=True), learner=learner)
        same = [entry for entry in held if entry.pk == entry_id]
        if same:
            return same[0]
        mended = _returned(learner, mends) if mends else None
        placement = _placement(learner, day)
        _check_activity(learner, activity)
        _check_stretch(Stretch(day, starts_at, minutes), placement, [entry.stretch for entry in held], today)
        entry = HoursEntry.objects.create(
            pk=entry_id,
            placement=placement,
            learner=learner,
            activity=activity,
            day=day,
            starts_at=starts_at,
            minutes=minutes,
            role=role,
            note=note,
            simulated=simulated,
            logged_at=now,
            mends=mended,
        )
        detail = {"activity": activity, "minutes": minutes}
        trailing.record(actor=learner, verb="certificates.hours_logged", subject=entry, detail=detail, now=now)
    return entry


def verify_hours(*, entries: Iterable[HoursEntry], judge: Person, now: datetime, today: date) -> int:
    """Verify and lock entries, all or none; returns the minutes verified now.

    What the same call did before is not done twice. Raises Refused for the first entry she may not verify.
    """
    with writing():
        rows = _locked(entry.pk for entry in entries)
        waiting = [row for row in rows if row.state != HoursEntry.State.VERIFIED]
        for row in rows:
            _check_judge(row, judge, today)
        for row in waiting:
            if row.state == HoursEntry.State.RETURNED:
                raise Refused(_("You returned this entry. Wait until she has mended it."), code="returned")
        HoursEntry.objects.filter(pk__in=[row.pk for row in waiting]).update(
            state=HoursEntry.State.VERIFIED, judged_by=judge, judged_at=now
        )
        for placement, mine in _by_placement(waiting):
            minutes = sum(row.minutes for row in mine)
            detail = {"minutes": minutes, "entries": [str(row.pk) for row in mine]}
            trailing.record(actor=judge, verb="certificates.hours_verified", subject=placement, detail=detail, now=now)
    return sum(row.minutes for row in waiting)


def enter_sheet(
    *, entries: Iterable[HoursEntry], signed_on: date, seen_by: Person, now: datetime, today: date
) -> MonthSheet:
    """Verify hours of one month that their mentor signed by hand, for who has the paper before her.

    That is her coordinator, or the mentor herself. The entries count as looked at by who saw the paper: she does not
    certify the same person. The same again changes nothing. Raises Refused.
    """
    with writing():
        rows = _locked(entry.pk for entry in entries)
        if len({(row.learner_id, row.placement.mentor_id, row.day.replace(day=1)) for row in rows}) != 1:
            raise Refused(_("A sheet holds one month of one person with one mentor."), code="mixed")
        learner, mentor, month = rows[0].learner, rows[0].placement.mentor, rows[0].day.replace(day=1)
        _check_sheet(rows, signed_on, seen_by, today)
        waiting = [row for row in rows if row.state == HoursEntry.State.CLAIMED]
        known = MonthSheet.objects.filter(learner=learner, mentor=mentor, month=month, signed_on=signed_on).first()
        if not waiting and known is not None:
            return known
        if not waiting or any(row.state == HoursEntry.State.RETURNED for row in rows):
            raise Refused(_("These hours do not wait any more. Open the sheet again."), code="not_waiting")
        HoursEntry.objects.filter(pk__in=[row.pk for row in waiting]).update(
            state=HoursEntry.State.VERIFIED, judged_by=seen_by, judged_at=now
        )
        minutes = sum(row.minutes for row in waiting)
        sheet = MonthSheet.objects.create(
            learner=learner,
            mentor=mentor,
            month=month,
            signed_on=signed_on,
            minutes=minutes,
            seen_by=seen_by,
            entered_at=now,
        )
        detail = {"minutes": minutes, "entries": [str(row.pk) for row in waiting], "mentor": mentor.pk}
        trailing.record(actor=seen_by, verb="certificates.sheet_entered", subject=sheet, detail=detail, now=now)
    return sheet


def _check_sheet(rows: Sequence[HoursEntry], signed_on: date, seen_by: Person, today: date) -> None:
    learner = rows[0].learner
    if seen_by.pk == learner.pk:
        raise Refused(_("Nobody verifies her own hours."), code="own")
    if not scoping.covers(seen_by, "coordinator", learner.village_id or ""):
        for row in rows:
            _check_judge(row, seen_by, today)
    if signed_on > today:
        raise Refused(_(hours.NOT_YET), field="signed_on", code="future")
    if signed_on < max(row.day for row in rows):
        raise Refused(_("The paper was signed before these hours. Look at its date."), field="signed_on", code="early")


def return_hours(*, entry: HoursEntry, judge: Person, reason: str, now: datetime, today: date) -> HoursEntry:
    """Give an entry back with a reason; it no longer holds its time. Raises Refused when it is verified."""
    if not reason.strip():
        raise Refused(_("Write what needs to be mended."), field="reason")
    _check_text(reason, "reason")
    with writing():
        [row] = _locked([entry.pk])
        _check_judge(row, judge, today)
        if row.state == HoursEntry.State.VERIFIED:
            raise Refused(_("This entry is verified and locked. Correct it by a new one."), code="locked")
        if row.state == HoursEntry.State.RETURNED:
            return row
        row.state, row.is_live = HoursEntry.State.RETURNED, False
        row.judged_by, row.judged_at, row.reason = judge, now, reason.strip()
        row.save(update_fields=["state", "is_live", "judged_by", "judged_at", "reason"])
        trailing.record(actor=judge, verb="certificates.hours_returned", subject=row, now=now)
    return row


def correct_hours(
    *,
    entry: HoursEntry,
    corrector: Person,
    reason: str,
    minutes: int,
    now: datetime,
    today: date,
    day: date | None = None,
    starts_at: time | None = None,
    activity: str = "",
) -> HoursEntry:
    """Take verified hours back by a reversal and, when `minutes` is not 0, put the right ones in a new row.

    What is not named stays as it was. The first row keeps what it says. Returns the last row written.
    """
    if not reason.strip():
        raise Refused(_("Write why these hours are corrected."), field="reason")
    _check_text(reason, "reason")
    with writing():
        [row] = _locked([entry.pk])
        _queue_for(row.learner)
        _check_judge(row, corrector, today)
        if row.state != HoursEntry.State.VERIFIED or not row.is_live:
            raise Refused(_("Only verified hours are corrected, and only once."), code="not_verified")
        right = Stretch(day or row.day, starts_at or row.starts_at, minutes)
        if minutes:
            _check_activity(row.learner, activity or row.activity)
            live = HoursEntry.objects.live().filter(learner=row.learner, day=right.day).exclude(pk=row.pk)
            others = [other.stretch for other in live]
            _check_stretch(right, row.placement, others, today)
        written = _reverse(row, corrector, reason.strip(), now)
        if minutes:
            written = _replace(row, right, activity or row.activity, corrector, now)
        detail = {"before": row.minutes, "after": minutes}
        trailing.record(actor=corrector, verb="certificates.hours_corrected", subject=row, detail=detail, now=now)
    return written


def _reverse(row: HoursEntry, corrector: Person, reason: str, now: datetime) -> HoursEntry:
    HoursEntry.objects.filter(pk=row.pk).update(is_live=False)
    return HoursEntry.objects.create(
        placement=row.placement,
        learner=row.learner,
        activity=row.activity,
        day=row.day,
        starts_at=row.starts_at,
        minutes=-row.minutes,
        role=row.role,
        simulated=row.simulated,
        state=HoursEntry.State.VERIFIED,
        is_live=False,
        logged_at=now,
        judged_by=corrector,
        judged_at=now,
        reason=reason,
        reverses=row,
    )


def _replace(row: HoursEntry, right: Stretch, activity: str, corrector: Person, now: datetime) -> HoursEntry:
    return HoursEntry.objects.create(
        placement=row.placement,
        learner=row.learner,
        activity=activity,
        day=right.day,
        starts_at=right.starts_at,
        minutes=right.minutes,
        role=row.role,
        note=row.note,
        simulated=row.simulated,
        state=HoursEntry.State.VERIFIED,
        logged_at=now,
        judged_by=corrector,
        judged_at=now,
    )


def not_found() -> Refused:
    """What is said for entries that are not there, or not hers to see."""
    return Refused(_("These hours are not there any more. Open the page again."), code="not_found")


def may_judge(entry: HoursEntry, judge: Person, today: date) -> bool:
    """Whether this person may verify, return or correct the entry today."""
    if judge.pk == entry.learner_id:
        return False
    mentorship = entry.placement.mentorship
    mentor_has_left = mentorship.ends_on is not None and mentorship.ends_on < today
    if mentor_has_left or hours.needs_coordinator(entry.day, today):
        return scoping.covers(judge, "coordinator", entry.learner.village_id or "")
    return judge.pk == entry.placement.mentor_id and scoping.has_role(judge, "mentor")


def _check_judge(entry: HoursEntry, judge: Person, today: date) -> None:
    if may_judge(entry, judge, today):
        return
    if judge.pk == entry.learner_id:
        raise Refused(_("Nobody verifies her own hours."), code="own")
    if judge.pk == entry.placement.mentor_id:
        raise Refused(_("This entry is older than 60 days. The coordinator looks at it."), code="old")
    raise Refused(_("Only her mentor looks at these hours."), code="not_mentor")


def _check_text(text: str, field: str) -> None:
    found = identifiers.kinds(text)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field=field, code="identifier")


def _check_activity(learner: Person, activity: str) -> None:
    if activity not in {one.code for one in versions.activities_of(learner.pk)}:
        raise Refused(_("The standard does not know this activity. Choose one of the list."), field="activity")


def _check_stretch(stretch: Stretch, placement: Placement, others: Sequence[Stretch], today: date) -> None:
    for problem in hours.problems(stretch, period=placement.period, others=others, today=today):
        raise Refused(problem.sentence.render(_), field=problem.field, code=problem.code)


def _placement(learner: Person, day: date) -> Placement:
    """The placement that holds the day, else the latest one (the rule then says what is wrong)."""
    placements = list(Placement.objects.filter(learner=learner).latest_first())
    if not placements:
        raise Refused(_("You have no mentor yet. Ask your coordinator to name one."), code="no_placement")
    holding = (p for p in placements if p.starts_on <= day and (p.ends_on is None or day <= p.ends_on))
    return next(holding, placements[0])


def _returned(learner: Person, pk: UUID) -> HoursEntry:
    entry = HoursEntry.objects.to_mend().filter(learner=learner, pk=pk).first()
    if entry is None:
        raise Refused(_("This entry needs no mending. Log new hours instead."), code="not_returned")
    return entry


def _locked(pks: Iterable[UUID]) -> list[HoursEntry]:
    """The rows as they are now, held until the transaction ends."""
    rows = HoursEntry.objects.select_for_update(of=("self",)).filter(pk__in=list(pks))
    return list(rows.select_related("learner", "placement__mentorship").order_by("learner", "day"))


def _queue_for(learner: Person) -> None:
    """Two phones of one learner log one after the other, also on PostgreSQL: overlap is judged on what is there."""
    Person.objects.select_for_update().filter(pk=learner.pk).values_list("pk").first()


def _by_placement(rows: Sequence[HoursEntry]) -> list[tuple[Placement, list[HoursEntry]]]:
    groups: dict[int, list[HoursEntry]] = {}
    for row in rows:
        groups.setdefault(row.placement_id, []).append(row)
    return [(mine[0].placement, mine) for mine in groups.values()]
