"""Delivery reports, as mail servers write them: after RFC 3464, and in sentences of their own."""

import re

from partnership.mail_in.letters import Letter
from partnership.mail_in.statuses import UNSAID, says_address_is_gone, status_in
from partnership.models import ReceivedMail

Kind = ReceivedMail.Kind
Report = tuple[ReceivedMail.Kind, str]
"""Kind and status code."""

MACHINES = re.compile(r"^(mailer-daemon|mail-daemon|postmaster|mdaemon|microsoftexchange\w*)@", re.I)
SUBJECTS = re.compile(
    r"^(undeliver(able|ed)|delivery (status notification|delayed|failure|has failed)|mail delivery|"
    r"returned mail|failure notice|delivery to .* failed|message .* delayed|warning: (message|could not)|"
    r"unzustellbar|nicht zustellbar|zustellung|fehler bei der zustellung|rückläufer|mail nicht zugestellt|"
    r"nachricht (konnte nicht|verzögert)|die zustellung)",
    re.I,
)
DELAYED = re.compile(
    r"\bdelay|warning: (message|could not)|verzöger|noch nicht zugestellt|has not yet been delivered", re.I
)
QUOTES_ORIGINAL = re.compile(
    r"^[->\s]*(this is a copy of|original message|ursprüngliche nachricht|originalnachricht|"
    r"message header|kopfzeilen der|below this line is a copy)",
    re.I | re.M,
)
GONE = re.compile(
    r"does not exist|doesn't exist|no such (user|mailbox|recipient|address)|user unknown|"
    r"unknown (user|address|recipient)|recipient ?not ?found|wasn't found|couldn't be found|"
    r"could not be found|nicht vorhanden|existiert nicht|nicht gefunden|unbekannt|gibt es nicht",
    re.I,
)
FULL = re.compile(
    r"(mailbox|postfach|inbox|quota).{0,40}(full|voll|exceeded|überschritten)|over quota|out of storage|"
    r"speicherplatz",
    re.I | re.S,
)


def read_report(letter: Letter) -> Report | None:
    """None for what is no report about a delivery."""
    if letter.status_fields:
        return _by_fields(letter)
    failed = "x-failed-recipients" in letter.headers
    from_machine = bool(MACHINES.match(letter.sender[1])) or letter.header("return-path").strip() == "<>"
    if failed or (from_machine and SUBJECTS.match(letter.subject)):
        return _by_words(letter, failed=failed)
    return None


def _by_fields(letter: Letter) -> Report | None:
    """What happened to the recipient; the diagnostic says more where the code is a mere 5.0.0."""
    for group in letter.status_fields:
        action = group.get("action", "").strip().lower().partition(" ")[0]
        if action not in ("failed", "delayed"):
            continue
        status = status_in(group.get("status", ""))
        if status in UNSAID or status.startswith(("4.0.", "5.0.")):
            diagnostic = group.get("diagnostic-code", "")
            status = status_in(diagnostic) or _status_by_words(diagnostic) or status
        if action == "delayed":
            return Kind.DELAYED, status
        return _failed(status)
    return None


def _by_words(letter: Letter, *, failed: bool) -> Report:
    text = QUOTES_ORIGINAL.split(letter.text, maxsplit=1)[0]
    status = status_in(text)
    if status in UNSAID or status.startswith(("4.0.", "5.0.")):
        status = _status_by_words(text) or status
    if not failed and DELAYED.search(letter.subject):
        return Kind.DELAYED, status
    return _failed(status)


def _status_by_words(text: str) -> str:
    if FULL.search(text):
        return "5.2.2"
    return "5.1.1" if GONE.search(text) else ""


def _failed(status: str) -> Report:
    """Without any code nobody can say that the address is gone."""
    return (Kind.HARD if says_address_is_gone(status) else Kind.SOFT), status or "5.0.0"
