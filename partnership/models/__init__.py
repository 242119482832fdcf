from partnership.models.accounts import PendingAddress, SecondFactorReset
from partnership.models.areas import Area
from partnership.models.chained_log import ChainedEntry, LogCheck, LogSegment
from partnership.models.erasures import ErasedThing, ErasurePart, ErasureRequest, ErasureState
from partnership.models.feeds import CalendarFeed
from partnership.models.firm_merges import FirmMerge, NoDuplicate
from partnership.models.firms import Firm, FirmContact, Site
from partnership.models.invitations import Invitation
from partnership.models.journal import LogEntry
from partnership.models.links import SecretLink
from partnership.models.mail import OutgoingMail
from partnership.models.mail_in import BlockedAddress, ReceivedMail
from partnership.models.organisations import Office, OfficeClosure, Organisation, Room
from partnership.models.partnerships import Membership, Partnership
from partnership.models.people import Deputy, Person, Post
from partnership.models.photos import Photo, PhotoFile, PhotoUpload
from partnership.models.publications import (
    Brochure,
    BrochureChapter,
    BrochureEdition,
    BrochureFile,
    BrochurePartner,
)
from partnership.models.retention import RetentionHold, RetentionRun, RetentionTally
from partnership.models.watch import Alarm, QueueSample, TaskRun

__all__ = [
    "Alarm",
    "Area",
    "BlockedAddress",
    "Brochure",
    "BrochureChapter",
    "BrochureEdition",
    "BrochureFile",
    "BrochurePartner",
    "CalendarFeed",
    "ChainedEntry",
    "Deputy",
    "ErasedThing",
    "ErasurePart",
    "ErasureRequest",
    "ErasureState",
    "Firm",
    "FirmContact",
    "FirmMerge",
    "Invitation",
    "LogCheck",
    "LogEntry",
    "LogSegment",
    "Membership",
    "NoDuplicate",
    "Office",
    "OfficeClosure",
    "Organisation",
    "OutgoingMail",
    "Partnership",
    "PendingAddress",
    "Person",
    "Photo",
    "PhotoFile",
    "PhotoUpload",
    "Post",
    "QueueSample",
    "ReceivedMail",
    "RetentionHold",
    "RetentionRun",
    "RetentionTally",
    "Room",
    "SecondFactorReset",
    "SecretLink",
    "Site",
    "TaskRun",
]
