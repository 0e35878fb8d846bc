"""A line of the trail in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.kit.templatetags.lopo import hours
from lms.people.models import TrailLine

WORDS = {
    "people.added": gettext_lazy("%(who)s added her."),
    "people.role_given": gettext_lazy("%(who)s gave her a role."),
    "people.role_ended": gettext_lazy("%(who)s ended a role of hers."),
    "people.secret_set": gettext_lazy("%(who)s set a new PIN or password."),
    "people.mentorship_begun": gettext_lazy("%(who)s named her mentor."),
    "courses.enrolled": gettext_lazy("%(who)s enrolled her in a course."),
    "courses.step_done": gettext_lazy("%(who)s finished a step."),
    "assessments.exam_begun": gettext_lazy("%(who)s began an exam."),
    "assessments.exam_taken_up": gettext_lazy("%(who)s went on reading an exam aloud to her."),
    "assessments.extra_time_given": gettext_lazy("%(who)s gave her more time for an exam."),
    "assessments.exam_handed_in": gettext_lazy("%(who)s handed in an exam."),
    "assessments.grading_claimed": gettext_lazy("%(who)s began to grade a practical task."),
    "assessments.grading_released": gettext_lazy("%(who)s left the grading to somebody else."),
    "assessments.graded": gettext_lazy("%(who)s graded a practical task."),
    "assessments.task_returned": gettext_lazy("%(who)s returned a practical task."),
    "assessments.mark_proposed": gettext_lazy("%(who)s proposed a mark."),
    "assessments.mark_agreed": gettext_lazy("%(who)s agreed to a mark."),
    "assessments.watching_begun": gettext_lazy("%(who)s began to watch a practical task."),
    "assessments.sitting_planned": gettext_lazy("%(who)s arranged a day."),
    "assessments.sitting_cancelled": gettext_lazy("%(who)s called an appointment off."),
    "assessments.task_begun": gettext_lazy("%(who)s began a practical task."),
    "assessments.task_handed_in": gettext_lazy("%(who)s handed in a practical task."),
    "assessments.task_erased": gettext_lazy("What she wrote in a practical task was erased after its time."),
    "assessments.answer_cleaned": gettext_lazy("%(who)s took an answer of hers away for good."),
    "certificates.placed": gettext_lazy("%(who)s gave her a placement."),
    "certificates.hours_logged": gettext_lazy("%(who)s logged %(hours)s."),
    "certificates.hours_verified": gettext_lazy("%(who)s verified %(hours)s."),
    "certificates.sheet_entered": gettext_lazy("%(who)s entered a month signed by hand: %(hours)s."),
    "certificates.hours_returned": gettext_lazy("%(who)s returned an entry of hours."),
    "certificates.hours_corrected": gettext_lazy("%(who)s corrected verified hours."),
    "certificates.reflected": gettext_lazy("%(who)s wrote the yearly reflection."),
    "certificates.signed_off": gettext_lazy("%(who)s signed a competency of hers."),
    "certificates.talk_noted": gettext_lazy("%(who)s noted a talk of %(hours)s."),
    "certificates.pledged": gettext_lazy("%(who)s signed a text."),
    "certificates.certified": gettext_lazy("%(who)s certified her."),
    "certificates.consent_given": gettext_lazy("%(who)s said what she may be called for."),
    "certificates.consent_withdrawn": gettext_lazy("%(who)s may not be called any more."),
    "certificates.paper_proposed": gettext_lazy("%(who)s entered a certificate of paper days."),
    "certificates.paper_agreed": gettext_lazy("%(who)s agreed to a certificate of paper days."),
    "certificates.paper_declined": gettext_lazy("%(who)s did not agree to a certificate of paper days."),
    "certificates.register_taken_out": gettext_lazy("%(who)s took the register out as a file."),
    "certificates.report_taken_out": gettext_lazy("%(who)s took the yearly report out as a file."),
    "certificates.cards_asked": gettext_lazy("%(who)s asked for the cards of a class."),
    "certificates.batch_asked": gettext_lazy("%(who)s asked to certify several people."),
    "certificates.renewed": gettext_lazy("%(who)s renewed the certificate."),
    "certificates.refreshed": gettext_lazy("%(who)s noted a refresher of %(hours)s."),
    "certificates.discussed": gettext_lazy("%(who)s talked with her about a reflection."),
    "certificates.declined": gettext_lazy("%(who)s did not certify her yet."),
    "certificates.revoked": gettext_lazy("%(who)s revoked the certificate."),
    "certificates.newest_chosen": gettext_lazy("%(who)s let her go by the newest standard."),
    "certificates.age_confirmed": gettext_lazy("%(who)s confirmed her age."),
    "certificates.learning_proposed": gettext_lazy("%(who)s proposed to recognise a module."),
    "certificates.learning_decided": gettext_lazy("%(who)s decided about a module learned elsewhere."),
    "certificates.viewed": gettext_lazy("%(who)s opened the file."),
}


def in_words(line: TrailLine) -> dict[str, Any]:
    """When, and one sentence."""
    who = line.actor.address if line.actor else _("The site")
    template = WORDS.get(line.verb)
    if template is None:
        return {"at": line.at, "sentence": f"{who}: {line.verb.partition('.')[2].replace('_', ' ')}."}
    return {"at": line.at, "sentence": template % {"who": who, "hours": hours(line.detail.get("minutes", 0))}}
