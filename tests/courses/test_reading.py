"""A folder is read whole, or refused whole with every error named by file and line."""

import pytest

from courses.curriculum import reading, writing
from courses.curriculum.problems import CurriculumRefused
from tests.courses.making import FILES, LESSON_1, MODULE_1, put_picture, write_folder


def problems_of(folder):
    with pytest.raises(CurriculumRefused) as refused:
        reading.read_course(folder)
    return [problem.render(str) for problem in refused.value.problems]


def problems_in(tmp_path, **changed):
    return problems_of(write_folder(tmp_path / "kecil", **changed))


def test_a_course_is_read_with_its_modules_and_lessons(tmp_path):
    course = reading.read_course(write_folder(tmp_path / "kecil"))
    assert (course.head.slug, [module.head.code for module in course.modules]) == ("kecil", ["m1", "m2"])
    lesson = course.modules[0].steps[0]
    assert [block.name for block in lesson.rest.blocks] == [
        "text",
        "picture",
        "self_check",
        "key_point",
        "callout",
        "term",
        "story",
    ]
    assert str(lesson.rest.checked_on) == "2026-03-31"
    assert lesson.rest.blocks[-1].data["text"] == "Ibu Cempaka mengetuk pintu.\n\n“Di sini aman.”"


def test_what_was_read_is_written_back_byte_by_byte(tmp_path):
    folder = write_folder(tmp_path / "kecil")
    written = writing.write_course(reading.read_course(folder), tmp_path / "kembali")
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert sorted(str(path.relative_to(tmp_path / "kembali")) for path in written) == names
    for name in names:
        assert (tmp_path / "kembali" / name).read_bytes() == (folder / name).read_bytes(), name


LESSON_ERRORS = [
    ("key: 11111111-0000-4000-8000-000000000011", "key: satu", "modul-01/1.md:2: “key” is not a UUID. Make a new one."),
    ("title: Dapur\n", "", "modul-01/1.md:2: “title” is missing."),
    ("title: Dapur\n", 'title: ""\n', "modul-01/1.md:3: “title” is empty."),
    ("minutes: 12", "minutes: lama", "modul-01/1.md:5: “minutes” takes a whole number from 1 to 600."),
    ("minutes: 12", "minutes: [1]", "modul-01/1.md:5: “minutes” takes one value, not a list."),
    ("2026-03-31", "31 Maret", "modul-01/1.md:6: “checked_on” takes a date such as 2026-03-31."),
    ("laws: [uu-tpks-10]", "laws: uu-tpks-10", "modul-01/1.md:8: “laws” takes a list."),
    ("laws: [uu-tpks-10]", "laws: [[a]]", "modul-01/1.md:8: Write one text here."),
    ("laws: [uu-tpks-10]", "lows: []", "modul-01/1.md:8: “lows” is not known here."),
    ("minutes: 12\n", "minutes: 12\nminutes: 13\n", "modul-01/1.md:6: “minutes” stands here twice."),
    ("sources: [S1]", "sources: [S9]", "modul-01/1.md: Source “S9” is not in module.yaml."),
    ("**menyiapkan**", "**menyiapkan", "modul-01/1.md:12: A star mark is not closed. For a real star write \\*."),
    ("### Satu", "## Satu", "modul-01/1.md:14: Begin a heading with three signs and a space: ### Heading."),
    (
        "file: dapur.png",
        "file: ../dapur.png",
        "modul-01/1.md:20: Name a png, jpg or webp file of the folder “pictures”.",
    ),
    ("file: dapur.png", "file: lain.png", "modul-01/1.md:20: There is no picture “lain.png”."),
    ("**menyiapkan**", "[x](page:abc)", "modul-01/1.md: The link page:abc names no page of this course."),
    ("file: dapur.png", 'file: ""', "modul-01/1.md:20: “file” is empty."),
    (
        "    right: false\n    feedback: Diam membuat orang lain ikut diam.\n",
        "",
        "modul-01/1.md:29: “feedback” is missing.",
    ),
    ("alt: Dua orang memasak bersama.\n", "", "modul-01/1.md:20: “alt” is missing."),
    ("right: true", "right: ya", "modul-01/1.md:33: “right” takes true or false."),
    ("right: true", "right: false", "modul-01/1.md:28: No answer is marked as right."),
    ("*berubah*", "*berubah", "modul-01/1.md:38: A star mark is not closed. For a real star write \\*."),
    ("kind: check", "kind: penting", "modul-01/1.md:42: “kind” takes one of: info, check, safety."),
    ("title: Perlu diperiksa", "title: Perlu: diperiksa", "modul-01/1.md:43: This is not valid YAML"),
    ("::: term", "::: kata", "modul-01/1.md:47: This begins no block. Known are: key_point"),
    (":::\n\n::: term", "\n::: term", "modul-01/1.md:41: This block is not closed with “:::”."),
    ("id: ketukan", "id: ketukan pintu", "modul-01/1.md:53: “id” takes letters, digits and hyphens."),
    (
        "  “Di sini aman.”",
        "  **Di sini aman.",
        "modul-01/1.md:61: A star mark is not closed. For a real star write \\*.",
    ),
    ("---\nkey", "key", "modul-01/1.md:1: A lesson begins with its data between two lines of “---”."),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), LESSON_ERRORS)
