"""Fields of pages: blocks stay out of migrations and survive them; codes are short."""

import importlib

import pytest
from django.db import models

from courses.blocks import LESSON_BLOCKS
from courses.fields import CodesField, LeanStreamField, is_neutral

RAW = [{"type": "text", "value": "<p>Satu</p>", "id": "1"}]


def test_a_migration_knows_the_field_and_no_block():
    _name, path, arguments, options = LeanStreamField(LESSON_BLOCKS, blank=True).deconstruct()
    assert (path, arguments, options) == ("courses.fields.LeanStreamField", [], {"blank": True})


def test_no_migration_of_ours_names_a_block():
    source = importlib.import_module("courses.migrations.0001_pages").__file__
    assert "blocks." not in open(source).read()  # noqa: SIM115


def test_in_a_migration_the_content_stays_a_plain_list_that_can_be_saved_again():
    bare = LeanStreamField(blank=True)
    assert bare.to_python(RAW) == RAW
    assert bare.get_default() == []
    assert bare.get_prep_value(RAW) == RAW


def test_on_a_page_the_content_is_a_stream():
    field = LeanStreamField(LESSON_BLOCKS, blank=True)
    assert [block.block_type for block in field.to_python(RAW)] == ["text"]
    assert len(field.get_default()) == 0


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("", []), ("S1", ["S1"]), (" S1 , S4,,S1; S9 ", ["S1", "S4", "S9"]), (["S1"], ["S1"])],
)
def test_codes_are_typed_with_commas_between(typed, codes):
    assert CodesField().formfield().to_python(typed) == codes


def test_codes_are_shown_as_they_are_typed_and_a_change_is_seen():
    field = CodesField(models.JSONField).formfield()
    assert field.prepare_value(["S1", "S4"]) == "S1, S4"
    assert field.has_changed(["S1"], "S1, S4")
    assert not field.has_changed(["S1"], " S1 ")


@pytest.mark.parametrize("slug", ["", "3", "m2", "latihan", "kelas-1-1", "x15", "01234567-89ab-4def-8123-456789abcdef"])
def test_a_short_code_is_a_neutral_address(slug):
    assert is_neutral(slug)


@pytest.mark.parametrize("slug", ["kata-dari-judul", "Huruf", "x" * 21, "dua-kata-kata"])
def test_words_of_a_title_are_none(slug):
    assert not is_neutral(slug)
