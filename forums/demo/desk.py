"""What a desk has done for the forum: callers entered, one of them beyond the places, and guests invited."""

from typing import Any

from forums.desk.entering import WhenFull, enter_caller
from forums.inviting.answering import decline
from forums.inviting.inviting import list_guests, send_invitations
from forums.inviting.lists import Guest
from forums.models import Event, EventPart, Mode
from forums.registering.registering import Entry
from partnership.demo import leipzig
from partnership.models import Person

GUESTS = (
    ("Bürgermeisteramt", "Uwe Ulme", "rathaus@stadt.example"),
    ("Bauhof", "Vera Veilchen", "bauhof@stadt.example"),
    ("Citymanagement", "Wim Weide", "city@verein.example"),
    ("Ordnungsamt", "Xenia Zeder", "ordnungsamt@stadt.example"),
)


def add_callers(event: Event) -> None:
    """After the other registrations: by then the first workshop is full."""
    talk, full, other = event.parts.order_by("starts_at", "pk")
    desk = Person.objects.get(email=leipzig.IHK_DESK)
    _enter(event, [talk, other], desk, name="Yvonne Ysop", phone="0341 0001777", accessibility="Rollstuhl")
    _enter(
        event,
        [talk, full],
        desk,
        name="Zeno Zwiebel",
        phone="0341 0001778",
        catering="vegetarisch",
        reason="Raum 2 fasst einen Stuhl mehr, mit dem Referenten abgesprochen",
    )


def add_guests(event: Event) -> None:
    desk = Person.objects.get(email=leipzig.IHK_DESK)
    guests = [Guest(name=name, email=email, firm_name=firm) for firm, name, email in GUESTS]
    list_guests(event_id=event.pk, guests=guests[:-1], actor=desk)
    send_invitations(event_id=event.pk, actor=desk)
    list_guests(event_id=event.pk, guests=guests, actor=desk)
    decline(invitation_id=event.invitations.order_by("pk")[0].pk)


def _enter(event: Event, parts: list[EventPart], desk: Person, *, reason: str = "", **fields: Any) -> None:
    entry = Entry(event=event, parts={part.pk: Mode.SITE for part in parts}, **fields)
    when_full = WhenFull.BEYOND if reason else ""
    enter_caller(entry=entry, actor=desk, when_full=when_full, reason=reason)
