"""The files of a curriculum that belong to assessments: practice, exam, questions."""

from assessments.curriculum import bank, steps


def register() -> None:
    """Called once at start-up."""
    bank.register()
    steps.register()
