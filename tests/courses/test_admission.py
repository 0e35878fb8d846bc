"""Who may begin a course, what comes before it, and in which order it is taken."""

import pytest
from django.core.management import call_command

from courses import outline
from courses.curriculum import gathering, loading, reading, writing
from courses.curriculum.problems import CurriculumRefused
from courses.models import CoursePage, Enrolment, Programme
from courses.rules import CoursePlan, admission
from lms.kit import clock
from lms.kit.refusing import Refused
from tests.courses import making
from tests.courses.test_cohorts import admit

OTHER = {
    name: text.replace("11111111-", "22222222-").replace("kecil", "lain").replace("Kelas Kampung", "Kelas Lain")
    for name, text in making.FILES.items()
}
FIRST = "11111111-0000-4000-8000-000000000000"
SETTINGS = f"""\
order: free
needs: [{FIRST}]
admission: open
programme:
  key: 33333333-0000-4000-8000-000000000000
  title: Program pendamping
  outer_title: Program kampung
  intro: Dua kelas.
  number: 2
"""


@pytest.fixture
def second(course, tmp_path):
    """Another course, free in its order, after the small one, in a programme, open to all."""
    folder = making.write_folder(tmp_path / "lain", **{**OTHER, "course.yaml": OTHER["course.yaml"] + SETTINGS})
    making.load(folder)
    return outline.plan_of("lain")


def begin(browser, plan):
    return browser.post("/belajar/ikut/", {"course": plan.key})


def words(answer):
    return answer.content.decode()


# Who may begin


def test_as_before_only_a_coordinator_puts_people_into_a_course(cast, course, sign_in):
    browser = sign_in(cast.seruni)
    assert "Mulai kursus ini" not in words(browser.get("/belajar/"))
    answer = begin(browser, course)
    assert (answer.status_code, "Hubungi koordinator Anda." in words(answer)) == (422, True)
    assert not Enrolment.objects.exists()


def test_an_open_course_is_begun_with_one_tap(cast, course, sign_in):
    admit("open")
    browser = sign_in(cast.seruni)
    assert "Mulai kursus ini" in words(browser.get("/belajar/"))
    assert "Mulai kursus ini" in words(browser.get("/belajar/kecil/m1/1/"))
    for _twice in range(2):
        assert begin(browser, course)["Location"] == "/belajar/"
    assert Enrolment.objects.get().by == cast.seruni
    assert browser.get("/belajar/kecil/m1/1/").status_code == 200
    assert "Mulai kursus ini" not in words(browser.get("/belajar/"))


def test_a_course_for_groups_is_open_to_their_members_only(cast, course, sign_in):
    admit("group", groups=[cast.group])
    assert begin(sign_in(cast.seruni), course).status_code == 302
    answer = begin(sign_in(cast.kenari), course)
    assert (answer.status_code, "kelompok tertentu" in words(answer)) == (422, True)


def test_a_course_for_classes_is_open_to_whom_a_trainer_put_in(cast, course, sign_in):
    admit("cohort")
    trainer = sign_in(cast.anggrek)
    trainer.post("/kelas/baru/", {"name": "Satu", "course": course.key, "region": "99.01", "starts_on": "2026-11-01"})
    from courses.models import Cohort

    trainer.post(f"/kelas/{Cohort.objects.get().pk}/anggota/", {"person": cast.seruni.pk, "what": "add"})
    assert begin(sign_in(cast.seruni), course).status_code == 302
    assert begin(sign_in(cast.melati), course).status_code == 422


def test_a_code_is_the_only_way_into_a_course_with_codes(cast, course, sign_in):
    admit("invitation")
    browser = sign_in(cast.seruni)
    assert begin(browser, course).status_code == 422
    assert "Saya punya kode" in words(browser.get("/belajar/kecil/"))


def test_a_coordinator_puts_people_into_every_course(cast, course, sign_in):
    admit("invitation")
    answer = sign_in(cast.soka).post(f"/koordinasi/orang/{cast.seruni.pk}/kelas/", {"course": course.key})
    assert answer.status_code == 302
    assert Enrolment.objects.get().person == cast.seruni


def test_a_course_that_is_not_there_is_refused_in_words(cast, course, sign_in):
    browser = sign_in(cast.seruni)
    for sent in ({}, {"course": "x"}, {"course": "11111111-0000-4000-8000-0000000000ff"}):
        assert browser.post("/belajar/ikut/", sent).status_code == 422


@pytest.mark.parametrize(
    ("way", "group", "is_member", "may"),
    [
        ("coordinator", 1, True, False),
        ("open", None, False, True),
        ("group", 1, False, True),
        ("group", 2, False, False),
        ("group", None, True, False),
        ("cohort", 1, False, False),
        ("cohort", None, True, True),
        ("invitation", 1, False, False),
        ("invitation", None, True, True),
    ],
)
def test_who_may_begin_by_herself(way, group, is_member, may):
    plan = CoursePlan(key=None, slug="k", title="K", admission=way, groups=frozenset({1}))
    assert admission.may_begin(plan, group=group, is_member=is_member) is may


@pytest.mark.parametrize(
    ("typed", "code"), [("abc-234", "ABC234"), (" o1 l2 i3", "011213"), ("ABC23", ""), ("ABC23U", ""), ("", "")]
)
def test_a_code_is_read_as_people_write_it(typed, code):
    assert admission.normal_code(typed) == code


# What comes before, and the order


def test_a_course_opens_after_the_one_before_it(cast, course, second, sign_in):
    making.enrol(cast.seruni, course)
    browser = sign_in(cast.seruni)
    begin(browser, second)
    answer = browser.get("/belajar/lain/m1/1/")
    assert (answer.status_code, "Terbuka setelah kursus Kelas Kampung." in words(answer)) == (403, True)
    assert "Terbuka setelah kursus Kelas Kampung." in words(browser.get("/belajar/"))
    making.do(cast.seruni, course, "m1/1", "m1/2", "m2/1")
    assert browser.get("/belajar/lain/m1/1/").status_code == 200


