"""Renew: who may, when, what is added, and that nothing earlier changes."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import results
from certificates import issuing, moving, pledging, reflecting, refreshing, renewals, renewing, supervising, verifying
from certificates.models import Certificate, Decision, Paper, Pledge, Reflection, Refresher
from certificates.rules.credential import Statement, read_token
from certificates.rules.renewal import Phase
from certificates.rules.states import Move
from lms.kit import clock, signing
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready, passed_exam
from tests.certificates.test_issuing import a_coordinator, refusal

ENDS = date(2029, 11, 20)
DUE_DAY = date(2029, 10, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DUE_DAY)
    monkeypatch.setattr(clock, "now", lambda: at(DUE_DAY))


@pytest.fixture
def melati(cast):
    """Melati, certified on 21 November 2026."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    return cast.melati


def attend(person, by, day, minutes=480, topic="law", **more):
    return refreshing.note_refresher(
        people=[person],
        noter=by,
        refresher_id=more.pop("refresher_id", None) or uuid.uuid4(),
        held_on=day,
        minutes=minutes,
        topic=topic,
        now=at(day),
        today=day,
        **more,
    )


def reflect(person, year, today):
    return reflecting.write_reflection(
        person=person, answers={"2": "Baik."}, willing="yes", year=year, now=at(today), today=today
    )


def keep_everything(person, cast, until=DUE_DAY):
    """Three years of reflections, refreshers, talks; the code of ethics signed again."""
    for year in (2027, 2028, 2029):
        day = date(year, 3, 1)
        reflect(person, year, day)
        attend(person, cast.anggrek, day)
        for month in (1, 4, 7, 9):
            supervising.note_talk(
                people=[person],
                mentor=cast.dahlia,
                talk_id=uuid.uuid4(),
                held_on=date(year, month, 2),
                minutes=60,
                now=NOW,
                today=date(year, month, 2),
            )
    pledging.sign(person=person, version=1, now=at(until))


def renew(person, certifier, today=DUE_DAY):
    return renewing.renew(person=person, certifier=certifier, now=at(today), today=today)


def test_a_renewal_adds_a_period_without_a_gap(cast, melati):
    first = Certificate.objects.get()
    keep_everything(melati, cast)
    second = renew(melati, cast.soka)
    assert (second.cycle, second.issued_on, second.expires_on) == (2, date(2029, 11, 21), date(2032, 11, 20))
    statement = read_token(second.statement, signing.public_keys().values())
    assert isinstance(statement, Statement)
    assert (statement.issued_on, statement.valid_from, statement.expires_on) == (
        DUE_DAY,
        second.issued_on,
        second.expires_on,
    )
    assert Paper.objects.filter(certificate=second).count() == len(Paper.Kind.values)
    assert Decision.objects.get(certificate=second).kind == "renewed"
    assert TrailLine.objects.concerning(melati).filter(verb="certificates.renewed", actor=cast.soka).count() == 1
    assert verifying.check_code(first.code, today=DUE_DAY).state == "valid"
    after = verifying.check_code(first.code, today=date(2030, 1, 1))
    assert (after.state, after.issued_on, after.until) == ("expired", TODAY, ENDS)
    assert verifying.check_code(second.code, today=date(2030, 1, 1)).state == "valid"


def test_asking_twice_renews_once(cast, melati):
    keep_everything(melati, cast)
    assert renew(melati, cast.soka) == renew(melati, cast.soka)
    assert Certificate.objects.count() == 2


def test_what_remains_is_said(cast, melati):
    reflect(melati, 2027, date(2027, 3, 1))
    with pytest.raises(Refused) as refused:
        renew(melati, cast.soka)
    assert refused.value.code == "remains"
    assert "2028, 2029" in str(refused.value)
    assert Certificate.objects.count() == 1


def test_it_is_not_renewed_long_before_its_end(cast, melati):
    keep_everything(melati, cast)
    assert refusal(renew, person=melati, certifier=cast.soka, today=date(2029, 8, 21)) == "early"
    assert renew(melati, cast.soka, date(2029, 8, 22))


@pytest.mark.parametrize(
    ("who", "code"),
    [("cendana", "region"), ("dahlia", "region"), ("anggrek", "region"), ("jati", "region"), ("melati", "own")],
)
def test_nobody_else_renews(cast, melati, who, code):
    keep_everything(melati, cast)
    assert refusal(renew, person=melati, certifier=getattr(cast, who)) == code
    assert Certificate.objects.count() == 1


def test_her_mentor_does_not_renew_though_she_coordinates(cast, melati):
    keep_everything(melati, cast)
    assert refusal(renew, person=melati, certifier=a_coordinator(cast.dahlia)) == "mentor"


def test_who_holds_nothing_or_is_suspended_is_not_renewed(cast, melati):
    assert refusal(renew, person=cast.kenari, certifier=cast.soka) == "none"
    keep_everything(melati, cast)
    moving.move(person=melati, to=Move.RETIRE, actor=melati, now=at(DUE_DAY), today=DUE_DAY)
    assert refusal(renew, person=melati, certifier=cast.soka) == "state"


