"""How far a picture is on its way to phones, in the editor's lists."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.models import Picture

register = template.Library()


@register.filter
def light_state(picture: Picture) -> SafeString:
    """ "Ready: 24 kB", or that it is being made small; the list asks again while one is."""
    size = picture.light_bytes
    if size:
        return format_html("<span>{}</span>", _("Ready: %(size)s kB") % {"size": max(1, round(size / 1000))})
    return format_html("<span data-unfinished>{}</span>", _("Being made small …"))
