"""What no person has written by hand: it is never answered and never forwarded."""

import re

from partnership.mail_in.letters import Letter
from partnership.mail_in.return_address import is_return_address

REPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response")
LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "feedback-id")
SUBJECTS = re.compile(
    r"^((automatische antwort|automatic reply|abwesenheitsnotiz|abwesenheitsnachricht|abwesenheitsassistent|"
    r"abwesend|out of (the )?office( reply| autoreply)?|auto(matic)?[- ]?reply|auto|ooo|"
    r"réponse automatique) ?:|automatische antwort$|abwesenheitsnotiz$|out of (the )?office$)",
    re.I,
)


def is_automatic_reply(letter: Letter) -> bool:
    """Away, received, will be read: an answer, but nobody's."""
    said = letter.header("auto-submitted").partition(";")[0].strip().lower()
    if said and said not in ("no", "auto-generated"):
        return True
    if any(name in letter.headers for name in REPLY_HEADERS):
        return True
    if letter.header("precedence").strip().lower() == "auto_reply":
        return True
    return bool(SUBJECTS.match(letter.subject))


def is_automatic(letter: Letter) -> bool:
    """RFC 3834: also what came without a sender, by a list, or from ourselves."""
    said = letter.header("auto-submitted").partition(";")[0].strip().lower()
    return (
        is_automatic_reply(letter)
        or said not in ("", "no")
        or letter.header("return-path").strip() == "<>"
        or letter.header("precedence").strip().lower() in ("bulk", "junk", "list")
        or any(name in letter.headers for name in LIST_HEADERS)
        or is_return_address(letter.sender[1])
        or not letter.sender[1]
    )
