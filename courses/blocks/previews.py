"""What the editor shows of a block before it is chosen: small samples, in the editor's language."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.images import get_image_model


def _paragraph(words: str) -> str:
    return f"<p>{words}</p>"


def text() -> str:
    return _paragraph(_("A lesson speaks in short sentences. One idea at a time."))


def key_point() -> dict[str, Any]:
    return {"text": _paragraph(_("Violence is never the fault of the person it is done to."))}


def callout() -> dict[str, Any]:
    return {"kind": "safety", "title": _("Safety first"), "text": _paragraph(_("Talk where nobody listens."))}


def term() -> dict[str, Any]:
    return {"term": _("Consent"), "meaning": _("A free yes of somebody who knows what it is about.")}


def self_check() -> dict[str, Any]:
    return {
        "code": "contoh",
        "question": _("She does not want to talk today. What do you say?"),
        "choices": [
            {"text": _("“You must talk now.”"), "right": False, "feedback": _("Forcing closes the door.")},
            {"text": _("“I am here when you want.”"), "right": True, "feedback": _("She decides.")},
        ],
    }


def story() -> dict[str, Any]:
    return {
        "code": "contoh",
        "title": _("A knock at night"),
        "minutes": 2,
        "note": _("This story mentions violence at home. You may skip it."),
        "neutral": _("Write three sentences that calm."),
        "text": _paragraph(_("Ibu Cempaka knocks at the door. She is let in.")),
        "helped": _("A safe place and time."),
    }


def dialogue() -> dict[str, Any]:
    return {
        "code": "contoh",
        "title": _("At the well"),
        "note": "",
        "neutral": "",
        "voices": {"first": "Ibu Cempaka", "second": "Ibu Seroja"},
        "lines": [
            {"voice": "1", "text": _("May I tell you something?")},
            {"voice": "2", "text": _("Yes. We sit where nobody hears us.")},
        ],
        "helped": _("Asking first, and a quiet place."),
    }


def gallery() -> dict[str, Any]:
    sentences = [_("Sit at equal height."), _("Listen without asking for details.")]
    return {
        "title": _("Meeting a child"),
        "note": "",
        "neutral": "",
        "steps": [{"image": picture_sample(), "alt": sentence, "text": sentence} for sentence in sentences],
    }


def picture() -> dict[str, Any]:
    return {"image": picture_sample(), "alt": _("A sample picture."), "caption": _("Words under the picture.")}


def picture_sample() -> Any:
    """Some picture of the site, or none while there is none."""
    return get_image_model().objects.order_by("pk").first()


def table() -> dict[str, Any]:
    rows = [
        (_("Where from"), _("The body"), _("What people agree on")),
        (_("Can it change"), _("Hardly"), _("Yes, it changes all the time")),
    ]
    return {
        "caption": _("Sex and gender"),
        "head": {"first": _("Question"), "second": _("Sex"), "third": _("Gender")},
        "rows": [{"cells": dict(zip(("first", "second", "third"), row, strict=True))} for row in rows],
    }


def decision() -> dict[str, Any]:
    cases = [
        ("no", _("Sexual violence"), _("Safety, health, coordinator."), ["uu-tpks-23"]),
        ("consult", _("Maintenance after a divorce"), _("Ask legal aid. Go with her."), []),
        ("yes", _("A birth certificate"), _("Go with her to the office."), []),
    ]
    return {
        "title": _("Before anybody decides"),
        "question": _("May it be settled in the village?"),
        "rows": [{"case": case, "answer": answer, "text": words, "laws": laws} for answer, case, words, laws in cases],
        "note": _("Her choice comes first."),
    }


def checklist() -> dict[str, Any]:
    return {"title": _("In the bag"), "items": [_("Identity papers"), _("Medicine"), _("A little money")]}


def discussion() -> dict[str, Any]:
    return {
        "title": _("Who decides at home?"),
        "minutes": 15,
        "note": "",
        "neutral": "",
        "text": _paragraph(_("Talk in threes. Use an invented family.")),
    }


def referral() -> dict[str, Any]:
    return {
        "title": _("Where to go"),
        "rows": [
            {"need": _("She is hurt"), "service": "puskesmas", "text": _("A health worker looks after her first.")},
            {"need": _("She wants to talk at night"), "service": "sapa-129", "text": ""},
        ],
    }


def pause() -> dict[str, Any]:
    return {"text": _("Put the phone down. Breathe in slowly, breathe out slowly.")}
