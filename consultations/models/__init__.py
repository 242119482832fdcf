from consultations.models.absences import Absence
from consultations.models.appointments import Appointment, Concern
from consultations.models.checklists import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from consultations.models.claims import Claim
from consultations.models.hours import Lane, Language, OfficeHours, Topic
from consultations.models.phone_tasks import PhoneTask
from consultations.models.reminders import DayNotice, Reminder, ReminderPlan
from consultations.models.satisfaction import Ease, Helped, SatisfactionAnswer, SatisfactionInvitation
from consultations.models.series import OfficeHoursSeries
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
    "FreedTime",
    "Helped",
    "Lane",
    "Language",
    "OfficeHours",
    "OfficeHoursSeries",
    "PassedOver",
    "PhoneTask",
    "ProtectionClass",
    "Reminder",
    "ReminderPlan",
    "SatisfactionAnswer",
    "SatisfactionInvitation",
    "Topic",
    "Waiting",
    "WaitingOffer",
    "Wording",
]
