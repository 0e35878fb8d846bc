"""What Seruni may not write about practice, and what she may. Every number here is invented and cannot be dialled:
mobile prefixes 0840 and identity-card province 40 were never given out. The browser reads the same cases
(tests/browser/test_task.py)."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kit.identifiers import WORDS, kinds, sentence_for

CASES = json.loads((Path(__file__).resolve().parent.parent / "cases" / "identifiers.json").read_text("utf-8"))
REFUSED: dict[str, list[str]] = CASES["refused"]
ALLOWED: list[str] = CASES["allowed"]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in texts])
def test_an_identifier_is_found_and_named(kind: str, text: str) -> None:
    assert kinds(text) == {kind}
    assert kind in kinds(f"Saya mendengarkan Ibu Cempaka.\n{text}\nLalu kami pulang.")


@pytest.mark.parametrize("text", ALLOWED)
def test_ordinary_words_about_practice_are_not_suspected(text: str) -> None:
    assert kinds(text) == set()


def test_several_kinds_are_all_named_in_one_sentence() -> None:
    found = kinds("Jl. Mawar 3, hp 0840-0000-0000")
    assert found == {"phone", "address"}
    assert "a phone number, an address" in sentence_for(found).render(str)


def test_the_sentence_never_repeats_what_was_written() -> None:
    for texts in REFUSED.values():
        for text in texts:
            assert text not in sentence_for(kinds(text)).render(str)


def test_every_kind_has_words_for_the_writer() -> None:
    assert set(REFUSED) == set(WORDS)


@settings(deadline=None)
@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert kinds(text) <= set(WORDS)


@pytest.mark.parametrize("piece", ["0", "a", "0 ", "lahir ", "satu ", "1.1", "a.b-", "-9.12345 ", "rek x", "Jalan a "])
def test_a_very_long_text_is_read_in_moderate_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    start = time.process_time()
    kinds(text)
    assert time.process_time() - start < 2
