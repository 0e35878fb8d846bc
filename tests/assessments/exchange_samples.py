"""Questions of every kind in the form of questions.yaml, for going out and coming back."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

FOLDER = Path(__file__).parent / "exchange"
COMMON = {"use": "exam", "critical": False, "difficulty": 2, "lesson": "", "family": "", "laws": [], "sources": []}
SINGLE = {
    "kind": "single",
    "stem": "Baris pertama.\nApa = kata {Anda} #1 ~ 5: \\?",
    "choices": [
        {"text": "= ini", "right": True},
        {"text": "~ itu <b>", "right": False},
        {"text": "[x] a", "right": False},
    ],
}
MULTIPLE = {
    "kind": "multiple",
    "stem": "Mana?",
    "partial": True,
    "choices": [{"text": text, "right": text != "d"} for text in ("a", "b", "c", "d")],
}
ORDERING = {
    "kind": "ordering",
    "stem": "Urutkan.",
    "partial": False,
    "choices": [{"text": "satu"}, {"text": "dua"}, {"text": "tiga"}],
}
MATCHING = {
    "kind": "matching",
    "stem": "Pasangkan.",
    "partial": True,
    "pairs": [{"text": "Luka & sakit", "match": "Puskesmas"}, {"text": "Surat", "match": "Kantor desa"}],
    "decoys": ["Pasar"],
}
SHORT = {"kind": "short", "stem": "Nomor?", "accepted": ["112", "seratus < dua"], "slips": "1"}
NUMBER = {"kind": "number", "stem": "Berapa?", "value": "-2,5", "tolerance": "0,5", "unit": "jam"}
TRUE_FALSE = {"kind": "true_false", "stem": "Benar?", "answer": False}


def questions() -> list[dict[str, Any]]:
    """One of each kind that holds no picture."""
    kinds = [SINGLE, MULTIPLE, ORDERING, MATCHING, SHORT, NUMBER, TRUE_FALSE]
    made = [{**COMMON, "code": f"M1-{n}", "reason": "Karena\nbegitu.", **kind} for n, kind in enumerate(kinds, 1)]
    made[0] |= {"critical": True, "lesson": "3", "family": "F1", "laws": ["uu-a"], "sources": ["S1"], "difficulty": 3}
    made[1] |= {"use": "practice", "competency": "k3", "tags": ["kata", "dua kata"]}
    return made


def picture(colour: str = "#884422") -> bytes:
    out = BytesIO()
    Image.new("RGB", (24, 16), colour).save(out, "PNG")
    return out.getvalue()


def flat(question: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty or usual, and numbers as words: what two forms of one question have in common."""
    usual = {"difficulty": "2", "family": question.get("code")}
    plain = {
        name: str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in question.items()
    }
    return {
        name: value
        for name, value in plain.items()
        if value not in ("", [], (), False, None, "0") and usual.get(name) != value
    }
