from consultations.models.absences import Absence
from consultations.models.appointments import Appointment, Concern
from consultations.models.claims import Claim
from consultations.models.hours import Lane, Language, OfficeHours, Topic
from consultations.models.phone_tasks import PhoneTask
from consultations.models.series import OfficeHoursSeries
from consultations.models.waiting import FreedTime, PassedOver, Waiting, WaitingOffer

__all__ = [
    "Absence",
    "Appointment",
    "Claim",
    "Concern",
    "FreedTime",
    "Lane",
    "Language",
    "OfficeHours",
    "OfficeHoursSeries",
    "PassedOver",
    "PhoneTask",
    "Topic",
    "Waiting",
    "WaitingOffer",
]