def test_a_certificate_taken_back_is_not_renewed(cast, melati):
    keep_everything(melati, cast)
    issuing.revoke(certificate=Certificate.objects.get(), revoker=cast.soka, now=NOW)
    assert refusal(renew, person=melati, certifier=cast.soka) == "none"


def test_after_the_grace_an_exam_brings_it_back_from_that_day_on(cast, melati):
    day = date(2030, 6, 1)
    keep_everything(melati, cast)
    assert refusal(renew, person=melati, certifier=cast.soka, today=day) == "remains"
    attempt = passed_exam(melati, "m3")
    attempt.handed_in_at = at(date(2030, 5, 1))
    attempt.save()
    second = renew(melati, cast.soka, day)
    assert (second.issued_on, second.expires_on) == (day, date(2033, 5, 31))


def test_later_modules_three_to_seven_are_asked_again(cast, melati):
    keep_everything(melati, cast)
    day = date(2031, 6, 1)
    current = renewals.of_person(melati, today=day)
    assert current.renewal.phase is Phase.OVER
    [exams] = current.renewal.remaining
    assert (exams.code, exams.need) == ("exams", 5)


def test_a_pause_over_the_end_leaves_time(cast, melati):
    moving.move(person=melati, to=Move.PAUSE, actor=melati, now=at(date(2029, 11, 1)), today=date(2029, 11, 1))
    assert renewals.of_person(melati, today=date(2030, 9, 1)).renewal.phase is Phase.GRACE


def test_the_code_is_signed_for_each_period_and_once(cast, melati):
    assert refusal(pledging.sign, person=melati, version=9, now=at(DUE_DAY)) == "changed"
    before = pledging.sign(person=melati, version=1, now=at(date(2027, 1, 1)))
    again = pledging.sign(person=melati, version=1, now=at(DUE_DAY))
    assert pledging.sign(person=melati, version=1, now=at(DUE_DAY)) == again != before
    assert list(Pledge.objects.filter(person=melati).order_by("cycle").values_list("cycle", flat=True)) == [1, 2]


def test_a_missed_year_is_written_later_and_says_so(cast, melati):
    assert reflect(melati, 2029, DUE_DAY).is_late is False
    late = reflect(melati, 2027, DUE_DAY)
    assert late.is_late
    for year in (2025, 2030):
        with pytest.raises(Refused):
            reflect(melati, year, DUE_DAY)
    with pytest.raises(Refused):
        reflect(cast.kenari, 2027, DUE_DAY)
    assert Reflection.objects.filter(person=melati).count() == 3


def discuss(person, mentor, year=2029, day=DUE_DAY):
    return reflecting.discuss(person=person, year=year, mentor=mentor, held_on=day, now=at(DUE_DAY), today=DUE_DAY)


def test_the_mentor_ticks_that_they_talked_about_it(cast, melati):
    with pytest.raises(Refused):
        discuss(melati, cast.dahlia)
    reflect(melati, 2029, DUE_DAY)
    row = discuss(melati, cast.dahlia)
    assert (row.discussed_on, row.discussed_with) == (DUE_DAY, cast.dahlia)
    assert discuss(melati, cast.dahlia, day=DUE_DAY - timedelta(days=1)).discussed_on == DUE_DAY
    for other in (cast.murai, cast.soka, melati):
        with pytest.raises(Refused):
            discuss(melati, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(pk=row.pk).update(discussed_with=melati)


def test_a_class_attends_a_refresher(cast, melati):
    key = uuid.uuid4()
    for _sending in range(2):
        refreshing.note_refresher(
            people=[melati, cast.kenari],
            noter=cast.soka,
            refresher_id=key,
            held_on=TODAY,
            minutes=240,
            topic="care",
            is_legal=True,
            now=NOW,
            today=TODAY,
        )
    assert Refresher.objects.count() == 2
    attend(melati, cast.anggrek, TODAY, topic="care")
    assert Refresher.objects.filter(person=melati).count() == 1
    assert TrailLine.objects.filter(verb="certificates.refreshed").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 50},
        {"minutes": 600},
        {"day": TODAY + timedelta(days=3)},
        {"topic": "other"},
        {"topic": "other", "words": "Telepon 0812 0000 0000"},
        {"topic": "dance"},
    ],
)
def test_a_wrong_refresher_is_refused(cast, melati, wrong):
    day = wrong.pop("day", TODAY)
    with pytest.raises(Refused):
        refreshing.note_refresher(
            people=[melati],
            noter=cast.soka,
            refresher_id=uuid.uuid4(),
            held_on=day,
            now=NOW,
            today=TODAY,
            **{"minutes": 60, "topic": "care", **wrong},
        )
    assert not Refresher.objects.exists()


