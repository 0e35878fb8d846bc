"""A line of the trail in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import StateChange
from lms.kit.templatetags.lopo import hours
from lms.people.models import TrailLine

WORDS = {
    "people.added": gettext_lazy("%(who)s added her."),
    "people.role_given": gettext_lazy("%(who)s gave her a role."),
    "people.role_ended": gettext_lazy("%(who)s ended a role of hers."),
    "people.secret_set": gettext_lazy("%(who)s set a new PIN or password."),
    "people.corrected": gettext_lazy("%(who)s corrected her name or her group."),
    "people.told": gettext_lazy("%(who)s told something about herself."),
    "people.untold": gettext_lazy("%(who)s took back what she told about herself."),
    "people.mentorship_begun": gettext_lazy("%(who)s named her mentor."),
    "courses.enrolled": gettext_lazy("%(who)s enrolled her in a course."),
    "courses.member_added": gettext_lazy("%(who)s added her to a class."),
    "courses.member_removed": gettext_lazy("%(who)s took her out of a class."),
    "courses.cohort_made": gettext_lazy("%(who)s made a class."),
    "courses.invited": gettext_lazy("%(who)s made a code for a class."),
    "courses.day_added": gettext_lazy("%(who)s wrote down a training day of %(hours)s."),
    "courses.day_changed": gettext_lazy("%(who)s changed a training day."),
    "courses.attendance_noted": gettext_lazy("%(who)s noted who was there on a training day."),
    "courses.attendance_corrected": gettext_lazy("%(who)s corrected who was there on a training day."),
    "courses.module_sent": gettext_lazy("%(who)s sent a module to be approved."),
    "courses.module_approved": gettext_lazy("%(who)s approved a module."),
    "courses.copied": gettext_lazy("%(who)s copied a course."),
    "courses.loaded": gettext_lazy("%(who)s took a course in from a file."),
    "courses.media_added": gettext_lazy("%(who)s put a recording or a file in."),
    "courses.media_removed": gettext_lazy("%(who)s took a recording or a file away."),
    "library.kept": gettext_lazy("%(who)s kept something in the library."),
    "library.removed": gettext_lazy("%(who)s took something out of the library."),
    "assessments.questions_taken_in": gettext_lazy("%(who)s took questions in from a file."),
    "assessments.exam_begun": gettext_lazy("%(who)s began an exam."),
    "assessments.exam_taken_up": gettext_lazy("%(who)s went on reading an exam aloud to her."),
    "assessments.extra_time_given": gettext_lazy("%(who)s gave her more time for an exam."),
    "assessments.extra_attempt_given": gettext_lazy("%(who)s gave her one more attempt at an exam."),
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
    "certificates.placement_ended": gettext_lazy("%(who)s let her placement end."),
    "certificates.moved": gettext_lazy("%(who)s changed the state: %(move)s."),
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
    "certificates.name_shown": gettext_lazy("%(who)s agreed to her whole name on the page that checks certificates."),
    "certificates.name_shortened": gettext_lazy("%(who)s wants initials on the page that checks certificates."),
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
    "certificates.inquiry_begun": gettext_lazy("%(who)s began to look into a complaint."),
    "certificates.inquiry_heard": gettext_lazy("%(who)s noted that she was heard."),
    "certificates.inquiry_decided": gettext_lazy("%(who)s noted what the panel decided."),
    "certificates.inquiry_appealed": gettext_lazy("%(who)s objected to a decision."),
    "certificates.appeal_decided": gettext_lazy("%(who)s noted what was decided about the objection."),
    "certificates.inquiry_handed_over": gettext_lazy("%(who)s handed the inquiry over to somebody else."),
    "certificates.inquiry_closed": gettext_lazy("%(who)s closed the inquiry."),
    "certificates.newest_chosen": gettext_lazy("%(who)s let her go by the newest standard."),
    "certificates.age_confirmed": gettext_lazy("%(who)s confirmed her age."),
    "certificates.learning_proposed": gettext_lazy("%(who)s proposed to recognise a module."),
    "certificates.learning_decided": gettext_lazy("%(who)s decided about a module learned elsewhere."),
    "certificates.viewed": gettext_lazy("%(who)s opened the file."),
    "certificates.standard_loaded": gettext_lazy("%(who)s wrote a version of the standard."),
    "certificates.pledge_loaded": gettext_lazy("%(who)s wrote a version of a text to sign."),
    "certificates.key_rotated": gettext_lazy("%(who)s changed the key that signs certificates."),
}
MOVES = dict(StateChange.Moves.choices)


def in_words(line: TrailLine) -> dict[str, Any]:
    """When, and one sentence."""
    who = line.actor.address if line.actor else _("The site")
    template = WORDS.get(line.verb)
    if template is None:
        return {"at": line.at, "sentence": f"{who}: {line.verb.partition('.')[2].replace('_', ' ')}."}
    figures = {"hours": hours(line.detail.get("minutes", 0)), "move": MOVES.get(line.detail.get("move", ""), "")}
    return {"at": line.at, "sentence": template % {"who": who, **figures}}
