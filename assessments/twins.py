"""Questions of one module that say nearly the same. Only reads; two queries, and a cost that grows with the module."""

from collections.abc import Iterable, Mapping

from assessments.models import Question
from assessments.models.bank_blocks import texts_of, values_of
from assessments.rules import likeness
from assessments.rules.likeness import Wording

MOST_COMPARED = 3_000
COMPARED = ("code", "stem", "family", "choices", "pairs", "accepted", "value", "module_id")


def of(questions: Iterable[Question]) -> Mapping[str, tuple[str, ...]]:
    """For each of these questions the codes of its twins; none: no entry. It looks through 3,000 questions at most."""
    rows = [one for one in questions if one.module_id]
    modules = {one.module_id for one in rows}
    banks: dict[int | None, list[Wording]] = {module: [] for module in modules}
    for one in Question.objects.filter(module__in=modules).only(*COMPARED).order_by("pk")[:MOST_COMPARED]:
        banks[one.module_id].append(wording(one))
    found = {}
    for module, bank in banks.items():
        near = likeness.alike([wording(one) for one in rows if one.module_id == module], bank)
        found.update({code: tuple(alike.code for alike in alikes) for code, alikes in near.items()})
    return found


def wording(question: Question) -> Wording:
    """What it says, for comparing."""
    answers = [value["text"] or value.get("alt") or "" for _key, value in values_of(question.choices)]
    answers += [f"{text} {match}".strip() for text, match in texts_of(question.pairs)]
    return Wording(question.code, question.stem, (*answers, *question.accepted, question.value), question.family)
