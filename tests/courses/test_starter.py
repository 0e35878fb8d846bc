"""The starter course that comes with the product: it loads, it says what it must, it comes back byte by byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from courses import outline, rules
from courses.curriculum import reading
from courses.curriculum.files import files_in

# Lessons of each module.
LESSONS = {1: 4, 2: 5, 3: 5, 4: 5, 5: 5, 6: 5, 7: 5, 8: 4}
FOLDER = Path(settings.BASE_DIR) / "courses" / "content" / "ids"


@pytest.fixture(scope="module")
def course():
    return reading.read_course(FOLDER)


def lessons(course):
    return [(module, step) for module in course.modules for step in module.steps if step.kind == "lesson"]


def test_it_loads_twice_without_a_change_and_comes_back_byte_by_byte(db, tmp_path):
    call_command("load_curriculum", str(FOLDER), stdout=StringIO())
    out = StringIO()
    call_command("load_curriculum", str(FOLDER), stdout=out)
    assert out.getvalue() == "Tidak ada yang berubah.\n"
    call_command("export_course", "dasar", str(tmp_path), stdout=StringIO())
    files = [path for path in FOLDER.rglob("*") if path.is_file() and "/." not in path.as_posix()]
    assert len(files) == len([path for path in tmp_path.rglob("*") if path.is_file()])
    for path in files:
        assert (tmp_path / path.relative_to(FOLDER)).read_bytes() == path.read_bytes(), path.name
    plan = outline.plan_of("dasar")
    assert [module.code for module in plan.modules] == [f"m{number}" for number in range(1, 9)]
    exam = plan.modules[0].steps[-1]
    assert rules.lock_reason(plan, plan.modules[0], exam, ()) is not None


def test_every_module_is_whole(course):
    rest = ["practice", "scenario", "practical", "exam"]
    kinds = {module.head.code: [step.kind for step in module.steps] for module in course.modules}
    before, after = {1: ["exam"]}, {8: ["exam"]}  # the tests before and after the training
    assert kinds == {
        f"m{number}": before.get(number, []) + ["lesson"] * count + rest + after.get(number, [])
        for number, count in LESSONS.items()
    }
    for module in course.modules:
        pictures = {picture.name for step in module.steps if step.kind == "lesson" for picture in files_of(step)}
        assert len(pictures) >= 2, module.head.code
        assert sum(question.is_critical for question in module.parts["questions.yaml"]) >= 1, module.head.code


def files_of(step):
    return [file for block in step.rest.blocks for file in files_in(block.data)]


def test_every_lesson_has_a_self_check_a_key_point_and_a_named_source(course):
    for module, step in lessons(course):
        names = [block.name for block in step.rest.blocks]
        assert {"self_check", "key_point"} <= set(names), (module.head.code, step.code)
        assert step.rest.sources, (module.head.code, step.code)


def test_a_story_with_a_content_note_offers_another_task(course):
    stories = [block.data for _module, step in lessons(course) for block in step.rest.blocks if block.name == "story"]
    assert stories
    for story in stories:
        assert bool(story["note"]) <= bool(story["neutral"]), story["id"]


def test_no_story_repeats_its_own_heading_in_the_text(course):
    for module, step in lessons(course):
        for before, block in zip(step.rest.blocks, step.rest.blocks[1:], strict=False):
            if block.name == "story" and before.name == "text":
                last = before.data["text"].rpartition("\n")[2]
                assert not last.startswith("### Cerita"), (module.head.code, step.code)
