"""A branching story walked in a browser, with scripts and without: each choice explains itself, each way ends."""

import pytest
import yaml
from playwright.sync_api import Browser

from tests.browser.walk import CONTENT, MODULE, Walk, walking

PIN, PASSWORD = "246810", "lopo-demo-2026"
pytestmark = pytest.mark.xdist_group("product")
STORY = yaml.safe_load((CONTENT / "modul-01" / "skenario.yaml").read_text(encoding="utf-8"))
SCENES = {scene["id"]: scene for scene in STORY["scenes"]}
# Who has done the first module already: one walks with scripts, one without.
WHO = {True: "anggota", False: "anggota2"}


def decide(walk: Walk, scene: str, number: int) -> str:
    """Choose, read what it does and why; returns where it leads."""
    choice = SCENES[scene]["choices"][number]
    walk.page.locator("input[name=way]").nth(number).check(force=True)
    walk.press("main form button.next")
    assert choice["effect"].split(".")[0] in " ".join(walk.text().split())
    assert choice["reason"].split(".")[0] in " ".join(walk.text().split())
    return str(choice["to"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_she_meets_an_unsafe_ending_tries_again_and_ends_safely(browser: Browser, product: str, scripts: bool) -> None:
    with walking(browser, product, scripts=scripts) as walk:
        walk.sign_in(WHO[scripts], PIN)
        walk.go(f"{MODULE}skenario/")
        walk.press("main form button.next")
        assert walk.path().startswith("/skenario/")
        scene = STORY["start"]
        for number in way_to(STORY["start"], "unsafe"):
            scene = decide(walk, scene, number)
        assert SCENES[scene]["ending"] == "unsafe"
        walk.press("main form button[name=again]")
        scene = SCENES[scene]["back"]
        for number in way_to(scene, "safe"):
            scene = decide(walk, scene, number)
        assert SCENES[scene]["helped"].split(".")[0] in " ".join(walk.text().split())
        walk.press("main a[href$='/jalan/']")
        assert walk.path().endswith("/jalan/")
        way = walk.path()
    with walking(browser, product, scripts=scripts, looks=False) as trainer:
        trainer.go(f"/akun/login/?next={way}")
        trainer.page.fill("[name=login]", "pelatih")
        trainer.page.fill("[name=password]", PASSWORD)
        trainer.press("main form button.next")
        assert trainer.path() == way
        assert trainer.page.locator("main ol > li").count() >= 2


def way_to(start: str, ending: str) -> list[int]:
    """The choices that lead from a scene to an ending of this kind, the fewest."""
    waiting: list[tuple[str, list[int]]] = [(start, [])]
    seen = {start}
    while waiting:
        scene, taken = waiting.pop(0)
        if SCENES[scene].get("ending") == ending:
            return taken
        for number, choice in enumerate(SCENES[scene].get("choices", ())):
            if choice["to"] not in seen:
                seen.add(choice["to"])
                waiting.append((choice["to"], [*taken, number]))
    raise AssertionError(f"No way from {start} to an ending that is {ending}.")
