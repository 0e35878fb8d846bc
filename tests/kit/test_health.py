"""The operator's two probes."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lms.kit import health, signing


def test_a_living_process_says_so() -> None:
    assert Client().get("/sehat/hidup").content == b"ok"


@pytest.mark.django_db
def test_a_site_with_everything_is_ready_and_one_without_keys_is_not(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    without = Client().get("/sehat/siap")
    assert without.status_code == 503
    assert without.json() == {"database": True, "cache": True, "broker": True, "storage": True, "keys": False}
    signing.make_key_if_none()
    assert Client().get("/sehat/siap").status_code == 200


def test_whatever_breaks_the_answer_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise OSError("no room")

    monkeypatch.setattr(health, "CHECKS", {"storage": broken})
    answer = Client().get("/sehat/siap")
    assert (answer.status_code, answer.json()) == (503, {"storage": False})
