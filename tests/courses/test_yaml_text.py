"""YAML is written in one way, and YAML reads the same back."""

from decimal import Decimal
from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from courses.curriculum.yaml_text import scalar, to_yaml

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"], max_codepoint=0xFFFF), max_size=30
)


@given(WORDS)
def test_any_text_comes_back(text):
    assert yaml.safe_load(f"a: {scalar(text)}") == {"a": text}
    assert yaml.safe_load(f"[{scalar(text, in_list=True)}]") == [text]


CASES = [
    ({"a": "Ibu berkata: “aman”"}, 'a: "Ibu berkata: “aman”"\n'),
    ({"a": "biasa", "b": None, "c": True, "d": 3, "e": Decimal("2.50")}, "a: biasa\nb: null\nc: true\nd: 3\ne: 2.5\n"),
    ({"a": UUID(int=1)}, "a: 00000000-0000-0000-0000-000000000001\n"),
    ({"a": "satu\n\ndua"}, "a: |\n  satu\n\n  dua\n"),
    ({"a": ["1", "ujian", "M1-2"]}, 'a: ["1", ujian, M1-2]\n'),
    ({"a": []}, "a: []\n"),
    ({"a": ["Satu kalimat.", "Dua: kalimat."]}, 'a:\n  - Satu kalimat.\n  - "Dua: kalimat."\n'),
    ({"a": [{"b": "c", "d": "e\nf"}]}, "a:\n  - b: c\n    d: |\n      e\n      f\n"),
    ([{"a": "1"}, {"a": "No"}], '- a: "1"\n\n- a: "No"\n'),
]


@pytest.mark.parametrize(("value", "text"), CASES)
def test_each_shape_has_one_form(value, text):
    assert to_yaml(value) == text
