from pathlib import Path
from typing import Any

import pytest

from courses.rules import CoursePlan
from tests.courses import making


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    """Queries are counted here: no other run may empty the cache in between."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "courses"}}


@pytest.fixture
def course(db: None, tmp_path: Path) -> CoursePlan:
    """The small course, published."""
    return making.small_course(tmp_path / "kecil")
