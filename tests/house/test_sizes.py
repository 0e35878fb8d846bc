"""No file over 400 lines, no function over 60, no view over 25."""

import ast
import subprocess
from pathlib import Path

from tests.house.plan import ROOT, files

MOST_LINES = {"file": 400, "function": 60, "view": 25}
CODE = {".py", ".js", ".css", ".html"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_is_over_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix in CODE and "migrations" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES["file"]
    }
    assert long == {}


def test_no_function_is_over_60_lines_and_no_view_over_25() -> None:
    long = {}
    for house in files():
        is_views = "views" in house.name.split(".")
        for node in ast.walk(house.tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            takes_request = bool(node.args.args) and node.args.args[0].arg == "request"
            most = MOST_LINES["view" if is_views and takes_request else "function"]
            if lines > most:
                long[f"{house.name}.{node.name}"] = lines
    assert long == {}
