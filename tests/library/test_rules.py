"""What a shared phone may show."""

import pytest

from lms.library import rules


@pytest.mark.parametrize(
    "title",
    ["Buku hijau", "Undang-Undang 12 Tahun 2022", "Pedoman kerja kelompok", "Mendengar dengan tenang", ""],
)
def test_a_plain_title_may_stand_in_a_list(title: str) -> None:
    assert rules.is_neutral(title)


@pytest.mark.parametrize(
    "title",
    ["Mengenali KEKERASAN", "Perlindungan Saksi dan Korban", "UU TPKS", "Buku KDRT", "Violence at home", "Pelecehan"],
)
def test_a_title_that_tells_too_much_may_not(title: str) -> None:
    assert not rules.is_neutral(title)
