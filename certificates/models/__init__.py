from certificates.models.batches import Batch, BatchRow
from certificates.models.certificates import Certificate, Decision, Paper
from certificates.models.inquiries import Inquiry
from certificates.models.placements import HoursEntry, Placement
from certificates.models.reflections import Pledge, Reflection
from certificates.models.renewals import Refresher, Reminder
from certificates.models.sheets import MonthSheet
from certificates.models.standards import PledgeText, Standard
from certificates.models.states import StateChange
from certificates.models.supervision import SignOff, SupervisionTalk

__all__ = [
    "Batch",
    "BatchRow",
    "Certificate",
    "Decision",
    "HoursEntry",
    "Inquiry",
    "MonthSheet",
    "Paper",
    "Placement",
    "Pledge",
    "PledgeText",
    "Reflection",
    "Refresher",
    "Reminder",
    "SignOff",
    "Standard",
    "StateChange",
    "SupervisionTalk",
]
