"""Whoever began under a version of the standard may finish under it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from certificates import choosing, dossiers, evidence, versions
from certificates.models import Candidacy
from certificates.rules import comparing, standards
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from tests.certificates.build import NOW, SMALL, TODAY, certify, load_small, log, make_ready, place
from tests.certificates.test_evidence import a_crowd

CASES = json.loads((Path(__file__).parents[1] / "cases" / "comparing.json").read_text())
MORE_HOURS = [{**SMALL["activities"][0], "hours": 40}, SMALL["activities"][1]]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_each_difference_has_its_sentence(case):
    old = standards.read({**CASES["standard"], **case.get("old", {})})
    new = standards.read({**CASES["standard"], **case.get("new", {})})
    found = [[one.kind, one.sentence.render(str)] for one in comparing.differences(old, new)]
    assert found == case["said"]


def test_another_title_alone_is_no_difference():
    rules = standards.read(CASES["standard"])
    assert comparing.differences(rules, replace(rules, title="Lain")) == ()


@pytest.fixture
def melati(cast):
    """She fulfils the first version; the second asks for more hours."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    load_small(activities=MORE_HOURS)
    return cast.melati


def test_who_has_begun_is_written_down_when_a_new_version_comes(cast, melati):
    row = Candidacy.objects.get()
    assert (row.person, row.standard.version, row.chosen_by) == (melati, 1, None)
    load_small(activities=MORE_HOURS, valid_years=2)
    assert Candidacy.objects.get().standard.version == 1
    place(cast.seruni, cast.dahlia)
    load_small(activities=MORE_HOURS, valid_years=1)
    assert Candidacy.objects.get(person=cast.seruni).standard.version == 3


def test_she_finishes_under_the_version_she_began_under(cast, melati):
    judged = evidence.judgement_of(melati.pk, today=TODAY)
    assert (judged.standard.version, judged.is_older, judged.standing.is_complete) == (1, True, True)
    assert [one.sentence.render(str) for one in judged.differences] == ["Kunjungan rumah: 40 hours instead of 2."]
    assert [one.person for one in dossiers.ready(cast.soka, today=TODAY)] == [melati]
    assert certify(melati, cast.soka).standard.version == 1
    assert not evidence.judgement_of(melati.pk, today=TODAY).is_older


def test_who_begins_later_goes_by_the_newest(cast, melati):
    judged = evidence.judgement_of(cast.seruni.pk, today=TODAY)
    assert (judged.standard.version, judged.is_older, judged.differences) == (2, False, ())


def test_the_newest_counts_as_soon_as_it_is_fulfilled(cast):
    load_small(activities=MORE_HOURS)
    make_ready(cast.melati, cast.dahlia)
    load_small()
    judged = evidence.judgement_of(cast.melati.pk, today=TODAY)
    assert (judged.standard.version, judged.standing.is_complete) == (2, True)
    assert certify(cast.melati, cast.soka).standard.version == 2


def test_an_activity_that_is_no_longer_asked_for_can_still_be_logged_by_her(cast):
    load_small()
    place(cast.melati, cast.dahlia)
    load_small(activities=MORE_HOURS[:1])
    place(cast.seruni, cast.dahlia)
    log(cast.melati, activity="court")
    with pytest.raises(Refused):
        log(cast.seruni, activity="court")


def test_a_coordinator_lets_her_go_by_the_newest_and_the_trail_says_so(cast, melati):
    choosing.choose_newest(person=melati, chooser=cast.soka, now=NOW)
    assert versions.standards_of([melati.pk])[melati.pk].version == 2
    line = TrailLine.objects.get(verb="certificates.newest_chosen")
    assert (line.actor, line.person, line.detail["from"], line.detail["version"]) == (cast.soka, melati, 1, 2)
    choosing.choose_newest(person=melati, chooser=cast.soka, now=NOW + timedelta(days=1))
    assert TrailLine.objects.filter(verb="certificates.newest_chosen").count() == 1


@pytest.mark.parametrize("who", ["melati", "dahlia", "cendana"])
def test_neither_herself_nor_her_mentor_nor_another_region_chooses(cast, melati, who):
    with pytest.raises(Refused):
        choosing.choose_newest(person=melati, chooser=getattr(cast, who), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidacy.objects.update(chosen_by=melati)


def test_five_hundred_people_of_two_versions_take_at_most_twelve_queries(cast):
    everything = {
        "signoffs": {"level": 2, "competencies": [{"code": "talk", "title": "Membuka percakapan"}]},
        "supervision": {"talks": 1, "minutes": 60},
        "modules": [{"code": "m1", "title": "M", "outer_title": "M", "hours": 5, "exam": True}],
        "stories": ["m1"],
        "tasks": [{"module": "m1", "percent": 70}],
    }
    load_small(**everything)
    crowd = a_crowd(cast.dahlia, 250)
    load_small(**everything, valid_years=2)
    late = [cast.seruni.pk, cast.melati.pk]
    with CaptureQueriesContext(connection) as captured:
        found = evidence.judgements([*crowd, *late], today=TODAY)
    assert len(captured) <= 12
    assert {found[one].standard.version for one in crowd} == {1}
    assert {found[one].standard.version for one in late} == {2}
