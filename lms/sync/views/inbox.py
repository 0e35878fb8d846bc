"""The phone's door: `POST /sinkron/` (design.md 4)."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.kit import clock
from lms.sync import receiving
from lms.sync.receiving import Incoming

MOST_ENTRIES = 200
MOST_BYTES = 256 * 1024


class BadEnvelope(ValueError):
    """The body is not what design.md 4 describes; the text is the sentence for the answer."""


@require_POST
def inbox(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return _say(401, _("Your session has ended. Sign in again; nothing is lost."))
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        return _say(413, _("This is too much at once. Send fewer entries."))
    try:
        device, incoming = read_envelope(request.body)
    except BadEnvelope as error:
        return _say(400, str(error))
    now = clock.now()
    try:
        receipts = receiving.receive(person=request.user, device=device, incoming=incoming, now=now)
    except receiving.OtherPersonsOutbox:
        return _say(403, _("These entries belong to somebody else on this phone."))
    answer = [{"id": str(one.id), "state": one.state, "reason": one.reason} for one in receipts]
    return JsonResponse({"receipts": answer, "server_time": now.isoformat()})


def read_envelope(body: bytes) -> tuple[UUID, list[Incoming]]:
    """Device and entries of a body; raises BadEnvelope with the sentence for the answer."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadEnvelope(_("The message is damaged. Send it again.")) from error
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise BadEnvelope(_("The message has no list of entries."))
    if len(data["entries"]) > MOST_ENTRIES:
        raise BadEnvelope(_("A message may hold 200 entries. Send fewer."))
    return _uuid(data.get("device")), [_entry(one) for one in data["entries"]]


def _entry(data: Any) -> Incoming:
    if not isinstance(data, dict):
        raise BadEnvelope(_("An entry of the message is damaged."))
    fields = data.get("fields")
    if not isinstance(data.get("kind"), str) or not isinstance(fields, dict):
        raise BadEnvelope(_("An entry of the message has no kind or no fields."))
    return Incoming(id=_uuid(data.get("id")), kind=data["kind"], made_at=_moment(data.get("made_at")), fields=fields)


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadEnvelope(_("The message has a damaged number.")) from error


def _moment(value: Any) -> datetime:
    """A phone's clock may be wrong by years; only the form of the text is checked."""
    try:
        moment = parse_datetime(value)
    except (ValueError, TypeError) as error:
        raise BadEnvelope(_("An entry of the message has a damaged time.")) from error
    if moment is None:
        raise BadEnvelope(_("An entry of the message has a damaged time."))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _say(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
