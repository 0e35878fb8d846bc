"""A course comes in; a newer folder over it changes only what differs, and nobody loses a tick."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from courses import outline
from courses.curriculum import gathering
from courses.models import CoursePage, LessonPage, ModulePage, Picture, Progress
from lms.kit.refusing import Refused
from lms.people.models import TrailLine
from tests.courses import making
from tests.courses.making import FILES, LESSON_1, MODULE_1


@pytest.fixture
def folder(db, tmp_path):
    return making.write_folder(tmp_path / "kecil")


def run(command, *arguments, **options):
    from io import StringIO

    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def test_a_course_comes_in_published_and_says_so(folder):
    lines = run("load_curriculum", folder)
    assert lines == [
        f"Baru: {title}" for title in ("Kelas kecil", "Peran dan kuasa", "Dapur", "Kuasa", "Bentuk", "Tanda")
    ]
    plan = outline.plan_of("kecil")
    assert [(module.code, len(module.steps)) for module in plan.modules] == [("m1", 2), ("m2", 1)]
    assert TrailLine.objects.get(verb="courses.loaded").detail == {"changes": 6}


def test_loading_twice_changes_nothing(folder):
    run("load_curriculum", folder)
    before = Revision.objects.count(), outline.current_edition(), TrailLine.objects.count()
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    assert (Revision.objects.count(), outline.current_edition(), TrailLine.objects.count()) == before


def test_only_the_changed_lesson_is_published_anew(folder):
    run("load_curriculum", folder)
    revisions = Revision.objects.count()
    (folder / "modul-01/1.md").write_text(LESSON_1.replace("menyiapkan", "memimpin"))
    assert run("load_curriculum", folder) == ["Berubah: Dapur"]
    assert Revision.objects.count() == revisions + 1
    assert "memimpin" in str(making.lesson("m1/1").body[0].value)


def test_a_changed_lesson_keeps_progress_and_the_ids_of_blocks_that_stay(folder, cast):
    run("load_curriculum", folder)
    plan = outline.plan_of("kecil")
    making.enrol(cast.seruni, plan)
    making.do(cast.seruni, plan, "m1/1")
    ids = [block.id for block in making.lesson("m1/1").body]
    (folder / "modul-01/1.md").write_text(
        LESSON_1.replace("Perlu diperiksa", "Masih diperiksa").replace("Dapur", "Di dapur")
    )
    run("load_curriculum", folder)
    assert [block.id for block in making.lesson("m1/1").body] == ids
    assert outline.done_keys(cast.seruni) == {making.lesson("m1/1").translation_key}
    assert Progress.objects.count() == 1


def test_modules_and_the_course_change_when_their_files_do(folder):
    run("load_curriculum", folder)
    (folder / "course.yaml").write_text(FILES["course.yaml"].replace("slug: kecil", "slug: baru"))
    (folder / "modul-01/module.yaml").write_text(MODULE_1.replace("hours: 2.5", "hours: 3").replace("ciri", "tanda"))
    assert run("load_curriculum", folder) == ["Berubah: Kelas kecil", "Berubah: Peran dan kuasa"]
    page = ModulePage.objects.get(code="m1")
    assert (page.hours, [one.value for one in page.outcomes]) == (3, ["Membedakan tanda tubuh dan peran."])
    assert outline.plan_of("baru") is not None


def test_steps_change_places_and_modules(folder):
    run("load_curriculum", folder)
    (folder / "modul-01/module.yaml").write_text(MODULE_1.replace('["1", "2"]', '["2"]'))
    (folder / "modul-01/1.md").rename(folder / "modul-02/9.md")
    (folder / "modul-02/9.md").write_text(LESSON_1.replace("sources: [S1]", "sources: []"))
    (folder / "modul-02/pictures").mkdir()
    (folder / "modul-01/pictures/dapur.png").rename(folder / "modul-02/pictures/dapur.png")
    (folder / "modul-02/module.yaml").write_text(FILES["modul-02/module.yaml"].replace('["1"]', '["9", "1"]'))
    lines = run("load_curriculum", folder)
    assert "Dipindahkan: Dapur" in lines or "Dipindahkan: Tanda" in lines
    plan = outline.plan_of("kecil")
    assert [[step.code for step in module.steps] for module in plan.modules] == [["2"], ["9", "1"]]


def test_two_lessons_change_their_codes_with_each_other(folder, cast):
    run("load_curriculum", folder)
    making.enrol(cast.seruni, outline.plan_of("kecil"))
    making.do(cast.seruni, outline.plan_of("kecil"), "m1/1")
    (folder / "modul-01/1.md").rename(folder / "modul-01/halaman")
    (folder / "modul-01/2.md").rename(folder / "modul-01/1.md")
    (folder / "modul-01/halaman").rename(folder / "modul-01/2.md")
    run("load_curriculum", folder)
    module = outline.plan_of("kecil").modules[0]
    assert [(step.code, step.title) for step in module.steps] == [("1", "Kuasa"), ("2", "Dapur")]
    assert outline.done_keys(cast.seruni) == {module.steps[1].key}


def test_a_lesson_moves_into_a_module_whose_lessons_make_room(folder):
    run("load_curriculum", folder)
    (folder / "modul-01/module.yaml").write_text(MODULE_1.replace('["1", "2"]', '["1"]'))
    (folder / "modul-02/1.md").rename(folder / "modul-02/2.md")
    (folder / "modul-01/2.md").rename(folder / "modul-02/1.md")
    (folder / "modul-02/module.yaml").write_text(FILES["modul-02/module.yaml"].replace('["1"]', '["1", "2"]'))
    run("load_curriculum", folder)
    module = outline.plan_of("kecil").modules[1]
    assert [(step.code, step.title) for step in module.steps] == [("1", "Kuasa"), ("2", "Tanda")]
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]


def test_modules_change_places_with_all_their_lessons(folder):
    run("load_curriculum", folder)
    (folder / "modul-01").rename(folder / "modul-03")
    (folder / "modul-03/1.md").write_text(LESSON_1.replace("title: Dapur", "title: Rapat"))
    assert run("load_curriculum", folder) == ["Dipindahkan: Peran dan kuasa", "Berubah: Rapat"]
    plan = outline.plan_of("kecil")
    assert [(one.code, [step.title for step in one.steps]) for one in plan.modules] == [
        ("m2", ["Tanda"]),
        ("m1", ["Rapat", "Kuasa"]),
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_that_no_file_names_stays_as_it_is(folder):
    run("load_curriculum", folder)
    module = ModulePage.objects.get(code="m1")
    own = LessonPage(title="Tambahan", slug="9")
    module.add_child(instance=own)
    own.save_revision().publish()
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    assert LessonPage.objects.get(slug="9").live


def test_an_address_that_another_page_holds_refuses_the_folder_and_changes_nothing(folder):
    run("load_curriculum", folder)
    module = ModulePage.objects.get(code="m1")
    module.add_child(instance=LessonPage(title="Tambahan", slug="3"))
    text = FILES["modul-01/2.md"].replace("000000000012", "000000000099")
    (folder / "modul-01/3.md").write_text(text)
    (folder / "modul-01/module.yaml").write_text(
        MODULE_1.replace('"2"]', '"2", "3"]').replace("hours: 2.5", "hours: 9")
    )
    with pytest.raises(CommandError, match="sudah ada di"):
        run("load_curriculum", folder)
    assert ModulePage.objects.get(code="m1").hours == making.Decimal("2.5")


def test_a_key_of_another_kind_of_page_is_refused(folder):
    run("load_curriculum", folder)
    text = FILES["modul-02/1.md"].replace("000000000021", "000000000001").replace("title: Tanda", "title: Lain")
    (folder / "modul-02/1.md").write_text(text)
    (folder / "modul-01/module.yaml").write_text(MODULE_1.replace("000000000001", "000000000077"))
    with pytest.raises(Refused):
        making.load(folder)


def test_a_broken_folder_is_refused_in_indonesian_with_its_lines(folder):
    (folder / "modul-01/1.md").write_text(LESSON_1.replace("minutes: 12", "minutes: lama"))
    with pytest.raises(CommandError) as refused:
        run("load_curriculum", folder)
    assert str(refused.value).splitlines() == [
        "Folder ini bermasalah. Tidak ada yang berubah.",
        "modul-01/1.md:5: “minutes” berisi bilangan bulat dari 1 sampai 600.",
    ]
    assert not CoursePage.objects.exists()


def test_a_folder_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match="Tidak ada folder"):
        run("load_curriculum", tmp_path / "tidak-ada")


def test_an_equal_picture_is_stored_once_under_a_neutral_name(folder):
    twin = LESSON_1[LESSON_1.index("::: picture") : LESSON_1.index("::: self_check")].replace("dapur", "lain")
    making.put_picture(folder / "modul-02/pictures/lain.png")
    (folder / "modul-02/1.md").write_text(FILES["modul-02/1.md"] + "\n" + twin)
    run("load_curriculum", folder)
    picture = Picture.objects.get()
    assert picture.title == "dapur.png"
    assert "dapur" not in picture.file.name


def test_links_between_lessons_travel_by_key(folder, tmp_path):
    key = "11111111-0000-4000-8000-000000000021"
    (folder / "modul-01/2.md").write_text(FILES["modul-01/2.md"] + f"\nLihat [ini](page:{key}).\n")
    run("load_curriculum", folder)
    page = making.lesson("m2/1")
    assert f'linktype="page" id="{page.pk}"' in making.lesson("m1/2").body[0].value.source
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]
    run("export_course", "kecil", tmp_path / "keluar")
    assert f"](page:{key})" in (tmp_path / "keluar/modul-01/2.md").read_text()


def test_the_exported_course_equals_the_folder_byte_by_byte(folder, tmp_path):
    run("load_curriculum", folder)
    run("export_course", "kecil", tmp_path / "keluar")
    for path in folder.rglob("*"):
        if path.is_file():
            assert (tmp_path / "keluar" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_an_export_of_what_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="Tidak ada kursus terbit"):
        run("export_course", "kecil", tmp_path)


def test_two_pictures_of_one_name_in_a_module_get_two_names(folder, tmp_path):
    run("load_curriculum", folder)
    making.put_picture(tmp_path / "lain/dapur.png", "red")
    with (tmp_path / "lain/dapur.png").open("rb") as file:
        other = Picture(title="dapur.png", file=making.ImageFile(file, name="x.png"))
        other.save()
    page = making.lesson("m1/2")
    page.body.append(("picture", {"image": other, "alt": "Lain", "caption": ""}))
    page.save_revision().publish()
    gathered = gathering.gather_course(CoursePage.objects.get())
    names = [
        block.data["file"].name
        for step in gathered.modules[0].steps
        for block in step.rest.blocks
        if "file" in block.data
    ]
    assert names[0] == "dapur.png"
    assert names[1].startswith("dapur-")


def test_equal_blocks_of_one_lesson_keep_ids_of_their_own(folder):
    term = "\n::: term\nterm: Belis\nmeaning: Pemberian adat.\n:::\n"
    (folder / "modul-01/2.md").write_text(FILES["modul-01/2.md"] + term + term)
    run("load_curriculum", folder)
    (folder / "modul-01/2.md").write_text(FILES["modul-01/2.md"] + term + term + "\nDua.\n")
    run("load_curriculum", folder)
    ids = [block.id for block in making.lesson("m1/2").body]
    assert len(set(ids)) == len(ids) == 4


def test_links_to_other_places_stay_as_they_are(folder):
    (folder / "modul-01/2.md").write_text(FILES["modul-01/2.md"] + "\n[Sapa](tel:129) dan [lari](#lewat-x).\n")
    run("load_curriculum", folder)
    assert run("load_curriculum", folder) == ["Tidak ada yang berubah."]


def test_two_texts_that_an_editor_wrote_after_each_other_are_one_in_the_file(folder, tmp_path):
    run("load_curriculum", folder)
    page = making.lesson("m1/2")
    page.body.append(("text", "<p>Dua kalimat.</p>"))
    page.body.append(("text", "<p></p>"))
    page.save_revision().publish()
    run("export_course", "kecil", tmp_path / "keluar")
    assert (tmp_path / "keluar/modul-01/2.md").read_text().endswith("---\n\nSatu kalimat.\n\nDua kalimat.\n")
    assert run("load_curriculum", tmp_path / "keluar") == ["Tidak ada yang berubah."]
