"""The library: who sees what, what a file may be, and that nothing anybody types is a 500."""

import io
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.kit import clock
from lms.kit.refusing import Refused
from lms.library import shelving
from lms.library.models import Resource
from lms.people.models import TrailLine
from tests.courses.media_files import PAGE, PDF, speech

SHELF = "/pustaka/"


def put(title="Mendengar dengan tenang", *, content=None, name="buku.pdf", by=None, **fields):
    """Something in the library, as the editor would put it there."""
    resource = Resource(
        **{
            "title": title,
            "kind": "book",
            "text": "Cara mendengar.",
            "place": "" if content else "Di kantor.",
            **fields,
        }
    )
    resource.full_clean(exclude=["folded", "file"])
    file = None
    if content is not None:
        file = shelving.check(file=io.BytesIO(content), name=name, size=len(content))
    return shelving.keep(resource=resource, file=file, by=by, now=clock.now())


def shelf(browser, **asked):
    answer = browser.get(SHELF, asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def seruni(cast, sign_in):
    return sign_in(cast.seruni)


class TestWhoSeesWhat:
    def test_a_visitor_sees_what_is_for_everyone_and_a_member_sees_all(self, seruni):
        put("Untuk semua", is_public=True)
        put("Untuk anggota")
        for_visitors, for_members = shelf(Client()), shelf(seruni)
        assert "Untuk semua" in for_visitors
        assert "Untuk anggota" not in for_visitors
        assert "Untuk semua" in for_members
        assert "Untuk anggota" in for_members

    def test_what_is_not_hers_to_see_is_not_there(self, seruni):
        hidden = put(content=PDF)
        for address in (f"{SHELF}{hidden.code}/", f"{SHELF}{hidden.code}/berkas/"):
            assert Client().get(address).status_code == 404
            assert seruni.get(address).status_code == 200
        for wrong in ("tidak-ada", "x" * 200):
            assert seruni.get(f"{SHELF}{wrong}/").status_code == 404
            assert seruni.get(f"{SHELF}{wrong}/berkas/").status_code == 404

    def test_an_empty_shelf_says_so_and_what_to_do(self, db, seruni):
        assert "Rak ini masih kosong" in shelf(Client())
        assert "Masuk untuk melihat" in shelf(Client())
        assert "Pelatih mengisinya." in shelf(seruni)

    def test_the_front_page_and_the_desk_lead_to_it(self, db, seruni):
        assert f'href="{SHELF}"' in Client().get("/").content.decode()
        assert f'href="{SHELF}"' in seruni.get("/belajar/").content.decode()


class TestTheShelf:
    def test_it_is_narrowed_by_words_kind_and_language(self, seruni):
        put("Film sumur", kind="film", language="regional", tags="air; desa, air")
        put("Buku saku hukum", kind="pocket", author="Lembaga Lontar")
        for asked, one, other in (
            ({"q": "SUMUR"}, "Film sumur", "Buku saku hukum"),
            ({"q": "desa air"}, "Film sumur", "Buku saku hukum"),
            ({"q": "lontar"}, "Buku saku hukum", "Film sumur"),
            ({"jenis": "film"}, "Film sumur", "Buku saku hukum"),
            ({"bahasa": "id"}, "Buku saku hukum", "Film sumur"),
            ({"q": "buku", "jenis": "pocket", "bahasa": "id"}, "Buku saku hukum", "Film sumur"),
        ):
            page = shelf(seruni, **asked)
            assert one in page, asked
            assert other not in page, asked

    def test_nothing_found_is_said_and_leads_back_to_all(self, seruni):
        put()
        page = shelf(seruni, q="gajah")
        assert "Tidak ada yang cocok" in page
        assert "Tampilkan semua" in page

    def test_an_unknown_kind_or_page_narrows_nothing(self, seruni):
        put()
        for asked in ({"jenis": "x"}, {"bahasa": "\x00"}, {"hal": "99"}, {"hal": "x"}, {"hal": "9" * 5000}):
            assert "Mendengar dengan tenang" in shelf(seruni, **asked)

    def test_pages_keep_what_was_asked_and_cost_the_same(self, seruni, django_assert_num_queries):
        for number in range(25):
            put(f"Buku {number:02d}")
        page = shelf(seruni, q="buku", jenis="book")
        assert "Halaman 1 dari 3" in page
        assert "?q=buku&amp;jenis=book&amp;hal=2" in page
        assert "Buku 24" in shelf(seruni, q="buku", hal="3")
        with django_assert_num_queries(4):
            shelf(seruni)

    def test_size_and_form_are_said_before_anything_is_fetched(self, seruni):
        found = put(content=PDF, year=2024, author="Lembaga Lontar")
        size = f"{max(1, round(found.bytes / 1000))} kB"
        assert f"Buku · Lembaga Lontar · 2024 · PDF, {size}" in shelf(seruni)
        page = seruni.get(f"{SHELF}{found.code}/").content.decode()
        assert f"Simpan berkas (PDF, {size})" in page

    def test_what_has_no_file_says_where_it_can_be_borrowed(self, seruni):
        found = put(place="Di kantor, tanyakan koordinator.")
        page = seruni.get(f"{SHELF}{found.code}/").content.decode()
        assert "Di kantor, tanyakan koordinator." in page
        assert "/berkas/" not in page
        assert seruni.get(f"{SHELF}{found.code}/berkas/").status_code == 404


class TestNeutral:
    TITLE = "Mengenali kekerasan di rumah"

    def test_a_title_that_betrays_needs_an_outer_one(self, db):
        with pytest.raises(ValidationError, match="judul luar"):
            put(self.TITLE)
        with pytest.raises(ValidationError, match="HP bersama"):
            put(self.TITLE, outer_title="Buku KDRT")

    def test_lists_tabs_and_addresses_show_the_outer_title_only(self, seruni):
        found = put(self.TITLE, outer_title="Buku hijau", content=PDF)
        assert self.TITLE not in shelf(seruni)
        answer = seruni.get(f"{SHELF}{found.code}/")
        page = answer.content.decode()
        assert "<title>Buku hijau – Lopo</title>" in page
        assert "<h1>Buku hijau</h1>" in page
        assert f"<dd>{self.TITLE}</dd>" in page
        file = seruni.get(f"{SHELF}{found.code}/berkas/")
        assert file["Content-Disposition"] == f'attachment; filename="lopo-{found.code}.pdf"'
        assert not set(found.code) & set("aeiou")


class TestFiles:
    def test_a_file_is_an_attachment_that_runs_nothing_and_stays_off_shared_caches(self, seruni):
        found = put(content=PDF)
        answer = seruni.get(f"{SHELF}{found.code}/berkas/")
        assert b"".join(answer) == PDF
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-cache"
        assert seruni.get(f"/media/{found.file}").status_code == 404

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (PAGE, "buku.pdf", "tidak sesuai namanya"),
            (b"", "buku.pdf", "kosong"),
            (PAGE, "gambar.svg", "tidak diterima"),
            (PDF, "buku.html", "tidak diterima"),
            (speech(1), "suara.wav", "pdf, docx, xlsx, csv, txt, mp3, m4a atau mp4"),
            (PDF.replace(b"/Catalog", b"/A<</S/Launch>>"), "buku.pdf", "program"),
        ],
        ids=["page", "empty", "svg", "html", "wav", "launch"],
    )
    def test_what_is_no_such_file_is_refused_in_words(self, db, content, name, sentence):
        with pytest.raises(Refused, match=sentence):
            put(content=content, name=name)
        assert not Resource.objects.exists()

    def test_the_old_file_goes_when_the_last_one_lets_it_go(self, cast, django_capture_on_commit_callbacks):
        one, two = put(content=PDF), put(content=PDF)
        path = shelving.path_of(one.file)
        with django_capture_on_commit_callbacks(execute=True):
            shelving.remove(resource=one, by=cast.anggrek, now=clock.now())
        assert path.is_file()
        with django_capture_on_commit_callbacks(execute=True):
            shelving.remove(resource=two, by=cast.anggrek, now=clock.now())
        assert not path.exists()

    def test_neither_file_nor_place_is_refused_by_the_action_and_by_the_database(self, db):
        with pytest.raises(Refused, match="di mana dapat dipinjam"):
            put(place="")
        with pytest.raises(IntegrityError), transaction.atomic():
            Resource.objects.create(title="x", kind="book", text="x")


