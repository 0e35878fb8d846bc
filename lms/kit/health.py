"""Is the process alive, and can the site work? For the operator's probes."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from lms.celery import app
from lms.kit import signing


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything answers, else 503 with the name of what does not."""
    answers = {name: _works(check) for name, check in CHECKS.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever breaks there, the answer is "not ready"
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    cache.set("sehat", 1, 5)
    return cache.get("sehat") == 1


def _broker() -> bool:
    with app.connection_for_read() as link:
        link.ensure_connection(max_retries=1, timeout=2)
    return True


def _storage() -> bool:
    probe = settings.DATA_DIR / "probe"
    probe.write_text("ok")
    probe.unlink()
    return True


def _keys() -> bool:
    return bool(signing.public_keys())


CHECKS = {"database": _database, "cache": _cache, "broker": _broker, "storage": _storage, "keys": _keys}
