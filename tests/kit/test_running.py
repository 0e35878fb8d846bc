"""One command serves everything, says when a part dies, and stops the rest."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lms import running

MAKEFILE = Path(__file__).parents[2] / "Makefile"


def process(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def test_a_part_that_dies_is_named_and_ends_the_watch(capfd: pytest.CaptureFixture[str]) -> None:
    parts = {"web": process("import time; time.sleep(60)"), "background work": process("raise SystemExit(3)")}
    try:
        assert running.watch(parts) == 1
    finally:
        running.stop(parts)
    assert "background work has died (exit code 3)" in capfd.readouterr().out
    assert parts["web"].returncode == -15


def test_a_part_that_does_not_stop_in_time_is_ended(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "GRACE_SECONDS", 0.5)
    stubborn = process(
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    started = threading.Event()
    threading.Timer(1.0, started.set).start()
    started.wait()
    running.stop({"web": stubborn})
    assert stubborn.wait(5) == -9
    assert "did not stop in time" in capfd.readouterr().out


@pytest.mark.parametrize(("own_settings", "said"), [(False, "demo=on second=off"), (True, "demo= second=")])
def test_make_run_is_the_demo_only_where_nobody_wrote_settings(tmp_path: Path, own_settings: bool, said: str) -> None:
    shutil.copy(MAKEFILE, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "demo=$DEMO second=$STAFF_SECOND_FACTOR port=${PORT-unset}"\n')
    python.chmod(0o755)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv" / ".runtime").touch()
    if own_settings:
        (tmp_path / ".env").write_text("DEMO=off\n")
    answer = subprocess.run(["make", "-s", "run"], cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True)
    assert answer.stdout.decode().strip() == f"{said} port=unset"
