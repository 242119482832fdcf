from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest
from partnership.refusals import Refusal

MOST_UNCONFIRMED = 2


def refuse_third_unconfirmed(email: str) -> None:
    """At most two unconfirmed bookings per e-mail address; one address is counted by one at a time.
    What has run out does not count, whether or not the scan has been by.

    Both statements travel together; each has its own snapshot, so the count sees what the lock waited for.
    """
    email = email.strip().lower()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1));"
            "SELECT count(*) FROM consultations_appointment"
            " WHERE contact_email = %s AND state = %s AND confirm_by > %s",
            [f"unconfirmed:{email}", email, Appointment.State.UNCONFIRMED, timezone.now()],
        )
        cursor.nextset()
        waiting = cursor.fetchone()[0]
    if waiting >= MOST_UNCONFIRMED:
        raise Refusal(
            _(
                "Für diese E-Mail-Adresse warten schon zwei Termine auf ihre Bestätigung. "
                "Öffnen Sie den Link in einer der E-Mails; danach können Sie weitere Zeiten buchen."
            )
        )


def refuse_third_unconfirmed_request(email: str) -> None:
    """As `refuse_third_unconfirmed`, for requests for a visit; the caller holds the lock on the address."""
    waiting = VisitRequest.objects.filter(
        contact_email=email, state=VisitRequest.State.UNCONFIRMED, confirm_by__gt=timezone.now()
    )
    if waiting.count() >= MOST_UNCONFIRMED:
        raise Refusal(
            _(
                "Für diese E-Mail-Adresse warten schon zwei Anfragen auf ihre Bestätigung. "
                "Öffnen Sie den Link in einer der E-Mails; danach können Sie weitere stellen."
            )
        )
