"""An exam on pages without scripts: the way through, every no, and nothing told that would be a key."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, Question
from assessments.rules.items import Item
from courses import outline
from lms.people.models import Person
from lms.sync.models import Entry
from tests.assessments.school import School, make_question, open_school
from tests.cast import Cast

SignIn = Callable[[Person], Client]
STEP = "/belajar/dasar/m1/ujian/"


@pytest.fixture
def school(cast: Cast) -> School:
    school = open_school()
    school.admit(cast.seruni)
    return school


def hidden(answer: Any, name: str) -> str:
    """The value of a hidden field, as a browser would send it back."""
    found = re.search(rf'name="{name}" value="([^"]+)"', answer.content.decode())
    assert found, f"{name} is not on the page"
    return found[1]


def begin(browser: Client) -> Attempt:
    page = browser.get(STEP)
    fields = {name: hidden(page, name) for name in ("entry", "exam", "attempt")}
    browser.post(reverse("exam_begin"), fields)
    return Attempt.objects.get(pk=fields["attempt"])


def fields_for(item: Item, *, is_right: bool = True) -> dict[str, Any]:
    """What the page's own form sends for an answer."""
    if item.kind == "ordering":
        keys = item.right if is_right else tuple(reversed(item.right))
        return {f"place-{key}": str(place) for place, key in enumerate(keys, 1)}
    return {"answer": list(item.right) if is_right else [key for key in item.keys if key not in item.right][:1]}


def save(browser: Client, attempt: Attempt, number: int, fields: dict[str, Any], go: str = "next") -> Any:
    url = reverse("exam_question", args=[attempt.pk, number])
    return browser.post(url, {"entry": hidden(browser.get(url), "entry"), "go": go, **fields})


def hand_in(browser: Client, attempt: Attempt) -> Any:
    url = reverse("exam_hand_in", args=[attempt.pk])
    return browser.post(url, {"entry": hidden(browser.get(url), "entry")})


def sit(browser: Client, *, wrong: tuple[str, ...] = ()) -> Attempt:
    attempt = begin(browser)
    for number, item in enumerate(attempt.questions.items, 1):
        save(browser, attempt, number, fields_for(item, is_right=item.code not in wrong))
    hand_in(browser, attempt)
    attempt.refresh_from_db()
    return attempt


