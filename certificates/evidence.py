"""Gather what is known of people, for one or for five hundred in a handful of queries. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from assessments import marks, results, walks
from assessments.marks import Tasks
from certificates import versions
from certificates.models import (
    AgeWord,
    HoursEntry,
    Placement,
    PledgeText,
    PriorLearning,
    Reflection,
    SignOff,
    Standard,
    SupervisionTalk,
)
from certificates.rules import hours
from certificates.rules.comparing import Difference, differences
from certificates.rules.requirements import Evidence, ModuleProgress
from certificates.rules.standards import StandardRules
from certificates.rules.standing import Standing, standing
from courses import outline
from courses.models import Attendance
from courses.rules import ModulePlan, is_finished
from lms.people.models import Person

NOBODY_KNOWS = StandardRules(code="", title="", reflection=False, pledge=False)
NO_TASKS = Tasks({}, set())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What remains for a person, and by which version of the standard: her own, or the newest when she fulfils it."""

    standing: Standing
    standard: Standard | None = None
    newest: Standard | None = None

    @property
    def is_older(self) -> bool:
        return self.standard != self.newest

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the newest version asks for otherwise."""
        if self.standard is None or self.newest is None or not self.is_older:
            return ()
        return differences(self.standard.rules, self.newest.rules)


def judgements(person_ids: Iterable[int], *, today: date) -> dict[int, Judgement]:
    """Judge each person by the version under which she began, or by the newest when that is fulfilled."""
    ids = list(dict.fromkeys(person_ids))
    standards = versions.every()
    if not standards:
        return dict.fromkeys(ids, Judgement(standing(NOBODY_KNOWS, Evidence(), today)))
    counted = _counted(ids, today)
    in_use = {None, *(one.standard for one in counted.values())}
    found = gather(ids, [standards[one].rules for one in in_use], counted, today=today)
    return {one: _judge(evidence, counted.get(one, NOTHING), standards, today) for one, evidence in found.items()}


def judgement_of(person_id: int, *, today: date) -> Judgement:
    return judgements([person_id], today=today)[person_id]


def standings(person_ids: Iterable[int], *, today: date) -> dict[int, Standing]:
    """What remains for each person by her version of the standard."""
    return {one: judgement.standing for one, judgement in judgements(person_ids, today=today).items()}


def standing_of(person_id: int, *, today: date) -> Standing:
    return standings([person_id], today=today)[person_id]


def _judge(evidence: Evidence, counted: "Counted", standards: Mapping[int | None, Standard], today: date) -> Judgement:
    newest, own = standards[None], standards[counted.standard]
    for standard in (newest, own):
        is_of_age = counted.age >= standard.rules.minimum_age
        judged = standing(standard.rules, replace(evidence, is_of_age=is_of_age), today)
        if judged.is_complete or standard.pk == own.pk:
            break
    return Judgement(judged, standard, newest)


def gather(
    ids: list[int], asked: Sequence[StandardRules], counted: Mapping[int, "Counted"], *, today: date
) -> dict[int, Evidence]:
    """The evidence of each person for any of these standards; a person without any gets an empty one."""
    modules = _modules(ids, asked)
    passed = results.passed_exams(ids)
    totals = totals_of(ids)
    mentors = _mentors(ids, today)
    signed, newest = _versions(ids)
    walked = walks.walked_modules(ids) if any(rules.stories for rules in asked) else {}
    tasks = marks.tasks_of(ids) if any(rules.tasks for rules in asked) else {}
    levels = _levels(ids) if any(rules.competencies for rules in asked) else {}
    recognised = _recognised(ids)
    return {
        one: Evidence(
            modules=modules.get(one, {}),
            passed={code: result.percent for code, result in passed.get(one, {}).items()},
            walked=frozenset(walked.get(one, ())),
            tasks={code: task.percent for code, task in tasks.get(one, NO_TASKS).passed.items()},
            handed_in=frozenset(tasks.get(one, NO_TASKS).waiting),
            recognised=frozenset(recognised.get(one, ())),
            days=counted.get(one, NOTHING).days,
            totals=totals.get(one, {}),
            mentor=mentors.get(one, ""),
            reflected=frozenset({today.year} if counted.get(one, NOTHING).has_reflected else ()),
            signed=levels.get(one, {}),
            talks=counted.get(one, NOTHING).talks,
            talk_minutes=counted.get(one, NOTHING).talk_minutes,
            pledged=signed.get((one, PledgeText.Kind.ETHICS), 0),
            pledge_version=newest.get(PledgeText.Kind.ETHICS, 1),
            safeguarded=signed.get((one, PledgeText.Kind.SAFEGUARDING), 0),
            safeguard_version=newest.get(PledgeText.Kind.SAFEGUARDING, 1),
        )
        for one in ids
    }


def totals_of(person_ids: Iterable[int]) -> dict[int, Mapping[str, hours.Total]]:
    """Minutes of each person and activity, verified and waiting; one query."""
    rows = (
        HoursEntry.objects.counted()
        .filter(learner__in=list(person_ids))
        .order_by()
        .values_list("learner", "activity", "simulated", "state")
        .annotate(sum=Sum("minutes"))
    )
    sums: dict[int, list[tuple[str, int, bool, bool]]] = defaultdict(list)
    for learner, activity, simulated, state, minutes in rows:
        sums[learner].append((activity, minutes, simulated, state == HoursEntry.State.CLAIMED))
    return {learner: hours.totals(mine) for learner, mine in sums.items()}


def activity_titles() -> dict[str, str]:
    """What each activity is called, in the newest version that knows it."""
    every = Standard.objects.order_by("pk")
    return {one.code: one.title for standard in every for one in standard.rules.activities}


def _modules(ids: list[int], asked: Sequence[StandardRules]) -> dict[int, dict[str, ModuleProgress]]:
    plans: dict[str, list[ModulePlan]] = defaultdict(list)
    for course in outline.course_plans():
        for module in course.modules:
            plans[module.code].append(module)
    done = outline.done_by_person(ids)
    codes = {module.code for rules in asked for module in rules.modules}
    return {one: {code: _furthest(plans[code], done[one]) for code in codes} for one in ids}


def _furthest(plans: list[ModulePlan], done: frozenset[UUID]) -> ModuleProgress:
    """Of the modules with one code (an adapted course keeps its codes), the one in which she has come furthest.

    A module of the standard that is not published yet has no steps and is not finished.
    """
    found = [_progress(plan, done) for plan in plans]
    return max(found, key=lambda one: (one.finished, one.done), default=ModuleProgress())


def _progress(plan: ModulePlan, done: frozenset[UUID]) -> ModuleProgress:
    required = plan.required
    return ModuleProgress(sum(step.key in done for step in required), len(required), is_finished(plan, done))


def _mentors(ids: list[int], today: date) -> dict[int, str]:
    placements = (
        Placement.objects.on(today).filter(learner__in=ids).select_related("mentor").order_by("starts_on", "pk")
    )
    return {placement.learner_id: placement.mentor.address for placement in placements}


def _versions(ids: list[int]) -> tuple[dict[tuple[int, str], int], dict[str, int]]:
    """The newest version of each kind of text that each person signed, and the newest there is. One query."""
    hers = FilteredRelation("pledges", condition=Q(pledges__person__in=ids))
    rows = PledgeText.objects.annotate(hers=hers).order_by("version").values_list("hers__person", "kind", "version")
    signed = {(one, kind): version for one, kind, version in rows if one is not None}
    return signed, {kind: version for _one, kind, version in rows}


def _levels(ids: list[int]) -> dict[int, dict[str, int]]:
    """The best level of each competency that was signed."""
    rows = SignOff.objects.filter(person__in=ids).order_by().values("person", "competency").annotate(best=Max("level"))
    levels: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        levels[row["person"]][row["competency"]] = row["best"]
    return levels


def _recognised(ids: list[int]) -> dict[int, set[str]]:
    """The modules learned elsewhere that two persons agreed about."""
    codes: dict[int, set[str]] = defaultdict(set)
    for person_id, code in PriorLearning.objects.agreed().filter(person__in=ids).values_list("person", "module_code"):
        codes[person_id].add(code)
    return codes


@dataclass(frozen=True, slots=True)
class Counted:
    """What is only a number or a yes of a person: days of training, talks and their minutes, this year's reflection,
    the age that was confirmed, the standard she began under (None: the newest)."""

    days: int = 0
    talks: int = 0
    talk_minutes: int = 0
    has_reflected: bool = False
    age: int = 0
    standard: int | None = None


NOTHING = Counted()


def _counted(ids: list[int], today: date) -> dict[int, Counted]:
    """One query, however many of these a standard asks for."""
    talks = SupervisionTalk.objects.all()
    reflections = Reflection.objects.filter(person=OuterRef("pk"), year=today.year).order_by()
    days = _sum(Attendance.objects.present(), Count("day__held_on", distinct=True))
    columns = (
        days,
        _sum(talks, Count("pk")),
        _sum(talks, Sum("minutes")),
        Exists(reflections),
        _sum(AgeWord.objects.all(), Max("years")),
    )
    rows = Person.objects.filter(pk__in=ids).order_by().values_list("pk", *columns, versions.own_id())
    return {person_id: Counted(*row) for person_id, *row in rows}


def _sum(rows: QuerySet[Any], what: Aggregate) -> Coalesce:
    """`what` over the rows of one person, in a query over persons."""
    hers = rows.filter(person=OuterRef("pk")).order_by().values("person").annotate(sum=what).values("sum")
    return Coalesce(Subquery(hers), 0)
