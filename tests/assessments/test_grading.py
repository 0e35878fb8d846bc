"""Grading: one assessor at a time, half-done work kept, decided by the rubric, returned, agreed by two."""

from datetime import timedelta
from typing import Any

import pytest

from assessments import grading, marks
from assessments.grading import Marks
from assessments.models import Grading, Submission
from courses.models import CohortMember, Progress
from lms.kit.refusing import Refused
from lms.people.models import Person, TrailLine
from tests.assessments.tasks import GOOD, WEAK, Bench, hand_in, make_trainer, set_out
from tests.cast import LONG_AGO, THEN, Cast

NOW = THEN + timedelta(days=5)
TODAY = NOW.date()


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return set_out(cast)


@pytest.fixture
def waiting(cast: Cast, bench: Bench) -> Submission:
    return hand_in(bench.written, cast.seruni)


def claim(one: Submission, by: Person, minutes: int = 0) -> grading.Claim:
    return grading.claim(submission_id=one.pk, assessor=by, now=NOW + timedelta(minutes=minutes), today=TODAY)


def decide(one: Submission, by: Person, levels: dict[str, int], **more: Any) -> Submission:
    put = Marks(levels=levels, **more)
    return grading.decide(submission_id=one.pk, assessor=by, put=put, now=NOW, today=TODAY)


def grade(one: Submission, by: Person, levels: dict[str, int], **more: Any) -> Submission:
    claim(one, by)
    return decide(one, by, levels, **more)


def refusal(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


def verbs(one: Submission) -> list[str]:
    lines = TrailLine.objects.about(one).order_by("pk")
    return [line.verb.partition(".")[2] for line in lines]


# Claiming


def test_a_claim_keeps_others_out_until_it_lapses_and_says_who_was_before(cast: Cast, waiting: Submission) -> None:
    murai = make_trainer(cast.murai)
    CohortMember.objects.all().delete()  # in no class: any trainer of the region
    claim(waiting, cast.anggrek)
    assert refusal(claim, waiting, murai, 29) == "held"
    taken = claim(waiting, murai, 30)
    assert (taken.grading.assessor, taken.taken_from) == (murai, cast.anggrek)
    assert refusal(claim, waiting, cast.anggrek, 31) == "held"
    assert refusal(decide, waiting, cast.anggrek, GOOD) == "not_held"


def test_every_touch_holds_the_claim_for_half_an_hour_more(cast: Cast, waiting: Submission) -> None:
    murai = make_trainer(cast.murai)
    CohortMember.objects.all().delete()
    claim(waiting, cast.anggrek)
    later = NOW + timedelta(minutes=20)
    grading.keep(submission_id=waiting.pk, assessor=cast.anggrek, put=Marks({"beda": 1}), now=later, today=TODAY)
    assert refusal(claim, waiting, murai, 40) == "held"
    taken = claim(waiting, murai, 51)
    assert taken.grading.levels == {"beda": 1}


def test_whoever_lets_go_lets_the_next_one_in(cast: Cast, waiting: Submission) -> None:
    murai = make_trainer(cast.murai)
    CohortMember.objects.all().delete()
    claim(waiting, cast.anggrek)
    grading.release(submission_id=waiting.pk, assessor=cast.anggrek, now=NOW)
    assert claim(waiting, murai, 1).taken_from == cast.anggrek


def test_claiming_twice_is_one_claim(cast: Cast, waiting: Submission) -> None:
    assert claim(waiting, cast.anggrek).grading.pk == claim(waiting, cast.anggrek).grading.pk
    assert verbs(waiting) == ["grading_claimed"]


# Who


def test_nobody_grades_herself(cast: Cast, bench: Bench) -> None:
    make_trainer(cast.seruni)
    own = hand_in(bench.written, cast.seruni)
    assert refusal(claim, own, cast.seruni) == "not_hers"


def test_a_trainer_of_another_class_or_region_grades_not(cast: Cast, waiting: Submission) -> None:
    assert refusal(claim, waiting, make_trainer(cast.murai)) == "not_hers"
    assert refusal(claim, waiting, make_trainer(cast.cendana, "99.02")) == "not_hers"


def test_people_of_one_village_group_do_not_grade_each_other(cast: Cast, bench: Bench) -> None:
    make_trainer(cast.melati)
    bench.cohort.trainers.add(cast.melati)
    assert refusal(claim, hand_in(bench.written, cast.seruni), cast.melati) == "not_hers"
    CohortMember.objects.create(cohort=bench.cohort, person=cast.kenari, added_on=LONG_AGO)
    claim(hand_in(bench.written, cast.kenari), cast.melati)


# Deciding


def test_a_half_done_grading_is_kept_and_decides_nothing(cast: Cast, waiting: Submission) -> None:
    claim(waiting, cast.anggrek)
    put = Marks({"beda": 2, "usul": 9, "lain": 1}, {"beda": " Baik. ", "usul": ""}, (), "Terima kasih.")
    row = grading.keep(submission_id=waiting.pk, assessor=cast.anggrek, put=put, now=NOW, today=TODAY)
    assert (row.levels, row.comments, row.remark) == ({"beda": 2}, {"beda": "Baik."}, "Terima kasih.")
    waiting.refresh_from_db()
    assert waiting.state == "handed_in"
    assert refusal(decide, waiting, cast.anggrek, {"beda": 2}) == "unmarked"
    row.refresh_from_db()
    assert row.remark == "Terima kasih."


def test_a_good_mark_passes_and_finishes_the_step(cast: Cast, bench: Bench, waiting: Submission) -> None:
    grade(waiting, cast.anggrek, GOOD)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.percent, waiting.passed, waiting.graded_at) == ("graded", 88, True, NOW)
    assert Progress.objects.filter(person=cast.seruni, step_key=bench.written.translation_key).exists()
    assert verbs(waiting) == ["grading_claimed", "graded"]
    assert marks.passed_tasks([cast.seruni.pk, cast.melati.pk]) == {
        cast.seruni.pk: {"m1": marks.TaskPassed(88, TODAY)},
        cast.melati.pk: {},
    }


