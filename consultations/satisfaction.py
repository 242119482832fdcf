"""The day after a talk: two questions by mail, once. What comes back is nobody's (docs/decisions/0018)."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.models import Appointment, Ease, Helped, SatisfactionAnswer, SatisfactionInvitation
from consultations.numbers.counting import month_after, quarter_of
from consultations.whereabouts import PLACE
from partnership.links import hash_of, new_token
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin, berlin_day

ASKED_FROM = datetime.time(9)
ASKED_WITHIN = datetime.timedelta(days=14)
BATCH = 200


def ask_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: ask about the talks of yesterday and before, not in the night; returns how many."""
    now = now or timezone.now()
    SatisfactionInvitation.objects.filter(expires_on__lt=berlin_day(now)).delete()
    if berlin(now).time() < ASKED_FROM:
        return 0
    asked = 0
    while batch := _ask_batch(now):
        asked += batch
    return asked


def appointments_to_ask(now: datetime.datetime) -> QuerySet[Appointment]:
    """Talks that took place, for which somebody left an address and nobody has asked. After a visit nobody
    asks: answers are counted by house, and the firm is asked what became of the advice instead."""
    today = at_wall_time(berlin_day(now), datetime.time())
    return Appointment.objects.filter(
        state=Appointment.State.ATTENDED,
        satisfaction_asked_on__isnull=True,
        period__startswith__gte=today - ASKED_WITHIN,
        period__endswith__lte=today,
        host__isnull=False,
        lane__isnull=False,
        partnership__asks_satisfaction=True,
    ).exclude(contact_email="")


@transaction.atomic
def _ask_batch(now: datetime.datetime) -> int:
    """Invitations are written in the order of their hashes: it tells nothing about that of the talks."""
    rows = appointments_to_ask(now).select_related(*PLACE)
    due = list(rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
    Appointment.objects.filter(pk__in=[a.pk for a in due]).update(satisfaction_asked_on=berlin_day(now))
    until = last_day_to_answer(berlin_day(now))
    invitations = []
    for appointment in due:
        assert appointment.host_id is not None
        token = new_token()
        invitations.append(
            SatisfactionInvitation(
                token_hash=hash_of(token),
                partnership_id=appointment.partnership_id,
                host_id=appointment.host_id,
                police_id=appointment.police_id,
                expires_on=until,
            )
        )
        mails.ask_how_it_was(appointment, token=token, until=until)
    invitations.sort(key=lambda invitation: invitation.token_hash)
    SatisfactionInvitation.objects.bulk_create(invitations)
    return len(due)


def last_day_to_answer(asked_on: datetime.date) -> datetime.date:
    """The last of the month after: links of one day do not stand apart from those of the others."""
    return month_after(asked_on.replace(day=1), 2) - datetime.timedelta(days=1)


def invitation_behind(token: str) -> SatisfactionInvitation | None:
    """None once it is answered or past its end."""
    rows = SatisfactionInvitation.objects.filter(expires_on__gte=timezone.localdate())
    return rows.filter(token_hash=hash_of(token)).first()


@transaction.atomic
def take_answer(*, token: str, helped: Helped, ease: Ease) -> None:
    """The link dies with it. Not in the log: the entry's time would lead back to whom it came from."""
    rows = SatisfactionInvitation.objects.select_for_update()
    invitation = rows.filter(token_hash=hash_of(token), expires_on__gte=timezone.localdate()).first()
    if invitation is None:
        raise Refusal(_("Dieser Link gilt nicht mehr. Vielleicht haben Sie schon geantwortet."))
    SatisfactionAnswer.objects.create(
        partnership_id=invitation.partnership_id,
        host_id=invitation.host_id,
        police_id=invitation.police_id,
        quarter=quarter_of(timezone.localdate()),
        helped=helped,
        ease=ease,
    )
    invitation.delete()
