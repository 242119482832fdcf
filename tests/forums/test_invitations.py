"""Whom a desk invites: the list as people have it, each mail once, the personal link and its answers."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from forums.inviting.answering import decline
from forums.inviting.inviting import Listed, Sent, list_guests, remove_from_list, send_again, send_invitations
from forums.inviting.lists import Guest, decode, read_list
from forums.inviting.mails import invitation_holds, mark_lost
from forums.inviting.page import Answer, lay_out
from forums.models import Event, EventInvitation, Registration, Visibility
from forums.queries import registrations_visible_to
from partnership.models import BlockedAddress, LogEntry, OutgoingMail, SecretLink
from partnership.refusals import Refusal
from partnership.rules import posts_of
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
ADA = Guest(name="Ada Arndt", email="ada@arndt.example", firm_name="Dach Arndt")
BEA = Guest(name="Bea Busch", email="bea@busch.example")


@pytest.fixture
def event(world: World) -> Event:
    return make_event(organiser=world.ihk, visibility=Visibility.INVITED, title="Regionalkonferenz")


def invite(event: Event, world: World, *guests: Guest) -> list[str]:
    """Their links' addresses, in the order of the guests."""
    list_guests(event_id=event.pk, guests=guests, actor=world.bert)
    send_invitations(event_id=event.pk, actor=world.bert)
    mails = OutgoingMail.objects.filter(kind="event_invitation").order_by("pk")
    return [re.sub(r"^https?://[^/]+", "", mail.content["invitation_url"]) for mail in mails]


def answers(event: Event, world: World) -> list[Answer]:
    invited = lay_out(event, registrations_visible_to(posts_of(world.bert)))
    return [row.answer for row in invited.rows]


# reading a list


@pytest.mark.parametrize(
    "line",
    [
        "Ada Arndt; ada@arndt.example; Dach Arndt",
        "Ada Arndt\tADA@arndt.example\tDach Arndt",
        "ada@arndt.example, Ada Arndt, Dach Arndt",
        '"Ada Arndt" <ada@arndt.example>; Dach Arndt',
        '"Ada Arndt";"ada@arndt.example";"Dach Arndt"',
    ],
)
def test_a_line_is_read_as_people_have_it(line: str) -> None:
    assert read_list(line).guests == [ADA]


def test_headings_and_empty_lines_are_no_guests() -> None:
    found = read_list("Name;E-Mail;Firma\n\nAda Arndt;ada@arndt.example;Dach Arndt\n;;\n")
    assert (found.guests, found.faults) == ([ADA], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ada Arndt; Dach Arndt", "Ergänzen Sie die E-Mail-Adresse"),
        ("Ada Arndt; ada@arndt", "Prüfen Sie die E-Mail-Adresse"),
        ("ada@arndt.example", "Ergänzen Sie den Namen"),
        (f"{'A' * 121}; ada@arndt.example", "Kürzen Sie"),
    ],
)
def test_a_faulty_line_says_what_to_do(line: str, words: str) -> None:
    found = read_list(f"Bea Busch; bea@busch.example\n{line}")
    (fault,) = found.faults
    assert (fault.number, fault.line, found.guests) == (2, line, [BEA])
    assert words in fault.sentence


def test_a_file_of_an_older_spreadsheet_is_read() -> None:
    assert decode("Jörg Süß".encode("cp1252")) == "Jörg Süß"
    assert decode("Jörg Süß".encode("utf-8-sig")) == "Jörg Süß"


# the list and the mails


def test_an_address_stands_on_the_list_once(world: World, event: Event) -> None:
    again = Guest(name="Ada A.", email="ADA@arndt.example")
    assert list_guests(event_id=event.pk, guests=[ADA, BEA, again], actor=world.bert) == Listed(2, 1)
    assert list_guests(event_id=event.pk, guests=[again], actor=world.bert) == Listed(0, 1)
    assert [one.name for one in event.invitations.all()] == ["Ada Arndt", "Bea Busch"]


def test_each_is_sent_one_mail_however_often_somebody_presses(world: World, event: Event) -> None:
    assert len(invite(event, world, ADA, BEA)) == 2
    assert send_invitations(event_id=event.pk, actor=world.bert) == Sent(0, 0, 0)
    assert OutgoingMail.objects.count() == 2


