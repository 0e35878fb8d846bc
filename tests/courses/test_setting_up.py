"""A fresh site gets its tree and its editors' rights; a second time changes nothing."""

from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site

from courses import setting_up
from courses.models import HomePage, IndexPage


def test_the_welcome_page_makes_room_for_ours(db):
    out = StringIO()
    call_command("set_up", stdout=out)
    home = HomePage.objects.get()
    assert out.getvalue() == "Ready: /beranda/belajar/\n"
    assert Site.objects.get(is_default_site=True).root_page.pk == home.pk
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr]
    assert IndexPage.objects.get().get_url() == "/belajar/"


def test_setting_up_twice_changes_nothing(db):
    setting_up.set_up()
    before = Page.objects.count(), GroupPagePermission.objects.count(), Group.objects.count()
    assert setting_up.set_up() == IndexPage.objects.get()
    assert (Page.objects.count(), GroupPagePermission.objects.count(), Group.objects.count()) == before


def test_a_site_without_a_default_gets_one(db):
    Site.objects.all().delete()
    setting_up.set_up()
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_a_welcome_page_that_somebody_built_on_stays(db):
    welcome = Site.objects.get().root_page
    welcome.add_child(instance=Page(title="Eigen", slug="eigen"))
    setting_up.set_up()
    assert Page.objects.filter(slug="eigen").exists()


def test_a_trainer_may_edit_and_publish_and_a_learner_may_not(cast, course):
    page = IndexPage.objects.get()
    trainer, learner = (page.permissions_for_user(person) for person in (cast.anggrek, cast.seruni))
    assert trainer.can_edit()
    assert trainer.can_publish_subpage()
    assert not learner.can_edit()
    assert cast.anggrek.has_perm("wagtailadmin.access_admin")
    assert not cast.seruni.has_perm("wagtailadmin.access_admin")
    assert not cast.soka.has_perm("wagtailadmin.access_admin")


def test_a_trainer_may_bring_pictures_and_a_learner_may_not(cast, course, sign_in):
    assert sign_in(cast.anggrek).get("/admin/images/add/").status_code == 200
    assert sign_in(cast.seruni).get("/admin/images/add/").status_code == 404


def test_an_app_above_lets_editors_do_more(cast, course, monkeypatch):
    monkeypatch.setattr(setting_up, "_rights_from_above", set())
    setting_up.let_editors("courses.add_picture")
    setting_up.set_up()
    assert Group.objects.get(name="Pelatih").permissions.filter(codename="add_picture").exists()
