"""Mails to those who wait: bounced offers, offers that are over, addresses that were blocked."""

import pytest
from django.utils import timezone

from consultations.models import PhoneTask, Waiting
from consultations.still_true import CHECKS
from consultations.waiting.answers import decline_offer
from consultations.waiting.line import confirm_joining, join
from partnership.mail_in.receiving import receive
from partnership.models import BlockedAddress, OutgoingMail
from partnership.outbox import deliver_mail
from tests.consultations.waiting_steps import WANDA, entry, offered
from tests.partnership.mail_in.steps import bounce_of
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_an_offer_whose_mail_bounces_becomes_a_call(world: World) -> None:
    offer = offered(world)
    mail = OutgoingMail.objects.get(kind="waiting_offer")
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=timezone.now())
    receive(bounce_of(mail))
    task = PhoneTask.objects.get()
    assert (task.reason, task.appointment) == (PhoneTask.Reason.OFFERED, offer.appointment)


def test_an_offer_that_is_over_is_not_mailed_any_more(world: World) -> None:
    offer = offered(world)
    mail = OutgoingMail.objects.get(kind="waiting_offer")
    assert CHECKS["waiting_offer"](mail)
    decline_offer(offer_id=offer.pk)
    assert not CHECKS["waiting_offer"](mail)


def test_whoever_joins_with_a_blocked_address_gets_the_mail_and_its_link_ends_the_block(world: World) -> None:
    BlockedAddress.objects.create(address=WANDA, partnership=world.partnership)
    join(entry=entry(world.office))
    mail = OutgoingMail.objects.get(kind="waiting_confirm")
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.SENT
    confirm_joining(waiting_id=Waiting.objects.get().pk)
    assert not BlockedAddress.objects.filter(lifted_at=None).exists()
