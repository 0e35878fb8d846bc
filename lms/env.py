"""Typed readers of the environment: a wrong value stops the start with a sentence."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

TRUE_WORDS = frozenset({"1", "on", "true", "yes"})
FALSE_WORDS = frozenset({"0", "off", "false", "no", ""})


def load_dotenv(path: Path) -> None:
    """Put the `NAME=value` lines of a file into the environment; what is set there and not empty stays."""
    if not path.is_file():
        return
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, sign, value = line.partition("=")
        if not sign or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"Line {number} of {path.name} is not of the form NAME=value.")
        os.environ[name.strip()] = os.environ.get(name.strip()) or value.strip().strip("'\"")


def _read(name: str, default: T, convert: Callable[[str], T], form: str) -> T:
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        return convert(value)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} must be {form}, not {value!r}.") from error


def text(name: str, default: str = "") -> str:
    return _read(name, default, str, "a text")


def flag(name: str, default: bool = False) -> bool:
    def convert(value: str) -> bool:
        word = value.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ValueError(word)

    return _read(name, default, convert, "on or off")


def whole(name: str, default: int, *, low: int = 0, high: int = 2**31) -> int:
    def convert(value: str) -> int:
        number = int(value)
        if not low <= number <= high:
            raise ValueError(number)
        return number

    return _read(name, default, convert, f"a whole number from {low} to {high}")


def folder(name: str, default: Path) -> Path:
    return _read(name, default, lambda value: Path(value).expanduser().absolute(), "a folder")


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return _read(name, list(default), lambda value: [w.strip() for w in value.split(",") if w.strip()], "a list")


def web_address(name: str, default: str) -> str:
    def convert(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(value)
        return value.rstrip("/")

    return _read(name, default, convert, "an address that starts with http:// or https://")


def database(name: str, default: str) -> dict[str, object]:
    """Read a database address.

    `sqlite:///relative/file` or `sqlite:////absolute/file`, or `postgres://user:password@host:port/name`
    (a host that starts with `/` or comes as `?host=` is a socket folder). Returns Django's keys
    ENGINE, NAME, USER, PASSWORD, HOST, PORT. Raises ImproperlyConfigured with a sentence.
    """

    def convert(value: str) -> dict[str, object]:
        parts = urlsplit(value)
        if parts.scheme == "sqlite":
            if not parts.path.strip("/"):
                raise ValueError(value)
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path.removeprefix("/"))}
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise ValueError(value)
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", "")) or parts.hostname or "",
            "PORT": str(parts.port or ""),
        }

    form = "of the form sqlite:///file or postgres://user:password@host:port/name"
    return _read(name, convert(default), convert, form)


def host_of(address: str) -> str:
    return urlsplit(address).hostname or "localhost"


def made_secret(path: Path) -> str:
    """Read the secret key of this installation; make it, readable by the owner alone, at the first start."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")
