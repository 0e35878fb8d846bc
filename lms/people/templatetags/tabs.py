"""The tabs of the person who is signed in: the desks of her roles."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people import scoping

register = template.Library()

Tab = tuple[str, str, Promise]  # icon, address, word
TABS: dict[str, tuple[Tab, ...]] = {
    "learner": (
        ("book", "/belajar/", _("Learn")),
        ("clock", "/magang/", _("Internship")),
        ("cert", "/sertifikat/", _("Certificate")),
    ),
    "mentor": (("clock", "/pembimbing/", _("Hours")), ("all", "/pembimbing/binaan/", _("Mentees"))),
    "coordinator": (("ok", "/koordinasi/", _("Certify")), ("all", "/koordinasi/orang/", _("People"))),
    "trainer": (
        ("ok", "/penilaian/", _("Grading")),
        ("all", "/kelas/", _("Classes")),
        ("pen", "/admin/", _("Editor")),
    ),
    "owner": (("pen", "/admin/", _("Editor")),),
}


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def tabs(context: template.Context) -> dict[str, Any]:
    """The tab whose address begins the page's own, longest first, is the current one."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if request is None or person is None or not person.is_authenticated:
        return {"tabs": ()}
    shown = tabs_for(person)
    current = max((address for _icon, address, _word in shown if request.path.startswith(address)), key=len, default="")
    return {"tabs": shown, "current": current}


def tabs_for(person: Any) -> list[Tab]:
    found = [tab for kind, some in TABS.items() if scoping.has_role(person, kind) for tab in some]
    return [*{tab[1]: tab for tab in found}.values(), ("me", "/saya/", _("Me"))]
