"""What the standard asks to be done with a mentor: hours, competencies seen, talks of supervision."""

from certificates.rules import hours
from certificates.rules.requirements import Evidence, NextStep, Part, Requirement, State, overall
from certificates.rules.standards import ActivityRule, CompetencyRule, StandardRules
from lms.kit.words import Sentence, gettext_noop


def internship(standard: StandardRules, evidence: Evidence) -> Requirement:
    parts = tuple(_activity(activity, evidence.totals.get(activity.code)) for activity in standard.activities)
    have, waiting = sum(part.have for part in parts), sum(part.waiting for part in parts)
    state = overall(parts)
    if state is State.MISSING and not evidence.mentor:
        state = State.LOCKED
    sentence, step = _hours_words(state, evidence.mentor, standard.minutes - have, waiting, parts)
    title = Sentence(gettext_noop("Internship hours"))
    return Requirement(
        "hours", title, state, have, standard.minutes, "minutes", sentence, step, waiting=waiting, parts=parts
    )


def _activity(activity: ActivityRule, total: hours.Total | None) -> Part:
    have, hoped = hours.credited(
        total or hours.Total(), need=activity.minutes, simulated_share=activity.simulated_share
    )
    if have >= activity.minutes:
        state = State.DONE
    elif hoped >= activity.minutes:
        state = State.WAITING
    else:
        state = State.PARTLY if hoped else State.MISSING
    return Part(activity.code, activity.title, state, have, activity.minutes, hoped - have)


def _hours_words(
    state: State, mentor: str, left: int, waiting: int, parts: tuple[Part, ...]
) -> tuple[Sentence, NextStep | None]:
    if state is State.DONE:
        return Sentence(gettext_noop("All hours are verified.")), None
    if state is State.LOCKED:
        return Sentence(gettext_noop("Opens once the coordinator has named a mentor.")), None
    if state is State.WAITING:
        return Sentence(gettext_noop("Hours waiting for a check: %(hours)s."), {"hours": hours.figure(waiting)}), None
    if state is State.MISSING:
        sentence = Sentence(gettext_noop("No hours yet. %(mentor)s is the mentor."), {"mentor": mentor})
        return sentence, NextStep(Sentence(gettext_noop("Log the first hour")), "hours")
    unbegun = [part.title for part in parts if part.state is State.MISSING]
    widest = max(parts, key=lambda part: part.need - part.have - part.waiting).title
    params = {"hours": hours.figure(left), "activity": unbegun[0] if unbegun else widest, "others": len(unbegun) - 1}
    step = NextStep(Sentence(gettext_noop("Log hours of %(activity)s"), params), "hours")
    if not unbegun:
        return Sentence(gettext_noop("Hours remaining: %(hours)s, most of them %(activity)s."), params), step
    if len(unbegun) == 1:
        return Sentence(gettext_noop("Hours remaining: %(hours)s. Not begun: %(activity)s."), params), step
    template = gettext_noop("Hours remaining: %(hours)s. Not begun: %(activity)s and %(others)s more.")
    return Sentence(template, params), step


def competencies(standard: StandardRules, evidence: Evidence) -> Requirement:
    """Each competency seen at least once at the level asked for (domain.md 4.3). Her mentor signs."""
    parts = tuple(_competency(rule, evidence) for rule in standard.competencies)
    have = sum(part.state is State.DONE for part in parts)
    state = overall(parts)
    current = next((part for part in parts if part.state is not State.DONE), None)
    if state is State.MISSING and not evidence.mentor:
        state, sentence = State.LOCKED, Sentence(gettext_noop("Opens once the coordinator has named a mentor."))
    elif current is None:
        sentence = Sentence(gettext_noop("All competencies are signed."))
    else:
        sentence = Sentence(gettext_noop("Show this to the mentor next: %(what)s."), {"what": current.title})
    title = Sentence(gettext_noop("Competencies seen by the mentor"))
    return Requirement("competencies", title, state, have, len(parts), "competencies", sentence, parts=parts)


def _competency(rule: CompetencyRule, evidence: Evidence) -> Part:
    """A level below the one asked for is a beginning."""
    level = evidence.signed.get(rule.code)
    if level is None:
        return Part(rule.code, rule.title, State.MISSING, 0, 1)
    is_enough = level >= rule.level
    return Part(rule.code, rule.title, State.DONE if is_enough else State.PARTLY, int(is_enough), 1)


def supervision(standard: StandardRules, evidence: Evidence) -> Requirement:
    """Talks with the mentor, by number and by minutes (domain.md 4.4). Short talks leave the last one to be held."""
    minutes_left = max(0, standard.talk_minutes - evidence.talk_minutes)
    have = min(evidence.talks, standard.talks - 1 if minutes_left else standard.talks)
    if have == standard.talks:
        state, sentence = State.DONE, Sentence(gettext_noop("The talks with the mentor are held."))
    else:
        state = State.PARTLY if evidence.talks else State.MISSING
        if evidence.talks < standard.talks:
            template = gettext_noop("Talks with the mentor remaining: %(talks)s.")
            sentence = Sentence(template, {"talks": standard.talks - have})
        else:
            template = gettext_noop("The talks were short. Hours of talking remaining: %(hours)s.")
            sentence = Sentence(template, {"hours": hours.figure(minutes_left)})
    title = Sentence(gettext_noop("Talks with the mentor"))
    return Requirement("supervision", title, state, have, standard.talks, "times", sentence)
