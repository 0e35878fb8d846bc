"""Role x address: every address of the product has a row that says who gets in."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lms.people.models import Person
from tests.cast import Cast

SignIn = Callable[[Person], Client]

ROLES = ("stranger", "learner", "mentor", "trainer", "coordinator", "owner")
ANYONE = set(ROLES)
SIGNED_IN = ANYONE - {"stranger"}

# Name of the address -> who gets further than the login page or "not found" (GET). Objects named in an address are
# looked up through the filter of sight; here they do not exist, so "not found" is right for them: see OBJECTS.
DOORS: dict[str, set[str]] = {
    "front": ANYONE,
    "quick_exit": ANYONE,
    "help": ANYONE,
    "me": SIGNED_IN,
    "profile": SIGNED_IN,
    "change_person": ANYONE,
    "style_page": set(),
    "alive": ANYONE,
    "ready": ANYONE,
    "inbox": ANYONE,
    "people": {"coordinator"},
    "add_person": {"coordinator"},
    "verify": ANYONE,
    "jwks": ANYONE,
    "did": ANYONE,
    "verify_worker": ANYONE,
    "status_list": ANYONE,
    "suspension_list": ANYONE,
    "desk": SIGNED_IN,
    "hours": {"learner"},
    "own_sheet": {"learner"},
    "reflection": {"learner"},
    "certificate": {"learner"},
    "pledge": {"learner"},
    "safeguarding": {"learner"},
    "own_state": {"learner"},
    "own_name": {"learner"},
    "own_transcript": {"learner"},
    "mentor_desk": {"mentor"},
    "mentees": {"mentor"},
    "note_talk": {"mentor"},
    "coordination": {"coordinator"},
    "old_hours": {"coordinator"},
    "renewals": {"coordinator"},
    "reflections": {"coordinator"},
    "refreshers": {"coordinator", "trainer"},
    "certify_many": {"coordinator"},
    "cards": {"coordinator"},
    "alumni": {"coordinator"},
    "coverage": {"coordinator"},
    "report": {"coordinator"},
    "coverage_public": ANYONE,
    "alumni_file": {"coordinator"},
    "papers": {"coordinator"},
    "recognitions": {"coordinator", "trainer"},
    "own_calls": {"learner"},
    "cohorts": {"trainer"},
    "new_cohort": {"trainer"},
    "opinions": {"trainer"},
    "grading_desk": {"trainer"},
    "watch": {"trainer"},
    "sittings": {"trainer"},
    "class_walks": {"trainer"},
    "search": SIGNED_IN,
    "invitation": SIGNED_IN,
    "talk": SIGNED_IN,
    "library": ANYONE,
}
# Addresses that name an object, or only take a POST: their own tests hold the role and the refusal.
OBJECTS = {
    *("library_resource", "library_file"),
    *("recognition", "choose_newest", "confirm_age", "propose_prior", "decide_prior"),
    *(
        "renew_pin",
        "correct_person",
        "enrol",
        "picture",
        "media_file",
        "finish",
        "course",
        "module",
        "step",
        "practice_answer",
    ),
    *("feedback", "keep_place", "join", "cohort", "change_member", "invite"),
    *("exam_begin", "exam_question", "exam_page", "exam_hand_in", "exam_result", "walk_begin", "walk", "walk_path"),
    *("class_exams", "class_exam", "exam_time", "exam_attempt"),
    *("training_days", "training_day", "change_day"),
    *("month_verify", "sheet"),
    *("task_begin", "task", "task_hand_in", "task_written"),
    *("grade_next", "grade", "grade_task", "grade_take", "grade_agree", "grade_clean"),
    *(
        "paper",
        "mentee",
        "sign_off",
        "discuss",
        "renew",
        "correct",
        "dossier",
        "transcript",
        "card_sheet",
        "state",
        "inquiry_begin",
        "inquiry",
        "own_appeal",
        "certify",
        "batch",
        "paper_of",
        "judge_paper",
        "decline",
        "place",
        "end_placement",
        "revoke",
        "verdict",
        "credential",
        "badge",
    ),
}
TO_THE_ONE_LOGIN = ("admin/login", "admin/password_reset")
# Drawings and words of the editor's own pages; its sign-out.
OPEN_TO_ALL = ("admin/jsi18n/", "admin/sprite", "admin/logout/")
FOREIGN = ("akun/", "admin/", "dokumen/")


def named_patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found.append((here, pattern))
        else:
            found += named_patterns(pattern, here)
    return found


def own_patterns() -> list[tuple[str, URLPattern]]:
    return [
        (address, pattern)
        for address, pattern in named_patterns(get_resolver())
        if not address.startswith(FOREIGN) and pattern.name and not pattern.name.startswith("wagtail")
    ]


def test_every_address_has_a_row() -> None:
    names = {pattern.name for _address, pattern in own_patterns()}
    assert names - set(DOORS) - OBJECTS == set()


def people_of(cast: Cast) -> dict[str, Person | None]:
    return {
        "stranger": None,
        "learner": cast.seruni,
        "mentor": cast.murai,
        "trainer": cast.anggrek,
        "coordinator": cast.soka,
        "owner": cast.jati,
    }


@pytest.fixture
def house(cast: Cast, settings: Any) -> Cast:
    settings.STAFF_SECOND_FACTOR = False
    call_command("set_up")
    return cast


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_through_its_own_doors_and_no_other(house: Cast, sign_in: SignIn, role: str) -> None:
    person = people_of(house)[role]
    client = sign_in(person) if person else Client()
    through = set()
    for address, pattern in own_patterns():
        if pattern.name not in DOORS:
            continue
        answer = client.get("/" + address.removeprefix("/").strip("^$"))
        to_login = answer.status_code == 302 and "/akun/login/" in answer["Location"]
        if answer.status_code != 404 and not to_login:
            through.add(pattern.name)
        if pattern.name in ("quick_exit", "change_person") and person:
            client = sign_in(person)
    assert through == {name for name, roles in DOORS.items() if role in roles}


@pytest.mark.parametrize("role", ["stranger", "learner", "mentor"])
def test_the_editor_is_closed_to_everyone_but_staff(house: Cast, sign_in: SignIn, role: str) -> None:
    person = people_of(house)[role]
    client = sign_in(person) if person else Client()
    inside = []
    for address, _pattern in named_patterns(get_resolver()):
        is_catch_all = ".*" in address
        if is_catch_all or not address.startswith("admin/") or address.startswith(TO_THE_ONE_LOGIN):
            continue
        answer = client.get("/" + fill(address))
        if answer.status_code not in (302, 404) or (
            answer.status_code == 302 and "/akun/login/" not in answer["Location"]
        ):
            inside.append((address, answer.status_code))
    assert [one for one in inside if not one[0].startswith(OPEN_TO_ALL)] == []


def fill(address: str) -> str:
    """Put something plausible into the places of an address."""
    address = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), address)
    address = re.sub(r"<[^>]+>", "1", address)
    address = re.sub(r"\(\?P<\w+>[^)]*\)|\(\?:[^)]*\)|\([^)]*\)", "1", address)
    return re.sub(r"[\^$?\\]|\*|\+", "", address)
