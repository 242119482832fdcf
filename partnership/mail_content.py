"""From an outbox row to a message: text and HTML from templates, a calendar part if there is one."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from partnership.calendar_files import build_calendar
from partnership.mail_in.return_address import return_address_of
from partnership.models import OutgoingMail


def build_message(mail: OutgoingMail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The first line of the text template is the subject.

    `from_email` is the envelope's sender, to which bounces go; the one that people read is the header's.
    """
    partnership = mail.partnership
    context = {
        **mail.content,
        "partnership": partnership,
        "to_name": mail.to_name,
        "language": mail.language,
        "base_url": settings.BASE_URL,
        "demo": settings.DEMO,
    }
    with translation.override(mail.language):
        subject, _newline, text = render_to_string(f"emails/{mail.kind}.txt", context).partition("\n")
        html = render_to_string(f"emails/{mail.kind}.html", {**context, "subject": subject.strip()})
    sender = formataddr((partnership.sender_name, partnership.sender_email))
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=return_address_of(mail) or sender,
        reply_to=[mail.content["reply_to_written"]] if mail.content.get("reply_to_written") else None,
        to=[formataddr((mail.to_name, mail.to_email)) if mail.to_name else mail.to_email],
        headers={
            "From": sender,
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            **_way_out(mail),
        },
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    if mail.calendar:
        attach_calendar(message, mail)
    return message


def _way_out(mail: OutgoingMail) -> dict[str, str]:
    """One click in the mail program and nothing more comes (RFC 8058)."""
    url = mail.content.get("unsubscribe_url")
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def attach_calendar(message: EmailMultiAlternatives, mail: OutgoingMail) -> None:
    """Twice: as an alternative, which calendars act on, and as a file, which people can open."""
    assert mail.calendar is not None
    method = mail.calendar["method"]
    data = build_calendar(partnership=mail.partnership, entry=mail.calendar, attendee=mail.to_email).decode()
    message.attach_alternative(data, f"text/calendar; method={method}")
    message.attach("termin.ics", data, "text/calendar")
