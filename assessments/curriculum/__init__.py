"""The files of a curriculum that belong to assessments: practice, exam, branching story, practical task, questions."""

from assessments.curriculum import bank, practicals, steps, stories


def register() -> None:
    """Called once at start-up."""
    bank.register()
    steps.register()
    stories.register()
    practicals.register()
