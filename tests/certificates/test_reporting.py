"""The yearly report: each figure with its definition, its parts and the rows that it counts."""

import io
import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from certificates import issuing, reporting
from certificates.models import Certificate
from lms.kit import clock
from lms.people.models import TrailLine
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready
from tests.certificates.test_alumni import training
from tests.certificates.test_coordinator_pages import with_password

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


def test_every_figure_is_the_number_of_its_rows_people(year):
    for one in reporting.yearly(year.soka, 2026, today=TODAY).figures:
        assert one.definition
        assert one.value == (len(one.people) if one.unit != reporting._("minutes") else sum(row[3] for row in one.rows))


def test_parts_of_a_figure_add_up_and_what_is_not_kept_says_so(year):
    report = reporting.yearly(year.soka, 2026, today=TODAY)
    for figure in report.figures[:-1]:
        sums: dict[str, int] = {}
        for part in report.parts:
            if part.figure == figure.title and part.value is not None:
                sums[part.by] = sums.get(part.by, 0) + part.value
        assert set(sums.values()) <= {figure.value}
    assert len([part for part in report.parts if part.value is None]) == 8


def test_a_renewal_counts_apart_and_a_mistake_not_at_all(year):
    held = Certificate.objects.get()
    issuing.revoke(certificate=held, revoker=year.soka, now=NOW)
    assert values(year.soka) == [2, 0, 0, 0, 180]
    Certificate.objects.update(cycle=2, revoked_at=None, revoked_by=None, revoked_for="")
    assert values(year.soka) == [2, 0, 1, 1, 180]


def test_the_file_holds_definitions_and_rows_without_names(year):
    browser = with_password(year.soka)
    book = load_workbook(io.BytesIO(browser.post(ADDRESS, {"kind": "xlsx"}).content))
    assert len(book.sheetnames) == 7
    text = "\n".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)
    assert "Melati" not in text
    answer = browser.post(f"{ADDRESS}?tahun=2026", {"kind": "csv"})
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 7
    assert TrailLine.objects.filter(verb="certificates.report_taken_out", actor=year.soka).count() == 2


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
