"""What remains: one pure answer from a standard, the evidence and a date (domain.md 4.5).

The companion, her mentor and her coordinator read the same sentences. Nobody stores the answer.
"""

from dataclasses import dataclass
from datetime import date

from certificates.rules import learning, promising, serving
from certificates.rules.requirements import Evidence, NextStep, Requirement
from certificates.rules.standards import StandardRules


@dataclass(frozen=True, slots=True)
class Standing:
    """Every requirement of the standard on a date."""

    title: str
    on: date
    requirements: tuple[Requirement, ...]

    @property
    def done(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if requirement.is_done)

    @property
    def remaining(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_done)

    @property
    def is_complete(self) -> bool:
        return not self.remaining

    @property
    def next(self) -> NextStep | None:
        """The first step that she herself can take."""
        return next((requirement.next for requirement in self.remaining if requirement.next), None)

    def requirement(self, code: str) -> Requirement | None:
        return next((requirement for requirement in self.requirements if requirement.code == code), None)


def standing(standard: StandardRules, evidence: Evidence, today: date) -> Standing:
    """Judge the evidence by the standard on a day. Requirements the standard does not ask for are left out."""
    found = (
        learning.modules(standard, evidence) if standard.modules else None,
        learning.exams(standard, evidence) if any(module.exam for module in standard.modules) else None,
        learning.stories(standard, evidence) if standard.stories else None,
        learning.tasks(standard, evidence) if standard.tasks else None,
        learning.training_days(standard, evidence) if standard.training_days else None,
        serving.internship(standard, evidence) if standard.activities else None,
        serving.competencies(standard, evidence) if standard.competencies else None,
        serving.supervision(standard, evidence) if standard.talks else None,
        promising.reflection(evidence, today) if standard.reflection else None,
        promising.pledge(evidence) if standard.pledge else None,
        promising.safeguarding(evidence) if standard.safeguarding else None,
        promising.age(standard, evidence) if standard.minimum_age else None,
    )
    return Standing(standard.title, today, tuple(requirement for requirement in found if requirement))
