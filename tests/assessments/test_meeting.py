"""What the editor says when the bank cannot give what the settings of an exam ask."""

import pytest

from assessments.rules.drawing import Candidate, Row, Topic, Wanted, size
from assessments.rules.meeting import points

BANK = [Candidate(f"T-{n}", f"T-{n}", is_critical=n < 3, lesson="12"[n % 2], difficulty=1 + n % 3) for n in range(6)]
NAMES = {Topic.LESSON: {"1", "2"}, Topic.COMPETENCY: {"k1"}}


def said(wanted: Wanted, bank: list[Candidate] = BANK) -> list[str]:
    return [point.render(str) for point in points(wanted, size(bank, wanted), NAMES)]


@pytest.mark.parametrize(
    ("wanted", "sentences"),
    [
        (Wanted(4), []),
        (Wanted(2), ["Every safety question is asked, so it is longer than 2."]),
        (Wanted(2, every_critical=False), []),
        (Wanted(9), ["9 questions are wanted, the bank has 6 families. Write more, or ask fewer."]),
        (Wanted(4, (Row(Topic.LESSON, "1", 0, 3),)), []),
        (
            Wanted(4, (Row(Topic.LESSON, "1", 2, 3),)),
            ["“lesson 1, usual difficulty” finds 1 of 3 questions. Write more, or ask fewer."],
        ),
        (Wanted(4, (Row(Topic.LESSON, "9"),)), ["“lesson 9, any difficulty” names nothing here. Look at its code."]),
        (Wanted(4, (Row(Topic.COMPETENCY, "k9", 3),)), ["“competency k9, hard” names nothing here. Look at its code."]),
        (
            Wanted(4, (Row(Topic.TAG, "aman", 0, 2),)),
            ["“tag aman, any difficulty” finds 0 of 2 questions. Write more, or ask fewer."],
        ),
    ],
)
def test_each_setting_that_cannot_be_met_has_its_sentence(wanted: Wanted, sentences: list[str]) -> None:
    first, *rest = said(wanted)
    assert first.startswith("A paper has ")
    assert rest == sentences


def test_an_empty_bank_says_one_thing() -> None:
    assert said(Wanted(4, (Row(Topic.LESSON, "1"),)), []) == ["The bank has no question for this exam yet. Write some."]
