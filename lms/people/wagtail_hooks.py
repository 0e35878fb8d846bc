"""The editor's menu: the way out, and the way back to the site."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def quick_exit() -> MenuItem:
    return MenuItem(_("Quick exit"), reverse("quick_exit"), icon_name="logout", order=1)


@hooks.register("register_admin_menu_item")
def own_page() -> MenuItem:
    return MenuItem(_("Me"), reverse("me"), icon_name="user", order=9000)
