"""What every test may ask for: the cast, a signed-in client, a quick database."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import Client, override_settings

from lms.people.models import Person
from tests.cast import Cast, make_cast

# A shared machine is slow at times; that is no fault of a rule.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("DATA_DIR", "KEYS_DIR", "PAPERS_DIR", "MEDIA_ROOT", "STATIC_ROOT")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every run writes its keys, papers, pictures and cache into a folder of its own.

    By Django's own way of setting: it also closes a cache that was opened before.
    """
    folder = tmp_path_factory.mktemp("data")
    places = {name: folder / name.lower() for name in PLACES}
    for place in places.values():
        place.mkdir()
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder / "cache"}
    # Tests of the second factor turn it on; everyone else signs in with one step.
    # The quick hasher: the real one is slow on purpose.
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(**places, CACHES={"default": files}, STAFF_SECOND_FACTOR=False, PASSWORD_HASHERS=hashers):
        yield


def migrated_template() -> Path:
    """An SQLite file with all migrations run; made once for each state of the migrations."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("lms/*/migrations/*.py")):
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    template = ROOT / "var" / "tests" / f"{digest.hexdigest()[:16]}.sqlite3"
    template.parent.mkdir(parents=True, exist_ok=True)
    with (template.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.is_file():
            half = template.with_suffix(".half")
            half.unlink(missing_ok=True)
            env = {**os.environ, "DATABASE_URL": f"sqlite:///{half}", "DJANGO_SETTINGS_MODULE": "lms.settings"}
            command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            half.rename(template)
    return template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite every process works on its own copy of the migrated file."""
    if settings.IS_SQLITE:
        copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
        shutil.copyfile(migrated_template(), copy)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return settings.IS_SQLITE


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def own_broker() -> Iterator[None]:
    """What tests ask the worker for must never reach a site that runs on this machine."""
    from lms.celery import app

    before = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.update(broker_url="memory://", broker_transport_options={})
    yield
    app.conf.broker_url, app.conf.broker_transport_options = before


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def browser_of(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return browser_of
