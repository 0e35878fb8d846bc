"""The yearly report: each figure with its definition, its parts and the rows that it counts."""

import csv
import io
import re
import zipfile
from datetime import date

import pypdf
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from certificates import issuing, reporting
from certificates.models import Certificate
from lms.kit import clock
from lms.people import joining, telling
from lms.people.models import TrailLine
from tests.cast import PIN, THEN
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_alumni import training
from tests.certificates.test_coordinator_pages import with_password
from tests.certificates.test_paper import elements

ADDRESS = "/koordinasi/tahunan/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(settings, "STAFF_SECOND_FACTOR", False)


@pytest.fixture
def year(cast):
    """Melati certified, Seruni and Kenari trained, three hours verified."""
    load_small()
    make_ready(cast.melati, cast.dahlia)
    certify(cast.melati, cast.soka)
    training(cast.seruni, cast.kenari)
    return cast


def values(viewer, of=2026) -> list[int]:
    return [one.value for one in reporting.yearly(viewer, of, today=TODAY).figures]


def test_the_figures_count_people_and_minutes_of_her_regions(year):
    assert values(year.soka) == [2, 1, 0, 1, 180]
    assert values(year.cendana) == [0, 0, 0, 0, 0]
    assert values(year.soka, 2025) == [0, 0, 0, 0, 0]


def test_every_figure_is_the_sum_of_its_rows(year):
    for one in reporting.yearly(year.soka, 2026, today=TODAY).figures:
        assert one.definition
        assert one.value == (len({row[0] for row in one.rows}) if one.summed is None else sum(r[3] for r in one.rows))


def test_parts_of_a_figure_add_up(year):
    report = reporting.yearly(year.soka, 2026, today=TODAY)
    for figure in report.figures:
        sums: dict[str, int] = {}
        for part in report.parts:
            if part.figure == figure.title:
                sums[part.by] = sums.get(part.by, 0) + part.value
        assert set(sums.values()) <= {figure.value}
    assert {part.by for part in report.parts} == {way.title for way in report.ways if way.definition}


def trained(year, by: str) -> dict[str, int]:
    parts = reporting.yearly(year.soka, 2026, today=TODAY).parts
    return {one.part: one.value for one in parts if (one.figure, one.by) == ("Dilatih", by)}


def telling_women(year, *told: dict[str, object]) -> None:
    """Women of Air Lontar who finished a training and told this of themselves."""
    for number, said in enumerate(told):
        woman = joining.add_person(
            username=f"kenanga{number}", name=f"Kenanga {number}", secret=PIN, now=THEN, village=year.air_lontar
        )
        training(woman, name=f"Kelas {number}")
        known = {"birth_year": None, "disability": "", "languages": ""} | said
        telling.tell(person=woman, now=NOW, today=TODAY, **known)


def test_ages_and_disability_are_counted_from_five_people_on(year):
    telling_women(year, *[{"birth_year": 1990, "disability": "no"}] * 6, *[{"birth_year": 1960}] * 5)
    assert trained(year, "umur") == {"35–44": 6, "55 ke atas": 5, "tidak disebut": 2}
    assert trained(year, "disabilitas") == {"tanpa disabilitas": 6, "tidak disebut": 7}


@pytest.mark.parametrize(("silent", "shown"), [(0, {}), (1, {"tanpa disabilitas": 6})])
def test_the_answer_of_few_cannot_be_told_from_what_is_left_over(year, silent, shown):
    telling_women(year, *[{"disability": "no"}] * 6, *[{"disability": "yes"}] * 2, *[{"birth_year": 1990}] * silent)
    joined = {"tidak disebut, atau kurang dari lima": 10 + silent - sum(shown.values())}
    assert trained(year, "disabilitas") == joined | shown


def test_a_renewal_counts_apart_and_a_mistake_not_at_all(year):
    held = Certificate.objects.get()
    issuing.revoke(certificate=held, revoker=year.soka, now=NOW)
    assert values(year.soka) == [2, 0, 0, 0, 180]
    Certificate.objects.update(cycle=2, revoked_at=None, revoked_by=None, revoked_for="")
    assert values(year.soka) == [2, 0, 1, 1, 180]


def tables_of(answer) -> dict[str, list[tuple]]:
    """The sheets of a workbook, by name, without their heads."""
    book = load_workbook(io.BytesIO(answer.content))
    return {page.title: list(page.iter_rows(min_row=2, values_only=True)) for page in book}