def test_an_error_in_a_lesson_names_its_line(tmp_path, right, wrong, problem):
    assert right in LESSON_1
    found = problems_in(tmp_path, **{"modul-01/1.md": LESSON_1.replace(right, wrong, 1)})
    assert any(one.startswith(problem) for one in found), found


def test_a_self_check_has_two_to_six_answers(tmp_path):
    start = LESSON_1.index("  - text: Bertanya")
    end = LESSON_1.index(":::\n\n::: key_point")
    one = LESSON_1[:start].replace("right: false", "right: true") + LESSON_1[end:]
    assert problems_in(tmp_path, **{"modul-01/1.md": one}) == ["modul-01/1.md:28: A self-check has two to six answers."]


def test_a_block_that_nobody_closed_is_named_at_the_end_of_the_file_too(tmp_path):
    found = problems_in(tmp_path, **{"modul-01/1.md": LESSON_1.rstrip("\n").removesuffix(":::")})
    assert "modul-01/1.md:52: This block is not closed with “:::”." in found


def test_an_empty_caption_is_left_out_when_it_is_written(tmp_path):
    folder = write_folder(tmp_path / "kecil", **{"modul-01/1.md": LESSON_1.replace("caption: Bersama.\n", "")})
    writing.write_course(reading.read_course(folder), tmp_path / "kembali")
    assert "caption" not in (tmp_path / "kembali/modul-01/1.md").read_text()


@pytest.mark.parametrize("name", ["module.yaml", "1.md"])
def test_a_part_that_cannot_be_read_leaves_the_rest_to_be_looked_at(tmp_path, name):
    folder = write_folder(tmp_path / "kecil", **{"modul-02/1.md": "tanpa data"})
    (folder / "modul-01" / name).write_bytes(b"\xff")
    files = {problem.partition(":")[0] for problem in problems_of(folder)}
    assert {f"modul-01/{name}", "modul-02/1.md"} <= files


MODULE_ERRORS = [
    ("hours: 2.5", "hours: banyak", "modul-01/module.yaml:5: “hours” takes a number from 0 to 999."),
    ("needs: []", "needs: [m7]", "modul-01/module.yaml: It needs “m7”, and there is no such module."),
    ("needs: []", "needs: [m2]", "course.yaml: These modules wait for each other: m1, m2."),
    ("code: m1", "code: m2", "modul-02/module.yaml: “m2” stands in modul-01/module.yaml already."),
    ('steps: ["1", "2"]', 'steps: ["1", "2", "3"]', "modul-01/module.yaml:13: Step “3” has no file 3.md or 3.yaml."),
    ('steps: ["1", "2"]', 'steps: ["1", "../2"]', "modul-01/module.yaml:13: “../2” is no code of a step."),
    ('steps: ["1", "2"]', 'steps: ["1"]', "modul-01/2.md: No step or block names this file."),
    (
        "outer_title: Peran",
        "outer_title: " + "x" * 61,
        "modul-01/module.yaml:4: “outer_title” is longer than 60 letters.",
    ),
    ("needs: []", "needs: &a []\noutcomes: *a", "modul-01/module.yaml:1: References with * and & are not taken."),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), MODULE_ERRORS)
