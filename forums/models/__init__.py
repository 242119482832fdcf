from forums.models.afterwards import (
    Feedback,
    FeedbackInvitation,
    FeedbackQuestion,
    FeedbackText,
    Material,
    MaterialFile,
)
from forums.models.events import (
    Event,
    EventPart,
    EventSeries,
    Kind,
    Mode,
    PartPlaces,
    Subject,
    TrainingGoal,
    Visibility,
)
from forums.models.registrations import (
    EventInvitation,
    PartBooking,
    Registration,
    RegistrationNeeds,
    Role,
)
from forums.models.taking_part import Attendance, Certificate, CertificateFile

__all__ = [
    "Attendance",
    "Certificate",
    "CertificateFile",
    "Event",
    "EventInvitation",
    "EventPart",
    "EventSeries",
    "Feedback",
    "FeedbackInvitation",
    "FeedbackQuestion",
    "FeedbackText",
    "Kind",
    "Material",
    "MaterialFile",
    "Mode",
    "PartBooking",
    "PartPlaces",
    "Registration",
    "RegistrationNeeds",
    "Role",
    "Subject",
    "TrainingGoal",
    "Visibility",
]
