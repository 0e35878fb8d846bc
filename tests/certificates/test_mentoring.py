"""Hours are logged, verified, returned, mended and corrected: what is allowed and what is refused."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import mentoring
from certificates.models import HoursEntry
from lms.kit.refusing import Refused
from lms.people.models import Mentorship, TrailLine
from tests.certificates.build import NOW, SINCE, TODAY, load_starter, log, place, verified

State = HoursEntry.State


@pytest.fixture
def seruni(cast):
    """Seruni with a placement at Mama Dahlia's."""
    load_starter()
    place(cast.seruni, cast.dahlia)
    return cast.seruni


def judge(entry, person, today=TODAY):
    return mentoring.verify_hours(entries=[entry], judge=person, now=NOW, today=today)


def give_back(entry, person, reason="Jam mulai belum cocok.", today=TODAY):
    return mentoring.return_hours(entry=entry, judge=person, reason=reason, now=NOW, today=today)


def correct(entry, person, **more):
    more = {"reason": "Pulang lebih awal.", "minutes": 30, "now": NOW, "today": TODAY, **more}
    return mentoring.correct_hours(entry=entry, corrector=person, **more)


def test_logged_hours_wait_for_the_mentor(cast, seruni):
    entry = log(seruni, note="Saya belajar menunggu.")
    assert (entry.state, entry.is_live, entry.placement.mentor) == (State.CLAIMED, True, cast.dahlia)
    assert TrailLine.objects.concerning(seruni).filter(verb="certificates.hours_logged").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"minutes": 20}, "minutes", "step"),
        ({"minutes": 615}, "minutes", "day_limit"),
        ({"starts_at": "23:30"}, "minutes", "midnight"),
        ({"day": TODAY + timedelta(days=1)}, "day", "future"),
        ({"day": SINCE - timedelta(days=1)}, "day", "before"),
        ({"activity": "gardening"}, "activity", "refused"),
        ({"note": "Hubungi 0812 0000 0000 saja."}, "note", "identifier"),
    ],
)
def test_hours_that_break_a_rule_are_refused_and_nothing_is_stored(seruni, wrong, field, code):
    with pytest.raises(Refused) as refused:
        log(seruni, **wrong)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert str(refused.value.sentence).endswith(".")
    assert not HoursEntry.objects.exists()
    assert not TrailLine.objects.filter(verb="certificates.hours_logged").exists()


def test_without_a_placement_no_hours_are_logged(cast):
    load_starter()
    with pytest.raises(Refused) as refused:
        log(cast.kenari)
    assert refused.value.code == "no_placement"


def test_without_a_standard_no_activity_is_known(cast):
    place(cast.seruni, cast.dahlia)
    with pytest.raises(Refused) as refused:
        log(cast.seruni)
    assert refused.value.field == "activity"


def test_overlapping_hours_are_refused_and_free_again_once_returned(cast, seruni):
    first = log(seruni, starts_at="09:00", minutes=120)
    with pytest.raises(Refused) as refused:
        log(seruni, starts_at="10:45", minutes=60)
    assert refused.value.code == "overlap"
    give_back(first, cast.dahlia)
    assert log(seruni, starts_at="10:45", minutes=60).is_live


def test_more_than_ten_hours_on_one_day_are_refused(seruni):
    log(seruni, starts_at="06:00", minutes=480)
    with pytest.raises(Refused) as refused:
        log(seruni, starts_at="15:00", minutes=135)
    assert refused.value.code == "day_total"


def test_hours_go_to_the_placement_that_holds_their_day(cast, seruni):
    earlier = place(seruni, cast.dahlia, starts_on=date(2026, 1, 10), ends_on=date(2026, 2, 10))
    assert log(seruni, day=date(2026, 2, 10)).placement == earlier
    assert log(seruni, day=date(2026, 11, 20)).placement != earlier


def test_her_mentor_verifies_and_the_hours_are_locked(cast, seruni):
    entry = log(seruni, minutes=90)
    assert judge(entry, cast.dahlia) == 90
    entry.refresh_from_db()
    assert (entry.state, entry.judged_by, entry.judged_at) == (State.VERIFIED, cast.dahlia, NOW)
    line = TrailLine.objects.get(verb="certificates.hours_verified")
    assert (line.person, line.detail["minutes"]) == (seruni, 90)
    with pytest.raises(Refused) as refused:
        give_back(entry, cast.dahlia)
    assert refused.value.code == "locked"


def test_verifying_twice_changes_nothing(cast, seruni):
    entry = log(seruni)
    judge(entry, cast.dahlia)
    assert judge(entry, cast.dahlia) == 0
    assert TrailLine.objects.filter(verb="certificates.hours_verified").count() == 1


