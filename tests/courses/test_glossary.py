"""A word that a lesson explains leads to its explanation, wherever the lesson uses it."""

import pytest

from courses import glossary
from courses.glossary import Word
from tests.courses import making

GENDER, FORCED = Word("Gender", "kata-1"), Word("Kawin paksa", "kata-2")


def link(word, text):
    return f'<a class="word" href="#{word.anchor}" aria-describedby="{word.anchor}">{text}</a>'


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ("<p>Apa itu gender? Gender itu peran.</p>", f"<p>Apa itu {link(GENDER, 'gender')}? Gender itu peran.</p>"),
        ("<h2>Gender</h2><p>Kata gender</p>", f"<h2>Gender</h2><p>Kata {link(GENDER, 'gender')}</p>"),
        ('<p><a href="/x">gender</a></p>', '<p><a href="/x">gender</a></p>'),
        ("<p>transgender, genderan</p>", "<p>transgender, genderan</p>"),
        (
            "<p>Kawin paksa dan gender</p>",
            f"<p>{link(FORCED, 'Kawin paksa')} dan {link(GENDER, 'gender')}</p>",
        ),
        ('<img alt="gender"><br/>gender', f'<img alt="gender"><br/>{link(GENDER, "gender")}'),
        ("<p>Tanpa kata itu.</p>", "<p>Tanpa kata itu.</p>"),
    ],
)
def test_the_first_use_in_a_block_becomes_a_link(html, drawn):
    assert glossary.linked(html, (GENDER, FORCED)) == drawn


def test_a_word_with_signs_is_found_as_it_stands():
    word = Word("A & (B", "kata-1")
    assert glossary.linked("<p>Ada A &amp; (B.</p>", (word,)).count("<a ") in (0, 1)
    assert glossary.linked("<p>x</p>", (Word("(", "kata-1"),)) == "<p>x</p>"


def test_a_lesson_leads_from_its_words_to_their_explanation(cast, db, tmp_path, sign_in):
    text = making.LESSON_1.replace("Peran dapat *berubah*.", "Gender dapat *berubah*.")
    plan = making.small_course(tmp_path / "kecil", **{"modul-01/1.md": text})
    making.enrol(cast.seruni, plan)
    page = sign_in(cast.seruni).get("/belajar/kecil/m1/1/").content.decode()
    assert '<p class="think" id="kata-1"><b><dfn>Gender</dfn></b>: Peran yang dibentuk masyarakat.</p>' in page
    assert page.count(link(GENDER, "Gender")) == 1