def test_who_has_begun_a_course_keeps_it_whatever_is_put_before_it(cast, course, second, sign_in):
    making.enrol(cast.seruni, second)
    making.do(cast.seruni, second, "m1/1")
    assert sign_in(cast.seruni).get("/belajar/lain/m1/2/").status_code == 200


def test_in_a_free_course_no_module_waits_for_another(cast, course, second, sign_in):
    making.enrol(cast.seruni, course)
    making.do(cast.seruni, course, "m1/1", "m1/2", "m2/1")
    making.enrol(cast.seruni, second)
    assert sign_in(cast.seruni).get("/belajar/lain/m2/1/").status_code == 200


def test_a_course_that_is_not_on_this_site_keeps_nobody_out(cast, course, second, sign_in):
    CoursePage.objects.get(slug="kecil").unpublish()
    making.enrol(cast.seruni, second)
    assert sign_in(cast.seruni).get("/belajar/lain/m1/1/").status_code == 200


# Programme


def test_the_desk_gathers_the_courses_of_a_programme(cast, course, second, sign_in):
    making.enrol(cast.seruni, course)
    making.enrol(cast.seruni, second)
    page = words(sign_in(cast.seruni).get("/belajar/"))
    assert page.index("Program kampung</h2>") < page.index("Kelas Lain") < page.index("Kelas Kampung <small")


def test_a_changed_programme_shows_at_once(cast, course, second, sign_in):
    making.enrol(cast.seruni, second)
    browser = sign_in(cast.seruni)
    browser.get("/belajar/")
    programme = Programme.objects.get()
    programme.outer_title = "Program baru"
    programme.save()
    assert "Program baru</h2>" in words(browser.get("/belajar/"))


def test_a_trainer_writes_programmes_and_settings_in_the_editor(cast, course, sign_in, settings):
    settings.STAFF_SECOND_FACTOR = False
    call_command("set_up", verbosity=0)
    trainer = sign_in(cast.anggrek)
    sent = {"title": "Program", "outer_title": "Kampung", "intro": ""}
    assert trainer.post("/admin/snippets/courses/programme/add/", sent).status_code == 302
    assert Programme.objects.get().title == "Program"
    page = CoursePage.objects.get()
    assert "Program" in words(trainer.get(f"/admin/pages/{page.pk}/edit/"))
    assert sign_in(cast.soka).get("/admin/snippets/courses/programme/").status_code != 200


def test_the_editor_refuses_courses_that_wait_for_each_other(course, second):
    page = CoursePage.objects.get(slug="kecil")
    form_class = CoursePage.get_edit_handler().get_form_class()
    sent = {"title": "Kelas kecil", "slug": "kecil", "outer_title": "Kelas", "intro": "", "order": "free"}
    sent |= {"admission": "open", "programme_number": 0, "needs": [str(second.key)], "comments-TOTAL_FORMS": 0}
    form = form_class(sent | {"comments-INITIAL_FORMS": 0}, instance=page, parent_page=page.get_parent())
    assert "needs" in form.errors
    form = form_class(sent | {"comments-INITIAL_FORMS": 0, "needs": []}, instance=page, parent_page=page.get_parent())
    assert form.errors == {}


@pytest.mark.parametrize("slug", ["cari", "ikut", "undangan", "tempat"])
def test_a_course_cannot_take_an_address_of_the_desk(course, slug):
    from django.core.exceptions import ValidationError

    page = CoursePage.objects.get()
    page.slug = slug
    with pytest.raises(ValidationError):
        page.full_clean()


# Files


def test_settings_travel_in_the_file_and_come_back_byte_by_byte(course, second, tmp_path):
    page = CoursePage.objects.get(slug="lain")
    assert (page.order, page.needs, page.admission, page.programme.title) == (
        "free",
        [FIRST],
        "open",
        "Program pendamping",
    )
    writing.write_course(gathering.gather_course(page), tmp_path / "out")
    assert (tmp_path / "out" / "course.yaml").read_text() == OTHER["course.yaml"] + SETTINGS
    assert making.load(tmp_path / "out") == []


def test_a_course_with_usual_settings_says_nothing_of_them(course, tmp_path):
    writing.write_course(gathering.gather_course(CoursePage.objects.get()), tmp_path / "out")
    assert (tmp_path / "out" / "course.yaml").read_text() == making.COURSE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("order: sideways", "order"),
        ("admission: nobody", "admission"),
        ("needs: [m1]", "m1"),
        (f"needs: [{FIRST}]", "wait for itself"),
        ("programme: x", "Write names and values"),
        ("programme:\n  key: x\n  title: T\n  outer_title: O", "UUID"),
        ("programme:\n  key: 33333333-0000-4000-8000-000000000000\n  outer_title: O", "title"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_line(tmp_path, line, said):
    folder = making.write_folder(tmp_path / "kecil", **{"course.yaml": making.COURSE + line + "\n"})
    with pytest.raises(CurriculumRefused) as refused:
        reading.read_course(folder)
    assert any(said in str(problem) for problem in refused.value.problems)


def test_a_folder_that_closes_a_circle_of_courses_is_refused_whole(course, second, tmp_path):
    text = making.COURSE + "needs: [22222222-0000-4000-8000-000000000000]\n"
    folder = making.write_folder(tmp_path / "kreis", **{"course.yaml": text})
    with pytest.raises(Refused):
        loading.load_course(course=reading.read_course(folder), now=clock.now())
    assert CoursePage.objects.get(slug="kecil").needs == []
