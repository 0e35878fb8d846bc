"""Tasks that a trainer watches or hears: begun by her, and arranged for a day. Actions."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from assessments import marks
from assessments.models import Grading, PracticalPage, Sitting, Submission
from assessments.models.submissions import States
from courses import outline
from courses.rules import Spot
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import trailing
from lms.people.models import Person


def watch(
    *, submission_id: UUID, person: Person, task_key: UUID, assessor: Person, now: datetime, today: date
) -> Submission:
    """Begin to grade while watching: the submission is open and claimed at once.

    What she has begun to write becomes the one that is watched. The same order again goes on. Raises Refused
    (not_hers, unknown, handed_in, passed).
    """
    with writing():
        _check_person(person, assessor, today)
        spot = _task(task_key)
        hers = list(Submission.objects.filter(person=person).of_task(task_key).order_by("number"))
        begun = next((one for one in hers if one.is_observed and one.state == States.HANDED_IN), None)
        if begun and Grading.objects.filter(submission=begun, assessor=assessor).exists():
            return begun
        if any(one.state == States.HANDED_IN for one in hers):
            raise Refused(_("Her work on this task waits in the list. Grade it there."), code="handed_in")
        if any(one.passed for one in hers):
            raise Refused(_("She has passed this task already."), code="passed")
        submission = _begun(submission_id, person, spot, hers, now)
        Grading.objects.create(
            submission=submission,
            learner=person,
            assessor=assessor,
            round=submission.round,
            claimed_at=now,
            touched_at=now,
        )
        Sitting.objects.planned().filter(person=person, task_key=task_key).update(state=Sitting.States.HELD)
        trailing.record(actor=assessor, verb="assessments.watching_begun", subject=submission, now=now)
    return submission


def _begun(submission_id: UUID, person: Person, spot: Spot, hers: list[Submission], now: datetime) -> Submission:
    writing_now = next((one for one in hers if one.is_in_her_hands), None)
    if writing_now:
        writing_now.state, writing_now.is_observed, writing_now.handed_in_at = States.HANDED_IN, True, now
        writing_now.save(update_fields=["state", "is_observed", "handed_in_at"])
        return writing_now
    page = PracticalPage.objects.live().filter(translation_key=spot.step.key).first()
    if page is None or Submission.objects.filter(pk=submission_id).exists():
        raise Refused(_("This task cannot begin. Open the list again."), code="unknown")
    number = Submission.objects.filter(person=person).of_task(spot.step.key).aggregate(most=Max("number"))["most"] or 0
    return Submission.objects.create(
        pk=submission_id,
        person=person,
        task_key=spot.step.key,
        module_code=spot.module.code,
        number=number + 1,
        task=page.as_task(),
        is_observed=True,
        state=States.HANDED_IN,
        started_at=now,
        handed_in_at=now,
    )


def offer(
    *, person: Person, task_key: UUID, assessor: Person, at: datetime, place_type: str, now: datetime, today: date
) -> Sitting:
    """Arrange a day; one that is planned for this person and task moves there. Raises Refused (not_hers, past)."""
    with writing():
        _check_person(person, assessor, today)
        _task(task_key)
        if at <= now:
            raise Refused(_("This moment has passed. Choose a later one."), field="at", code="past")
        if Submission.objects.filter(person=person, passed=True).of_task(task_key).exists():
            raise Refused(_("She has passed this task already."), code="passed")
        sitting, is_new = Sitting.objects.update_or_create(
            person=person,
            task_key=task_key,
            state=Sitting.States.PLANNED,
            defaults={"assessor": assessor, "at": at, "place_type": place_type},
        )
        detail = {"moved": not is_new, "at": at.isoformat(), "place": place_type}
        trailing.record(actor=assessor, verb="assessments.sitting_planned", subject=sitting, detail=detail, now=now)
    return sitting


def cancel(*, sitting: Sitting, assessor: Person, now: datetime, today: date) -> Sitting:
    """Call an appointment off; again changes nothing. Raises Refused (not_hers, held)."""
    with writing():
        row = Sitting.objects.select_for_update(of=("self",)).select_related("person").filter(pk=sitting.pk).first()
        if row is None:
            raise Refused(_("This appointment is not known here. Open the list again."), code="unknown")
        _check_person(row.person, assessor, today)
        if row.state == Sitting.States.CANCELLED:
            return row
        if row.state == Sitting.States.HELD:
            raise Refused(_("This appointment was held already."), code="held")
        row.state = Sitting.States.CANCELLED
        row.save(update_fields=["state"])
        trailing.record(actor=assessor, verb="assessments.sitting_cancelled", subject=row, now=now)
    return row


def _check_person(person: Person, assessor: Person, today: date) -> None:
    if not marks.learners_of(assessor, today).filter(pk=person.pk).exists():
        raise Refused(_("This person is in none of your classes. Her own trainer grades this."), code="not_hers")


def _task(task_key: UUID) -> Spot:
    found = outline.find_spot(task_key)
    if found is None or found[1].step.kind != PracticalPage.kind:
        raise Refused(_("This task is no longer part of a course. Choose another one."), code="unknown")
    return found[1]
