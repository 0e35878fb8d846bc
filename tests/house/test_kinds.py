"""A file keeps the promise of its kind."""

import ast
import re

from lms.sync import registry
from tests.house.plan import ROOT, House, files

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "save_revision",
    "publish",
}
# Calls that are no writes to our tables: sessions, dictionaries, querydicts.
HARMLESS = {"session", "cleaned_data", "attrs", "context", "headers", "digest", "params", "super()"}
KINDS_OF_THIS_PRODUCT = {
    "courses.lesson_done",
    "courses.feedback",
    "assessments.practice",
    "assessments.exam",
    "assessments.practical",
    "assessments.scenario",
    "certificates.hours",
    "certificates.hours_verdict",
    "certificates.reflection",
    "certificates.pledge",
}


def calls(house: House) -> list[tuple[int, str, str]]:
    """(line, receiver, method) of every method call."""
    return [
        (node.lineno, ast.unparse(node.func.value), node.func.attr)
        for node in ast.walk(house.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def test_doors_write_nothing() -> None:
    faults = [
        f"{house.name}:{line} calls {receiver}.{method}()"
        for house in files()
        if house.kind == "doors"
        for line, receiver, method in calls(house)
        if method in WRITES and not any(word in receiver for word in HARMLESS)
    ]
    assert faults == []


def test_doors_fetch_single_objects_through_the_filter_of_sight() -> None:
    bare = re.compile(r"\.get\((pk|id)\s*=|get_object_or_404\(")
    faults = [
        f"{house.name}: {match.group()}"
        for house in files()
        if house.kind == "doors"
        for match in bare.finditer(house.path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_pages_call_no_action() -> None:
    faults = [
        f"{house.name}:{line} imports {dotted}"
        for house in files()
        if house.kind == "models"
        for line, dotted in house.imports()
        if dotted.endswith(("receiving", "trailing", "joining", "enrolling", "progressing", "attempting", "issuing"))
    ]
    assert faults == []


def test_every_entry_kind_has_a_registered_handler() -> None:
    assert registry.kinds() == KINDS_OF_THIS_PRODUCT


def test_every_entry_kind_named_in_a_script_has_a_handler() -> None:
    named = {
        match
        for path in (ROOT / "lms" / "static").rglob("*.js")
        for match in re.findall(r"[\"'](?:courses|assessments|certificates)\.[a-z_]+[\"']", path.read_text("utf-8"))
    }
    assert {name.strip("\"'") for name in named} <= registry.kinds()


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "core", "misc", "manager", "util", "helper"}
    assert [house.name for house in files() if set(house.name.split(".")) & empty] == []


def test_the_only_listener_of_signals_is_editions() -> None:
    listeners = {
        house.name
        for house in files()
        if any("signals" in dotted and not dotted.startswith("signal") for _line, dotted in house.imports())
    }
    assert listeners <= {"courses.editions"}