def test_nobody_notes_a_refresher_for_herself_or_for_strangers(cast, melati):
    for noter in (cast.dahlia, cast.cendana, melati):
        with pytest.raises(Refused):
            attend(melati, noter, TODAY)
    with pytest.raises(Refused):
        attend(cast.soka, cast.soka, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refresher.objects.create(person=melati, noted_by=melati, held_on=TODAY, minutes=60, topic="law", noted_at=NOW)


def test_as_many_queries_for_three_as_for_one(cast, melati, django_assert_num_queries):
    for person in (cast.seruni, cast.kenari):
        make_ready(person, cast.dahlia if person == cast.seruni else cast.murai)
        certify(person, cast.soka)
    keep_everything(melati, cast)
    ids = [melati.pk, cast.seruni.pk, cast.kenari.pk]
    with django_assert_num_queries(8):
        assert len(renewals.of(ids, today=DUE_DAY)) == 3
    with django_assert_num_queries(8):
        renewals.of(ids[:1], today=DUE_DAY)


def test_the_list_of_a_coordinator_holds_those_who_end_soon_in_her_region(cast, melati, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = renewals.due_for(cast.soka, today=date(2029, 8, 22))
    assert [(row.certificate.person, row.stage) for row in found] == [(melati, "days_90")]
    stages = {
        date(2029, 8, 21): [],
        date(2029, 9, 21): ["days_60"],
        date(2029, 10, 21): ["days_30"],
        date(2029, 11, 21): ["grace"],
        date(2030, 2, 19): ["lapsed"],
        date(2032, 2, 19): ["lapsed"],
    }
    for day, expected in stages.items():
        assert [row.stage for row in renewals.due_for(cast.soka, today=day)] == expected
    assert renewals.due_for(cast.cendana, today=DUE_DAY) == []
    keep_everything(melati, cast)
    renew(melati, cast.soka)
    assert renewals.due_for(cast.soka, today=date(2030, 1, 1)) == []


def picture(day):
    """What earlier certificates say and said on a day."""
    rows = Certificate.objects.order_by("pk")
    said = {row.code: verifying.check_code(row.code, today=day) for row in rows}
    return list(rows.values()), said


steps = st.lists(
    st.tuples(st.sampled_from(["keep", "attend", "reflect", "sign", "pause", "resume", "exam"]), st.integers(10, 700)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_a_renewal_never_changes_the_past(cast, melati, history):
    with transaction.atomic():
        today = TODAY
        for step, gap in history:
            today += timedelta(days=gap)
            before, said = picture(today)
            live(step, melati, cast, today)
            try:
                renew(melati, cast.soka, today)
            except Refused:
                assert Certificate.objects.count() == len(before)
            after, still = picture(today)
            assert after[: len(before)] == before
            assert {code: still[code] for code in said} == said
            for row in before:
                statement = read_token(row["statement"], signing.public_keys().values())
                assert (statement.valid_from, statement.expires_on) == (row["issued_on"], row["expires_on"])
            assert [row["cycle"] for row in after] == list(range(1, len(after) + 1))
        transaction.set_rollback(True)


def live(step, person, cast, today):
    """One thing that happens to her on a day; what the rules refuse does not happen."""
    try:
        if step == "keep":
            live_well(person, cast, today)
        elif step == "attend":
            attend(person, cast.anggrek, today)
        elif step == "reflect":
            reflect(person, today.year, today)
        elif step == "sign":
            pledging.sign(person=person, version=1, now=at(today))
        elif step == "exam":
            attempt = passed_exam(person, "m3")
            type(attempt).objects.filter(pk=attempt.pk).update(handed_in_at=at(today))
        else:
            moving.move(person=person, to=Move(step), actor=person, now=at(today), today=today)
    except (Refused, IntegrityError):
        pass


def live_well(person, cast, today):
    """Everything that a renewal asks for, made up for at once."""
    for year in sorted(renewals.years_to_write(person, today=today)):
        reflect(person, year, today)
    for number in range(6):
        attend(person, cast.anggrek, today - timedelta(days=number))
        for _again in range(4):
            supervising.note_talk(
                people=[person],
                mentor=cast.dahlia,
                talk_id=uuid.uuid4(),
                held_on=today - timedelta(days=number),
                minutes=60,
                now=at(today),
                today=today,
            )
    pledging.sign(person=person, version=1, now=at(today))


def test_after_the_grace_the_exams_of_practice_are_taken_anew(cast, melati):
    attempt = passed_exam(melati, "m3")
    other = passed_exam(melati, "m1")
    late = date(2030, 6, 1)
    assert results.still_counting(melati, "m3", [attempt], at(DUE_DAY)) == [attempt]
    assert results.still_counting(melati, "m3", [attempt], at(late)) == []
    assert results.still_counting(melati, "m1", [other], at(late)) == [other]
    attempt.handed_in_at = at(date(2030, 5, 1))
    assert results.still_counting(melati, "m3", [attempt], at(late)) == [attempt]