@pytest.mark.parametrize(("levels", "percent"), [(WEAK, 55), ({**GOOD, "nama": 2}, 77)], ids=["percent", "must row"])
def test_a_mark_below_is_not_yet(cast: Cast, waiting: Submission, levels: dict[str, int], percent: int) -> None:
    grade(waiting, cast.anggrek, levels)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.percent, waiting.passed) == ("graded", percent, False)
    assert Grading.objects.get().verdict == "fail"
    assert not Progress.objects.filter(person=cast.seruni).exists()


def test_deciding_twice_changes_nothing(cast: Cast, waiting: Submission) -> None:
    grade(waiting, cast.anggrek, GOOD)
    decide(waiting, cast.anggrek, WEAK)
    waiting.refresh_from_db()
    assert waiting.percent == 88
    assert verbs(waiting).count("graded") == 1


def test_what_nobody_claimed_is_not_decided(cast: Cast, waiting: Submission) -> None:
    assert refusal(decide, waiting, cast.anggrek, GOOD) == "not_held"


@pytest.mark.parametrize(
    "words",
    [
        {"remark": "Telepon saya di 0812 3456 7890."},
        {"comments": {"beda": "NIK 5302014505900001"}},
        {"passages": ({"field": "catatan", "quote": "air", "text": "Kirim ke wa.me/628"},)},
    ],
    ids=["remark", "comment", "passage"],
)
def test_an_assessors_words_are_checked_too_and_not_kept(cast: Cast, waiting: Submission, words: Any) -> None:
    claim(waiting, cast.anggrek)
    with pytest.raises(Refused) as refused:
        decide(waiting, cast.anggrek, GOOD, **words)
    assert refused.value.code == "identifier"
    assert "0812" not in str(refused.value)
    row = Grading.objects.get()
    assert (row.remark, row.comments, row.passages, row.decided_at) == ("", {}, [], None)


def test_a_comment_stands_on_a_passage_of_the_form_and_nowhere_else(cast: Cast, waiting: Submission) -> None:
    passage = {"field": "catatan", "quote": "menimba air", "text": "Siapa yang membantu?"}
    claim(waiting, cast.anggrek)
    assert refusal(decide, waiting, cast.anggrek, GOOD, passages=({**passage, "field": "lain"},)) == "field"
    decide(waiting, cast.anggrek, GOOD, passages=(passage,))
    waiting.refresh_from_db()
    [told] = marks.outcome_of(waiting)
    assert [(one.label, one.quote, one.text) for one in told.passages] == [
        ("Catatan sehari", "menimba air", "Siapa yang membantu?")
    ]


# Returning


def give_back(one: Submission, by: Person, reason: str) -> Submission:
    put = Marks(levels={"beda": 1}, remark=reason)
    return grading.give_back(submission_id=one.pk, assessor=by, put=put, now=NOW, today=TODAY)


def test_a_return_keeps_what_was_handed_in_and_waits_for_her(cast: Cast, waiting: Submission) -> None:
    claim(waiting, cast.anggrek)
    assert refusal(give_back, waiting, cast.anggrek, "  ") == "reason"
    give_back(waiting, cast.anggrek, "Tambahkan usul ketiga.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.round) == ("returned", 2)
    [kept] = waiting.rounds.all()
    assert (kept.number, kept.answers) == (1, waiting.answers)
    [told] = marks.outcome_of(waiting)
    assert (told.verdict, told.remarks) == ("return", ("Tambahkan usul ketiga.",))
    assert refusal(claim, waiting, cast.anggrek) == "closed"
    assert verbs(waiting) == ["grading_claimed", "task_returned"]


def test_the_second_round_is_graded_anew(cast: Cast, waiting: Submission) -> None:
    claim(waiting, cast.anggrek)
    give_back(waiting, cast.anggrek, "Tambahkan usul ketiga.")
    Submission.objects.update(state="handed_in")
    grade(waiting, cast.anggrek, GOOD)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.passed) == ("graded", True)
    assert [told.verdict for told in marks.outcome_of(waiting)] == ["pass", "return"]


