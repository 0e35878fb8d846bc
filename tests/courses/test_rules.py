"""What is open, what comes next, how far somebody is."""

from uuid import UUID, uuid5

import pytest

from courses import rules
from courses.rules import CoursePlan, ModulePlan, State, StepPlan

SPACE = UUID(int=7)


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def step(name: str, kind: str = "lesson", minutes: int = 10) -> StepPlan:
    return StepPlan(
        key=key(name),
        kind=kind,
        code=name.partition("/")[2],
        title=name,
        minutes=minutes,
        opens_after_lessons=kind == "exam",
        is_optional=kind == "practice",
    )


def module(code: str, *steps: StepPlan, needs: tuple[str, ...] = ()) -> ModulePlan:
    return ModulePlan(key(code), code, code, code, needs, steps, code)


M1 = module("m1", step("m1/1"), step("m1/2"), step("m1/latihan", "practice"), step("m1/ujian", "exam", 20))
M2 = module("m2", step("m2/1"), step("m2/2"), needs=("m1",))
M3 = module("m3", step("m3/1"), needs=("m1", "m2"))
M4 = module("m4", step("m4/1"))
EMPTY = module("m9")
COURSE = CoursePlan(key("course"), "dasar", "Kelas", (M1, M2, M3, M4))


def done(*names: str) -> set[UUID]:
    return {key(name) for name in names}


M1_DONE = ("m1/1", "m1/2", "m1/ujian")

NEXT = [
    ((), "m1/1"),
    (("m1/1",), "m1/2"),
    (("m1/2",), "m1/1"),
    (("m1/1", "m1/2"), "m1/latihan"),
    (("m1/1", "m1/2", "m1/latihan"), "m1/ujian"),
    (M1_DONE, "m2/1"),
    ((*M1_DONE, "m2/1", "m2/2"), "m3/1"),
    ((*M1_DONE, "m2/1", "m2/2", "m3/1"), "m4/1"),
    ((*M1_DONE, "m2/1", "m2/2", "m3/1", "m4/1"), None),
]


@pytest.mark.parametrize(("names", "expected"), NEXT)
def test_the_next_step_is_the_first_open_one_that_is_not_done(names, expected):
    spot = rules.next_step(COURSE, done(*names))
    assert (spot.step.title if spot else None) == expected


def test_the_next_step_names_its_module_and_its_number():
    spot = rules.next_step(COURSE, done(*M1_DONE))
    assert spot is not None
    assert (spot.module.code, spot.number) == ("m2", 2)


def test_an_offer_at_the_beginning_is_proposed_until_she_passes_it_by():
    first = module("m5", step("m5/sebelum", "practice"), step("m5/1"), step("m5/2"))
    course = CoursePlan(key("c"), "c", "C", (first,))
    proposed = [rules.next_step(course, done(*names)).step.title for names in ((), ("m5/sebelum",), ("m5/1",))]
    assert proposed == ["m5/sebelum", "m5/1", "m5/2"]


def test_practice_is_an_offer_that_the_module_does_not_need():
    assert rules.is_finished(M1, done(*M1_DONE))
    assert not rules.is_finished(M1, done("m1/1", "m1/2", "m1/latihan"))


def test_a_module_without_steps_is_never_finished_and_keeps_nobody_out():
    course = CoursePlan(key("c"), "c", "C", (EMPTY, module("m5", step("m5/1"), needs=("m9", "unknown"))))
    assert not rules.is_finished(EMPTY, done())
    assert rules.module_lock(course, course.modules[1], done()) is None


LOCKS = [
    ("m2", (), "Opens after module 1."),
    ("m3", (), "Opens after modules 1 and 2."),
    ("m3", M1_DONE, "Opens after module 2."),
    ("m3", (*M1_DONE, "m2/1", "m2/2"), ""),
    ("m2", ("m2/1",), ""),
    ("m4", (), ""),
]


@pytest.mark.parametrize(("code", "names", "sentence"), LOCKS)
def test_a_closed_module_says_what_it_waits_for(code, names, sentence):
    plan = next(one for one in COURSE.modules if one.code == code)
    lock = rules.module_lock(COURSE, plan, done(*names))
    assert (lock.render(str) if lock else "") == sentence


def test_three_missing_modules_stand_in_one_sentence():
    wide = module("m5", step("m5/1"), needs=("m1", "m2", "m3"))
    course = CoursePlan(key("c"), "c", "C", (M1, M2, M3, wide))
    lock = rules.module_lock(course, wide, done())
    assert lock is not None
    assert lock.render(str) == "Opens after modules 1, 2 and 3."


EXAM_LOCKS = [
    ((), "Opens after 2 more lessons of this module."),
    (("m1/1",), "Opens after the last lesson of this module."),
    (("m1/1", "m1/2"), ""),
    (("m1/ujian",), ""),
]


@pytest.mark.parametrize(("names", "sentence"), EXAM_LOCKS)
def test_an_exam_opens_after_the_lessons_and_stays_open_once_passed(names, sentence):
    exam = M1.steps[3]
    lock = rules.lock_reason(COURSE, M1, exam, done(*names))
    assert (lock.render(str) if lock else "") == sentence


