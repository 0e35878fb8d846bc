"""A whole site in a folder of its own, and a person who asks it things."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from lms.preparing import compile_code

ROOT = Path(__file__).resolve().parent.parent.parent
PORT = 8765
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Visitor:
    """A browser without a screen: one connection, its cookies."""

    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection = field(
        default_factory=lambda: http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    )

    def ask(
        self, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        """(status, raw body, headers) of a GET, or of a POST when there is a body."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        self.connection.request("POST" if body is not None else "GET", path, body=body, headers=sent)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def sign_in(self, username: str, secret: str) -> "Visitor":
        _status, page, _headers = self.ask("/akun/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = urlencode({"csrfmiddlewaretoken": token[1].decode(), "login": username, "password": secret})
        status, _page, _headers = self.ask("/akun/login/", form, {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 302, f"signing in answered {status}"
        return self

    def like(self) -> "Visitor":
        """Another connection of the same session."""
        return Visitor(dict(self.cookies))


@dataclass
class Site:
    folder: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_in: float = 0
    loaded_in: float = 0

    def manage(self, *command: str) -> None:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, check=True)

    def run(self, module: str) -> None:
        subprocess.run([sys.executable, "-m", module], cwd=ROOT, env=self.env, check=True)

    def pids(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """User and system time of the whole web process group."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def pss_mib(self) -> float:
        """Proportional memory of the web process group, in MiB."""
        total = 0
        for pid in self.pids():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]
        return total / 1024


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Prepare the demo in the folder and serve it until the block ends."""
    env = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PORT": str(PORT),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DEMO": "on",
        "STAFF_SECOND_FACTOR": "off",
        "SECRET_KEY": "only-for-measuring",
    }
    site = Site(folder, env)
    compile_code(ROOT)
    for command in (
        ("migrate", "--verbosity=0"),
        ("set_up",),
        ("collectstatic", "--noinput", "--verbosity=0"),
        ("load_curriculum", "courses/content/ids"),
        ("load_standard", "certificates/content/pendamping-2026.yaml"),
        ("seed_demo",),
    ):
        begun = time.perf_counter()
        site.manage(*command)
        if command[0] == "load_curriculum":
            site.loaded_in = time.perf_counter() - begun
    begun = time.perf_counter()
    site.process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:lms.gunicorn_conf"], cwd=ROOT, env=env
    )
    try:
        site.started_in = wait_for(begun)
        yield site
    finally:
        site.process.terminate()
        site.process.wait(30)


def wait_for(begun: float) -> float:
    """Seconds until the login page answers 200."""
    while time.perf_counter() - begun < 60:
        try:
            status, _body, _headers = Visitor().ask("/akun/login/")
        except OSError:
            time.sleep(0.02)
            continue
        if status == 200:
            return time.perf_counter() - begun
    raise TimeoutError("The site did not answer within a minute.")
