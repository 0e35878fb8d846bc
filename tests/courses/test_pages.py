"""The page tree as an editor meets it: what may stand where, what an address looks like, who may do what."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses import outline
from courses.models import CoursePage, HomePage, IndexPage, LessonPage, ModulePage
from tests.courses import making

# Every page type of the product, and what an editor is offered under it.
MENU = {
    "HomePage": ["IndexPage"],
    "IndexPage": ["CoursePage"],
    "CoursePage": ["ModulePage"],
    "ModulePage": ["ExamPage", "LessonPage", "PracticalPage", "PracticePage", "ScenarioPage"],
    "LessonPage": [],
    "PracticePage": [],
    "ExamPage": [],
    "ScenarioPage": [],
    "PracticalPage": [],
}


def test_under_each_page_an_editor_is_offered_what_belongs_there():
    offered = {
        model.__name__: sorted(one.__name__ for one in model.creatable_subpage_models())
        for model in get_page_models()
        if model is not Page
    }
    assert offered == MENU
    assert [one.__name__ for one in Page.creatable_subpage_models()] == ["HomePage"]


def test_a_page_without_code_takes_the_next_free_one(course):
    module = ModulePage.objects.get(code="m1")
    page = LessonPage(title="Kata yang tidak boleh tampak")
    module.add_child(instance=page)
    assert (page.slug, page.url_path) == ("3", "/beranda/belajar/kecil/m1/3/")
    plan = CoursePage.objects.get()
    again = ModulePage(title="Modul", outer_title="Modul", code="m3")
    plan.add_child(instance=again)
    other = ModulePage(title="Modul", outer_title="Modul", code="m1")
    plan.add_child(instance=other)
    assert (again.slug, other.slug) == ("m3", "m4")
    new = CoursePage(title="Kursus lain", outer_title="Kelas")
    IndexPage.objects.get().add_child(instance=new)
    assert new.slug == "kelas-1"


@pytest.mark.parametrize("slug", ["kata-dari-judul", "Huruf", "x" * 21])
def test_an_address_made_of_words_is_refused(course, slug):
    page = making.lesson("m1/1")
    page.slug = slug
    with pytest.raises(ValidationError, match="kode pendek"):
        page.full_clean()


def test_the_tree_pages_lead_to_the_addresses_that_speak_for_them(course, cast, sign_in):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    assert HomePage.objects.get().serve(request)["Location"] == "/"
    assert IndexPage.objects.get().serve(request)["Location"] == "/belajar/"


@pytest.fixture
def trainer(cast, course, sign_in):
    return sign_in(cast.anggrek)


def lesson_form(**changed):
    fields = {
        "title": "Dapur",
        "outer_title": "Pelajaran 1",
        "minutes": "12",
        "slug": "1",
        "checked_on": "",
        "checked_by": "",
        "laws": "uu-tpks-10, uu-pkdrt",
        "sources": "S1",
        "body": streamfield(
            [
                ("text", rich_text("<p>Kalimat <b>baru</b> dari pelatih.</p>")),
                (
                    "self_check",
                    {
                        "code": "baru",
                        "question": "Apa?",
                        "choices": streamfield_list(
                            [
                                {"text": "Ya", "right": "on", "feedback": "Tepat."},
                                {"text": "Tidak", "feedback": "Belum."},
                            ]
                        ),
                    },
                ),
            ]
        ),
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **changed})


def streamfield_list(items):
    return {
        "count": str(len(items)),
        **{str(number): {"value": item, "deleted": "", "order": str(number)} for number, item in enumerate(items)},
    }


def edit(trainer, page, **changed):
    return trainer.post(f"/admin/pages/{page.pk}/edit/", {**lesson_form(**changed), "action-publish": "1"})


def test_a_trainers_edit_reaches_the_learner_and_she_keeps_her_progress(cast, course, trainer, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/1")
    seruni = sign_in(cast.seruni)
    assert "menyiapkan" in seruni.get("/belajar/kecil/m1/1/").content.decode()
    answer = edit(trainer, making.lesson("m1/1"))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = seruni.get("/belajar/kecil/m1/1/").content.decode()
    assert "Kalimat <b>baru</b> dari pelatih." in page
    assert "Pelajaran ini sudah selesai." in page
    assert making.lesson("m1/1").laws == ["uu-tpks-10", "uu-pkdrt"]


def test_a_draft_is_not_for_learners(cast, course, trainer, sign_in):
    making.enrol(cast.seruni, course)
    page = making.lesson("m1/1")
    trainer.post(f"/admin/pages/{page.pk}/edit/", lesson_form())
    assert "dari pelatih" not in sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content.decode()
    draft = trainer.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Kalimat <b>baru</b> dari pelatih." in draft


def test_a_new_lesson_that_was_never_published_is_not_found(cast, course, trainer, sign_in):
    making.enrol(cast.seruni, course)
    module = ModulePage.objects.get(code="m1")
    answer = trainer.post(f"/admin/pages/add/courses/lessonpage/{module.pk}/", lesson_form(title="Baru", slug=""))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = LessonPage.objects.get(title="Baru")
    assert (page.slug, page.live) == ("3", False)
    assert sign_in(cast.seruni).get("/belajar/kecil/m1/3/").status_code == 404
    assert "Kalimat <b>baru</b>" in trainer.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()


def test_a_lesson_taken_back_is_not_found_and_its_tick_stays(cast, course, trainer, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/2")
    page = making.lesson("m1/2")
    trainer.post(f"/admin/pages/{page.pk}/unpublish/")
    assert sign_in(cast.seruni).get("/belajar/kecil/m1/2/").status_code == 404
    assert page.translation_key in outline.done_keys(cast.seruni)


def test_the_preview_shows_the_lesson_as_a_learner_will_see_it(course, trainer):
    page = making.lesson("m1/1")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert trainer.post(address, lesson_form()).json()["is_valid"]
    shown = trainer.get(address).content.decode()
    for words in (
        "<title>Pelajaran 1 – Lopo</title>",
        "Kalimat <b>baru</b> dari pelatih.",
        "Pelajaran 1 dari 2",
        "Selesai, ke pelajaran 2",
        "lms/css/lopo.css",
    ):
        assert words in shown, words


def test_a_page_that_does_not_exist_yet_can_be_previewed(course, trainer):
    module = ModulePage.objects.get(code="m2")
    address = f"/admin/pages/add/courses/lessonpage/{module.pk}/preview/"
    answer = trainer.post(address, lesson_form(title="Belum ada", slug=""))
    assert answer.json()["is_valid"]
    shown = trainer.get(address).content.decode()
    assert "<h1>Belum ada</h1>" in shown
    assert "Pelajaran 2 dari 2" in shown


def module_form(**changed):
    fields = {
        "title": "Peran dan kuasa",
        "outer_title": "Peran",
        "slug": "m1",
        "code": "m1",
        "hours": "2.5",
        "note": "",
        "outcomes": streamfield([("outcome", "Menyebut lima bentuk.")]),
        "sources": streamfield([("source", {"code": "S1", "text": "UU"})]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **changed})


def test_a_module_and_a_course_can_be_previewed(course, trainer):
    module = ModulePage.objects.get(code="m1")
    address = f"/admin/pages/{module.pk}/edit/preview/"
    assert trainer.post(address, module_form()).json()["is_valid"]
    assert "Menyebut lima bentuk." in trainer.get(address).content.decode()
    address = f"/admin/pages/{module.get_parent().pk}/edit/preview/"
    form = nested_form_data(
        {
            "title": "K",
            "outer_title": "K",
            "intro": "Kata baru.",
            "slug": "kecil",
            "order": "in order",
            "admission": "coordinator",
            "programme_number": "0",
            "comments": inline_formset([]),
        }
    )
    assert trainer.post(address, form).json()["is_valid"]
    assert "Kata baru." in trainer.get(address).content.decode()


def test_a_page_that_learners_cannot_find_is_not_served_by_another_door(cast, course, rf):
    """Wagtail may call a page's door while the page above it is taken back."""
    from django.http import Http404

    request = rf.get("/")
    request.user = cast.seruni
    lesson = making.lesson("m1/1")
    CoursePage.objects.get().unpublish()
    for page in (lesson, ModulePage.objects.get(code="m1"), CoursePage.objects.get()):
        with pytest.raises(Http404):
            page.serve(request)


