"""Codes of certificates, typed by hand at a police desk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kit import codes

all_codes = st.integers(min_value=0, max_value=(1 << codes.RANDOM_BITS) - 1).map(codes.from_bits)


def test_a_new_code_is_fifteen_symbols_with_seventy_random_bits() -> None:
    fresh = {codes.new_code() for _ in range(1000)}
    assert len(fresh) == 1000
    assert all(len(code) == 15 and set(code) <= set(codes.ALPHABET) for code in fresh)
    assert {bit for code in fresh for bit in range(70) if codes.bits_of(code) >> bit & 1} == set(range(70))


@settings(deadline=None)
@given(all_codes)
def test_a_code_is_read_back_from_its_printed_form(code: str) -> None:
    assert codes.normalise(codes.pretty(code)) == code
    assert codes.from_bits(codes.bits_of(code)) == code


@settings(deadline=None)
@given(all_codes)
def test_case_spaces_and_any_dash_do_not_matter(code: str) -> None:
    spoken = f"  {code[:5].lower()} \u2013 {code[5:10]}\u2011\u00a0{code[10:].lower()}\n"
    assert codes.normalise(spoken) == code


@settings(deadline=None)
@given(all_codes)
def test_letters_that_look_like_digits_are_read_as_digits(code: str) -> None:
    for digit, letters in (("0", "oO"), ("1", "iIlL")):
        for letter in letters:
            assert codes.normalise(code.replace(digit, letter)) == code


@settings(deadline=None, max_examples=20)
@given(all_codes)
def test_every_wrong_single_symbol_is_noticed(code: str) -> None:
    for place in range(15):
        for symbol in codes.ALPHABET:
            if symbol != code[place]:
                assert codes.normalise(code[:place] + symbol + code[place + 1 :]) is None


@settings(deadline=None, max_examples=20)
@given(all_codes)
def test_every_exchange_of_two_different_symbols_is_noticed(code: str) -> None:
    for first in range(15):
        for second in range(first + 1, 15):
            symbols = list(code)
            symbols[first], symbols[second] = symbols[second], symbols[first]
            expected = code if symbols[first] == symbols[second] else None
            assert codes.normalise("".join(symbols)) == expected


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = codes.normalise(text)
    assert found is None or codes.normalise(found) == found


@pytest.mark.parametrize("typed", ["", "7K4MQ", "U" * 15, "0" * 14, "0" * 16, "-" * 200, "\u0661" * 15, "ı" * 15])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.normalise(typed) is None


def test_more_than_seventy_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="seventy"):
        codes.from_bits(1 << 70)


def test_a_code_keeps_its_value_over_the_years() -> None:
    assert codes.pretty(codes.from_bits(0)) == "00000-00000-00000"
    assert codes.pretty(codes.from_bits(0x123456789ABCDEF012)) == "938NK-RKAYD-XW0JZ"
