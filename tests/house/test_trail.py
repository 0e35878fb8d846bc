"""Every line that an action writes into the trail is read in a dossier as a sentence."""

import ast
import re

from certificates.models import Decision, PaperCertificate
from certificates.views.trail_words import WORDS
from tests.house.plan import ROOT, TOPS

VERB = re.compile(r"(people|library|courses|assessments|certificates)\.[a-z_]*[a-z]")
# Verbs whose end is a value of the row: what may stand there.
ENDS = {
    "certificates.": {Decision.Kind.CERTIFIED.value, Decision.Kind.RENEWED.value},
    "certificates.paper_": {PaperCertificate.State.AGREED.value, PaperCertificate.State.DECLINED.value},
}


def verbs(source: str) -> set[str]:
    """What a module that writes into the trail calls its lines; kinds of pages and entries are no past tenses."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            found |= {f"{node.values[0].value}{end}" for end in ENDS.get(str(node.values[0].value), ())}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
            found.add(node.value)
    return found - {"assessments.practical"}


def recorded() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for top in TOPS for path in sorted((ROOT / top).rglob("*.py")))
    return set().union(*(verbs(one) for one in sources if "trailing.record(" in one or "verb=" in one))


def test_every_recorded_verb_has_its_sentence_and_every_sentence_its_verb() -> None:
    found = recorded()
    assert len(found) > 60
    assert sorted(found ^ set(WORDS)) == []
