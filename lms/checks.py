"""What must be right before the site starts, in sentences."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution


@register()
def data_folder_can_be_written(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    if os.access(folder, os.W_OK):
        return []
    return [Error("The data folder cannot be written.", hint="Set DATA_DIR to a folder of this user.", id="lopo.E001")]


@register(deploy=True)
def staff_have_a_second_factor(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [Caution("Staff sign in without a second factor.", hint="Set STAFF_SECOND_FACTOR=on.", id="lopo.W001")]


@register(deploy=True)
def this_is_no_demo(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    return [Caution("This is the demo: its logins are public.", hint="Set DEMO=off.", id="lopo.W002")]


@register(deploy=True)
def people_reach_the_site_by_https(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    if settings.HTTPS:
        return []
    return [Caution("The site is not served by HTTPS.", hint="Set SITE_URL=https://...", id="lopo.W003")]
