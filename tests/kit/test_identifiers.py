"""What Seruni may not write about practice, and what she may. Every number here is invented and cannot be dialled:
mobile prefixes 0840 and identity-card province 40 were never given out."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kit.identifiers import WORDS, kinds, sentence_for

REFUSED = {
    "nik_kk": [
        "NIK 4001010101900001",
        "nik 40.01.01-410190-0001",
        "KK: 4001 0141 0190 0001",
        "4OO1O1O1O19OOOO1",
        "perempuan, 4001015503900002",
    ],
    "phone": [
        "hp 084000000000",
        "0840-0000-0000",
        "+62 840 0000 0000",
        "62 840.0000.0000",
        "(0840) 0000 000",
        "084OOOOO0000",
        "O84O OOO OOOO",
        "084 \u2013 000 \u2013 0000",
        "０８４００００００００",
        "08\u200b4000\u200b000\u200b000",
        "84000000000",
        "nol delapan empat nol nol nol nol nol nol nol",
        "Nol, delapan, empat, kosong kosong 0 0 0 0 0",
        "enam dua delapan empat nol nol nol nol nol nol nol",
        "nol lapan ampa nol nol nol nol nol nol nol",
        "nol 8 empat 0 nol 0 nol 0 nol 0",
    ],
    "bpjs": ["BPJS 0001234567890", "kartu 000 1234 567890"],
    "passport": ["paspor X0000000", "paspor x 0000000"],
    "account": ["rekening 0000000000", "BRI 0000-01-000000-50-0", "nomornya 1234567890123", "SIM 1200 0000 0000"],
    "contact": [
        "seruni@contoh.org",
        "tulis ke wa.me/62",
        "lihat https://contoh",
        "akun @seruni_l",
        "seruni (at) contoh.id",
        "facebook: seruni lontar",
        "IG = seruni.l",
        "www.contoh",
        "buka contoh.or.id",
    ],
    "birth_date": [
        "lahir di Air Lontar, 3 Mei 1990",
        "TTL: Air Lontar, 03-05-1990",
        "Ttl. Air Lontar, 3 mei 90",
        "tgl lahir 1990-05-03",
        "kelahiran 3/5/1990",
        "ia melahirkan pada 3 Mei 2026",
    ],
    "address": [
        "Jl. Mawar 3",
        "rumahnya di Jalan Mawar",
        "di jalan mawar no 5",
        "RT 3",
        "rt.03/rw.02",
        "Dusun Sukamaju",
        "dusun 2",
        "Gang 3",
        "JL MAWAR",
        "jalan 12",
    ],
    "case_number": [
        "LP/12/XI",
        "LP-B/12",
        "12/Pid.Sus/2026",
        "3/Pdt.G/2026",
        "No. RM 00",
        "rekam medis: 1234",
        "nomor perkara yang dulu",
    ],
    "coordinates": ["-9.8612, 124.2841", "-10.12345 124.12345", "-9,86123; 124,28412", "9°51'40\" LS"],
}

ALLOWED = [
    "Kami bertemu di jalan menuju kebun.",
    "WA SAPA 08111129129",
    "WA SAPA 08111-129-129 atau +62 811-1129-129",
    "Hubungi 129, 110, atau 119.",
    "Kami jalan 2 jam ke kebun, lalu jalan 5 km lagi.",
    "Jalan kaki. Jalan Kaki 3 jam. Gang kecil di belakang.",
    "pukul 08.15 - 10.30 12.00",
    "Pukul 08.30, 09.15, 10.45, 11.30 saya catat.",
    "08.00-10.00, 13.00-15.30",
    "tanggal 12-11-2026 pukul 08.10-10.30",
    "pada 12 November 2026",
    "tahun 2021 2022 2023 2024",
    "UU 12/2022, UU 23/2004, pasal 5 ayat 2",
    "Rp 1.250.000 dan Rp 10.000.000.000",
    "satu dua tiga empat lima enam tujuh delapan",
    "Saya menuju dua rumah dan bertemu tiga ibu.",
    "kasus rekaan K-LAT-0001, kode 7K4MQ-2XD9R-PT5W9",
    "Ibu Cempaka lahir tahun 1990 di Dusun Air Lontar.",
    "Anaknya lahir. Tanggal 3 Mei 2026 kami rapat.",
    "Sudah selesai.Ibu pulang.Mereka senang.",
    "suhu 37,5° dan nilai 3.5",
    "Kelas O8, RTM, 80 sampai 90 persen",
    "",
]


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