def test_several_are_verified_together_or_not_at_all(cast, seruni):
    place(cast.melati, cast.dahlia)
    mine, hers, old = log(seruni), log(cast.melati), log(seruni, day=date(2026, 9, 1))
    with pytest.raises(Refused):
        mentoring.verify_hours(entries=[mine, hers, old], judge=cast.dahlia, now=NOW, today=TODAY)
    assert HoursEntry.objects.waiting().count() == 3
    assert mentoring.verify_hours(entries=[mine, hers], judge=cast.dahlia, now=NOW, today=TODAY) == 120
    assert TrailLine.objects.filter(verb="certificates.hours_verified").count() == 2


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("seruni", "own"),
        ("murai", "not_mentor"),
        ("soka", "not_mentor"),
        ("anggrek", "not_mentor"),
        ("jati", "not_mentor"),
    ],
)
def test_nobody_but_her_mentor_verifies_returns_or_corrects(cast, seruni, who, code):
    waiting, done = log(seruni), verified(seruni, cast.dahlia, day=date(2026, 11, 19))
    for act in (judge, give_back):
        with pytest.raises(Refused) as refused:
            act(waiting, getattr(cast, who))
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        correct(done, getattr(cast, who))
    assert refused.value.code == code
    waiting.refresh_from_db()
    assert waiting.state == State.CLAIMED


def test_after_sixty_days_the_coordinator_of_the_region_verifies(cast, seruni):
    entry = log(seruni, day=TODAY - timedelta(days=61))
    for who, code in ((cast.dahlia, "old"), (cast.cendana, "not_mentor")):
        with pytest.raises(Refused) as refused:
            judge(entry, who)
        assert refused.value.code == code
    assert judge(entry, cast.soka) == 60


def test_when_the_mentor_has_left_the_coordinator_verifies(cast, seruni):
    entry = log(seruni)
    Mentorship.objects.filter(learner=seruni).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        judge(entry, cast.dahlia)
    assert judge(entry, cast.soka) == 60


def test_a_returned_entry_is_mended_by_a_new_one(cast, seruni):
    entry = log(seruni, starts_at="09:00")
    back = give_back(entry, cast.dahlia)
    assert (back.state, back.is_live, back.reason) == (State.RETURNED, False, "Jam mulai belum cocok.")
    assert give_back(entry, cast.dahlia).pk == entry.pk
    with pytest.raises(Refused) as refused:
        judge(entry, cast.dahlia)
    assert refused.value.code == "returned"
    mended = log(seruni, starts_at="09:30", mends=entry.pk)
    assert mended.mends_id == entry.pk
    assert not HoursEntry.objects.to_mend().exists()
    with pytest.raises(Refused) as refused:
        log(seruni, starts_at="13:00", mends=entry.pk)
    assert refused.value.code == "not_returned"


def test_another_learners_returned_entry_cannot_be_mended(cast, seruni):
    place(cast.melati, cast.dahlia)
    hers = give_back(log(cast.melati), cast.dahlia)
    with pytest.raises(Refused):
        log(seruni, mends=hers.pk)


@pytest.mark.parametrize("reason", ["", "  ", "Tanya Ibu di 0812 0000 0000."])
def test_returning_needs_a_reason_without_anybodys_number(cast, seruni, reason):
    entry = log(seruni)
    with pytest.raises(Refused) as refused:
        give_back(entry, cast.dahlia, reason=reason)
    assert refused.value.field == "reason"
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (State.CLAIMED, "")


def test_a_correction_is_a_reversal_and_a_new_row(cast, seruni):
    entry = verified(seruni, cast.dahlia, minutes=120, starts_at="09:00")
    right = correct(entry, cast.dahlia, minutes=90)
    entry.refresh_from_db()
    assert (entry.minutes, entry.state, entry.is_live) == (120, State.VERIFIED, False)
    assert (entry.reversed_by.minutes, entry.reversed_by.reason) == (-120, "Pulang lebih awal.")
    assert (right.minutes, right.state, right.judged_by, right.is_live) == (90, State.VERIFIED, cast.dahlia, True)
    assert sum(HoursEntry.objects.counted().values_list("minutes", flat=True)) == 90
    with pytest.raises(Refused) as refused:
        correct(entry, cast.dahlia)
    assert refused.value.code == "not_verified"


def test_a_correction_to_nothing_only_takes_back(cast, seruni):
    entry = verified(seruni, cast.dahlia)
    correct(entry, cast.dahlia, minutes=0)
    assert sum(HoursEntry.objects.counted().values_list("minutes", flat=True)) == 0
    assert log(seruni).is_live


def test_a_correction_keeps_the_rules_too(cast, seruni):
    log(seruni, starts_at="13:00")
    entry = verified(seruni, cast.dahlia, starts_at="09:00")
    for wrong, code in (({"minutes": 50}, "step"), ({"minutes": 300}, "overlap"), ({"reason": " "}, "refused")):
        with pytest.raises(Refused) as refused:
            correct(entry, cast.dahlia, **wrong)
        assert refused.value.code == code
    with pytest.raises(Refused):
        correct(entry, cast.dahlia, activity="gardening")
    entry.refresh_from_db()
    assert entry.is_live


