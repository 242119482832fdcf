from partnership.models.accounts import PendingAddress, SecondFactorReset
from partnership.models.areas import Area
from partnership.models.erasures import ErasedThing, ErasurePart, ErasureRequest, ErasureState
from partnership.models.firm_merges import FirmMerge, NoDuplicate
from partnership.models.firms import Firm, FirmContact, Site
from partnership.models.invitations import Invitation
from partnership.models.journal import LogEntry
from partnership.models.links import SecretLink
from partnership.models.mail import OutgoingMail
from partnership.models.organisations import Office, OfficeClosure, Organisation, Room
from partnership.models.partnerships import Membership, Partnership
from partnership.models.people import Deputy, Person, Post
from partnership.models.retention import RetentionHold, RetentionRun, RetentionTally

__all__ = [
    "Area",
    "Deputy",
    "ErasedThing",
    "ErasurePart",
    "ErasureRequest",
    "ErasureState",
    "Firm",
    "FirmContact",
    "FirmMerge",
    "Invitation",
    "LogEntry",
    "Membership",
    "NoDuplicate",
    "Office",
    "OfficeClosure",
    "Organisation",
    "OutgoingMail",
    "Partnership",
    "PendingAddress",
    "Person",
    "Post",
    "RetentionHold",
    "RetentionRun",
    "RetentionTally",
    "Room",
    "SecondFactorReset",
    "SecretLink",
    "Site",
]
