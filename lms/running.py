"""`python -m lms.running`: prepare the site and serve all of it, web and background work, under one command.

Ctrl-C stops both cleanly. When one of them dies, the other is stopped and the exit code says so.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from types import FrameType

from lms import env, settings

PYTHON = sys.executable
GRACE_SECONDS = 25


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def prepare() -> None:
    """Bring everything up to date in a process of its own; stop with a sentence when a step fails.

    The folders of the queue come first: the demo cast already asks the worker for papers.
    """
    for folder in ("queue", "processed", "control"):
        (settings.DATA_DIR / "broker" / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    done = subprocess.run([PYTHON, "-m", "lms.preparing"], cwd=settings.BASE_DIR, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"The last step failed (exit code {done.returncode}). Read the lines above and try again.")


def start() -> dict[str, subprocess.Popen[bytes]]:
    """Start gunicorn and the Celery worker with beat, each in its own process group."""
    commands = {
        "web": ["-m", "gunicorn", "--config", "python:lms.gunicorn_conf"],
        "background work": [
            *("-m", "celery", "--quiet", "--app", "lms.celery", "worker"),
            *("--beat", "--pool", "threads", "--concurrency", "2"),
            *("--schedule", str(settings.DATA_DIR / "beat"), "--loglevel", "WARNING", "--without-mingle"),
            "--without-gossip",
        ],
    }
    if os.getuid() == 0:
        os.environ.setdefault("C_FORCE_ROOT", "1")
    return {
        name: subprocess.Popen([PYTHON, *command], cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
        for name, command in commands.items()
    }


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each to finish what it does; insist after a while."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for name, process in processes.items():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{name} did not stop in time and was ended.")
            os.killpg(process.pid, signal.SIGKILL)


def announce(port: int, web: subprocess.Popen[bytes]) -> None:
    """Wait for the first answer and say where the site is."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        if web.poll() is not None:
            return
        try:
            with urllib.request.urlopen(f"{address}/sehat/hidup", timeout=2):  # noqa: S310
                break
        except OSError:
            time.sleep(0.1)
    say(f"\nLopo is running: {address}   (Ctrl-C stops it)")


def watch(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Return when a process dies; the exit code is 1 then."""
    while True:
        for name, process in processes.items():
            code = process.poll()
            if code is not None:
                say(f"{name} has died (exit code {code}). Stopping the rest.")
                return 1
        time.sleep(0.3)


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        prepare()
        processes = start()
        announce(env.whole("PORT", 8000, low=1, high=65535), processes["web"])
        return watch(processes)
    except Interrupted:
        say("\nStopping ...")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(processes)


if __name__ == "__main__":
    sys.exit(main())
