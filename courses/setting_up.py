"""What a site needs before anything is taught: the root of the page tree, and the editors' rights. Action."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from courses import indexing
from courses.models import HomePage, IndexPage, SecondReview
from lms.kit.writing import writing
from lms.people.joining import EDITOR_GROUPS

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Wagtail asks for the rights of its own image model, whichever model holds the pictures.
WORKFLOW = "Periksa, lalu terbitkan"
TASK = "Dibaca orang kedua"
WAGTAILS_WORKFLOW = "Moderators approval"  # comes with Wagtail, for a group that nobody here is in
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image")
_rights_from_above: set[str] = {"wagtailadmin.access_admin"}


def let_editors(*permissions: str) -> None:
    """An app above adds what editors may do with its snippets: `app.add_question`. Called at start-up."""
    _rights_from_above.update(permissions)


def set_up() -> IndexPage:
    """Make what is missing, change nothing that is there; returns the page that holds the courses."""
    with writing():
        index = _index(_home())
        indexing.index_missing()
        groups = [Group.objects.get_or_create(name=name)[0] for name in EDITOR_GROUPS.values()]
        for group in groups:
            _rights(group)
        _review(index, groups)
    return index


def _home() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        assert root is not None
        home = HomePage(title="Lopo", slug="beranda")
        root.add_child(instance=home)
    address = urlsplit(settings.SITE_URL)
    host, port = address.hostname or "localhost", address.port or (443 if settings.HTTPS else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname=host, port=port, site_name=settings.OUTER_TITLE, root_page=home, is_default_site=True)
        site.save()
    elif not isinstance(site.root_page.specific, HomePage):
        welcome = site.root_page
        site.root_page = home
        site.save()
        if not welcome.get_children().exists():
            welcome.delete()
    if (site.hostname, site.port, site.site_name) != (host, port, settings.OUTER_TITLE):
        site.hostname, site.port, site.site_name = host, port, settings.OUTER_TITLE
        site.save()
    return home


def _index(home: HomePage) -> IndexPage:
    index = IndexPage.objects.first()
    if index is None:
        index = IndexPage(title="Belajar", slug="belajar")
        home.add_child(instance=index)
    return index


def _review(index: IndexPage, groups: list[Group]) -> None:
    """The way of a draft: a second person reads it, then it is published. Made once; what the owner changes stays."""
    if SecondReview.objects.exists():
        return
    task = SecondReview.objects.create(name=TASK)
    task.groups.set(groups)
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=index, defaults={"workflow": workflow})
    for unused in Workflow.objects.active().filter(name=WAGTAILS_WORKFLOW):
        unused.deactivate()


def _rights(group: Group) -> None:
    """Pages from the home page down, pictures of the whole collection, and what apps above named."""
    home = HomePage.objects.first()
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=right)
    collection = Collection.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=PICTURE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)
    for name in _rights_from_above:
        app, _dot, codename = name.partition(".")
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
