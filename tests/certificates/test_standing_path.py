"""What remains, drawn: stones on one thread, row by row."""

from certificates.rules.requirements import Requirement, State
from certificates.rules.standing import Standing
from certificates.templatetags.standing import standing_path
from lms.kit.words import Sentence
from tests.certificates.build import TODAY


def drawn(count: int) -> dict:
    states = list(State)
    asked = (
        Requirement(f"r{n}", Sentence("Modules"), states[n % len(states)], 1, 2, "times", Sentence("Modules"))
        for n in range(count)
    )
    return standing_path(Standing("Pendamping", TODAY, tuple(asked)))


def test_the_thread_swings_out_where_a_row_turns_and_crosses_no_number():
    many = drawn(13)
    assert many["thread"].startswith("M30 20L90 20")
    assert "L330 20A26 30 0 0 1 330 80L270 80" in many["thread"]
    assert many["thread"].endswith("L30 80A26 30 0 0 0 30 140")
    assert [node["number"] for node in many["nodes"]] == list(range(1, 14))


def test_every_number_lies_within_the_drawing_however_many_there_are():
    for count in (1, 6, 7, 12, 13, 20):
        last = drawn(count)["nodes"][-1]
        assert drawn(count)["height"] > last["y"] + 33
    assert drawn(1)["thread"] == "M30 20"