def printed(answer) -> list[str]:
    """The lines of a PDF as a reader of the paper sees them."""
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = "\n".join(page.extract_text(extraction_mode="layout") for page in pages)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_the_file_holds_definitions_and_rows_without_names(year):
    browser = with_password(year.soka)
    tables = tables_of(browser.post(ADDRESS, {"kind": "xlsx"}))
    assert len(tables) == 8
    assert "Melati" not in str(tables)
    for title, value, unit, definition, sheet in tables["Angka"]:
        rows = tables[sheet]
        assert definition
        assert value == (sum(row[3] for row in rows) if unit == "menit" else len({row[0] for row in rows})), title
    assert TrailLine.objects.filter(verb="certificates.report_taken_out", actor=year.soka).count() == 1


@pytest.mark.parametrize(("way", "column"), [("kecamatan", -3), ("jenis kelamin", -2), ("jenis kelompok", -1)])
def test_every_part_is_the_sum_of_its_rows_in_the_file(year, way, column):
    tables = tables_of(with_password(year.soka).post(ADDRESS, {"kind": "xlsx"}))
    parts = [(figure, part, value) for figure, by, part, value in tables["Rincian"] if by == way]
    assert {figure for figure, _part, _value in parts} == {
        "Dilatih",
        "Baru bersertifikat",
        "Aktif",
        "Jam terverifikasi",
    }
    for figure, part, value in parts:
        rows = [row for row in tables[figure] if row[column] == part]
        assert value == (
            sum(row[3] for row in rows) if figure == "Jam terverifikasi" else len({row[0] for row in rows})
        )


def test_csv_and_xlsx_say_the_same(year):
    browser = with_password(year.soka)
    tables = tables_of(browser.post(ADDRESS, {"kind": "xlsx"}))
    folder = zipfile.ZipFile(io.BytesIO(browser.post(f"{ADDRESS}?tahun=2026", {"kind": "csv"}).content))
    assert set(folder.namelist()) == {f"{title}.csv" for title in tables}
    for title in ("Angka", "Rincian"):
        rows = list(csv.reader(io.StringIO(folder.read(f"{title}.csv").decode("utf-8-sig"))))[1:]
        assert rows == [["" if cell is None else str(cell) for cell in row] for row in tables[title]]


def test_the_pdf_says_the_figures_of_the_other_files(year):
    browser = with_password(year.soka)
    tables = tables_of(browser.post(ADDRESS, {"kind": "xlsx"}))
    answer = browser.post(ADDRESS, {"kind": "pdf"})
    assert answer["Content-Disposition"] == 'attachment; filename="lopo-2026.pdf"'
    lines = printed(answer)
    for title, value, unit, _definition, _sheet in tables["Angka"]:
        shown = f"{value // 60} jam" if unit == "menit" else str(value)
        assert any(line.startswith(f"{title} {shown} ") for line in lines), title
    assert "Bukit Gewang 2 1 0 1 3 jam" in lines
    assert "Kunjungan rumah 2 jam" in lines
    assert not any("Melati" in line for line in lines)
    assert TrailLine.objects.get(detail__kind="pdf").verb == "certificates.report_taken_out"


def test_the_pdf_can_be_heard_and_kept(year):
    reader = pypdf.PdfReader(io.BytesIO(with_password(year.soka).post(ADDRESS, {"kind": "pdf"}).content))
    described = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", described)
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", described)
    kinds = [one["/S"] for one in elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])]
    assert (kinds.count("/H1"), kinds.count("/H2")) == (1, 6)
    assert "/TH" in kinds


def test_only_coordinators_open_it_and_a_file_needs_the_password(year, sign_in):
    assert sign_in(year.anggrek).get(ADDRESS).status_code == 404
    browser = sign_in(year.soka)
    assert browser.get(ADDRESS, {"tahun": "x"}).status_code == 200
    assert browser.post(ADDRESS, {"kind": "csv"})["Content-Type"] != "application/zip"


def test_the_queries_do_not_grow_with_the_people(year):
    with CaptureQueriesContext(connection) as few:
        reporting.yearly(year.soka, 2026, today=TODAY)
    make_ready(year.kenari, year.murai)
    certify(year.kenari, year.soka)
    training(year.melati, ends_on=date(2026, 5, 1), name="Kelas Mei")
    with CaptureQueriesContext(connection) as more:
        reporting.yearly(year.soka, 2026, today=TODAY)
    assert len(more) == len(few)
