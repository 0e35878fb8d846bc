"""A list says what a page costs before she opens it, and the figure is near the truth."""

import gzip
import random

from PIL import Image

from assessments.models import PracticePage
from courses import weighing
from courses.models import Picture, PictureRendition
from tests.courses import making


def test_a_published_lesson_knows_what_it_costs(cast, course, sign_in):
    making.enrol(cast.seruni, course)
    page = sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content
    picture = Picture.objects.get().light(640).file.size
    truth = len(gzip.compress(page)) + picture
    weight = course.modules[0].steps[0].bytes
    assert abs(weight - truth) < 500
    assert making.lesson("m1/1").weight == weight


def test_weighing_makes_no_new_revision_and_keeps_a_draft(course):
    page = making.lesson("m1/2")
    page.title = "Konsep"
    page.save_revision()
    live = making.lesson("m1/2")
    assert weighing.weigh(page=live) > weighing.FRAME_BYTES
    assert live.latest_revision.as_object().title == "Konsep"


def test_a_practice_page_says_no_figure(course):
    page = PracticePage(title="Latihan", slug="latihan")
    making.lesson("m1/1").get_parent().add_child(instance=page)
    page.save_revision().publish()
    assert (page.weight, weighing.weigh(page=page)) == (0, 0)


def test_a_picture_has_two_light_sizes_of_thirty_kilobytes_at_most(course, tmp_path):
    noise = Image.frombytes("RGB", (1200, 900), random.Random(1).randbytes(1200 * 900 * 3))
    noise.save(tmp_path / "ramai.png")
    with (tmp_path / "ramai.png").open("rb") as file:
        picture = Picture(title="ramai.png", file=making.ImageFile(file, name="ramai.png"))
        picture.save()
    small, large = picture.light(320), picture.light(640)
    assert (small.width, large.width) == (320, 640)
    assert small.file.size <= 30_000
    assert "ramai" not in large.file.name
    before = PictureRendition.objects.count()
    assert picture.light(640) == large
    assert PictureRendition.objects.count() == before
