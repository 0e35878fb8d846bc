"""Whatever changes what learners see makes a new edition; nothing else does."""

import pytest
from wagtail.models import PageViewRestriction

from courses import outline
from courses.editions import current_edition
from courses.models import CoursePage, Edition, ModulePage, Picture
from tests.courses import making


def test_before_anything_is_published_there_is_no_edition(db):
    assert current_edition() == ""
    assert outline.course_plans() == ()


def publish(course):
    making.lesson("m1/1").save_revision().publish()


def unpublish(course):
    making.lesson("m1/1").unpublish()


def move(course):
    making.lesson("m1/2").move(ModulePage.objects.get(code="m2"), "last-child")


def reorder(course):
    making.lesson("m1/2").move(making.lesson("m1/1"), "left")


def change_the_address(course):
    page = making.lesson("m1/1")
    page.slug = "7"
    page.save_revision().publish()


def delete(course):
    making.lesson("m1/1").delete()


def guard(course):
    PageViewRestriction.objects.create(page=making.lesson("m1/1"), restriction_type="login")


def change_a_picture(course):
    Picture.objects.get().save()


def copy(course):
    making.lesson("m1/1").copy(update_attrs={"slug": "8"})


@pytest.mark.parametrize(
    "change", [publish, unpublish, move, reorder, change_the_address, delete, guard, change_a_picture, copy]
)
def test_a_change_that_learners_can_see_makes_a_new_edition(course, change):
    before = current_edition()
    change(course)
    assert current_edition() != before
    assert Edition.objects.count() == 1


def test_a_draft_makes_none(course):
    before = current_edition()
    making.lesson("m1/1").save_revision()
    assert current_edition() == before


def test_the_outline_is_read_once_per_edition(course, django_assert_num_queries):
    outline.course_plans()
    with django_assert_num_queries(1):
        assert outline.course_plans()[0].slug == "kecil"


def test_the_outline_follows_every_change(course):
    move(course)
    assert [[step.title for step in one.steps] for one in outline.course_plans()[0].modules] == [
        ["Dapur"],
        ["Tanda", "Kuasa"],
    ]
    CoursePage.objects.get().unpublish()
    assert outline.course_plans() == ()


def test_lessons_of_a_module_that_was_taken_back_are_gone_too(course):
    ModulePage.objects.get(code="m1").unpublish()
    assert [one.code for one in outline.course_plans()[0].modules] == ["m2"]
    assert outline.find_spot(course.modules[0].steps[0].key) is None


def test_the_old_address_of_a_moved_lesson_leads_to_the_new_one(
    cast, course, sign_in, django_capture_on_commit_callbacks
):
    making.enrol(cast.seruni, course)
    browser = sign_in(cast.seruni)
    page = making.lesson("m1/1")
    page.slug = "7"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    answer = browser.get("/belajar/kecil/m1/1/")
    assert (answer.status_code, answer["Location"]) == (301, "/belajar/kecil/m1/7/")
