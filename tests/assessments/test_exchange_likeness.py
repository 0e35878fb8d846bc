"""Which questions say nearly the same."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.likeness import ALIKE, Wording, alike, groups, said, share

SCENE = "Seorang ibu datang ke rumah Anda pada malam hari dan diam lama.\nApa yang Anda lakukan lebih dulu?"


def test_the_same_words_are_alike_whatever_their_marks_and_order() -> None:
    bank = [
        Wording("M1-1", SCENE, ("Duduk dan menunggu.", "Bertanya banyak.")),
        Wording("M1-2", SCENE.upper().replace("?", " ?"), ("bertanya banyak", "Duduk, dan menunggu")),
        Wording("M1-3", "Berapa lama paling lama?", ("satu", "dua")),
    ]
    assert alike(bank, bank) == {
        "M1-1": alike(bank[:1], bank)["M1-1"],
        "M1-2": alike(bank[1:2], bank)["M1-2"],
    }
    assert [(one.code, one.share) for one in alike(bank[:1], bank)["M1-1"]] == [("M1-2", 1.0)]


def test_a_typing_slip_does_not_hide_a_duplicate_and_other_answers_do() -> None:
    here = Wording("M1-1", SCENE, ("Duduk dan menunggu.", "Bertanya banyak."))
    slip = Wording("M1-2", SCENE.replace("malam", "malm"), ("Duduk dan menunggu.", "Bertanya banyak."))
    other = Wording("M1-3", "Manakah kalimat yang benar?", ("Peran dapat berubah.", "Tubuh menentukan segalanya."))
    more = Wording("M1-4", "Manakah kalimat yang benar?", ("Luka dicatat dahulu.", "Luka difoto oleh tetangga."))
    assert set(alike([here, other], [here, slip, other, more])) == {"M1-1"}


def test_questions_of_one_family_may_be_alike() -> None:
    one, sibling = Wording("M1-1", SCENE, family="F1"), Wording("M1-2", SCENE, family="F1")
    assert alike([one], [one, sibling]) == {}
    assert set(alike([one], [Wording("M1-3", SCENE, family="F2")])) == {"M1-1"}


SOME = ("ibu", "datang", "malam", "ke", "rumah", "dan", "diam", "lama", "sekali", "Anda", "tanya", "catat")
WORDS = st.lists(st.sampled_from(SOME), max_size=12)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(WORDS.map(" ".join), min_size=2, max_size=8))
def test_the_short_way_finds_what_comparing_all_pairs_finds(texts: list[str]) -> None:
    bank = [Wording(f"M1-{number}", text) for number, text in enumerate(texts)]
    sets = {one.code: groups(said(one)) for one in bank}
    pairs = {(one, other) for one in sets for other in sets if one != other and share(sets[one], sets[other]) >= ALIKE}
    found = {(code, near.code) for code, nears in alike(bank, bank).items() for near in nears}
    assert found == pairs


def test_two_thousand_questions_are_compared_in_moments() -> None:
    chance = random.Random(4)
    words = [f"{a}{b}{c}" for a in "bcdklmn" for b in "aeiou" for c in ("ra", "ning", "tu", "pa", "sel", "kan")]
    bank = [
        Wording(f"M1-{number}", " ".join(chance.choices(words, k=20)), (" ".join(chance.choices(words, k=6)),))
        for number in range(2_000)
    ]
    began = time.process_time()
    assert alike(bank[:50], bank) == {}
    assert time.process_time() - began < 3
