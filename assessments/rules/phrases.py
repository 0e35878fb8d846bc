"""Short sentences an assessor may use, by level; an organisation writes its own in the editor."""

from lms.kit.words import Sentence, gettext_noop

USUAL: dict[int, tuple[Sentence, ...]] = {
    0: (
        Sentence(gettext_noop("This part needs another look. Read the case once more.")),
        Sentence(gettext_noop("Here somebody could come to harm. Let us talk about it.")),
    ),
    1: (
        Sentence(gettext_noop("You have begun well. One thing is missing: …")),
        Sentence(gettext_noop("Write what you saw and heard, without an opinion.")),
    ),
    2: (
        Sentence(gettext_noop("This is right. It becomes stronger with an example.")),
        Sentence(gettext_noop("Good. Say also when, and with whom.")),
    ),
    3: (
        Sentence(gettext_noop("Clear, safe and complete. Keep it like this.")),
        Sentence(gettext_noop("You let her decide. That is the heart of this work.")),
    ),
}
