"""People come in, get roles and new secrets."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.people import joining, rules, scoping
from lms.people.models import Mentorship, Person, Region, Role, TrailLine, VillageGroup
from tests.cast import AIR_LONTAR, BATU_ASAM, BATU_KUSAMBI, LONG_AGO, PASSWORD, PIN, THEN, Cast

SignIn = Callable[[Person], Client]


def test_a_coordinator_adds_a_learner_and_reads_her_pin_once(cast: Cast, sign_in: SignIn) -> None:
    soka = sign_in(cast.soka)
    form = {"name": "Pipit Kemiri", "called": "", "username": "pipit", "sex": "f", "group": cast.group.pk}
    answer = soka.post(reverse("add_person"), form)
    assert answer.status_code == 200
    pipit = Person.objects.get(username="pipit")
    assert scoping.has_role(pipit, "learner")
    assert pipit.village_id == cast.group.village_id
    assert pipit.check_password(answer.context["pin"])
    assert answer.context["pin"] in answer.content.decode()


def test_a_user_name_that_is_taken_is_refused_and_nothing_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    form = {"name": "Seruni Dua", "username": "seruni", "sex": "f", "group": cast.group.pk}
    answer = sign_in(cast.soka).post(reverse("add_person"), form)
    assert answer.status_code == 422
    assert "Seruni Dua" in answer.content.decode()
    assert Person.objects.filter(name="Seruni Dua").count() == 0


def test_a_group_of_another_region_cannot_be_chosen(cast: Cast, sign_in: SignIn) -> None:
    form = {"name": "Pipit Kemiri", "username": "pipit", "sex": "f", "group": cast.group.pk}
    assert sign_in(cast.cendana).post(reverse("add_person"), form).status_code == 422
    assert not Person.objects.filter(username="pipit").exists()


def test_the_action_itself_refuses_a_village_outside_the_region(cast: Cast) -> None:
    with pytest.raises(Refused):
        joining.add_person(
            username="pipit", name="Pipit", secret=PIN, now=THEN, actor=cast.cendana, village=cast.air_lontar
        )


def test_a_weak_pin_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        joining.add_person(username="pipit", name="Pipit", secret="123456", now=THEN)
    assert refused.value.field == "secret"


def test_a_new_pin_replaces_the_old_one(cast: Cast) -> None:
    pin = joining.renew_pin(person=cast.seruni, actor=cast.soka, now=THEN)
    cast.seruni.refresh_from_db()
    assert cast.seruni.check_password(pin)
    assert not cast.seruni.check_password(PIN)
    assert rules.is_good_secret(pin, is_staff=False)


def test_the_page_of_a_new_pin_asks_for_the_password_first(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("renew_pin", args=[cast.seruni.pk])
    browser = sign_in(cast.soka)
    asked = browser.post(address)
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    browser.post(asked["Location"], {"password": PASSWORD})
    answer = browser.post(address)
    cast.seruni.refresh_from_db()
    assert cast.seruni.check_password(answer.context["pin"])


@pytest.mark.parametrize("who", ["soka", "anggrek", "teratai"])
def test_no_new_pin_for_herself_for_staff_or_for_another_region(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        joining.renew_pin(person=getattr(cast, who), actor=cast.soka, now=THEN)


def test_staff_secrets_need_twelve_characters(cast: Cast) -> None:
    with pytest.raises(Refused):
        joining.set_secret(person=cast.anggrek, secret=PIN, now=THEN)
    joining.set_secret(person=cast.anggrek, secret="a-new-long-one", now=THEN)
    assert cast.anggrek.check_password("a-new-long-one")


def test_the_same_open_role_is_held_once(cast: Cast) -> None:
    before = Role.objects.filter(person=cast.soka).count()
    region = Role.objects.get(person=cast.soka).region
    joining.give_role(person=cast.soka, kind="coordinator", region=region, starts_on=LONG_AGO, now=THEN)
    assert Role.objects.filter(person=cast.soka).count() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(person=cast.soka, kind="coordinator", region=region, starts_on=LONG_AGO)


def test_nobody_mentors_herself_by_action_or_by_constraint(cast: Cast) -> None:
    with pytest.raises(Refused):
        joining.begin_mentorship(mentor=cast.murai, learner=cast.murai, starts_on=LONG_AGO, now=THEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentorship.objects.create(mentor=cast.murai, learner=cast.murai, starts_on=LONG_AGO)


def test_a_mentorship_needs_a_mentor_and_no_other_open_one(cast: Cast) -> None:
    with pytest.raises(Refused):
        joining.begin_mentorship(mentor=cast.melati, learner=cast.kenari, starts_on=LONG_AGO, now=THEN)
    with pytest.raises(Refused):
        joining.begin_mentorship(mentor=cast.murai, learner=cast.seruni, starts_on=LONG_AGO, now=THEN)
    joining.begin_mentorship(mentor=cast.murai, learner=cast.kenari, starts_on=LONG_AGO, now=THEN)
    assert Mentorship.objects.filter(mentor=cast.murai).count() == 1


def test_a_trainer_is_in_the_editors_group_until_her_role_ends(cast: Cast) -> None:
    assert cast.anggrek.groups.filter(name="Pelatih").exists()
    assert joining.close_editor(today=clock.today()) == 0
    role = Role.objects.get(person=cast.anggrek)
    joining.end_role(role=role, ends_on=clock.today() - timedelta(days=1), now=THEN)
    assert joining.close_editor(today=clock.today()) == 1
    assert not cast.anggrek.groups.exists()


def test_every_change_leaves_a_line_in_the_trail(cast: Cast) -> None:
    joining.renew_pin(person=cast.seruni, actor=cast.soka, now=THEN)
    line = TrailLine.objects.latest("id")
    assert (line.verb, line.actor, line.person) == ("people.secret_set", cast.soka, cast.seruni)


def test_names_are_spoken_as_people_wish(cast: Cast) -> None:
    assert cast.seruni.address == "Seruni"
    cast.seruni.called = "Mama Seruni"
    assert cast.seruni.get_short_name() == "Mama Seruni"
    assert cast.seruni.get_full_name() == "Seruni Lontar"


def test_the_operator_adds_staff_with_a_password_from_a_pipe(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"username": "kemuning", "name": "Kemuning Johar", "role": "coordinator", "region": "99.01"}
    monkeypatch.setattr("sys.stdin", StringIO("a-long-password\n"))
    call_command("add_staff", **options, stdout=StringIO())
    kemuning = Person.objects.get(username="kemuning")
    assert kemuning.check_password("a-long-password")
    assert scoping.covers(kemuning, "coordinator", "99.01.01.2001")


@pytest.mark.parametrize(
    ("change", "secret"),
    [({"region": "98"}, "a-long-password"), ({}, "short"), ({"username": "soka"}, "a-long-password")],
)
def test_a_wrong_order_of_the_operator_is_refused_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], secret: str
) -> None:
    options = {"username": "kemuning", "name": "Kemuning Johar", "role": "coordinator", "region": "99.01", **change}
    monkeypatch.setattr("sys.stdin", StringIO(secret + "\n"))
    with pytest.raises(CommandError):
        call_command("add_staff", **options, stdout=StringIO())
    assert not Person.objects.filter(username="kemuning").exists()


def test_the_operator_makes_a_learner_a_mentor_and_lets_that_end(cast: Cast) -> None:
    order = {"username": cast.seruni.username, "role": "mentor", "region": "99.01"}
    call_command("give_role", **order, stdout=StringIO())
    assert scoping.covers(cast.seruni, "mentor", "99.01.01.2001")
    call_command("give_role", **order, end=True, stdout=StringIO())
    assert Role.objects.get(person=cast.seruni, kind="mentor").ends_on == clock.today()


@pytest.mark.parametrize(
    "wrong", [{"username": "nobody"}, {"region": "98"}, {"role": "coordinator"}, {"role": "mentor", "end": True}]
)
def test_a_role_that_cannot_be_given_or_ended_is_refused_in_words(cast: Cast, wrong: dict[str, object]) -> None:
    order = {"username": cast.seruni.username, "role": "mentor", "region": "99.01", **wrong}
    before = Role.objects.count()
    with pytest.raises(CommandError):
        call_command("give_role", **order, stdout=StringIO())
    assert Role.objects.count() == before


def corrected(cast: Cast, **more: object) -> dict[str, object]:
    return {"name": "Seruni Lontar Kapuk", "called": "Seri", "sex": "f", "group": cast.group.pk, **more}


def test_a_coordinator_corrects_a_name_and_notes_that_somebody_moved(cast: Cast, sign_in: SignIn) -> None:
    elsewhere = VillageGroup.objects.create(name="Kelompok Batu Asam", village=Region.objects.get(code=BATU_ASAM))
    browser, address = sign_in(cast.soka), f"/koordinasi/orang/{cast.seruni.pk}/"
    assert address in browser.get(f"/koordinasi/berkas/{cast.seruni.pk}/").content.decode()
    assert 'value="Seruni Lontar"' in browser.get(address).content.decode()
    answer = browser.post(address, corrected(cast, group=elsewhere.pk))
    assert answer["Location"] == f"/koordinasi/berkas/{cast.seruni.pk}/"
    cast.seruni.refresh_from_db()
    assert (cast.seruni.name, cast.seruni.called) == ("Seruni Lontar Kapuk", "Seri")
    assert (cast.seruni.group, cast.seruni.village_id) == (elsewhere, BATU_ASAM)
    browser.post(address, corrected(cast, group=elsewhere.pk))
    line = TrailLine.objects.get(verb="people.corrected")
    assert (line.actor, line.person) == (cast.soka, cast.seruni)
    assert line.detail == {"fields": ["called", "group_id", "name", "village_id"]}


def test_a_mentor_without_a_group_is_corrected_and_stays_where_she_is(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.soka).post(
        f"/koordinasi/orang/{cast.dahlia.pk}/", corrected(cast, name="Dahlia Kemiri Johar", group="")
    )
    assert answer.status_code == 302
    cast.dahlia.refresh_from_db()
    assert (cast.dahlia.name, cast.dahlia.group, cast.dahlia.village_id) == ("Dahlia Kemiri Johar", None, AIR_LONTAR)


def test_nobody_else_corrects_her_and_nobody_leaves_the_region(cast: Cast, sign_in: SignIn) -> None:
    address = f"/koordinasi/orang/{cast.seruni.pk}/"
    for other in (cast.seruni, cast.dahlia, cast.anggrek, cast.cendana):
        assert sign_in(other).post(address, corrected(cast)).status_code == 404
    far = VillageGroup.objects.create(name="Kelompok jauh", village=Region.objects.get(code=BATU_KUSAMBI))
    browser = sign_in(cast.soka)
    assert browser.post(address, corrected(cast, group=far.pk)).status_code == 422
    answer = browser.post(address, corrected(cast, name=""))
    assert answer.status_code == 422
    assert 'value="Seri"' in answer.content.decode()
    cast.seruni.refresh_from_db()
    assert cast.seruni.name == "Seruni Lontar"
    with pytest.raises(Refused):
        said = {"name": "Seri", "called": "", "sex": "f", "group": far, "now": THEN}
        joining.correct_person(person=cast.seruni, actor=cast.soka, **said)
