"""The drawing of a branching story: every scene once, no two on one place, every line inside, drawn the same again."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.graph import HEIGHT, LONGEST_CODE, MOST_IN_A_ROW, WIDTH, Drawing, cut, distances, draw
from assessments.rules.lacking import Draft, lacks
from assessments.rules.walking import Scene

STORY = (
    Scene("pasar", ("sore", "pergi")),
    Scene("sore", ("aman", "celaka")),
    Scene("aman", ending="safe"),
    Scene("pergi", ending="open"),
    Scene("celaka", ending="unsafe", back="sore"),
)
CODES = [f"s{number}" for number in range(1, 41)]


@st.composite
def stories(make: st.DrawFn) -> list[Scene]:
    """Two to forty scenes; some ways lead to nothing, some scenes have no way in, some have a code twice."""
    codes = make(st.lists(st.sampled_from(CODES), min_size=2, max_size=40))
    targets = st.sampled_from([*CODES[:20], "hilang", ""])
    scenes = []
    for code in codes:
        ending = make(st.sampled_from(["", "", "safe", "open", "unsafe"]))
        ways = () if ending else tuple(make(st.lists(targets, max_size=4)))
        scenes.append(Scene(code, ways, ending, make(targets) if ending == "unsafe" else ""))
    return scenes


def points(drawing: Drawing) -> list[tuple[int, int]]:
    """Every corner and end of every line."""
    found = []
    for edge in drawing.edges:
        x = y = 0
        for letter, numbers in re.findall(r"([MCVH])([-\d ]+)", edge.path):
            values = [int(one) for one in numbers.split()]
            if letter == "V":
                y = values[0]
            elif letter == "H":
                x = values[0]
            else:
                x, y = values[-2:]
            found.append((x, y))
    return found


def test_levels_count_the_fewest_decisions_from_the_start() -> None:
    known = {scene.code: scene for scene in STORY}
    assert distances(known, "pasar") == {"pasar": 0, "sore": 1, "pergi": 1, "aman": 2, "celaka": 2}
    assert distances(known, "tidak-ada") == {}


def test_the_start_is_on_top_and_what_follows_stands_below() -> None:
    tops = {node.code: node.y for node in draw(STORY, "pasar").nodes}
    assert tops["pasar"] < tops["sore"] == tops["pergi"] < tops["aman"] == tops["celaka"]


def test_every_way_is_a_line_and_the_way_back_too() -> None:
    lines = {(edge.source, edge.target, edge.is_back) for edge in draw(STORY, "pasar").edges}
    assert lines == {
        ("pasar", "sore", False),
        ("pasar", "pergi", False),
        ("sore", "aman", False),
        ("sore", "celaka", False),
        ("celaka", "sore", True),
    }


def test_endings_differ_in_shape() -> None:
    scenes = [Scene(code, ending=ending) for code, ending in zip("abcd", ("", "safe", "open", "unsafe"), strict=True)]
    shapes = {re.sub(r"^M\d+ \d+", "", node.outline) for node in draw(scenes, "a").nodes}
    assert len(shapes) == 4


def test_what_nobody_reaches_and_what_nobody_wrote_is_drawn_and_marked() -> None:
    drawing = draw([Scene("a", ("b", "hilang")), Scene("b", ending="safe"), Scene("pulau", ("b", "a"))], "a")
    marks = {node.code: (node.is_start, node.is_reached, node.is_missing) for node in drawing.nodes}
    assert marks == {
        "a": (True, True, False),
        "b": (False, True, False),
        "hilang": (False, True, True),
        "pulau": (False, False, False),
    }


@given(stories(), st.sampled_from([*CODES[:5], ""]))
def test_no_drawing_is_crowded_or_leaves_its_frame(scenes: list[Scene], start: str) -> None:
    drawing = draw(scenes, start)
    assert {scene.code for scene in scenes} <= {node.code for node in drawing.nodes}
    for one, other in itertools.combinations(drawing.nodes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for node in drawing.nodes:
        assert 0 <= node.x <= drawing.width - WIDTH
        assert 0 <= node.y <= drawing.height - HEIGHT
    rows = [sum(node.y == top for node in drawing.nodes) for top in {node.y for node in drawing.nodes}]
    assert max(rows) <= MOST_IN_A_ROW
    for x, y in points(drawing):
        assert 0 <= x <= drawing.width
        assert 0 <= y <= drawing.height
        # A line begins and ends on the edge of a scene; it never turns inside one.
        assert not any(node.x < x < node.x + WIDTH and node.y < y < node.y + HEIGHT for node in drawing.nodes)
    assert draw(scenes, start) == drawing


def test_a_long_word_is_cut_with_a_sign() -> None:
    assert cut("Ibu Kenanga datang ke posko", 12) == "Ibu Kenanga…"
    assert cut("Ibu\n datang", 12) == "Ibu datang"
    assert len(draw([Scene("a" * 30, ending="safe")], "a").nodes[0].title) == LONGEST_CODE


def said(drafts: list[Draft], start: str = "pasar") -> list[tuple[str, str]]:
    return [(fault.scene, fault.sentence.render(str)) for fault in lacks(drafts, start)]


def test_a_finished_story_lacks_nothing() -> None:
    assert said([Draft(scene) for scene in STORY]) == []


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft(STORY[1], unreasoned=(2,)), "Choice 2 has no reason why it helps or harms."),
        (Draft(STORY[1], unanswered=(1,)), "Choice 1 does not say what happens then."),
        (Draft(STORY[1], lacks_help=True), "This ending does not say what helped, or would have."),
        (Draft(Scene("sore", ("aman", "celaka", ""))), "Choice 3 does not say where it leads."),
        (Draft(Scene("sore", ("aman", "celaka", "laut"))), "There is no scene “laut”."),
    ],
)
def test_each_thing_to_mend_names_its_scene(draft: Draft, sentence: str) -> None:
    assert said([draft if one.code == "sore" else Draft(one) for one in STORY]) == [("sore", sentence)]


def test_a_loop_without_exit_and_an_island_are_found() -> None:
    scenes = [Scene("a", ("b", "c")), Scene("b", ("b", "a")), Scene("c", ("a", "b")), Scene("d", ending="safe")]
    assert {code for code, _sentence in said([Draft(one) for one in scenes], "a")} == {"a", "b", "c", "d"}


def test_an_empty_field_is_named_by_the_place_of_its_scene() -> None:
    found = said([Draft(STORY[0]), *(Draft(one) for one in STORY[1:]), Draft(Scene("", ending="safe"))])
    assert found == [("#6", "No way leads to this scene."), ("#6", "This scene has no short name yet.")]
    assert said([Draft(one) for one in STORY], "") == [("", "Say with which scene the story begins.")]
