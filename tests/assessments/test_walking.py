"""What is wrong with a branching story, found before anybody walks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.walking import Scene, faults

GOOD = (
    Scene("pasar", ("sore", "pergi")),
    Scene("sore", ("aman", "celaka")),
    Scene("aman", ending="safe"),
    Scene("pergi", ending="open"),
    Scene("celaka", ending="unsafe", back="sore"),
)


def templates(scenes: tuple[Scene, ...], start: str = "pasar") -> set[tuple[str, str]]:
    return {(fault.scene, fault.sentence.template) for fault in faults(scenes, start)}


def changed(**new: Scene) -> tuple[Scene, ...]:
    return tuple(new.get(scene.code, scene) for scene in GOOD)


def test_a_story_in_which_every_walk_ends_has_no_fault() -> None:
    assert faults(GOOD, "pasar") == []


@pytest.mark.parametrize(
    ("scenes", "scene", "said"),
    [
        (changed(sore=Scene("sore", ("aman", "hilang"))), "sore", "There is no scene “%(code)s”."),
        (changed(sore=Scene("sore", ("aman", "aman"))), "celaka", "No way leads to this scene."),
        (changed(sore=Scene("sore")), "sore", "A scene has either choices or an ending."),
        (changed(aman=Scene("aman", ("pasar", "sore"), "safe")), "aman", "A scene has either choices or an ending."),
        (changed(sore=Scene("sore", ("aman",))), "sore", "Give from two to four choices."),
        (changed(sore=Scene("sore", ("aman",) * 4 + ("celaka",))), "sore", "Give from two to four choices."),
        (
            changed(celaka=Scene("celaka", ending="unsafe")),
            "celaka",
            "An unsafe ending names the scene from which she tries again.",
        ),
        (
            changed(celaka=Scene("celaka", ending="unsafe", back="aman")),
            "celaka",
            "An unsafe ending names the scene from which she tries again.",
        ),
        (changed(aman=Scene("aman", ending="safe", back="sore")), "aman", "Only an unsafe ending leads back."),
        ((*GOOD, Scene("sore", ("aman", "celaka"))), "sore", "Two scenes have the code “%(code)s”."),
    ],
)
def test_each_fault_is_said_at_its_scene(scenes: tuple[Scene, ...], scene: str, said: str) -> None:
    assert (scene, said) in templates(scenes)


def test_a_circle_without_a_way_out_is_found_and_one_with_a_way_out_is_not() -> None:
    shut = (Scene("a", ("b", "c")), Scene("b", ("d", "b")), Scene("d", ("b", "d")), Scene("c", ending="open"))
    said = "From this scene no way leads to an ending."
    assert templates(shut, "a") == {("b", said), ("d", said)}
    open_circle = (Scene("a", ("b", "c")), Scene("b", ("a", "b")), Scene("c", ending="open"))
    assert faults(open_circle, "a") == []


def test_a_start_that_does_not_exist_is_named() -> None:
    assert templates(GOOD, "rumah") == {("", "There is no scene “%(code)s” to start from.")}


CODES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(
    st.lists(
        st.builds(Scene, CODES, st.lists(CODES, max_size=5).map(tuple), st.sampled_from(["", "safe", "unsafe"]), CODES),
        max_size=6,
    )
)
def test_a_story_without_fault_ends_from_every_scene(scenes: list[Scene]) -> None:
    if faults(scenes, "a"):
        return
    known = {scene.code: scene for scene in scenes}
    ends = {code for code, scene in known.items() if scene.ending}
    for _round in known:
        ends |= {code for code, scene in known.items() if set(scene.ways) & ends}
    assert ends == set(known)
