"""Imports go down: from upper apps to lower ones, from doors to actions to models to rules."""

from tests.house.plan import APPS, KINDS, by_name, files, target_of

NAMES = by_name()


def test_every_import_goes_to_the_same_or_a_lower_app() -> None:
    faults = []
    for house in files():
        for line, dotted in house.imports():
            target = target_of(dotted, NAMES)
            if target is None or house.app == "lms" or target.app == "lms":
                continue
            if APPS.index(target.app) > APPS.index(house.app):
                faults.append(f"{house.name}:{line} imports {target.name} of an upper app")
    assert faults == []


def test_of_another_app_only_models_and_actions_are_imported() -> None:
    faults = []
    for house in files():
        for line, dotted in house.imports():
            target = target_of(dotted, NAMES)
            if target is None or target.app in (house.app, "lms.kit", "lms") or house.app == "lms":
                continue
            if target.kind == "doors":
                faults.append(f"{house.name}:{line} imports {target.name}, a door of another app")
    assert faults == []


def test_inside_an_app_arrows_go_from_doors_to_rules() -> None:
    faults = []
    for house in files():
        if house.kind not in KINDS:
            continue
        for line, dotted in house.imports():
            target = target_of(dotted, NAMES)
            if target is None or target.app != house.app or target.kind not in KINDS:
                continue
            if KINDS.index(target.kind) > KINDS.index(house.kind):
                faults.append(f"{house.name}:{line} ({house.kind}) imports {target.name} ({target.kind})")
    assert faults == []


def test_rules_import_no_django_and_nothing_of_ours_but_kit_and_rules() -> None:
    faults = []
    for house in files():
        if house.kind != "rules":
            continue
        for line, dotted in house.imports():
            top = dotted.split(".")[0]
            target = target_of(dotted, NAMES)
            foreign = target is not None and target.app != "lms.kit" and target.kind != "rules"
            if top in {"django", "wagtail", "allauth", "celery"} or foreign:
                faults.append(f"{house.name}:{line} imports {dotted}")
    assert faults == []


def test_there_is_no_circle_of_imports() -> None:
    arrows: dict[str, set[str]] = {}
    for house in files():
        inside = {target_of(dotted, NAMES) for _line, dotted in house.imports()}
        arrows[house.name] = {one.name for one in inside if one and one.name != house.name}
    done: set[str] = set()

    def circle_from(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if name in path:
            return (*path[path.index(name) :], name)
        if name in done:
            return ()
        for target in sorted(arrows.get(name, ())):
            found = circle_from(target, (*path, name))
            if found:
                return found
        done.add(name)
        return ()

    for name in sorted(arrows):
        assert circle_from(name, ()) == ()
