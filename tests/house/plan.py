"""The house as the tests read it: files, what kind each is, what it imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOPS = ("lms", "courses", "assessments", "certificates")

# From the bottom up: an app imports only from apps before it.
APPS = ("lms.kit", "lms.people", "lms.sync", "lms.library", "courses", "assessments", "certificates")

# The project package names apps as strings only; these few files are its doors.
PROJECT = "lms"

KINDS = ("rules", "models", "actions", "doors")
DOOR_NAMES = {
    "views",
    "forms",
    "offline",
    "tasks",
    "management",
    "wagtail_hooks",
    "urls",
    "templatetags",
    "apps",
    "middleware",
    "adapter",
    "context",
    "tiles",
}
MODEL_NAMES = {"models", "blocks", "fields"}


@dataclass(frozen=True)
class House:
    path: Path

    @property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def app(self) -> str:
        return next((app for app in APPS if self.name == app or self.name.startswith(app + ".")), PROJECT)

    @property
    def kind(self) -> str:
        if self.app in ("lms.kit", PROJECT):
            return "kit" if self.app == "lms.kit" else "project"
        inner = self.name.removeprefix(self.app).lstrip(".").split(".")
        if inner[0] == "rules":
            return "rules"
        if inner[0] in MODEL_NAMES:
            return "models"
        if set(inner) & DOOR_NAMES:
            return "doors"
        return "actions"

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every imported module or name, as (line, dotted name)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield node.lineno, f"{node.module}.{alias.name}"


def files(*, migrations: bool = False) -> list[House]:
    found = []
    for top in TOPS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                found.append(House(path))
    return found


def by_name() -> dict[str, House]:
    return {house.name: house for house in files()}


def target_of(dotted: str, names: dict[str, House]) -> House | None:
    """The file of ours that an import reaches, if any."""
    while dotted:
        if dotted in names:
            return names[dotted]
        dotted = dotted.rpartition(".")[0]
    return None
