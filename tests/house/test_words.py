"""Words: all marked, all in Indonesian, none that betrays what the site is about."""

import re

from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.plan import ROOT
from tests.house.test_sizes import tracked

# A shared phone shows addresses, titles and file names to everyone.
BETRAYING = re.compile(r"keras|violen|korban|victim|surviv|rape|perkosa|lapor|report-abuse|abuse|kasus|kdrt|tpks", re.I)
TEXT_BETWEEN_TAGS = re.compile(r">([^<>{}]*[A-Za-zÀ-ÿ]{3,}[^<>{}]*)<")
MARKED = re.compile(r"\{%\s*(?:block)?trans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->|<(script|style|title)\b.*?</\1>", re.S)


def templates() -> list:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_the_indonesian_catalogue_is_complete() -> None:
    call_command("messages", check=True, verbosity=0)


def test_every_visible_text_of_a_template_is_marked_for_translation() -> None:
    faults = []
    for path in templates():
        if path.parent.name == "style":
            continue  # the page of parts shows sample words
        source = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        source = re.sub(r"\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}", "", source, flags=re.S)
        source = TAGS.sub("", source)
        for text in TEXT_BETWEEN_TAGS.findall(source):
            if text.strip() not in {"Lopo", "Lopo –", "PIN", "QR", "kB", "SAPA 129"}:
                faults.append(f"{path.relative_to(ROOT)}: {text.strip()[:60]!r}")
    assert faults == []


def walk(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        found += [here] if isinstance(pattern, URLPattern) else walk(pattern, here)
    return found


def test_no_address_betrays_what_the_site_is_about() -> None:
    own = [address for address in walk(get_resolver()) if not address.startswith("admin/")]
    assert [address for address in own if BETRAYING.search(address)] == []


def test_no_title_and_no_public_file_name_betrays_it() -> None:
    titles = {
        f"{path.name}: {title}"
        for path in templates()
        for title in re.findall(r"\{%\s*block title\s*%\}(.*?)\{%\s*endblock", path.read_text(encoding="utf-8"), re.S)
        if BETRAYING.search(title)
    }
    names = {
        path.name
        for path in tracked()
        if ("static" in path.parts or "pictures" in path.parts) and BETRAYING.search(path.name)
    }
    assert (titles, names) == (set(), set())
