"""Who may see whom."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client
from django.urls import reverse

from lms.kit import clock
from lms.people import joining, scoping
from lms.people.models import Mentorship, Person, Region, Role
from tests.cast import THEN, Cast

SignIn = Callable[[Person], Client]


def names(viewer: Person, as_role: str | None = None) -> set[str]:
    return {person.username for person in scoping.visible_persons(viewer, as_role=as_role)}


def test_a_learner_sees_herself_only(cast: Cast) -> None:
    assert names(cast.seruni) == {"seruni"}


def test_a_mentor_sees_her_mentees_and_no_other_learner(cast: Cast) -> None:
    assert names(cast.dahlia) == {"dahlia", "seruni", "melati"}
    assert names(cast.dahlia, "mentor") == {"seruni", "melati"}
    assert names(cast.murai) == {"murai"}


def test_a_mentorship_that_ended_shows_nobody(cast: Cast) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Mentorship.objects.filter(learner=cast.seruni).update(ends_on=yesterday)
    assert names(cast.dahlia, "mentor") == {"melati"}


def test_a_coordinator_sees_the_people_of_her_regency_and_none_of_the_next(cast: Cast) -> None:
    assert names(cast.soka, "coordinator") == {"seruni", "melati", "kenari", "dahlia", "murai"}
    assert names(cast.cendana, "coordinator") == {"teratai"}


def test_a_trainer_sees_learners_and_no_mentor(cast: Cast) -> None:
    assert names(cast.anggrek, "trainer") == {"seruni", "melati", "kenari", "teratai"}


def test_the_owner_sees_everyone(cast: Cast) -> None:
    assert len(names(cast.jati)) == Person.objects.count()


def test_a_role_that_ended_shows_nobody(cast: Cast) -> None:
    role = Role.objects.get(person=cast.soka)
    joining.end_role(role=role, ends_on=clock.today() - timedelta(days=1), now=THEN)
    soka = Person.objects.get(pk=cast.soka.pk)
    assert not scoping.has_role(soka, "coordinator")
    assert names(soka) == {"soka"}


def test_a_role_that_begins_tomorrow_shows_nobody_yet(cast: Cast) -> None:
    Role.objects.filter(person=cast.soka).update(starts_on=clock.today() + timedelta(days=1))
    assert names(Person.objects.get(pk=cast.soka.pk)) == {"soka"}


def test_an_account_that_was_closed_has_no_roles(cast: Cast) -> None:
    cast.soka.is_active = False
    assert scoping.roles_of(cast.soka, date(2026, 11, 22)) == ()
    assert scoping.roles_of(AnonymousUser()) == ()


def test_one_person_is_fetched_through_the_filter_and_the_next_is_not_found(cast: Cast) -> None:
    everyone = Person.objects.all()
    assert scoping.get_visible_or_404(everyone, cast.soka, pk=cast.seruni.pk) == cast.seruni
    with pytest.raises(Http404):
        scoping.get_visible_or_404(everyone, cast.cendana, pk=cast.seruni.pk)


def test_a_queryset_without_a_filter_of_sight_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError):
        scoping.get_visible_or_404(Region.objects.all(), cast.soka, pk="99")


def test_a_coordinator_covers_her_region_on_whole_segments(cast: Cast) -> None:
    assert scoping.covers(cast.soka, "coordinator", "99.01.01.2001")
    assert not scoping.covers(cast.soka, "coordinator", "99.011")
    assert scoping.regions_of(cast.soka, "coordinator") == ("99.01",)


def test_a_stranger_goes_to_sign_in_and_the_wrong_role_finds_nothing(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("people")
    assert Client().get(address)["Location"].startswith("/akun/login/")
    assert sign_in(cast.seruni).get(address).status_code == 404
    assert sign_in(cast.soka).get(address).status_code == 200


def test_a_coordinators_groups_are_those_of_her_region(cast: Cast) -> None:
    assert list(scoping.visible_groups(cast.soka)) == [cast.group]
    assert list(scoping.visible_groups(cast.cendana)) == []


def test_a_person_is_found_by_part_of_her_name_and_nobody_beyond_the_region(cast: Cast) -> None:
    def found(viewer: Person, query: str, role: str) -> list[str]:
        return [one.username for one in scoping.find_persons(viewer, query, as_role=role)]

    assert found(cast.soka, " seruni ", "coordinator") == ["seruni"]
    assert found(cast.anggrek, "Lontar", "trainer") == ["seruni"]
    assert found(cast.cendana, "seruni", "coordinator") == []
    assert found(cast.seruni, "seruni", "coordinator") == []
