"""A learner gets a mentor and a placement; reflection and pledge refuse what a form would never send."""

from datetime import date

import pytest
from django.urls import reverse

from certificates import placing, pledging, reflecting
from certificates.models import Placement, Pledge, Reflection
from lms.kit.refusing import Refused
from lms.people import joining
from lms.people.models import Mentorship, Region, TrailLine
from tests.cast import LONG_AGO, THEN
from tests.certificates.build import NOW, TODAY, load_small, log

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY = date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1)


def give(cast, **changes) -> Placement:
    usual = {"learner": cast.kenari, "mentor": cast.murai, "starts_on": MARCH, "now": NOW, "actor": cast.soka}
    return placing.place(**{**usual, **changes})


def test_a_placement_begins_the_mentorship(cast):
    placement = give(cast)
    assert placement.mentorship == Mentorship.objects.get(learner=cast.kenari)
    assert TrailLine.objects.concerning(cast.kenari).filter(verb="certificates.placed", actor=cast.soka).count() == 1


def test_a_second_period_with_the_same_mentor_follows_the_first(cast):
    first = give(cast, ends_on=JUNE)
    second = give(cast, starts_on=JULY)
    assert first.mentorship == second.mentorship


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actor": "cendana"}, ""),
        ({"actor": "dahlia"}, ""),
        ({"mentor": "soka"}, "mentor"),
        ({"mentor": "seruni"}, "mentor"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_and_nothing_begins(cast, changes, field):
    changes = {name: getattr(cast, value) if isinstance(value, str) else value for name, value in changes.items()}
    with pytest.raises(Refused) as refused:
        give(cast, **changes)
    assert refused.value.field == field
    assert not Placement.objects.exists()
    assert not Mentorship.objects.filter(learner=cast.kenari).exists()


def test_nobody_places_herself(cast):
    region = Region.objects.get(code="99.01")
    joining.give_role(person=cast.kenari, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    with pytest.raises(Refused):
        give(cast, actor=cast.kenari)


@pytest.mark.parametrize(("starts_on", "ends_on"), [(JUNE, None), (date(2026, 1, 1), MARCH), (date(2026, 4, 1), JUNE)])
def test_two_placements_never_share_a_day(cast, starts_on, ends_on):
    give(cast, ends_on=JUNE)
    with pytest.raises(Refused) as refused:
        give(cast, starts_on=starts_on, ends_on=ends_on)
    assert refused.value.field == "starts_on"


def test_another_mentor_waits_until_the_first_has_ended(cast):
    with pytest.raises(Refused):
        give(cast, learner=cast.seruni)
    assert not Placement.objects.exists()


@pytest.mark.parametrize(
    ("answers", "willing", "field"),
    [
        ({}, "yes", ""),
        ({"1": "  "}, "yes", ""),
        ({"1": "Baik."}, "perhaps", "willing"),
        ({"1": "Hubungi 0812 0000 0000."}, "yes", "answer_1"),
        ({"2": "a" * 1501}, "yes", "answer_2"),
    ],
)
def test_the_action_itself_refuses_an_unsafe_reflection(cast, answers, willing, field):
    with pytest.raises(Refused) as refused:
        reflecting.write_reflection(person=cast.seruni, answers=answers, willing=willing, now=NOW, today=TODAY)
    assert refused.value.field == field
    assert not Reflection.objects.exists()


def test_without_a_text_nothing_is_signed_and_an_old_version_is_refused(cast):
    with pytest.raises(Refused):
        pledging.sign(person=cast.seruni, version=1, now=NOW)
    load_small()
    with pytest.raises(Refused) as refused:
        pledging.sign(person=cast.seruni, version=2, now=NOW)
    assert refused.value.code == "changed"
    assert not Pledge.objects.exists()


def test_a_placement_ends_with_its_mentorship_and_another_mentor_may_follow(cast, sign_in):
    placement = give(cast)
    answer = sign_in(cast.soka).post(
        reverse("certificates:end_placement", args=[placement.pk]), {"last_day": JUNE.isoformat()}
    )
    assert answer.status_code == 302
    assert Mentorship.objects.get(learner=cast.kenari).ends_on == JUNE
    assert TrailLine.objects.concerning(cast.kenari).filter(verb="certificates.placement_ended").count() == 1
    following = give(cast, mentor=cast.dahlia, starts_on=JULY)
    assert following.mentorship.mentor == cast.dahlia
    assert "certificates/parts/dossier_end.html" in {
        one.name for one in sign_in(cast.soka).get(reverse("certificates:dossier", args=[cast.kenari.pk])).templates
    }


def test_the_mentorship_of_a_placement_that_is_over_makes_room(cast):
    give(cast, ends_on=JUNE)
    give(cast, mentor=cast.dahlia, starts_on=JULY)
    assert list(Mentorship.objects.filter(learner=cast.kenari).order_by("pk").values_list("ends_on", flat=True)) == [
        JUNE,
        None,
    ]


def test_a_placement_does_not_end_before_its_hours_nor_by_others(cast, sign_in):
    load_small()
    placement = give(cast)
    log(cast.kenari)
    address = reverse("certificates:end_placement", args=[placement.pk])
    assert sign_in(cast.soka).post(address, {"last_day": MARCH.isoformat()}).status_code == 422
    assert sign_in(cast.soka).post(address, {"last_day": "2026-02-01"}).status_code == 422
    assert sign_in(cast.cendana).post(address, {"last_day": TODAY.isoformat()}).status_code == 404
    placement.refresh_from_db()
    assert placement.ends_on is None
