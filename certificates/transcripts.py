"""Everything a person learned here, gathered for her record. Reads only."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import marks, results, walks
from certificates import companions, evidence
from certificates.models import Certificate, Placement, PriorLearning, SignOff, Standard, StateChange
from certificates.paper.transcript import Record, Section
from certificates.rules import days, hours
from certificates.rules.standards import StandardRules
from certificates.rules.states import Move, State
from courses import outline
from courses.models import Attendance
from courses.rules import is_finished
from lms.people.models import Person

NOTHING_ASKED = StandardRules(code="", title="", reflection=False, pledge=False)


def record_of(person: Person, *, today: date) -> Record:
    """The record of one person, in the reader's language; by her version of the standard."""
    standard = evidence.judgement_of(person.pk, today=today).standard or Standard.objects.current()
    rules = standard.rules if standard else NOTHING_ASKED
    titles = {one.code: one.title for one in rules.modules}
    codes = _finished(person)
    finished = [one for one in rules.modules if one.code in codes]
    present = Attendance.objects.present().filter(person=person).select_related("day").order_by("day__held_on")
    training = [one.day for one in present]
    totals = evidence.totals_of([person.pk]).get(person.pk, {})
    verified = {code: total.verified + total.simulated for code, total in totals.items()}
    return Record(
        organisation=settings.ORGANISATION_NAME,
        name=person.name,
        language=get_language() or "id",
        made_on=today,
        modules=len(finished),
        study_minutes=sum(one.hours for one in finished) * 60,
        practice_minutes=sum(verified.values()),
        training_days=len(training),
        training_minutes=sum(one.minutes for one in training),
        certificates=(*_certificates(person), *_provisional(person, today)),
        sections=(
            Section(
                _("Modules"), (_("Module"), _("Time")), tuple((one.title, _hours(one.hours * 60)) for one in finished)
            ),
            Section(
                _("Modules learned elsewhere"), (_("Module"), _("What was seen"), _("Day")), _recognised(person, titles)
            ),
            *_proofs(person, titles),
            Section(_("Hours for each activity"), (_("Activity"), _("Time")), _activities(verified)),
            Section(_("What a mentor saw"), (_("Skill"), _("Level"), _("Day")), _signed(person, rules)),
            Section(
                _("Days of training"),
                (_("Topic"), _("Day"), _("Time")),
                tuple((one.topic, _day(one.held_on), _hours(one.minutes)) for one in training),
            ),
        ),
    )


def _finished(person: Person) -> set[str]:
    """Codes of the modules of which she has done every step that counts, in any course."""
    done = outline.done_by_person([person.pk])[person.pk]
    return {plan.code for course in outline.course_plans() for plan in course.modules if is_finished(plan, done)}


def _recognised(person: Person, titles: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Prior learning that two persons agreed to. It adds no hours of study: nobody counted them here."""
    return tuple(
        (titles.get(one.module_code, one.module_code), one.get_seen_display(), _day(timezone.localdate(one.decided_at)))
        for one in PriorLearning.objects.agreed().filter(person=person)
    )


def _proofs(person: Person, titles: Mapping[str, str]) -> tuple[Section, ...]:
    """Exams and tasks that were passed, stories that were brought to a good end."""
    exams = results.passed_exams([person.pk])[person.pk]
    tasks = marks.tasks_of([person.pk])[person.pk].passed
    walked = walks.walked_modules([person.pk])[person.pk]
    columns = (_("Module"), _("Result"), _("Day"))
    return (
        Section(_("Exams passed"), columns, _passed(exams, titles)),
        Section(_("Practical tasks passed"), columns, _passed(tasks, titles)),
        Section(_("Stories walked"), (_("Module"),), tuple((titles.get(code, code),) for code in sorted(walked))),
    )


def _passed(
    found: Mapping[str, results.ExamPassed | marks.TaskPassed], titles: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (titles.get(code, code), f"{one.percent}%", _day(one.passed_on)) for code, one in sorted(found.items())
    )


def _activities(verified: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    titles = evidence.activity_titles()
    return tuple((titles.get(code, code), _hours(minutes)) for code, minutes in sorted(verified.items()) if minutes)


def _signed(person: Person, rules: StandardRules) -> tuple[tuple[str, ...], ...]:
    """The best level of each competency, and when it was seen first."""
    titles = {one.code: one.title for one in rules.competencies}
    best: dict[str, SignOff] = {}
    for one in SignOff.objects.filter(person=person).order_by("level", "-seen_on"):
        best[one.competency] = one
    return tuple(
        (titles.get(code, code), one.get_level_display(), _day(one.seen_on)) for code, one in sorted(best.items())
    )


def _certificates(person: Person) -> tuple[str, ...]:
    held = Certificate.objects.filter(person=person, revoked_at=None).order_by("issued_on")
    return tuple(
        _("Certificate %(code)s, valid from %(since)s to %(until)s.")
        % {"code": one.pretty_code, "since": _day(one.issued_on), "until": _day(one.expires_on)}
        for one in held
    )


def _provisional(person: Person, today: date) -> tuple[str, ...]:
    """What a provisional companion shows: since when, and that she acts only together with her mentor."""
    if companions.of_person(person, today=today).state is not State.PROVISIONAL:
        return ()
    since = StateChange.objects.filter(person=person, move=Move.GRANT).latest("at").at
    mentor = Placement.objects.on(today).filter(learner=person).select_related("mentor").latest_first().first()
    if mentor is None:
        return ()
    said = {"since": _day(timezone.localdate(since)), "mentor": mentor.mentor.name}
    return (_("Provisional companion since %(since)s. She acts only together with her mentor, %(mentor)s.") % said,)


def _day(day: date) -> str:
    return days.said(day).render(_)


def _hours(minutes: int) -> str:
    return _("%(hours)s h") % {"hours": hours.figure(minutes)}
