"""The site's own settings with two more addresses: the measures that speeds are compared with."""

import sys

from lms.settings import *
from lms.settings import IS_SQLITE

ROOT_URLCONF = "tests.bench.urls"
CELERY_BEAT_SCHEDULE = {}

# Only the tests' requirements bring these, and REST framework loads what it finds. A site that `make run` installed has
# neither, so none is measured.
sys.modules["pygments"] = None  # type: ignore[assignment]
if IS_SQLITE:
    sys.modules["psycopg"] = None  # type: ignore[assignment]
