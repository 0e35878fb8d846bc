"""A trainer copies a module to adapt it: the copy is a page of its own in every respect."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from assessments.models import Question
from courses import outline
from courses.models import CoursePage, IndexPage, LessonPage, ModulePage
from lms.people.models import TrailLine
from tests.courses import making


def copy(client, page, parent=None, **fields):
    form = {"new_title": "Salinan", "new_slug": "", "new_parent_page": str((parent or page.get_parent()).pk), **fields}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), {"copy_subpages": "on", **form}, follow=True)


def module(code="m1") -> ModulePage:
    return ModulePage.objects.get(code=code)


@pytest.fixture
def copied(cast, course, sign_in) -> ModulePage:
    lesson = making.lesson("m1/1")
    link = f'<p><a id="{making.lesson("m1/2").pk}" linktype="page">Berikut</a></p>'
    lesson.body = [("text", link), *((block.block_type, block.value) for block in lesson.body)]
    lesson.save_revision().publish()
    Question.objects.create(module=module(), code="M1-01", kind="true_false", is_true=True, stem="Peran dapat berubah.")
    copy(sign_in(cast.anggrek), module())
    return ModulePage.objects.get(title="Salinan")


def test_a_copied_module_has_its_own_code_address_and_keys(copied):
    assert (copied.code, copied.slug, copied.live) == ("m3", "m3", False)
    assert copied.get_latest_revision_as_object().code == "m3"
    assert copied.get_latest_revision_as_object().slug == "m3"
    keys = [page.translation_key for page in (*module().get_children(), *copied.get_children())]
    assert len(set(keys)) == 4
    assert [page.slug for page in copied.get_children()] == ["1", "2"]
    assert not copied.get_children().live().exists()


def test_links_inside_the_module_lead_to_the_copy(copied):
    first, second = copied.get_children().specific()
    assert f'id="{second.pk}"' in str(first.body[0].value.source)
    assert f'id="{second.pk}"' in str(first.get_latest_revision_as_object().body[0].value.source)
    original = making.lesson("m1/1")
    assert f'id="{making.lesson("m1/2").pk}"' in str(original.body[0].value.source)


def test_the_copy_has_questions_of_its_own(copied):
    (original,) = Question.objects.of_module(module().translation_key)
    (own,) = Question.objects.of_module(copied.translation_key)
    assert (own.code, own.stem, own.pk == original.pk) == ("M1-01-2", original.stem, False)
    own.stem = "Lain."
    own.save()
    assert Question.objects.get(pk=original.pk).stem == "Peran dapat berubah."


def test_nobodys_progress_comes_along_and_nothing_of_the_original_changes(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/1")
    before = outline.plan_of("kecil").modules
    copy(sign_in(cast.anggrek), module())
    assert outline.plan_of("kecil").modules == before
    for page in (ModulePage.objects.get(title="Salinan"), *ModulePage.objects.get(title="Salinan").get_children()):
        page.specific.get_latest_revision_as_object().save_revision().publish()
    plan = next(one for one in outline.plan_of("kecil").modules if one.code == "m3")
    assert not outline.done_keys(cast.seruni) & {step.key for step in plan.steps}
    assert TrailLine.objects.filter(verb="courses.copied").count() == 1


def test_a_module_copied_into_another_course_keeps_its_code_and_waits_for_nobody(cast, course, sign_in):
    other = CoursePage(title="Kelas lain", outer_title="Kelas")
    IndexPage.objects.get().add_child(instance=other)
    copy(sign_in(cast.anggrek), module("m2"), other)
    new = ModulePage.objects.child_of(other).get()
    assert (new.code, new.slug, new.needs) == ("m2", "m2", [])
    assert new.get_latest_revision_as_object().needs == []


def test_a_course_is_copied_with_the_codes_of_its_modules(cast, course, sign_in):
    copy(sign_in(cast.anggrek), CoursePage.objects.get())
    new = CoursePage.objects.get(title="Salinan")
    assert new.slug == "kelas-1"
    assert [page.code for page in ModulePage.objects.child_of(new).order_by("path")] == ["m1", "m2"]
    assert ModulePage.objects.child_of(new).get(code="m2").needs == ["m1"]


def test_a_lesson_is_copied_to_the_next_free_code(cast, course, sign_in):
    copy(sign_in(cast.anggrek), making.lesson("m1/1"))
    assert LessonPage.objects.get(title="Salinan").slug == "3"


def test_no_copy_is_published_and_none_is_an_alias(cast, course, sign_in):
    anggrek = sign_in(cast.anggrek)
    form = anggrek.get(reverse("wagtailadmin_pages:copy", args=[module().pk])).content.decode()
    assert 'name="publish_copies"' not in form
    assert 'name="alias"' not in form
    copy(anggrek, module(), publish_copies="on", alias="on")
    assert not ModulePage.objects.get(title="Salinan").live
    assert not Page.objects.exclude(alias_of=None).exists()


def test_a_learner_copies_nothing(cast, course, sign_in):
    assert copy(sign_in(cast.seruni), module()).status_code == 404
    assert ModulePage.objects.count() == 2
