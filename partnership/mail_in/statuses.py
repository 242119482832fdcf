"""Enhanced status codes (RFC 3463): what they say about an address, and in words."""

import re

from django.utils.translation import gettext as _

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
OF_REPLY_CODES = {
    "550": "5.1.1",
    "551": "5.1.6",
    "552": "5.2.2",
    "553": "5.1.3",
    "554": "5.7.0",
    "556": "5.1.10",
}
NOT_THE_ADDRESS = ("5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.")
"""Sender refused, mailbox full, mail too large, content or policy: the next mail may well arrive."""
UNSAID = ("", "4.0.0", "5.0.0")


def status_in(text: str) -> str:
    """The first enhanced code that says something, else what a reply code stands for."""
    codes = [".".join(found) for found in ENHANCED.findall(text)]
    for code in codes:
        if code not in UNSAID and not code.startswith("2"):
            return code
    replies = REPLY_CODE.findall(text)
    if replies:
        return OF_REPLY_CODES.get(replies[0], f"{replies[0][0]}.0.0")
    return next((code for code in codes if not code.startswith("2")), "")


def says_address_is_gone(status: str) -> bool:
    return status.startswith("5.") and not _begins(status, NOT_THE_ADDRESS)


def words_of(status: str) -> str:
    """What the desk reads."""
    detail = status.partition(".")[2]
    for beginnings, words in (
        (("1.2", "1.10", "4.4"), _("Diese Domain nimmt keine E-Mails an")),
        (("1.7", "1.8"), _("vom Mailserver abgelehnt")),
        (("1.", "2.0", "4.1"), _("Adresse gibt es nicht")),
        (("2.1",), _("Postfach ist abgeschaltet")),
        (("2.2",), _("Postfach ist voll")),
        (("2.3", "3.4"), _("E-Mail war zu groß")),
        (("4.",), _("Mailserver nicht erreichbar")),
        (("6.", "7."), _("vom Mailserver abgelehnt")),
    ):
        if _begins(detail, beginnings):
            return words
    return _("vom Mailserver nicht angenommen")


def _begins(code: str, beginnings: tuple[str, ...]) -> bool:
    """'1.1' is not the beginning of '1.10'."""
    return any(code == b or code.startswith(b if b.endswith(".") else f"{b}.") for b in beginnings)
