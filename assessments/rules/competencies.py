"""What a companion can do, observed or shown: the sign-offs of an internship, and what stories and tasks train."""

from collections.abc import Mapping

from lms.kit.words import Sentence, gettext_noop

COMPETENCIES: Mapping[str, Sentence] = {
    "k0": Sentence(gettext_noop("Understand gender and the forms of violence")),
    "k1": Sentence(gettext_noop("Open a talk and say the limits of confidentiality")),
    "k2": Sentence(gettext_noop("Give first support in five steps")),
    "k3": Sentence(gettext_noop("Know danger signs and make a safety plan")),
    "k4": Sentence(gettext_noop("Ask for consent and refer")),
    "k5": Sentence(gettext_noop("Write a chronology")),
    "k6": Sentence(gettext_noop("Accompany her to a service")),
    "k7": Sentence(gettext_noop("Refuse a settlement that is not allowed")),
    "k8": Sentence(gettext_noop("Decide by the code of ethics")),
}
