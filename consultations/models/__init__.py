from consultations.models.absences import Absence
from consultations.models.appointments import Appointment, Concern
from consultations.models.checklists import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from consultations.models.claims import Claim
from consultations.models.hours import Lane, Language, OfficeHours, Topic
from consultations.models.phone_tasks import PhoneTask
from consultations.models.reminders import DayNotice, Reminder, ReminderPlan
from consultations.models.report_reading import ReportFile, ReportOpening, ReportReader
from consultations.models.satisfaction import Ease, Helped, SatisfactionAnswer, SatisfactionInvitation
from consultations.models.series import OfficeHoursSeries
from consultations.models.travel_plans import TravelPlan
from consultations.models.uptake import Uptake
from consultations.models.visit_reports import Finding, Recommendation, VisitReport
from consultations.models.visits import Visit, VisitMatter, VisitRequest, VisitRequestStep
from consultations.models.waiting import FreedTime, PassedOver, Waiting, WaitingOffer

__all__ = [
    "Absence",
    "Appointment",
    "Checklist",
    "ChecklistArea",
    "ChecklistItem",
    "Claim",
    "Concern",
    "DayNotice",
    "Ease",
    "Finding",
    "FreedTime",
    "Helped",
    "Lane",
    "Language",
    "OfficeHours",
    "OfficeHoursSeries",
    "PassedOver",
    "PhoneTask",
    "ProtectionClass",
    "Recommendation",
    "Reminder",
    "ReminderPlan",
    "ReportFile",
    "ReportOpening",
    "ReportReader",
    "SatisfactionAnswer",
    "SatisfactionInvitation",
    "Topic",
    "TravelPlan",
    "Uptake",
    "Visit",
    "VisitMatter",
    "VisitReport",
    "VisitRequest",
    "VisitRequestStep",
    "Waiting",
    "WaitingOffer",
    "Wording",
]
