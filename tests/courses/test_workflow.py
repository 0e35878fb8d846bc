"""A draft is read by a second person before it comes out; a small organisation is not held up (decisions/0012)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowState

from courses import importing, scheduling, setting_up
from courses.models import CourseImport, IndexPage, LessonPage, SecondReview
from courses.models.second_review import writer_of
from courses.rules import second_eyes
from lms.kit import clock
from lms.people import joining
from tests.cast import LONG_AGO, THEN
from tests.courses import making
from tests.courses.test_pages import edit, lesson_form

NEW = "Kalimat <b>baru</b> dari pelatih."


@pytest.fixture
def two_trainers(cast, course):
    """Soka trains too."""
    joining.give_role(person=cast.soka, kind="trainer", starts_on=LONG_AGO, now=THEN)
    return cast


def lesson() -> LessonPage:
    return making.lesson("m1/1")


def post(client, action, **changed):
    fields = {action: "1"}
    if action.startswith("review-"):
        fields = {"action-workflow-action": "1", "workflow-action-name": action.removeprefix("review-")}
    return client.post(f"/admin/pages/{lesson().pk}/edit/", {**lesson_form(**changed), **fields}, follow=True)


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def is_new(page) -> bool:
    return "baru" in str(page.body)


# Rules


def test_who_saved_again_without_changing_anything_wrote_nothing() -> None:
    assert second_eyes.last_hand([(2, "b"), (1, "b"), (3, "a")]) == 1
    assert second_eyes.last_hand([(2, "c"), (1, "b")]) == 2
    assert second_eyes.last_hand([]) is None


@pytest.mark.parametrize(("owner", "others", "may"), [(True, 3, True), (False, 0, True), (False, 1, False)])
def test_who_publishes_alone(owner: bool, others: int, may: bool) -> None:
    assert second_eyes.may_publish_alone(is_owner=owner, other_trainers=others) is may


# Through the door


def test_a_trainer_alone_publishes_at_once(cast, course, sign_in):
    edit(sign_in(cast.anggrek), lesson())
    assert is_new(lesson())


def test_with_a_second_trainer_a_draft_is_saved_and_the_sentence_says_what_to_do(two_trainers, sign_in):
    answer = post(sign_in(two_trainers.anggrek), "action-publish")
    assert not is_new(lesson())
    assert is_new(lesson().get_latest_revision_as_object())
    assert "Konsep tersimpan." in said(answer)


def test_the_owner_publishes_at_once(two_trainers, sign_in):
    edit(sign_in(two_trainers.jati), lesson())
    assert is_new(lesson())


def test_a_new_page_is_not_out_before_somebody_read_it(two_trainers, sign_in):
    parent = lesson().get_parent()
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", parent.pk])
    answer = sign_in(two_trainers.anggrek).post(address, {**lesson_form(slug="9"), "action-publish": "1"}, follow=True)
    assert not LessonPage.objects.get(slug="9").live
    assert "Konsep tersimpan." in said(answer)


def test_the_editor_offers_what_will_work(two_trainers, sign_in):
    address = f"/admin/pages/{lesson().pk}/edit/"
    trainer = sign_in(two_trainers.anggrek).get(address).content.decode()
    owner = sign_in(two_trainers.jati).get(address).content.decode()
    assert ("action-publish" in trainer, "action-submit" in trainer) == (False, True)
    assert ("action-publish" in owner, "action-submit" in owner) == (True, True)


def test_nobody_is_sent_into_a_review_that_nobody_could_read(cast, course, sign_in):
    joining.end_role(role=cast.jati.roles.get(kind="owner"), ends_on=LONG_AGO, now=THEN)
    page = sign_in(cast.anggrek).get(f"/admin/pages/{lesson().pk}/edit/").content.decode()
    assert ("action-publish" in page, "action-submit" in page) == (True, False)


def test_a_second_trainer_approves_and_the_draft_comes_out(two_trainers, sign_in):
    post(sign_in(two_trainers.anggrek), "action-submit")
    assert not is_new(lesson())
    post(sign_in(two_trainers.soka), "review-approve")
    assert is_new(lesson())
    assert WorkflowState.objects.get().status == "approved"


def test_nobody_approves_her_own_words(two_trainers, sign_in):
    anggrek = sign_in(two_trainers.anggrek)
    post(anggrek, "action-submit")
    answer = post(anggrek, "review-approve")
    assert not is_new(lesson())
    assert WorkflowState.objects.get().status == "in_progress"
    assert "Konsep ini Anda tulis." in said(answer)


def test_the_owner_does_not_approve_her_own_words_either_when_another_sent_them(two_trainers, sign_in):
    post(sign_in(two_trainers.jati), "action-save")
    post(sign_in(two_trainers.soka), "action-submit")
    post(sign_in(two_trainers.jati), "review-approve")
    assert not is_new(lesson())
    post(sign_in(two_trainers.soka), "review-approve")
    assert is_new(lesson())


def test_who_changes_a_draft_while_approving_has_written_it(two_trainers, sign_in):
    post(sign_in(two_trainers.anggrek), "action-submit")
    answer = post(sign_in(two_trainers.soka), "review-approve", title="Dapur dan ladang")
    assert lesson().title == "Dapur"
    assert writer_of(lesson()) == two_trainers.soka.pk
    assert "Konsep ini Anda tulis." in said(answer)
    post(sign_in(two_trainers.anggrek), "review-approve", title="Dapur dan ladang")
    assert lesson().title == "Dapur dan ladang"


def test_a_reader_asks_for_changes_and_the_draft_goes_back(two_trainers, sign_in):
    post(sign_in(two_trainers.anggrek), "action-submit")
    post(sign_in(two_trainers.soka), "review-reject")
    assert WorkflowState.objects.get().status == "needs_changes"
    assert not is_new(lesson())


def test_many_pages_at_once_are_not_published_past_the_reader(two_trainers, sign_in):
    page = lesson()
    post(sign_in(two_trainers.anggrek), "action-save")
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"
    sign_in(two_trainers.anggrek).post(address)
    assert not is_new(lesson())
    sign_in(two_trainers.jati).post(address, {"include_descendants": ""})
    assert is_new(lesson())


def test_a_learner_sees_no_step_of_it(two_trainers, sign_in):
    assert sign_in(two_trainers.seruni).get(f"/admin/pages/{lesson().pk}/edit/").status_code == 404


def test_a_folder_still_comes_in_with_two_trainers(two_trainers, tmp_path):
    changed = making.FILES["modul-01/2.md"].replace("Satu kalimat.", "Kalimat lain.")
    making.load(making.write_folder(tmp_path / "lagi", **{"modul-01/2.md": changed}))
    assert "Kalimat lain." in str(making.lesson("m1/2").body)


def test_a_zip_is_no_way_past_the_reader(two_trainers, sign_in):
    fields = {"name": "kelas.zip", "state": CourseImport.States.CHECKED, "made_at": THEN, "changed_at": THEN}
    fields["lines"] = ["Baru: Modul 1"]
    hers, owners = (CourseImport.objects.create(by=one, **fields) for one in (two_trainers.anggrek, two_trainers.jati))
    agree = reverse("course_import_agree", args=[hers.pk])
    assert agree not in sign_in(two_trainers.anggrek).get(reverse("course_import", args=[hers.pk])).content.decode()
    answer = sign_in(two_trainers.anggrek).post(agree)
    assert answer.status_code == 422
    assert "Pemilik situs yang memasukkannya." in answer.content.decode()
    importing.agree(row=owners, now=clock.now())
    assert CourseImport.objects.get(pk=owners.pk).state == CourseImport.States.AGREED
    assert CourseImport.objects.get(pk=hers.pk).state == CourseImport.States.CHECKED


# Set up


def test_the_way_of_a_draft_is_made_once_for_the_whole_tree(cast, course):
    setting_up.set_up()
    assert (SecondReview.objects.count(), Workflow.objects.filter(name=setting_up.WORKFLOW).count()) == (1, 1)
    assert lesson().get_workflow() == Workflow.objects.get(name=setting_up.WORKFLOW)
    assert set(SecondReview.objects.get().groups.values_list("name", flat=True)) == {"Pelatih", "Pemilik"}


def test_a_tree_from_which_somebody_took_the_way_stays_without_it(cast, course):
    WorkflowPage.objects.filter(page=IndexPage.objects.get()).delete()
    setting_up.set_up()
    assert lesson().get_workflow() is None


# Set for a day


def test_a_page_set_for_tomorrow_comes_out_tomorrow_and_once(cast, course, sign_in, monkeypatch):
    tomorrow = clock.now() + timedelta(days=1)
    edit(sign_in(cast.anggrek), lesson(), go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    assert not is_new(lesson())
    scheduling.publish_due()
    assert not is_new(lesson())
    later = tomorrow + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    scheduling.publish_due()
    assert is_new(lesson())
    published = lesson().last_published_at
    scheduling.publish_due()
    assert lesson().last_published_at == published


def test_what_expires_is_taken_back(cast, course, monkeypatch):
    Page.objects.filter(pk=lesson().pk).update(expire_at=clock.now() - timedelta(minutes=1))
    scheduling.publish_due()
    assert not lesson().live


# Revisions and locks, as Wagtail gives them, with our pages


def test_two_versions_are_compared_and_an_old_one_comes_back(cast, course, sign_in):
    anggrek = sign_in(cast.anggrek)
    old = lesson().save_revision()
    edit(anggrek, lesson())
    new = lesson().latest_revision
    compared = anggrek.get(f"/admin/pages/{lesson().pk}/revisions/compare/{old.pk}...{new.pk}/")
    assert compared.status_code == 200
    assert "menyiapkan" in compared.content.decode()
    restored = anggrek.get(f"/admin/pages/{lesson().pk}/revisions/{old.pk}/revert/")
    assert "menyiapkan" in restored.content.decode()


def test_a_locked_page_is_changed_by_nobody_else(two_trainers, sign_in):
    sign_in(two_trainers.jati).post(f"/admin/pages/{lesson().pk}/lock/")
    assert lesson().locked_by == two_trainers.jati
    post(sign_in(two_trainers.anggrek), "action-save")
    assert not is_new(lesson().get_latest_revision_as_object())
    sign_in(two_trainers.jati).post(f"/admin/pages/{lesson().pk}/unlock/")
    post(sign_in(two_trainers.anggrek), "action-save")
    assert is_new(lesson().get_latest_revision_as_object())
