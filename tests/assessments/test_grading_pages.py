"""The grading desk through its door: what waits, one submission beside its rubric, short pages, nobody else's work."""

import html
import re
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Grading, Submission
from courses.models import CohortMember
from lms.people.models import Person, TrailLine
from tests.assessments.tasks import GOOD, WEAK, Bench, hand_in, make_trainer, set_out
from tests.cast import Cast, make_cast

SignIn = Callable[[Person], Client]
MOST_BYTES = 25_000
MOST_QUERIES = 20


def words(answer: Any) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return set_out(cast)


@pytest.fixture
def desk(cast: Cast, bench: Bench, sign_in: SignIn) -> Client:
    return sign_in(cast.anggrek)


def levels(given: dict[str, int]) -> dict[str, str]:
    return {f"level-{code}": str(level) for code, level in given.items()}


def claim(client: Client, one: Submission) -> Any:
    return client.post(f"/penilaian/{one.pk}/ambil/", follow=True)


def send(client: Client, one: Submission, do: str, given: dict[str, int], **more: str) -> Any:
    return client.post(f"/penilaian/{one.pk}/", {"do": do, **levels(given), **more})


# The list


def test_an_empty_desk_says_so_and_a_full_one_begins_with_the_oldest(cast: Cast, bench: Bench, desk: Client) -> None:
    assert "Tidak ada yang menunggu" in words(desk.get("/penilaian/"))
    hand_in(bench.written, cast.melati, hours=9)
    oldest = hand_in(bench.written, cast.seruni, hours=1)
    text = words(desk.get("/penilaian/"))
    assert "2 tugas menunggu" in text
    assert text.index("Seruni Lontar") < text.index("Melati Kusambi")
    assert "Angkatan satu" in text
    assert desk.post("/penilaian/berikut/")["Location"] == f"/penilaian/{oldest.pk}/"


def test_only_trainers_have_a_desk_and_only_of_their_own_classes(cast: Cast, bench: Bench, sign_in: SignIn) -> None:
    one = hand_in(bench.written, cast.seruni)
    other = sign_in(make_trainer(cast.murai))
    assert "Seruni" not in words(other.get("/penilaian/"))
    for path in ("", "ambil/", "sepakat/", "bersihkan/"):
        call = other.post if path else other.get
        assert call(f"/penilaian/{one.pk}/{path}").status_code == 404
    for person in (cast.seruni, cast.dahlia, cast.soka, cast.jati):
        assert sign_in(person).get("/penilaian/").status_code == 404
        assert sign_in(person).get(f"/penilaian/{one.pk}/").status_code == 404
    assert Client().get("/penilaian/")["Location"].startswith("/akun/login/")


