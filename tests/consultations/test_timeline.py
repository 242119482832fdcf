"""An appointment's timeline: acts and mails with their state, never a mail's words."""

import pytest
from django.test import Client

from consultations import booking, desk_booking
from partnership.models import OutgoingMail
from partnership.timeline import timeline_of
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db


def test_who_did_what_and_which_mails_left(world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    desk_booking.cancel_by_desk(appointment_id=appointment.pk, reason="Umbau", actor=world.bert)
    acts = [(h.what, h.by, h.mail_state) for h in timeline_of(appointment)]
    assert acts == [
        ("Termin abgesagt", "Bert Beispiel", ""),
        ("E-Mail: Bestätigung der Absage", appointment.contact_email, "queued"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "failed"}, "nicht zustellbar"),
        ({"attempts": 1}, "nächster Versuch"),
        ({"state": "withdrawn"}, "nicht mehr nötig"),
        ({}, "wird gesendet"),
    ],
)
def test_a_mail_says_how_far_it_is(world: World, changes: dict[str, object], words: str) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    booking.cancel_by_firm(appointment_id=appointment.pk)
    OutgoingMail.objects.update(**changes)
    assert words in timeline_of(appointment)[-1].detail


def test_a_mails_words_are_never_shown(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    desk_booking.cancel_by_desk(appointment_id=appointment.pk, reason="Umbau", actor=world.bert)
    OutgoingMail.objects.update(content={"reason": "GEHEIM"})
    page = sign_in(client, world.bert).get(f"/arbeitsplatz/termine/{appointment.reference}/")
    assert "GEHEIM" not in page.content.decode()