def test_a_lesson_of_a_closed_module_is_closed_for_the_same_reason():
    lock = rules.lock_reason(COURSE, M2, M2.steps[0], done())
    assert lock is not None
    assert lock.render(str) == "Opens after module 1."


def test_every_step_has_a_state_and_one_is_next():
    states = [one.state for one in rules.step_states(COURSE, M1, done("m1/1"))]
    assert states == [State.DONE, State.NEXT, State.OPEN, State.LOCKED]


def test_for_staff_no_step_and_no_module_is_locked_or_next():
    assert {one.state for one in rules.step_states(COURSE, M3, done(), is_free=True)} == {State.OPEN}
    assert rules.module_state(COURSE, M3, done(), is_free=True).state == State.OPEN


MODULE_STATES = [
    ("m1", (), State.NEXT, 0, 40),
    ("m1", ("m1/1",), State.NEXT, 1, 30),
    ("m1", M1_DONE, State.DONE, 3, 0),
    ("m2", (), State.LOCKED, 0, 20),
    ("m2", M1_DONE, State.NEXT, 0, 20),
    ("m4", (), State.OPEN, 0, 10),
]


@pytest.mark.parametrize(("code", "names", "state", "finished", "minutes"), MODULE_STATES)
def test_a_module_says_how_far_it_is(code, names, state, finished, minutes):
    plan = next(one for one in COURSE.modules if one.code == code)
    standing = rules.module_state(COURSE, plan, done(*names))
    assert (standing.state, standing.done, standing.minutes_left) == (state, finished, minutes)
    assert standing.number == int(code[1])


PERCENT = [((), 0), (("m1/1",), 14), ((*M1_DONE, "m2/1", "m2/2", "m3/1"), 85), ((*M1_DONE, "m1/latihan"), 42)]


@pytest.mark.parametrize(("names", "percent"), PERCENT)
def test_percent_counts_required_steps_and_rounds_down(names, percent):
    assert rules.percent(COURSE, done(*names)) == percent


def test_hundred_percent_means_the_course_is_finished():
    everything = done(*M1_DONE, "m2/1", "m2/2", "m3/1", "m4/1")
    assert rules.percent(COURSE, everything) == 100
    assert rules.is_course_finished(COURSE, everything)
    assert rules.finished_codes(COURSE, everything) == {"m1", "m2", "m3", "m4"}


def test_an_empty_course_is_neither_begun_nor_finished():
    course = CoursePlan(key("c"), "c", "C", (EMPTY,))
    assert rules.percent(course, done()) == 0
    assert not rules.is_course_finished(course, done())


ONWARD = [
    ("m1/1", (), "m1/2"),
    ("m1/2", ("m1/1",), "m1/latihan"),
    ("m1/latihan", ("m1/1", "m1/2"), "m1/ujian"),
    ("m1/latihan", (), "m1/1"),
    ("m1/ujian", ("m1/1", "m1/2"), None),
]


@pytest.mark.parametrize(("name", "names", "expected"), ONWARD)
def test_after_a_step_she_goes_on_to_what_is_open_then(name, names, expected):
    one = next(one for one in M1.steps if one.title == name)
    following = rules.onward(COURSE, M1, one, done(*names))
    assert (following.title if following else None) == expected


def test_before_a_closed_step_there_is_a_way_on():
    inside = rules.way_on(COURSE, M1, done("m1/1"))
    outside = rules.way_on(COURSE, M2, done("m1/1"))
    assert inside is not None
    assert outside is not None
    assert (inside.step.title, outside.step.title) == ("m1/2", "m1/2")


def test_a_finished_module_leads_to_the_module_of_the_next_step():
    assert rules.module_after(COURSE, M1, done("m1/1")) is None
    assert rules.module_after(COURSE, M1, done(*M1_DONE)) == M2
    assert rules.module_after(COURSE, M1, done(*M1_DONE, "m2/1", "m2/2", "m3/1", "m4/1")) is None


def test_neighbours_are_the_steps_before_and_after():
    assert rules.neighbours(M1, M1.steps[0]) == (None, M1.steps[1])
    assert rules.neighbours(M1, M1.steps[3]) == (M1.steps[2], None)


def test_a_step_is_found_by_its_key_or_not_at_all():
    spot = rules.find_step(COURSE, key("m2/2"))
    assert spot is not None
    assert (spot.module, spot.number) == (M2, 2)
    assert rules.find_step(COURSE, key("nothing")) is None


CIRCLES = [
    ({"m1": (), "m2": ("m1",)}, ()),
    ({"m1": ("m2",), "m2": ("m1",), "m3": ()}, ("m1", "m2")),
    ({"m1": ("m1",)}, ("m1",)),
    ({"m1": ("other",)}, ()),
]


@pytest.mark.parametrize(("needs", "circle"), CIRCLES)
def test_modules_that_wait_for_each_other_are_found(needs, circle):
    assert rules.circle_of_needs(needs) == circle


HOURS = [
    (3, "evening"),
    (4, "morning"),
    (10, "morning"),
    (11, "day"),
    (15, "afternoon"),
    (18, "evening"),
    (23, "evening"),
]


@pytest.mark.parametrize(("hour", "word"), HOURS)
def test_the_greeting_follows_the_hour(hour, word):
    assert rules.greeting(hour).render(str) == f"Good {word}"
