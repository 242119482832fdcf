from partnership.models.areas import Area
from partnership.models.firms import Firm, FirmContact, Site
from partnership.models.invitations import Invitation
from partnership.models.journal import LogEntry
from partnership.models.links import SecretLink
from partnership.models.mail import OutgoingMail
from partnership.models.organisations import Office, OfficeClosure, Organisation, Room
from partnership.models.partnerships import Membership, Partnership
from partnership.models.people import Deputy, Person, Post

__all__ = [
    "Area",
    "Deputy",
    "Firm",
    "FirmContact",
    "Invitation",
    "LogEntry",
    "Membership",
    "Office",
    "OfficeClosure",
    "Organisation",
    "OutgoingMail",
    "Partnership",
    "Person",
    "Post",
    "Room",
    "SecretLink",
    "Site",
]