def test_waiting_hours_are_not_corrected_but_returned(cast, seruni):
    with pytest.raises(Refused) as refused:
        correct(log(seruni), cast.dahlia)
    assert refused.value.code == "not_verified"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"minutes": 50}, "hours_go_in_steps_of_15_minutes"),
        ({"minutes": 615}, "a_day_holds_ten_hours"),
        ({"minutes": -60}, "hours_are_at_most_ten_a_day"),
        ({"state": "verified"}, "judged_hours_say_by_whom_and_when"),
        ({"is_live": False}, "waiting_hours_hold_their_time"),
    ],
)
def test_the_database_refuses_what_the_rule_refuses(seruni, change, name):
    entry = log(seruni)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HoursEntry.objects.filter(pk=entry.pk).update(**change)


def test_the_database_refuses_own_verification_and_a_return_without_reason(cast, seruni):
    entry = log(seruni)
    row = HoursEntry.objects.filter(pk=entry.pk)
    with pytest.raises(IntegrityError, match="nobody_verifies_her_own_hours"), transaction.atomic():
        row.update(state="verified", judged_by=seruni, judged_at=NOW)
    with pytest.raises(IntegrityError, match="returned_hours_have_a_reason"), transaction.atomic():
        row.update(state="returned", is_live=False, judged_by=cast.dahlia, judged_at=NOW)
    with pytest.raises(IntegrityError, match="live_hours_wait_or_are_verified"), transaction.atomic():
        row.update(state="returned", judged_by=cast.dahlia, judged_at=NOW, reason="x")


def test_the_database_refuses_the_same_start_twice(seruni):
    entry = log(seruni)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursEntry.objects.create(
            pk=uuid.uuid4(),
            placement=entry.placement,
            learner=seruni,
            activity="court",
            day=entry.day,
            starts_at=entry.starts_at,
            minutes=15,
            role="observing",
            logged_at=NOW,
        )


@pytest.mark.parametrize(("starts_at", "minutes"), [("09:30", 15), ("08:30", 45), ("08:00", 180), ("09:45", 60)])
def test_the_database_refuses_hours_that_overlap(seruni, starts_at, minutes):
    entry = log(seruni, starts_at="09:00", minutes=60)
    with pytest.raises(IntegrityError, match="live_hours_never_overlap"), transaction.atomic():
        beside(entry, starts_at, minutes)
    later = log(seruni, starts_at="13:00", minutes=60)
    with pytest.raises(IntegrityError, match="live_hours_never_overlap"), transaction.atomic():
        HoursEntry.objects.filter(pk=later.pk).update(starts_at=time.fromisoformat(starts_at), minutes=minutes)


def test_the_database_lets_hours_touch_and_others_have_theirs(cast, seruni):
    entry = log(seruni, starts_at="09:00", minutes=60)
    beside(entry, "08:00", 60)
    beside(entry, "10:00", 60)
    beside(entry, "09:00", 60, is_live=False, state="returned", judged_by=cast.dahlia, judged_at=NOW, reason="x")
    beside(entry, "09:00", 60, day=date(2026, 11, 19))
    place(cast.melati, cast.dahlia)
    log(cast.melati, starts_at="09:30", minutes=60)
    assert HoursEntry.objects.count() == 6


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"day": TODAY + timedelta(days=2)}, "hours_are_of_a_day_that_came"),
        ({"day": SINCE - timedelta(days=1)}, "hours_lie_within_their_placement"),
        ({"minutes": 585}, "a_day_holds_ten_hours"),
    ],
    ids=["to come", "before the placement", "too many on one day"],
)
def test_the_database_refuses_a_day_that_cannot_be(seruni, change, name):
    entry, other = log(seruni, starts_at="09:00", minutes=30), log(seruni, day=date(2026, 11, 19))
    row = {"starts_at": "10:00", "minutes": 60, **change}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        beside(entry, **row)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HoursEntry.objects.filter(pk=other.pk).update(**{"day": entry.day, "starts_at": time(10), **change})
    assert beside(entry, "10:00", 570).is_live


def test_the_database_refuses_hours_in_the_placement_of_another(cast, seruni):
    entry = log(seruni)
    hers = place(cast.melati, cast.dahlia)
    with pytest.raises(IntegrityError, match="hours_lie_within_their_placement"), transaction.atomic():
        HoursEntry.objects.filter(pk=entry.pk).update(placement=hers)


def test_hours_of_a_placement_that_was_cut_short_are_still_taken_back(cast, seruni):
    entry = verified(seruni, cast.dahlia)
    seruni.placements.update(ends_on=date(2026, 11, 1))
    assert correct(entry, cast.dahlia, minutes=0).minutes == -60


def beside(entry, starts_at, minutes, **more):
    """Another row of the same person and day, written past the action."""
    row = {"learner": entry.learner, "day": entry.day, "activity": "court", "role": "observing", **more}
    return HoursEntry.objects.create(
        pk=uuid.uuid4(),
        placement=entry.placement,
        starts_at=time.fromisoformat(starts_at),
        minutes=minutes,
        logged_at=NOW,
        **row,
    )
