"""The mail that invites, and the pages behind its link, in both languages."""

import re

import pytest
from django.test import Client

from forums.desk.acting import send_again as send_confirmation_again
from forums.inviting.inviting import list_guests, send_invitations
from forums.inviting.lists import Guest
from forums.models import Event, Visibility
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests.english.missing import Missing, ours
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

pytestmark = pytest.mark.django_db
ADA = Guest(name="Ada Arndt", email="ada@arndt.example")


def make_invited(world: World, *, language: str) -> OutgoingMail:
    event = make_event(
        organiser=world.ihk,
        partners=(world.hwk,),
        visibility=Visibility.INVITED,
        title="Regionalkonferenz Grimma",
        summary="Was Städte sicher macht",
        step_free=True,
        contact_phone="0341 000-1",
        asks_catering=True,
    )
    make_part(event, speakers="Erika Beispiel", is_for_all=True, online=5)
    list_guests(event_id=event.pk, guests=[ADA], actor=world.bert, page_language=language)
    send_invitations(event_id=event.pk, actor=world.bert)
    return OutgoingMail.objects.get()


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("de", "Einladung: Regionalkonferenz Grimma", "Guten Tag Ada Arndt"),
        ("en", "Invitation: Regionalkonferenz Grimma", "Dear Ada Arndt"),
    ],
)
def test_the_mail_says_who_invites_to_what_when_where_and_until_when(
    world: World, language: str, subject: str, words: str
) -> None:
    mail = make_invited(world, language=language)
    message = build_message(mail)
    html = str(message.alternatives[0][0])
    assert message.subject == subject
    for text in (message.body, html):
        for part in (
            words,
            "IHK",
            "Haus der Wirtschaft",
            mail.content["until"],
            mail.content["invitation_url"],
        ):
            assert part in text


def test_mail_and_pages_lack_no_english_sentence(client: Client, world: World, missing: Missing) -> None:
    mail = make_invited(world, language="en")
    build_message(mail)
    page = "/en" + re.sub(r"^https?://[^/]+(/en)?", "", mail.content["invitation_url"])
    assert client.get(page).status_code == 200
    client.get(f"{page}anmelden/")
    client.post(page)
    client.get(page)
    event = Event.objects.get()
    registration = make_registration(event, *event.parts.all(), email=ADA.email)
    client.get(page)
    client.post(page)
    assert client.get(f"{page}?gesendet=1").status_code == 200
    send_confirmation_again(registration_id=registration.pk, actor=world.bert)
    Event.objects.update(state=Event.State.CANCELLED, cancelled_at=event.starts_at, cancel_reason="Sturm")
    client.get(page)
    client.get("/en/foren/einladung/unbekannt/")
    assert ours(missing.sentences) == []