class TestTheSearchOfLearners:
    def test_it_finds_the_library_too(self, seruni):
        found = put("Menenun bersama", content=PDF)
        page = seruni.get("/belajar/cari/", {"q": "menenun"}).content.decode()
        assert f'href="{SHELF}{found.code}/"' in page

    def test_what_it_shows_is_the_outer_title(self, seruni):
        put("Mengenali kekerasan", outer_title="Buku hijau")
        page = seruni.get("/belajar/cari/", {"q": "mengenali"}).content.decode()
        assert "Buku hijau" in page
        assert "Mengenali kekerasan" not in page


NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="%_\\'\"*()^:-+~&|!<>\x00\u00a0\ud800\udfff😀İﷺ", max_size=40),
    st.sampled_from(["a" * 10_000, '"', "\x00", "\u00a0", "AND OR NOT NEAR(", "%" * 500, "😀" * 400, "\ud83d"]),
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=NASTY, kind=st.one_of(st.just("book"), NASTY), page=st.one_of(st.just("1"), st.text(max_size=8)))
def test_nothing_that_is_typed_is_a_500(db, query, kind, page):
    asked = (("q", query), ("jenis", kind), ("hal", page))
    typed = "&".join(f"{name}={quote(one, errors='surrogatepass')}" for name, one in asked)
    assert Client().get(f"{SHELF}?{typed}").status_code == 200


