from typing import Any

from django import template

from certificates import designing

register = template.Library()


@register.simple_tag
def drawn_layout(layout: dict[str, Any], mode: str) -> list[str]:
    """Front and back of an example in this layout, as addresses of pictures."""
    return designing.preview(layout, mode)