def test_an_error_in_a_module_names_its_line(tmp_path, right, wrong, problem):
    assert right in MODULE_1
    assert problem in problems_in(tmp_path, **{"modul-01/module.yaml": MODULE_1.replace(right, wrong, 1)})


def test_every_error_is_named_at_once(tmp_path):
    found = problems_in(
        tmp_path,
        **{
            "course.yaml": FILES["course.yaml"].replace("slug: kecil\n", ""),
            "modul-01/1.md": LESSON_1.replace("minutes: 12", "minutes: 0"),
            "modul-02/1.md": "tanpa data",
        },
    )
    assert len(found) >= 3
    assert {line.partition(":")[0] for line in found} >= {"course.yaml", "modul-01/1.md", "modul-02/1.md"}


def test_two_pages_with_one_key_are_refused(tmp_path):
    twin = FILES["modul-01/2.md"].replace("000000000012", "000000000011")
    key = "11111111-0000-4000-8000-000000000011"
    assert problems_in(tmp_path, **{"modul-01/2.md": twin}) == [
        f"modul-01/2.md: “{key}” stands in modul-01/1.md already."
    ]


def test_an_id_that_stands_twice_in_a_lesson_is_refused(tmp_path):
    story = LESSON_1[LESSON_1.index("::: story") :]
    found = problems_in(tmp_path, **{"modul-01/1.md": f"{LESSON_1}\n{story}"})
    assert found == ["modul-01/1.md:66: This id stands twice in the lesson."]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("modul-01/1.md", b"\xff\xfe halo", "modul-01/1.md:1: This file is not in UTF-8. Save it as UTF-8."),
        ("modul-01/1.md", b"x" * 400_001, "modul-01/1.md: This file is too large: more than 400 kB."),
        ("modul-01/catatan.txt", b"halo", "modul-01/catatan.txt: No step or block names this file."),
        (
            "modul-01/pictures/dapur.png",
            b"<html>",
            "modul-01/1.md:20: “dapur.png”: This is no picture in JPEG, PNG or WebP. Save it as one of these.",
        ),
        ("course.yaml", b"", "course.yaml:1: Nothing is written here."),
        ("course.yaml", b"- a", "course.yaml:1: Write names and values here, such as “title: …”."),
    ],
)
def test_a_hostile_or_strange_file_is_refused_in_words(tmp_path, name, content, problem):
    folder = write_folder(tmp_path / "kecil")
    (folder / name).write_bytes(content)
    assert problem in problems_of(folder)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    folder = write_folder(tmp_path / "kecil", **{"modul-02/1.md": None})
    secret = tmp_path / "rahasia.md"
    secret.write_text(FILES["modul-02/1.md"])
    (folder / "modul-02" / "1.md").symlink_to(secret)
    put_picture(tmp_path / "lain.png")
    (folder / "modul-01" / "pictures" / "dapur.png").unlink()
    (folder / "modul-01" / "pictures" / "dapur.png").symlink_to(tmp_path / "lain.png")
    assert problems_of(folder)[:2] == [
        "modul-01/1.md:20: There is no picture “dapur.png”.",
        "modul-02/1.md: This file is missing.",
    ]


def test_a_folder_without_a_course_or_without_modules_is_refused(tmp_path):
    (tmp_path / "kosong").mkdir()
    assert problems_of(tmp_path / "kosong") == ["course.yaml: This file is missing."]
    (tmp_path / "kosong" / "course.yaml").write_text(FILES["course.yaml"])
    assert problems_of(tmp_path / "kosong") == ["course.yaml: There is no module folder beside this file."]