def test_from_the_first_question_to_the_result(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    for number, item in enumerate(attempt.questions.items, 1):
        url = reverse("exam_question", args=[attempt.pk, number])
        page = browser.get(url).content.decode()
        assert item.ask in page
        answer = save(browser, attempt, number, fields_for(item))
        there = browser.get(answer.url, follow=True)
        address = there.redirect_chain[-1][0] if there.redirect_chain else answer.url
        assert address == (
            reverse("exam_question", args=[attempt.pk, number + 1])
            if number < attempt.total
            else reverse("exam_hand_in", args=[attempt.pk])
        )
    answer = hand_in(browser, attempt)
    assert answer.url == reverse("exam_result", args=[attempt.pk])
    page = browser.get(answer.url).content.decode()
    assert "4/4" in page
    attempt.refresh_from_db()
    assert attempt.passed
    assert school.exam_key in outline.done_keys(cast.seruni)
    assert reverse("exam_result", args=[attempt.pk]) in browser.get(STEP).content.decode()


def test_a_page_shows_what_she_chose_and_that_it_is_stored(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    for number, item in enumerate(attempt.questions.items, 1):
        url = reverse("exam_question", args=[attempt.pk, number])
        assert not re.search(r"\b(checked|selected)\b", browser.get(url).content.decode())
        save(browser, attempt, number, fields_for(item))
        page = browser.get(url).content.decode()
        marks = re.findall(r"\b(?:checked|selected)\b", page)
        assert len(marks) == len(item.right)
        assert "state done" in page


def test_going_back_keeps_the_answer_and_a_saved_form_sent_again_changes_it(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    number = next(n for n, item in enumerate(attempt.questions.items, 1) if item.kind == "single")
    item = attempt.questions.items[number - 1]
    url = reverse("exam_question", args=[attempt.pk, number])
    old_form = {"entry": hidden(browser.get(url), "entry")}
    browser.post(url, {**old_form, **fields_for(item, is_right=False)})
    browser.post(url, {**old_form, **fields_for(item)})  # by the Back button: the same hidden UUID, another choice
    attempt.refresh_from_db()
    assert attempt.given[number].keys == item.right
    browser.post(url, {**old_form, **fields_for(item)})
    attempt.refresh_from_db()
    assert attempt.given[number].keys == item.right


def test_begun_twice_it_is_one_attempt_and_two_tabs_meet_in_it(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    one, other = browser.get(STEP), browser.get(STEP)
    for page in (one, one, other):
        answer = browser.post(
            reverse("exam_begin"), {name: hidden(page, name) for name in ("entry", "exam", "attempt")}
        )
        assert answer.status_code == 302
    attempt = Attempt.objects.get()
    assert str(attempt.pk) == hidden(one, "attempt")
    assert answer.url == reverse("exam_question", args=[attempt.pk, 1])


def test_handed_in_twice_it_counts_once_and_nothing_changes_any_more(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    url, question = reverse("exam_hand_in", args=[attempt.pk]), reverse("exam_question", args=[attempt.pk, 2])
    form, late = {"entry": hidden(browser.get(url), "entry")}, {"entry": hidden(browser.get(question), "entry")}
    assert [browser.post(url, form).url for _click in range(2)] == [reverse("exam_result", args=[attempt.pk])] * 2
    assert Entry.objects.filter(pk=form["entry"]).count() == 1
    before = Attempt.objects.get()
    answer = browser.post(question, {**late, **fields_for(attempt.questions.items[1])})
    assert answer.url == reverse("exam_result", args=[attempt.pk])
    assert Attempt.objects.get().answers == before.answers
    assert browser.get(question).url == reverse("exam_result", args=[attempt.pk])


def test_the_hand_in_page_names_what_is_open_and_refuses_an_empty_paper(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    assert hand_in(browser, attempt).status_code == 422
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    page = browser.get(reverse("exam_hand_in", args=[attempt.pk])).content.decode()
    for number in range(1, 5):
        assert reverse("exam_question", args=[attempt.pk, number]) in page
    hand_in(browser, attempt)
    attempt.refresh_from_db()
    assert (attempt.right, attempt.passed) == (1, False)


def test_an_order_with_one_number_twice_is_refused_and_keeps_what_she_typed(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    number, item = next((n, one) for n, one in enumerate(attempt.questions.items, 1) if one.kind == "ordering")
    answer = save(browser, attempt, number, {f"place-{key}": "2" for key in item.keys})
    assert answer.status_code == 422
    assert answer.content.decode().count("selected") == len(item.keys)
    attempt.refresh_from_db()
    assert attempt.answers == {}


def test_an_order_left_empty_is_no_answer_and_no_mistake(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    number, item = next((n, one) for n, one in enumerate(attempt.questions.items, 1) if one.kind == "ordering")
    save(browser, attempt, number, fields_for(item))
    answer = save(browser, attempt, number, {f"place-{key}": "" for key in item.keys})
    assert answer.status_code == 302
    attempt.refresh_from_db()
    assert attempt.answered == frozenset()


def test_almost_passed_says_which_lesson_to_read_and_offers_another_try(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    browser = sign_in(cast.seruni)
    attempt = sit(browser, wrong=("U-1",))
    answer = browser.get(reverse("exam_result", args=[attempt.pk]))
    page = answer.content.decode()
    assert "3/4" in page
    assert "/belajar/dasar/m1/1/" in page
    assert hidden(answer, "attempt") != str(attempt.pk)
    assert reverse("exam_begin") in page
    again = begin(browser)
    assert again.number == 2


def test_a_locked_exam_and_a_used_up_one_say_why(cast: Cast, sign_in: SignIn) -> None:
    school = open_school(attempts=1)
    school.enrol(cast.melati)
    school.admit(cast.seruni)
    locked = sign_in(cast.melati)
    assert locked.get(STEP).status_code == 403
    fields = {"entry": uuid.uuid4(), "exam": school.exam_key, "attempt": uuid.uuid4()}
    answer = locked.post(reverse("exam_begin"), fields)
    assert answer.status_code == 422
    browser = sign_in(cast.seruni)
    sit(browser, wrong=("U-1",))
    page = browser.get(STEP).content.decode()
    assert 'name="attempt"' not in page
    fields = {"entry": uuid.uuid4(), "exam": school.exam_key, "attempt": uuid.uuid4()}
    assert browser.post(reverse("exam_begin"), fields).status_code == 422
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("who", ["melati", "dahlia", "anggrek", "soka", "jati"])
def test_somebody_elses_attempt_is_not_found_even_by_mentor_and_staff(
    cast: Cast, school: School, sign_in: SignIn, who: str, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    attempt = begin(sign_in(cast.seruni))
    stranger = sign_in(getattr(cast, who))
    urls = [
        reverse("exam_question", args=[attempt.pk, 1]),
        reverse("exam_hand_in", args=[attempt.pk]),
        reverse("exam_result", args=[attempt.pk]),
    ]
    assert [stranger.get(url).status_code for url in urls] == [404, 404, 404]
    fields = {"entry": uuid.uuid4(), **fields_for(attempt.questions.items[0])}
    assert [stranger.post(url, fields).status_code for url in urls[:2]] == [404, 404]
    assert stranger.get(reverse("exam_question", args=[uuid.uuid4(), 1])).status_code == 404
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.handed_in_at) == ({}, None)


def test_a_result_that_is_not_there_yet_leads_to_the_open_question(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    save(browser, attempt, 1, fields_for(attempt.questions.items[0]))
    answer = browser.get(reverse("exam_result", args=[attempt.pk]))
    assert answer.url == reverse("exam_question", args=[attempt.pk, 2])


def test_she_goes_back_or_jumps_and_what_she_chose_is_saved(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    places = {"prev": 1, "4": 4, "0": 1, "next": 3, "": 3}
    for go, there in places.items():
        answer = save(browser, attempt, 2, fields_for(attempt.questions.items[1]), go=go)
        assert answer.url == reverse("exam_question", args=[attempt.pk, there])
    answer = save(browser, attempt, 2, fields_for(attempt.questions.items[1]), go="all")
    assert answer.url == reverse("exam_hand_in", args=[attempt.pk])
    attempt.refresh_from_db()
    assert attempt.answered == {2}


def test_a_form_that_is_no_order_is_refused_in_words(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    for fields in ({}, {"entry": uuid.uuid4(), "attempt": uuid.uuid4(), "question": 1}):
        assert browser.post(reverse("exam_begin"), fields).status_code == 422
    assert not Attempt.objects.exists()


def test_a_visitor_is_led_to_sign_in(cast: Cast, school: School, sign_in: SignIn) -> None:
    attempt = begin(sign_in(cast.seruni))
    for url in (STEP, reverse("exam_question", args=[attempt.pk, 1]), reverse("exam_result", args=[attempt.pk])):
        assert Client().get(url).url.startswith("/akun/")


def test_a_question_that_is_not_on_the_paper_is_not_found(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    assert browser.get(reverse("exam_question", args=[attempt.pk, 99])).status_code == 404
    assert browser.get(reverse("exam_question", args=[attempt.pk, 0])).status_code == 404


def test_no_response_tells_a_key_before_or_after(cast: Cast, school: School, sign_in: SignIn) -> None:
    """Two people with the same paper, one right and one wrong everywhere, read the same words but for figures."""
    Question.objects.filter(use="exam").update(reason="ALASAN RAHASIA")
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    texts = {choice.text for item in attempt.questions.items for choice in item.choices if choice.text}
    said = [browser.get(STEP)]
    for number, item in enumerate(attempt.questions.items, 1):
        page = browser.get(reverse("exam_question", args=[attempt.pk, number]))
        said.append(page)
        shown = [text for text in re.findall(r"<label[^>]*>([^<]+)</label>", page.content.decode()) if text in texts]
        assert sorted(shown) == sorted(choice.text for choice in item.choices if choice.text)
        said.append(save(browser, attempt, number, fields_for(item, is_right=False)))
    said += [browser.get(reverse("exam_hand_in", args=[attempt.pk])), hand_in(browser, attempt)]
    result = browser.get(reverse("exam_result", args=[attempt.pk]))
    said += [result, browser.get(STEP)]
    for answer in said:
        text = answer.content.decode()
        assert "RAHASIA" not in text
        assert not re.search(r'data-(right|key|benar)|"right"', text)
    after = result.content.decode()
    assert not any(text in after for text in texts)
    assert not any(key in after for item in attempt.questions.items for key in item.keys if len(key) > 5)


def test_choices_do_not_stand_in_the_order_of_the_bank_for_everybody(
    cast: Cast, school: School, sign_in: SignIn
) -> None:
    orders = set()
    school.admit(cast.melati, cast.kenari, cast.teratai)
    for person in (cast.seruni, cast.melati, cast.kenari, cast.teratai):
        attempt = begin(sign_in(person))
        ordering = next(item for item in attempt.questions.items if item.kind == "ordering")
        assert ordering.keys != ordering.right
        orders.add((tuple(item.code for item in attempt.questions.items), ordering.keys))
    assert len(orders) > 1


def test_titles_and_addresses_say_nothing_of_the_subject(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    titles = [
        re.search(r"<title>(.*?)</title>", browser.get(url).content.decode(), re.S)
        for url in (STEP, reverse("exam_question", args=[attempt.pk, 2]), reverse("exam_hand_in", args=[attempt.pk]))
    ]
    for title in titles:
        assert title
        assert "Bercermin" not in title[1]


def test_a_question_and_an_answer_cost_the_same_few_queries_in_a_long_exam(
    cast: Cast, sign_in: SignIn, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    school = open_school(draw=40)
    for number in range(36):
        make_question(school.module, f"M-{number}")
    school.admit(cast.seruni)
    browser = sign_in(cast.seruni)
    attempt = begin(browser)
    assert attempt.total == 40
    url = reverse("exam_question", args=[attempt.pk, 39])
    browser.get(url)
    with django_assert_num_queries(4):  # person, roles, attempt, edition
        page = browser.get(url)
    fields = {"entry": hidden(page, "entry"), **fields_for(attempt.questions.items[38])}
    with django_assert_num_queries(7):  # person, roles, savepoint and release, attempt, its update, the entry
        browser.post(url, fields)


def test_staff_read_the_rules_and_cannot_sit_the_exam(
    cast: Cast, school: School, sign_in: SignIn, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    page = sign_in(cast.anggrek).get(STEP)
    assert page.status_code == 200
    assert 'name="attempt"' not in page.content.decode()
    fields = {"entry": uuid.uuid4(), "exam": school.exam_key, "attempt": uuid.uuid4()}
    assert sign_in(cast.anggrek).post(reverse("exam_begin"), fields).status_code == 422
    assert not Attempt.objects.exists()


def test_the_desk_says_the_mark_beside_the_module(cast: Cast, school: School, sign_in: SignIn) -> None:
    browser = sign_in(cast.seruni)
    sit(browser, wrong=("U-3",))
    assert "ujian 75" in browser.get(reverse("courses:desk")).content.decode()
