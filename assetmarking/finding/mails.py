"""Mails between a finder and an owner. None carries the other's address; what was written leaves the outbox
with the sending."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from assetmarking.models import FinderMessage, FinderThread
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import FirmContact, OutgoingMail, SecretLink
from partnership.outbox import mails_about, queue_mail, queue_mails

TO_OWNER, TO_FINDER, HINT = "asset_found", "asset_found_answer", "asset_found_hint"
LINK_LASTS = datetime.timedelta(days=90)


def tell_owner(message: FinderMessage, *, is_first: bool) -> None:
    """Everybody who speaks for the firm; the page wants them signed in."""
    thread = message.thread
    contacts = FirmContact.objects.filter(firm=thread.firm_id, email_confirmed_at__isnull=False)
    content = {
        "code": thread.label.code,
        "thing": str(thread.label.asset or ""),
        "is_first": is_first,
        "wants_answer": bool(thread.finder_email),
        "lines_written": message.text.splitlines(),
        "page": page_of_owner(thread),
    }
    queue_mails(
        {
            "partnership": thread.partnership,
            "kind": TO_OWNER,
            "to_name": contact.name,
            "to_email": contact.email,
            "content": content,
            "thing": thread,
        }
        for contact in contacts.order_by("pk")
    )


def tell_finder(message: FinderMessage) -> None:
    thread = message.thread
    content = {"code": thread.label.code, "lines_written": message.text.splitlines()}
    _to_finder(thread, TO_FINDER, content)


def take_reply(mail: OutgoingMail) -> bool:
    """Somebody has answered one of these in the mail program: relayed as it is, it would show the address.
    Whoever has the mailbox reads how to answer, once for each mail."""
    thread = mail.thing
    if not isinstance(thread, FinderThread):
        return False
    if mails_about(thread).filter(kind=HINT, content__replied=mail.pk).exists():
        return True
    if mail.kind == TO_FINDER:
        _to_finder(thread, HINT, {"replied": mail.pk})
    elif mail.kind == TO_OWNER:
        queue_mail(
            partnership=thread.partnership,
            kind=HINT,
            to_name=mail.to_name,
            to_email=mail.to_email,
            content={"replied": mail.pk, "page": page_of_owner(thread)},
            thing=thread,
        )
    return True


def mark_lost(mail: OutgoingMail) -> None:
    """The owner reads on the page that no answer reaches the finder."""
    if isinstance(mail.thing, FinderThread) and mail.kind == TO_FINDER:
        FinderThread.objects.filter(pk=mail.thing.pk).update(mail_lost_at=timezone.now())


def page_of_owner(thread: FinderThread) -> str:
    return absolute_url(thread.partnership, reverse("assetmarking:find", args=[thread.pk]))


def _to_finder(thread: FinderThread, kind: str, content: dict[str, Any]) -> None:
    token = issue_link(
        thing=thread, purpose=SecretLink.Purpose.FINDER, expires_at=timezone.now() + LINK_LASTS
    )
    with translation.override(thread.page_language):
        url = absolute_url(thread.partnership, reverse("finder:thread", args=[token]))
    queue_mail(
        partnership=thread.partnership,
        kind=kind,
        to_email=thread.finder_email,
        language=thread.page_language,
        content=content | {"thread_url": url},
        thing=thread,
    )