# Two assessors


@pytest.fixture
def twice(cast: Cast) -> Submission:
    bench = set_out(cast, second=True)
    make_trainer(cast.murai)
    make_trainer(cast.soka)
    bench.cohort.trainers.add(cast.soka)
    return hand_in(bench.written, cast.seruni)


def test_one_mark_is_not_enough_and_the_second_comes_from_somebody_else(cast: Cast, twice: Submission) -> None:
    grade(twice, cast.anggrek, GOOD)
    twice.refresh_from_db()
    assert (twice.state, marks.outcome_of(twice)) == ("handed_in", ())
    assert refusal(claim, twice, cast.anggrek) == "not_hers"
    grade(twice, cast.murai, GOOD)
    twice.refresh_from_db()
    assert (twice.state, twice.percent) == ("graded", 88)


def test_the_second_sees_nothing_of_the_first_before_she_has_decided(cast: Cast, twice: Submission) -> None:
    grade(twice, cast.anggrek, GOOD)
    twice.refresh_from_db()
    gradings = marks.gradings_of(twice)
    assert marks.shown_to(cast.murai, twice, gradings) == []
    assert [one.part for one in marks.shown_to(cast.anggrek, twice, gradings)] == ["first"]
    grade(twice, cast.murai, WEAK)
    twice.refresh_from_db()
    assert len(marks.shown_to(cast.murai, twice, marks.gradings_of(twice))) == 2


def agree(one: Submission, by: Person, levels: dict[str, int]) -> Submission:
    return grading.agree(submission_id=one.pk, assessor=by, levels=levels, now=NOW, today=TODAY)


def test_two_who_differ_agree_between_their_marks_and_both_say_so(cast: Cast, twice: Submission) -> None:
    grade(twice, cast.anggrek, GOOD)
    assert refusal(agree, twice, cast.anggrek, {}) == "not_both"
    grade(twice, cast.murai, WEAK)
    assert refusal(agree, twice, cast.murai, {"beda": 3, "usul": 2}) == "apart"
    agree(twice, cast.murai, {"beda": 2, "usul": 2})
    agree(twice, cast.murai, {"beda": 2, "usul": 2})
    twice.refresh_from_db()
    assert twice.state == "handed_in"
    agree(twice, cast.anggrek, {"beda": 1, "usul": 2})
    twice.refresh_from_db()
    assert twice.state == "handed_in"
    agree(twice, cast.murai, {"beda": 1, "usul": 2})
    twice.refresh_from_db()
    assert (twice.state, twice.percent, twice.passed) == ("graded", 66, False)
    assert verbs(twice)[-4:] == ["mark_proposed", "mark_proposed", "mark_proposed", "mark_agreed"]
    [told] = marks.outcome_of(twice)
    assert [row.level for row in told.rows] == [1, 2, 3]
    assert told.assessors == ("Anggrek", "Murai")


def test_a_third_assessor_settles_it_alone(cast: Cast, twice: Submission) -> None:
    grade(twice, cast.anggrek, GOOD)
    grade(twice, cast.murai, WEAK)
    agree(twice, cast.soka, {"beda": 2, "usul": 3})
    twice.refresh_from_db()
    assert (twice.state, twice.percent, twice.passed) == ("graded", 88, True)


# The queue


def keys(trainer: Person) -> list[Any]:
    return list(marks.for_her(trainer, TODAY).values_list("pk", flat=True))


def test_the_oldest_of_her_classes_comes_first_and_nothing_of_others(cast: Cast, bench: Bench) -> None:
    late, early = hand_in(bench.written, cast.seruni, hours=9), hand_in(bench.watched, cast.melati, hours=1)
    alone = hand_in(bench.written, cast.kenari, hours=5)
    other = hand_in(bench.written, cast.teratai, hours=0)
    assert keys(cast.anggrek) == [other.pk, early.pk, alone.pk, late.pk]
    murai = make_trainer(cast.murai)
    assert keys(murai) == [alone.pk]
    claim(alone, murai)
    assert marks.next_for(cast.anggrek, NOW, TODAY, but=other.pk) == early
    assert marks.next_for(murai, NOW, TODAY) == alone
    assert keys(cast.soka) == []


def test_a_second_assessor_is_asked_from_the_region_and_never_twice(cast: Cast, twice: Submission) -> None:
    assert keys(cast.murai) == []
    grade(twice, cast.anggrek, GOOD)
    assert (keys(cast.anggrek), keys(cast.murai), keys(cast.soka)) == ([], [twice.pk], [twice.pk])
    grade(twice, cast.murai, WEAK)
    assert keys(cast.anggrek) == keys(cast.murai) == keys(cast.soka) == [twice.pk]
    agree(twice, cast.murai, {"beda": 2, "usul": 2})
    assert (keys(cast.anggrek), keys(cast.murai)) == ([twice.pk], [])