def test_needed_modules_are_ticked_and_a_circle_is_refused(course, trainer):
    module = ModulePage.objects.get(code="m1")
    form = trainer.get(f"/admin/pages/{module.pk}/edit/").content.decode()
    assert 'type="checkbox" name="needs" value="m2"' in form
    answer = trainer.post(f"/admin/pages/{module.pk}/edit/", {**module_form(), "needs": ["m2"], "action-publish": "1"})
    assert "saling menunggu" in answer.content.decode()
    assert ModulePage.objects.get(code="m1").needs == []


def test_a_code_of_another_module_is_refused(course, trainer):
    module = ModulePage.objects.get(code="m1")
    answer = trainer.post(f"/admin/pages/{module.pk}/edit/", {**module_form(code="m2"), "action-publish": "1"})
    assert "Modul lain di kursus ini memakai kode itu." in answer.content.decode()


def test_a_new_module_is_made_with_its_needs(course, trainer):
    page = CoursePage.objects.get()
    form = {**module_form(code="m3", slug=""), "needs": ["m2"], "action-publish": "1"}
    assert trainer.post(f"/admin/pages/add/courses/modulepage/{page.pk}/", form).status_code == 302
    assert [(one.code, one.slug, one.needs) for one in outline.plan_of("kecil").modules][2] == ("m3", "m3", ("m2",))


def test_a_self_check_without_a_right_answer_is_refused(course, trainer):
    body = streamfield(
        [
            (
                "self_check",
                {"code": "x", "question": "Apa?", "choices": streamfield_list([{"text": "A", "feedback": "B"}] * 2)},
            )
        ]
    )
    answer = edit(trainer, making.lesson("m1/1"), body=body)
    assert answer.status_code == 200
    assert "Tandai paling sedikit satu jawaban" in answer.content.decode()


@pytest.mark.parametrize("name", ["seruni", "dahlia"])
def test_learners_and_mentors_find_no_editor(cast, course, sign_in, name):
    assert sign_in(getattr(cast, name)).get("/admin/").status_code == 404
