from pathlib import Path

import pytest

from courses.rules import CoursePlan
from tests.courses import making


@pytest.fixture
def course(db: None, tmp_path: Path) -> CoursePlan:
    """The small course, published."""
    return making.small_course(tmp_path / "kecil")