def test_on_demand_it_is_sent_again_and_both_links_hold(client: Client, world: World, event: Event) -> None:
    (first,) = invite(event, world, ADA)
    send_again(invitation_id=event.invitations.get().pk, actor=world.bert)
    assert OutgoingMail.objects.count() == 2
    assert client.get(first).status_code == 200


def test_nothing_is_sent_while_the_event_is_a_draft(world: World) -> None:
    event = make_event(organiser=world.ihk, state=Event.State.DRAFT)
    list_guests(event_id=event.pk, guests=[ADA], actor=world.bert)
    with pytest.raises(Refusal, match="Kündigen Sie"):
        send_invitations(event_id=event.pk, actor=world.bert)
    assert not OutgoingMail.objects.exists()


def test_blocked_addresses_and_registered_people_get_none(world: World, event: Event) -> None:
    BlockedAddress.objects.create(partnership=world.partnership, address=ADA.email, status="5.1.1")
    make_registration(event, email=BEA.email)
    list_guests(event_id=event.pk, guests=[ADA, BEA], actor=world.bert)
    assert send_invitations(event_id=event.pk, actor=world.bert) == Sent(0, 1, 1)
    assert answers(event, world) == [Answer.BLOCKED, Answer.REGISTERED]


def test_a_mail_that_came_back_is_shown(world: World, event: Event) -> None:
    invite(event, world, ADA)
    mark_lost(OutgoingMail.objects.get())
    assert answers(event, world) == [Answer.LOST]
    assert LogEntry.objects.filter(act="event_invitation.mail_lost").count() == 1


def test_who_has_answered_is_told_apart(world: World, event: Event) -> None:
    cem = Guest(name="Cem Celik", email="cem@celik.example")
    invite(event, world, ADA, BEA)
    list_guests(event_id=event.pk, guests=[cem], actor=world.bert)
    decline(invitation_id=event.invitations.get(email=ADA.email).pk)
    assert answers(event, world) == [Answer.DECLINED, Answer.ASKED, Answer.UNSENT]


def test_a_mail_about_what_is_answered_does_not_leave(world: World, event: Event) -> None:
    invite(event, world, ADA)
    mail = OutgoingMail.objects.get()
    assert invitation_holds(mail)
    decline(invitation_id=event.invitations.get().pk)
    assert not invitation_holds(mail)


# the personal link


def test_the_link_registers_without_another_yes(client: Client, world: World, event: Event) -> None:
    part = make_part(event)
    (page,) = invite(event, world, ADA)
    assert "Regionalkonferenz" in client.get(page).content.decode()
    form = client.get(f"{page}anmelden/").content.decode()
    assert 'value="Ada Arndt"' in form
    sent = {"name": "Ada Arndt", "email": ADA.email, "role": "business", f"teil_{part.pk}": f"{part.pk}-site"}
    client.post(f"{page}anmelden/", sent)
    registration = Registration.objects.get()
    assert (registration.state, registration.email) == (Registration.State.CONFIRMED, ADA.email)
    assert registration.invitation == event.invitations.get()
    assert "Sie sind angemeldet" in client.get(page).content.decode()


def test_a_link_that_was_handed_on_registers_nobody_else(client: Client, world: World, event: Event) -> None:
    part = make_part(event)
    (page,) = invite(event, world, ADA)
    sent = {"name": "Cem Celik", "email": "cem@celik.example", "role": "business"}
    client.post(f"{page}anmelden/", sent | {f"teil_{part.pk}": f"{part.pk}-site"})
    assert Registration.objects.get().email == ADA.email


def test_opening_the_link_declines_nothing_and_the_button_does(
    client: Client, world: World, event: Event
) -> None:
    (page,) = invite(event, world, ADA)
    client.get(page)
    assert answers(event, world) == [Answer.ASKED]
    client.post(page)
    assert answers(event, world) == [Answer.DECLINED]
    assert "Doch anmelden" in client.get(page).content.decode()


