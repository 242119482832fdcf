"""One message that came in: read, sorted, noted once, and what follows from it. One transaction."""

from django.db import transaction

from partnership.mail_in.calendar_answers import take_answer
from partnership.mail_in.letters import Letter, read_letter
from partnership.mail_in.replies import forward_reply
from partnership.mail_in.return_address import mail_key_in
from partnership.mail_in.returns import take_return
from partnership.mail_in.sorting import Finding, sort_letter
from partnership.models import OutgoingMail, ReceivedMail

Kind = ReceivedMail.Kind
SENT_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
"""Where a return address of ours may stand; what the mail server wrote comes first."""


@transaction.atomic
def receive(content: bytes) -> ReceivedMail:
    """The same message again changes nothing."""
    letter = read_letter(content)
    finding = sort_letter(letter)
    received, is_new = ReceivedMail.objects.get_or_create(
        key=letter.key, defaults={"kind": finding.kind, "status": finding.status}
    )
    if not is_new:
        return received
    mail = take_answer(finding.answer) if finding.answer else answered_mail(letter)
    if mail:
        received.outgoing = mail
        received.save(update_fields=["outgoing"])
        take_return(mail, kind=finding.kind, status=finding.status)
    if finding.kind == Kind.REPLY or has_own_words(letter, finding):
        forward_reply(letter, mail)
    return received


def has_own_words(letter: Letter, finding: Finding) -> bool:
    """What somebody has added to an answer in the calendar."""
    return bool(finding.answer and not finding.answer.is_automatic and letter.text.strip())


def answered_mail(letter: Letter) -> OutgoingMail | None:
    """The mail of ours that came back or is answered: by the return address, else by its Message-ID."""
    rows = OutgoingMail.objects.select_related("partnership")
    for address in letter.addresses(*SENT_TO):
        if key := mail_key_in(address):
            return rows.filter(pk=key).first()
    by_id = {mail.message_id: mail for mail in rows.filter(message_id__in=letter.returned_ids)}
    return next((by_id[key] for key in letter.returned_ids if key in by_id), None)
