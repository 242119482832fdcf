"""What a mail that was written earlier says: does it hold at the moment it leaves?"""

from django.utils import timezone

from forums.models import Registration
from forums.registering.reminders import reminder_holds
from partnership.models import OutgoingMail


def question_holds(mail: OutgoingMail) -> bool:
    """The registration still waits for its yes."""
    waiting = Registration.objects.filter(pk=mail.object_id or 0, state=Registration.State.UNCONFIRMED)
    return waiting.filter(confirm_by__gt=timezone.now()).exists()


CHECKS = {"event_confirm": question_holds, "event_reminder": reminder_holds}