def test_the_link_dies_with_the_event_whenever_it_ends(client: Client, world: World, event: Event) -> None:
    (page,) = invite(event, world, ADA)
    past = timezone.now() - datetime.timedelta(hours=1)
    Event.objects.filter(pk=event.pk).update(starts_at=past - datetime.timedelta(hours=2), ends_at=past)
    assert client.get(page).status_code == 404
    later = past + datetime.timedelta(days=30)
    Event.objects.filter(pk=event.pk).update(starts_at=later, ends_at=later + datetime.timedelta(hours=2))
    assert client.get(page).status_code == 200


def test_who_is_taken_off_the_list_has_no_link_any_more(client: Client, world: World, event: Event) -> None:
    (page,) = invite(event, world, ADA)
    remove_from_list(invitation_id=event.invitations.get().pk, actor=world.bert)
    assert client.get(page).status_code == 404
    assert not SecretLink.objects.filter(purpose=SecretLink.Purpose.EVENT_INVITATION).exists()


def test_who_is_registered_gets_the_own_link_by_mail_only(client: Client, world: World, event: Event) -> None:
    (page,) = invite(event, world, ADA)
    make_registration(event, make_part(event), email=ADA.email)
    client.post(f"{page}link/")
    client.post(f"{page}link/")
    assert OutgoingMail.objects.get(kind="event_known").to_email == ADA.email


# pages of the desk


def page_of(event: Event, more: str = "") -> str:
    return f"/arbeitsplatz/foren/{event.reference}/einladungen/{more}"


def test_a_pasted_list_loses_nothing(client: Client, world: World, event: Event) -> None:
    text = "Ada Arndt; ada@arndt.example; Dach Arndt\nCem Celik; cem at celik\nBea Busch; bea@busch.example"
    given = {"text": text, "role": "honorary", "page_language": "en"}
    html = sign_in(client, world.bert).post(page_of(event, "liste/"), given).content.decode()
    assert "2 Personen aufgenommen" in html
    assert "Zeile 1, „Cem Celik; cem at celik“" in html
    assert re.search(r"<textarea[^>]*>\s*Cem Celik; cem at celik</textarea>", html)
    assert list(event.invitations.values_list("name", "role", "page_language")) == [
        ("Ada Arndt", "honorary", "en"),
        ("Bea Busch", "honorary", "en"),
    ]


def test_a_file_is_taken_as_well(client: Client, world: World, event: Event) -> None:
    file = SimpleUploadedFile("gaeste.csv", "Name;E-Mail\nJörg Süß;joerg@suess.example".encode("cp1252"))
    given = {"text": "", "role": "business", "page_language": "de", "file": file}
    sign_in(client, world.bert).post(page_of(event, "liste/"), given)
    assert event.invitations.get().name == "Jörg Süß"


def test_from_the_list_to_the_mails(client: Client, world: World, event: Event) -> None:
    desk = sign_in(client, world.bert)
    guest = {"name": "Ada Arndt", "email": ADA.email, "role": "business", "page_language": "de"}
    desk.post(page_of(event, "neu/"), guest)
    assert "1 Einladung senden" in desk.get(page_of(event)).content.decode()
    desk.post(page_of(event, "senden/"))
    assert "noch keine Antwort" in desk.get(page_of(event)).content.decode()
    assert OutgoingMail.objects.get().to_email == ADA.email


@pytest.mark.parametrize(("name", "status"), [("bert", 200), ("karl", 200), ("hanna", 404), ("paula", 404)])
def test_who_is_invited_is_for_those_who_run_the_event(
    client: Client, world: World, event: Event, name: str, status: int
) -> None:
    sign_in(client, getattr(world, name))
    for page in ("", "neu/", "liste/"):
        assert client.get(page_of(event, page)).status_code == status


def test_nobody_else_sends_or_removes(client: Client, world: World, event: Event) -> None:
    invite(event, world, ADA)
    key = event.invitations.get().pk
    sign_in(client, world.hanna)
    for page in ("senden/", f"{key}/noch-einmal/", f"{key}/entfernen/"):
        assert client.post(page_of(event, page)).status_code == 404
    assert EventInvitation.objects.count() == OutgoingMail.objects.count() == 1
