"""How gunicorn serves the site: load once, warm up, freeze, then fork (about 60 MiB less memory)."""

import gc
import sys
from typing import Any

from lms import env

bind = f"{env.text('BIND', '127.0.0.1')}:{env.whole('PORT', 8000, low=1, high=65535)}"
workers = env.whole("WEB_WORKERS", 2, low=1, high=64)
threads = env.whole("WEB_THREADS", 4, low=1, high=64)
worker_class = "gthread"
preload_app = True
keepalive = 30
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
wsgi_app = "lms.wsgi:application"
control_socket_disable = True


# Others load these wherever they are found, and no page uses them (docs/decisions/0017): Willow the decoders of HEIC,
# which nobody may upload, REST framework a web client for its tests. Less memory, and less to attack.
for unused in ("pillow_heif", "requests"):
    sys.modules[unused] = None  # type: ignore[assignment]  # an import of it fails as if it were not installed


def when_ready(server: Any) -> None:
    """Answer one page before the fork, so that workers share what it loads; no connection may cross the fork."""
    from django.db import connections
    from django.test import Client

    Client().get("/akun/login/", headers={"host": "127.0.0.1"})
    connections.close_all()
    gc.collect()
    gc.freeze()
