"""One press sends a whole module to the second reader, one approves it; what stays is named."""

import pytest
from django.urls import reverse

from courses.models import LessonPage, ModulePage
from lms.people import joining
from lms.people.models import TrailLine
from tests.cast import LONG_AGO, THEN
from tests.courses import making
from tests.courses.test_hindering import dead_end


@pytest.fixture
def two_trainers(cast, course):
    """Soka trains too."""
    joining.give_role(person=cast.soka, kind="trainer", starts_on=LONG_AGO, now=THEN)
    return cast


@pytest.fixture
def new_module(two_trainers) -> ModulePage:
    """Written by Anggrek: a module and two lessons, all drafts."""
    course = ModulePage.objects.get(code="m1").get_parent()
    module = course.add_child(instance=ModulePage(title="Baru", outer_title="Baru", code="m9", live=False))
    module.save_revision(user=two_trainers.anggrek)
    for number in ("1", "2"):
        lesson = LessonPage(title=f"Bagian {number}", slug=number, live=False)
        module.add_child(instance=lesson).save_revision(user=two_trainers.anggrek)
    return module


def press(client, name: str, module: ModulePage):
    return client.post(reverse(name, args=[module.pk]), follow=True)


def look(client, module: ModulePage) -> str:
    return client.get(reverse("module_review", args=[module.pk])).content.decode()


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def out(module: ModulePage) -> list[bool]:
    return list(module.get_descendants(inclusive=True).order_by("path").values_list("live", flat=True))


def test_one_press_sends_a_module_and_one_approves_it(two_trainers, new_module, sign_in):
    anggrek, soka = sign_in(two_trainers.anggrek), sign_in(two_trainers.soka)
    assert "Kirim seluruh modul" in look(anggrek, new_module)
    assert "3 halaman dikirim" in said(press(anggrek, "send_module", new_module))
    assert out(new_module) == [False, False, False]
    assert "Setujui semuanya" not in look(anggrek, new_module)
    assert "Setujui semuanya" in look(soka, new_module)
    assert "3 halaman disetujui" in said(press(soka, "approve_module", new_module))
    assert out(new_module) == [True, True, True]
    published = new_module.get_descendants(inclusive=True).order_by("first_published_at").values_list("path", flat=True)
    assert list(published) == sorted(published)
    verbs = TrailLine.objects.filter(verb__startswith="courses.module_").values_list("verb", "detail")
    assert list(verbs) == [("courses.module_sent", {"pages": 3}), ("courses.module_approved", {"pages": 3})]
    assert "sudah terbit" in look(soka, new_module)


def test_nobody_approves_her_own_module(two_trainers, new_module, sign_in):
    anggrek = sign_in(two_trainers.anggrek)
    press(anggrek, "send_module", new_module)
    assert "Konsep ini Anda tulis." in said(press(anggrek, "approve_module", new_module))
    assert out(new_module) == [False, False, False]


def test_what_was_not_sent_is_not_approved(two_trainers, new_module, sign_in):
    assert "Belum dikirim" in said(press(sign_in(two_trainers.soka), "approve_module", new_module))
    assert out(new_module) == [False, False, False]


def test_a_part_the_second_reader_changed_stays_and_is_named(two_trainers, new_module, sign_in):
    press(sign_in(two_trainers.anggrek), "send_module", new_module)
    lesson = LessonPage.objects.get(title="Bagian 2")
    lesson.title = "Bagian lain"
    lesson.save_revision(user=two_trainers.soka)
    answer = press(sign_in(two_trainers.soka), "approve_module", new_module)
    assert "Bagian lain: Konsep ini Anda tulis." in said(answer)
    assert out(new_module) == [True, True, False]


def test_what_is_not_whole_is_not_sent_and_is_named(two_trainers, sign_in):
    story, module = dead_end(), ModulePage.objects.get(code="m1")
    answer = press(sign_in(two_trainers.anggrek), "send_module", module)
    assert "Cerita" in said(answer)
    assert not story.workflow_in_progress


def test_pressing_twice_sends_once(two_trainers, new_module, sign_in):
    anggrek = sign_in(two_trainers.anggrek)
    press(anggrek, "send_module", new_module)
    assert "Sudah menunggu" in said(press(anggrek, "send_module", new_module))
    assert TrailLine.objects.filter(verb="courses.module_sent").count() == 1


def test_a_trainer_alone_is_told_to_publish_herself(cast, course, sign_in):
    joining.end_role(role=cast.jati.roles.get(kind="owner"), ends_on=LONG_AGO, now=THEN)
    answer = press(sign_in(cast.anggrek), "send_module", ModulePage.objects.get(code="m1"))
    assert "Terbitkan sendiri." in said(answer)


def test_a_published_module_has_nothing_that_waits(two_trainers, sign_in):
    assert "sudah terbit" in look(sign_in(two_trainers.anggrek), ModulePage.objects.get(code="m1"))


@pytest.mark.parametrize("name", ["module_review", "send_module", "approve_module"])
def test_a_learner_and_a_lesson_have_no_such_page(two_trainers, sign_in, name):
    module, lesson = ModulePage.objects.get(code="m1"), making.lesson("m1/1")
    method = "get" if name == "module_review" else "post"
    answer = getattr(sign_in(two_trainers.seruni), method)(reverse(name, args=[module.pk]))
    assert answer.status_code == 404
    assert getattr(sign_in(two_trainers.anggrek), method)(reverse(name, args=[lesson.pk])).status_code == 404
