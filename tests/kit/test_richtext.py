"""The text form of a lesson and the editor's HTML hold the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kit.richtext import MarkdownProblem, from_html, from_markdown, relinked, to_html, to_markdown
from lms.kit.richtext.blocks import Heading, Item, ItemList, Paragraph, Quote, Span, tidy_blocks

LETTERS = st.text(
    st.one_of(
        st.sampled_from("ab *_[]()\\#>-.:1\n\u00a0&<\"'é"),
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]),
    ),
    max_size=12,
)
LINKS = st.sampled_from(["", "", "", "https://contoh.id/a_(b)", "mailto:a@contoh.id", "page:12", "#uji", "/belajar/"])
SPANS = st.lists(st.builds(Span, LETTERS, st.booleans(), st.booleans(), LINKS), max_size=5).map(tuple)
LISTS = st.recursive(
    st.builds(ItemList, st.booleans(), st.lists(st.builds(Item, SPANS), min_size=1, max_size=3).map(tuple)),
    lambda inner: st.builds(
        ItemList,
        st.booleans(),
        st.lists(st.builds(Item, SPANS, st.lists(inner, max_size=2).map(tuple)), min_size=1, max_size=2).map(tuple),
    ),
    max_leaves=4,
)
TEXTS = st.lists(
    st.one_of(st.builds(Paragraph, SPANS), st.builds(Heading, SPANS), st.builds(Quote, SPANS), LISTS), max_size=5
).map(tidy_blocks)


@given(TEXTS)
def test_a_text_comes_back_from_markdown_unchanged(text):
    assert from_markdown(to_markdown(text)) == text


@given(TEXTS)
def test_a_text_comes_back_from_the_editors_html_unchanged(text):
    assert from_html(to_html(text)) == text


@given(TEXTS)
def test_writing_the_markdown_again_changes_no_letter(text):
    once = to_markdown(text)
    assert to_markdown(from_markdown(once)) == once


@given(st.text(st.sampled_from("ab *[]()\\#>-1.\n"), max_size=60))
def test_any_typing_is_read_or_refused_with_a_line(typed):
    lines = typed.count("\n") + 1
    problem = None
    try:
        text = from_markdown(typed)
    except MarkdownProblem as caught:
        problem = caught
    assert from_markdown(to_markdown(text)) == text if problem is None else 1 <= problem.line <= lines


@given(st.text(max_size=80))
def test_any_html_is_read_without_falling(html):
    text = from_html(html)
    assert from_html(to_html(text)) == text


CASES = [
    ("Satu.\nDua.", "<p>Satu. Dua.</p>"),
    ("Satu.\\\nDua.", "<p>Satu.<br/>Dua.</p>"),
    ("**Tebal** dan *miring*", "<p><b>Tebal</b> dan <i>miring</i></p>"),
    ("***dua-duanya***", "<p><b><i>dua-duanya</i></b></p>"),
    ("Isi:\n- satu\n- dua\n  lanjut", "<p>Isi:</p><ul><li>satu</li><li>dua lanjut</li></ul>"),
    ("1. satu\n2. dua\n   - dalam", "<ol><li>satu</li><li>dua<ul><li>dalam</li></ul></li></ol>"),
    ("### Judul\nIsi", "<h3>Judul</h3><p>Isi</p>"),
    ("> “Saya\n> mendengar.”", "<blockquote>“Saya mendengar.”</blockquote>"),
    ("[Sapa](tel:129)", '<p><a href="tel:129">Sapa</a></p>'),
    ("[ini](page:7)", '<p><a linktype="page" id="7">ini</a></p>'),
    ("Tahun\n2004. Lalu", "<p>Tahun 2004. Lalu</p>"),
    ("5 \\* 3 [GK] < 4", "<p>5 * 3 [GK] &lt; 4</p>"),
]


@pytest.mark.parametrize(("markdown", "html"), CASES)
def test_markdown_becomes_the_editors_html(markdown, html):
    assert to_html(from_markdown(markdown)) == html
    assert from_html(html) == from_markdown(markdown)


@pytest.mark.parametrize(
    ("markdown", "line", "sentence"),
    [
        ("Satu.\n\nIni **tebal", 3, "A star mark is not closed. For a real star write \\*."),
        ("# Judul", 1, "Begin a heading with three signs and a space: ### Heading."),
        ("Isi\n\n[x](javascript:alert(1))", 3, "This is not an address: “javascript:alert(1)”."),
    ],
)
def test_what_cannot_be_read_says_where_and_why(markdown, line, sentence):
    with pytest.raises(MarkdownProblem) as caught:
        from_markdown(markdown)
    assert (caught.value.line, str(caught.value)) == (line, sentence)


def test_an_unsafe_address_in_html_loses_its_link_and_keeps_its_text():
    assert to_html(from_html('<p><a href="javascript:x">teks</a><script>x</script></p>')) == "<p>teks</p>"


def test_what_the_editor_writes_around_text_is_dropped():
    html = '<p data-block-key="a1b2c">Satu <b>dua</b></p><hr/><ul><li data-block-key="x">tiga</li></ul>'
    assert to_markdown(from_html(html)) == "Satu **dua**\n\n- tiga"


def test_links_can_be_pointed_elsewhere():
    text = from_markdown("[ini](page:7)\n\n- [itu](page:8)")
    assert to_markdown(relinked(text, {"page:7": "page:a", "page:8": ""}.__getitem__)) == "[ini](page:a)\n\n- itu"


def test_a_page_dresses_its_text():
    html = to_html(from_markdown("### Judul\n\n- satu"), heading=2, classes={"ul": "ticks"})
    assert html == '<h2>Judul</h2><ul class="ticks"><li>satu</li></ul>'
