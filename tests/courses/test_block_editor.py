"""Blocks as a trainer meets them: a sample before she chooses one, and a sentence when something is missing."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from courses.models import LessonPage
from courses.templatetags import lesson as lesson_tags

BLOCKS = LessonPage._meta.get_field("body").stream_block.child_blocks
OURS = sorted(set(BLOCKS) - {"audio", "video", "download"})
PREVIEW = "/admin/block-preview/"


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


@pytest.mark.parametrize("name", OURS)
def test_every_block_shows_a_sample_in_the_dress_of_the_site(trainer, name):
    answer = trainer.get(PREVIEW, {"id": BLOCKS[name].definition_prefix})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "lms/css/lopo.css" in page
    assert "<main class" in page
    assert "style=" not in page
    assert BLOCKS[name].get_description()


def test_samples_with_pictures_use_one_of_the_site(trainer):
    for name, count in (("picture", 1), ("gallery", 2)):
        page = trainer.get(PREVIEW, {"id": BLOCKS[name].definition_prefix}).content.decode()
        assert page.count("<img ") == count


def test_a_learner_sees_no_sample(cast, sign_in):
    assert sign_in(cast.seruni).get(PREVIEW, {"id": BLOCKS["story"].definition_prefix}).status_code == 404


def complaints(name, **changed):
    """What the editor says when a sample is published with some fields changed."""
    block = BLOCKS[name]
    value = {**block.get_preview_value(), **changed}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(value))
    return sentences(refused.value)


def sentences(error):
    if isinstance(error, StructBlockValidationError):
        return [one for child in error.block_errors.values() for one in sentences(child)]
    return error.messages if isinstance(error, ValidationError) else []


@pytest.mark.parametrize("name", ["dialogue", "table", "decision", "checklist", "discussion", "referral", "pause"])
def test_a_sample_may_be_published_as_it_is(name):
    block = BLOCKS[name]
    assert block.clean(block.get_preview_value())


@pytest.mark.parametrize("name", ["story", "dialogue", "discussion"])
def test_a_content_note_needs_a_neutral_task(name):
    refusal = "Di samping catatan isi, tulis tugas untuk yang melewatinya."
    assert complaints(name, note="Ini menyebut kekerasan.", neutral="") == [refusal]


def test_a_draft_may_still_lack_the_neutral_task():
    block = BLOCKS["dialogue"]
    value = block.normalize({**block.get_preview_value(), "note": "Ini menyebut kekerasan.", "neutral": ""})
    assert block.clean_deferred(value)["note"]


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({"first": "Asalnya", "second": "Tubuh"}, "Baris 1: isi setiap kolom yang berjudul"),
        ({"first": "a", "second": "b", "third": "c", "fourth": "d"}, "Baris 1: isi setiap kolom yang berjudul"),
    ],
)
def test_every_row_of_a_table_fills_the_columns_that_have_a_heading(cells, refusal):
    assert complaints("table", rows=[{"cells": cells}])[0].startswith(refusal)


def test_the_third_column_comes_before_the_fourth():
    head = {"first": "a", "second": "b", "third": "", "fourth": "d"}
    assert complaints("table", head=head) == ["Isi kolom ketiga sebelum kolom keempat."]


def test_law_tags_are_typed_with_commas_and_shown_as_people_write_them():
    codes = BLOCKS["decision"].child_blocks["rows"].child_block.child_blocks["laws"]
    assert codes.clean("uu-tpks-23, uu-pkdrt") == ["uu-tpks-23", "uu-pkdrt"]
    assert codes.get_form_state(["uu-tpks-23", "uu-pkdrt"]) == "uu-tpks-23, uu-pkdrt"
    assert lesson_tags.law_name("uu-tpks-23") == "UU TPKS 23"