class TestTheEditor:
    FORM = {"title": "Buku baru", "kind": "book", "language": "id", "text": "Untuk pelatih.", "place": "Di kantor."}

    @pytest.fixture
    def trainer(self, cast, sign_in):
        call_command("set_up", verbosity=0)
        return sign_in(cast.anggrek)

    def test_a_trainer_puts_a_file_in_and_the_trail_says_so(self, trainer, cast, seruni):
        upload = io.BytesIO(PDF)
        upload.name = "buku.pdf"
        answer = trainer.post("/admin/snippets/library/resource/add/", {**self.FORM, "place": "", "upload": upload})
        assert answer.status_code == 302, answer.content.decode()
        found = Resource.objects.get()
        assert (found.form, found.bytes, found.title) == ("PDF", len(PDF), "Buku baru")
        assert TrailLine.objects.get(verb="library.kept").actor == cast.anggrek
        assert "Buku baru" in shelf(seruni, q="pelatih")

    def test_a_change_without_a_new_file_keeps_the_old_one(self, trainer):
        found = put(content=PDF)
        address = f"/admin/snippets/library/resource/edit/{found.pk}/"
        assert trainer.get(address).status_code == 200
        assert trainer.post(address, {**self.FORM, "place": ""}).status_code == 302
        found.refresh_from_db()
        assert (found.title, found.bytes) == ("Buku baru", len(PDF))

    def test_what_is_refused_stands_at_its_field(self, trainer):
        upload = io.BytesIO(PAGE)
        upload.name = "buku.pdf"
        page = trainer.post("/admin/snippets/library/resource/add/", {**self.FORM, "upload": upload}).content.decode()
        assert "tidak sesuai namanya" in page
        page = trainer.post("/admin/snippets/library/resource/add/", {**self.FORM, "place": ""}).content.decode()
        assert "di mana dapat dipinjam" in page
        assert not Resource.objects.exists()

    def test_removing_takes_it_off_the_shelf(self, trainer, seruni):
        found = put(content=PDF)
        answer = trainer.post(f"/admin/snippets/library/resource/delete/{found.pk}/")
        assert answer.status_code == 302
        assert "Mendengar" not in shelf(seruni)
        assert TrailLine.objects.filter(verb="library.removed").exists()

    def test_several_at_once_go_with_their_files_too(self, trainer, django_capture_on_commit_callbacks):
        found = [put("Satu", content=PDF), put("Dua", content=PDF)]
        address = "/admin/bulk/library/resource/delete/?" + "&".join(f"id={one.pk}" for one in found)
        assert trainer.get(address).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            assert trainer.post(address).status_code == 302
        assert not Resource.objects.exists()
        assert not shelving.path_of(found[0].file).exists()
        assert TrailLine.objects.filter(verb="library.removed").count() == 2

    @pytest.mark.parametrize("who", ["seruni", "murai"])
    def test_learners_and_mentors_do_not_get_in(self, cast, sign_in, who):
        answer = sign_in(getattr(cast, who)).get("/admin/snippets/library/resource/")
        assert answer.status_code in (302, 404)


class TestTheStarter:
    def test_it_fills_an_empty_library_once(self, db):
        call_command("load_library", "lms/library/content", verbosity=0)
        before = list(Resource.objects.values_list("code", "file", "bytes"))
        assert len(before) == 7
        call_command("load_library", "lms/library/content", verbosity=0)
        assert list(Resource.objects.values_list("code", "file", "bytes")) == before

    def test_what_a_trainer_took_away_does_not_come_back(self, cast):
        found = put()
        shelving.remove(resource=found, by=cast.anggrek, now=clock.now())
        call_command("load_library", "lms/library/content", verbosity=0)
        assert not Resource.objects.exists()

    def test_laws_stand_as_still_to_be_checked_until_somebody_did(self, db):
        call_command("load_library", "lms/library/content", verbosity=0)
        law = Resource.objects.filter(kind="law").first()
        assert "Masih perlu diperiksa" in Client().get(f"{SHELF}{law.code}/").content.decode()
        Resource.objects.filter(pk=law.pk).update(checked_on=clock.today())
        assert "Masih perlu diperiksa" not in Client().get(f"{SHELF}{law.code}/").content.decode()
