from certificates.models.alumni import CallConsent, PaperCertificate
from certificates.models.batches import Batch, BatchRow
from certificates.models.candidacies import Candidacy
from certificates.models.cards import CardSheet
from certificates.models.certificates import Certificate, Decision, Paper
from certificates.models.coverage import CoverageMonth
from certificates.models.inquiries import Inquiry
from certificates.models.layouts import CertificateLayout, LayoutVersion
from certificates.models.naming import PublicName
from certificates.models.placements import HoursEntry, Placement
from certificates.models.recognitions import AgeWord, PriorLearning
from certificates.models.reflections import Pledge, Reflection
from certificates.models.renewals import Refresher, Reminder
from certificates.models.sheets import MonthSheet
from certificates.models.standards import PledgeText, Standard
from certificates.models.states import StateChange
from certificates.models.supervision import SignOff, SupervisionTalk

__all__ = [
    "AgeWord",
    "Batch",
    "BatchRow",
    "CallConsent",
    "Candidacy",
    "CardSheet",
    "Certificate",
    "CertificateLayout",
    "CoverageMonth",
    "Decision",
    "HoursEntry",
    "Inquiry",
    "LayoutVersion",
    "MonthSheet",
    "Paper",
    "PaperCertificate",
    "Placement",
    "Pledge",
    "PledgeText",
    "PriorLearning",
    "PublicName",
    "Reflection",
    "Refresher",
    "Reminder",
    "SignOff",
    "Standard",
    "StateChange",
    "SupervisionTalk",
]
