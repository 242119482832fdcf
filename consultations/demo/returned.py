"""A confirmation that came back: its address is blocked, and the firm is to be called."""

from django.utils import timezone

from consultations.demo.bookings import book_and_confirm
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.demo.singles import Supply
from partnership.demo import leipzig
from partnership.demo.bounces import bounce_of
from partnership.mail_in.receiving import receive
from partnership.mail_in.return_address import return_address_of
from partnership.models import OutgoingMail
from partnership.outbox import mails_about

MISTYPED = Firm(
    "Blumen Rosenstiel",
    "Irmela Rosenstiel",
    leipzig.IHK,
    "",
    "unzustellbar@blumen-rosenstiel.example",
    "0341 000-4471",
)


def add_what_came_back(cast: Cast) -> None:
    supply = Supply(cast, "returned")
    if time := supply.time(leipzig.GRIMMA) or supply.time():
        appointment = book_and_confirm(cast, time.hours.pk, time.starts_at, MISTYPED, supply.dice)
        found = mails_about(appointment).get(kind="booking_confirmed")
        mails = OutgoingMail.objects.filter(pk__in=mails_about(appointment))
        mails.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
        receive(
            bounce_of(
                message_id=found.message_id,
                sender=return_address_of(found) or cast.partnership.sender_email,
                recipient=found.to_email,
            )
        )
