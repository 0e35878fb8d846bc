"""A wrong value in the environment stops the start with a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms import env


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


@pytest.mark.parametrize(("word", "value"), [("on", True), ("1", True), ("Off", False), ("no", False), ("", True)])
def test_a_flag_is_on_or_off(setting: pytest.MonkeyPatch, word: str, value: bool) -> None:
    setting.setenv("A_FLAG", word)
    assert env.flag("A_FLAG", True) is value


def test_numbers_folders_lists_and_addresses_are_read(setting: pytest.MonkeyPatch, tmp_path: Path) -> None:
    setting.setenv("A", "8001")
    setting.setenv("B", str(tmp_path))
    setting.setenv("C", "a, b ,,c")
    setting.setenv("D", "https://lopo.example/")
    assert env.whole("A", 1) == 8001
    assert env.folder("B", Path("/")) == tmp_path
    assert env.words("C") == ["a", "b", "c"]
    assert env.web_address("D", "") == "https://lopo.example"
    assert env.text("NOT_SET", "x") == "x"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("A"), "maybe"),
        (lambda: env.whole("A", 1, high=10), "11"),
        (lambda: env.whole("A", 1), "many"),
        (lambda: env.web_address("A", "http://a"), "lopo.example"),
        (lambda: env.database("A", "sqlite:///x"), "mysql://x/y"),
        (lambda: env.database("A", "sqlite:///x"), "postgres://host"),
        (lambda: env.database("A", "sqlite:///x"), "sqlite:///"),
    ],
)
def test_a_wrong_value_is_named_in_a_sentence(setting: pytest.MonkeyPatch, read: object, value: str) -> None:
    setting.setenv("A", value)
    with pytest.raises(ImproperlyConfigured, match=r"^A must be .*, not '.*'\.$"):
        read()  # type: ignore[operator]


def test_databases_are_read_from_an_address() -> None:
    small = env.database("NOT_SET", "sqlite:///var/lopo.sqlite3")
    assert (small["ENGINE"], small["NAME"]) == ("django.db.backends.sqlite3", "var/lopo.sqlite3")
    assert env.database("NOT_SET", "sqlite:////srv/lopo.sqlite3")["NAME"] == "/srv/lopo.sqlite3"
    big = env.database("NOT_SET", "postgres://lopo:a%40b@db.example:5433/lopo")
    assert big == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "lopo",
        "USER": "lopo",
        "PASSWORD": "a@b",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert env.database("NOT_SET", "postgresql://postgres@/lopo?host=/tmp/socket")["HOST"] == "/tmp/socket"  # noqa: S108


def test_a_dotenv_file_fills_what_is_not_set(setting: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\n\nONE='1'\nTWO=2\n")
    setting.setenv("TWO", "kept")
    setting.setenv("ONE", "")
    env.load_dotenv(file)
    assert (env.text("ONE"), env.text("TWO")) == ("1", "kept")
    setting.delenv("ONE")
    file.write_text("no sign here\n")
    with pytest.raises(ImproperlyConfigured, match=r"Line 1 of \.env"):
        env.load_dotenv(file)


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret"
    first = env.made_secret(file)
    assert len(first) > 60
    assert env.made_secret(file) == first
    assert file.stat().st_mode & 0o077 == 0
