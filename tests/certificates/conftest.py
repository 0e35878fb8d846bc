import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def own_cache(settings):
    """Counts of queries and of misses must not depend on another process that empties the shared cache."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