def test_a_draft_in_her_hands_is_not_opened(cast: Cast, bench: Bench, desk: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    Submission.objects.update(state="draft", handed_in_at=None)
    assert desk.get(f"/penilaian/{one.pk}/").status_code == 404


def test_the_list_is_filtered_by_class_task_and_state(cast: Cast, bench: Bench, desk: Client) -> None:
    hand_in(bench.written, cast.seruni)
    hand_in(bench.watched, cast.kenari)
    done = hand_in(bench.written, cast.melati)
    claim(desk, done)
    send(desk, done, "decide", GOOD)
    assert "Kenari" not in words(desk.get("/penilaian/", {"kelas": str(bench.cohort.key)}))
    by_task = words(desk.get("/penilaian/", {"tugas": str(bench.watched.translation_key)}))
    assert ("Kenari" in by_task, "Seruni" in by_task) == (True, False)
    graded = words(desk.get("/penilaian/", {"keadaan": "selesai"}))
    assert ("Melati" in graded, "Seruni" in graded, "88 persen" in graded) == (True, False, True)
    assert "Seruni" in words(desk.get("/penilaian/", {"kelas": "x", "tugas": "'", "keadaan": "?"}))


def test_who_holds_it_is_said_and_others_are_kept_out(cast: Cast, bench: Bench, desk: Client, sign_in: SignIn) -> None:
    one = hand_in(bench.written, cast.kenari)
    other = sign_in(make_trainer(cast.murai))
    claim(other, one)
    assert "Murai" in words(desk.get("/penilaian/"))
    assert "Murai Kapuk sedang menilai" in words(claim(desk, one))
    assert send(desk, one, "decide", GOOD).status_code == 422
    Grading.objects.update(touched_at=timezone.now() - timedelta(minutes=31))
    assert "Murai Kapuk" in words(claim(desk, one))
    assert send(desk, one, "decide", GOOD).status_code == 302


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_the_list_asks_as_much_for_many_as_for_one(cast: Cast, bench: Bench, desk: Client) -> None:
    claim(desk, hand_in(bench.written, cast.seruni))
    few = queries_of(desk, "/penilaian/")
    for number in range(25):
        one = hand_in(bench.written, (cast.seruni, cast.melati, cast.kenari)[number % 3], task_key=uuid.uuid4())
        if number % 2:
            claim(desk, one)
    assert "26 tugas menunggu" in words(desk.get("/penilaian/"))
    assert queries_of(desk, "/penilaian/") == few
    assert few <= MOST_QUERIES


def test_the_page_of_one_asks_the_same_however_long_its_rubric(cast: Cast, bench: Bench, desk: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    few = queries_of(desk, f"/penilaian/{one.pk}/")
    one.task["rubric"] = [{**row, "code": f"{row['code']}{n}"} for n in range(4) for row in one.task["rubric"]]
    one.save()
    assert queries_of(desk, f"/penilaian/{one.pk}/") == few
    assert few <= MOST_QUERIES


# One submission


def test_she_keeps_half_decides_and_is_led_to_the_next(cast: Cast, bench: Bench, desk: Client) -> None:
    first, second = hand_in(bench.written, cast.seruni, hours=1), hand_in(bench.written, cast.melati, hours=2)
    page = claim(desk, first)
    assert "Pukul empat ia menimba air" in words(page)
    assert "dijelaskan" in words(page)
    assert "Puskesmas pagi Balai sore" in words(page)
    kept = send(desk, first, "keep", {"beda": 2}, **{"comment-beda": "Beri contoh."})
    assert kept["Location"] == f"/penilaian/{first.pk}/"
    page = words(desk.get(f"/penilaian/{first.pk}/"))
    assert ("Beri contoh." in page, "2 dari 3 kriteria" in page) == (True, True)
    half = send(desk, first, "decide", {"beda": 2}, remark="Bagus sekali.")
    assert (half.status_code, "Bagus sekali." in half.content.decode()) == (422, True)
    done = send(desk, first, "decide", GOOD, remark="Bagus sekali.")
    assert done["Location"] == f"/penilaian/{second.pk}/"
    assert "lulus, 88 persen" in words(desk.get(f"/penilaian/{second.pk}/"))
    assert Grading.objects.get(submission=second).assessor == cast.anggrek
    assert send(desk, second, "decide", WEAK)["Location"] == "/penilaian/"


def test_a_script_keeps_what_she_puts_down_and_reads_what_it_would_come_to(
    cast: Cast, bench: Bench, desk: Client
) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    part = {"X-Part": "1"}
    answer = desk.post(f"/penilaian/{one.pk}/", {"do": "keep", **levels(GOOD)}, headers=part)
    assert (answer.status_code, 'id="hasil"' in answer.content.decode()) == (200, True)
    assert "Lulus dengan 88 persen" in html.unescape(answer.content.decode())
    refused = desk.post(f"/penilaian/{one.pk}/", {"do": "keep", "remark": "wa.me/62812"}, headers=part)
    assert (refused.status_code, "wa.me" in refused.content.decode()) == (422, False)
    assert Grading.objects.get().levels == GOOD


def test_words_about_a_real_person_come_back_neither_on_the_page_nor_in_the_database(
    cast: Cast, bench: Bench, desk: Client
) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    answer = send(desk, one, "decide", GOOD, remark="Telepon 0812 3456 7890", **{"comment-beda": "Baik."})
    body = answer.content.decode()
    assert (answer.status_code, "0812" in body, "Baik." in body) == (422, False, True)
    assert Grading.objects.get().remark == ""


def test_a_comment_on_a_passage_is_added_changed_and_taken_away(cast: Cast, bench: Bench, desk: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    alone = send(desk, one, "keep", {}, passage_text="Siapa yang membantu?")
    assert alone.status_code == 422
    new = {"passage_field": "catatan", "passage_quote": "menimba air", "passage_text": "Siapa yang membantu?"}
    send(desk, one, "keep", {}, **new)
    assert "“menimba air”" in words(desk.get(f"/penilaian/{one.pk}/"))
    send(desk, one, "keep", {}, **{"passage-0": "Siapa lagi?"})
    assert [passage["text"] for passage in Grading.objects.get().passages] == ["Siapa lagi?"]
    send(desk, one, "keep", {}, **{"passage-0": ""})
    assert Grading.objects.get().passages == []


def test_a_return_needs_a_reason_and_keeps_the_round(cast: Cast, bench: Bench, desk: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    assert send(desk, one, "return", {}).status_code == 422
    send(desk, one, "return", {}, remark="Tambahkan satu usul.")
    one.refresh_from_db()
    assert one.state == "returned"
    page = words(desk.get(f"/penilaian/{one.pk}/"))
    assert "Tambahkan satu usul." in page
    assert "Seruni" in words(desk.get("/penilaian/", {"keadaan": "kembali"}))


def test_what_is_real_is_taken_away_for_good(cast: Cast, bench: Bench, desk: Client) -> None:
    one = hand_in(bench.written, cast.seruni)
    claim(desk, one)
    desk.post(f"/penilaian/{one.pk}/bersihkan/", {"passage_field": "catatan"})
    one.refresh_from_db()
    assert "catatan" not in one.answers
    assert "menimba" not in words(desk.get(f"/penilaian/{one.pk}/"))


def test_a_long_case_has_a_page_of_its_own_and_what_she_put_down_is_kept_on_the_way(
    cast: Cast, bench: Bench, desk: Client
) -> None:
    one = hand_in(bench.written, cast.seruni)
    one.task["case"] = "<p>" + "Ibu Mawar bangun pukul empat. " * 80 + "</p>"
    one.save()
    assert "Ibu Mawar bangun" not in words(claim(desk, one))
    assert send(desk, one, "task", {"beda": 2})["Location"] == f"/penilaian/{one.pk}/tugas/"
    assert "Ibu Mawar bangun" in words(desk.get(f"/penilaian/{one.pk}/tugas/"))
    assert Grading.objects.get().levels == {"beda": 2}


def test_two_assessors_meet_on_one_page(cast: Cast, sign_in: SignIn) -> None:
    bench = set_out(cast, second=True)
    one = hand_in(bench.written, cast.seruni)
    first, second = sign_in(cast.anggrek), sign_in(make_trainer(cast.murai))
    claim(first, one)
    send(first, one, "decide", GOOD, remark="Rapi sekali.")
    claim(second, one)
    page = words(second.get(f"/penilaian/{one.pk}/"))
    assert ("penilai kedua" in page, "Rapi sekali." in page) == (True, False)
    answer = second.post(f"/penilaian/{one.pk}/", {"do": "decide", **levels(WEAK)}, follow=True)
    page = words(answer)
    assert answer.redirect_chain[-1][0] == f"/penilaian/{one.pk}/"
    assert ("2 kriteria" in page, "Rapi sekali." in page, "Usulkan ini" in page) == (True, True, True)
    agreed = levels({"beda": 2, "usul": 2})
    second.post(f"/penilaian/{one.pk}/sepakat/", agreed)
    page = words(second.get(f"/penilaian/{one.pk}/"))
    assert ("Anda mengusulkan" in page, "Kami sepakat" in page) == (True, False)
    assert "Sepakati" in words(first.get("/penilaian/"))
    page = words(first.get(f"/penilaian/{one.pk}/"))
    assert ("Murai Kapuk mengusulkan" in page, "sedang menilai" in page) == (True, False)
    first.post(f"/penilaian/{one.pk}/sepakat/", agreed)
    one.refresh_from_db()
    assert (one.state, one.percent) == ("graded", 77)


def test_ten_in_a_row_take_no_page_of_more_than_25_kilobytes(
    cast: Cast, bench: Bench, desk: Client, sign_in: SignIn
) -> None:
    long = {"catatan": "Pukul empat ia menimba air, lalu memasak. " * 59, "usul": ["Air"], "tabel": [["Balai", "pagi"]]}
    people = [cast.seruni, cast.melati, cast.kenari]
    pages = [bench.written, bench.watched]
    work = [hand_in(page, one, answers=long) for page in pages for one in people]
    answer = desk.post("/penilaian/berikut/", follow=True)
    for _number in work:
        assert len(answer.content) < MOST_BYTES
        here = answer.request["PATH_INFO"]
        more = {"comment-beda": "Beri contoh.", "remark": "Langkah berikut: " + "latihan lagi. " * 20}
        answer = desk.post(here, {"do": "decide", **levels(GOOD), **more}, follow=True)
    assert answer.request["PATH_INFO"] == "/penilaian/"
    assert Submission.objects.graded().count() == len(work)


@pytest.mark.django_db(transaction=True)
def test_eight_trainers_who_take_it_at_once_are_one_assessor(sign_in: SignIn) -> None:
    cast = make_cast()
    bench = set_out(cast)
    CohortMember.objects.all().delete()
    one = hand_in(bench.written, cast.seruni)
    trainers = [cast.anggrek, make_trainer(cast.murai), make_trainer(cast.soka), make_trainer(cast.jati)]
    browsers = [sign_in(trainer) for trainer in trainers for _tab in range(2)]
    barrier = threading.Barrier(len(browsers))

    def take(browser: Client) -> None:
        barrier.wait()
        browser.post(f"/penilaian/{one.pk}/ambil/")
        connection.close()

    threads = [threading.Thread(target=take, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = Grading.objects.get()
    lines = TrailLine.objects.about(one)
    assert [line.actor_id for line in lines] == [held.assessor_id]
