"""A walk through the public pages in English: booking, waiting and asking for a visit, with their errors."""

import datetime

from django.test import Client
from django.utils import timezone

from consultations import booking, mails
from consultations.access import with_place
from consultations.deadlines import link_end
from consultations.expiry import expire_due
from consultations.models import Appointment, VisitRequest, Waiting, WaitingOffer
from consultations.satisfaction import ask_due
from consultations.visits.unconfirmed import remind_unconfirmed as remind_of_requests
from consultations.waiting.line import end_over_due
from partnership.links import issue_link
from partnership.models import (
    Area,
    OutgoingMail,
    SecretLink,
)
from tests import factories
from tests.consultations.steps import confirm as confirm_booking
from tests.consultations.visit_steps import DETAILS, PLACE
from tests.consultations.waiting_steps import new_times_for, path_in, taken_off
from tests.partnership.photos.hostile import jpeg, upload
from tests.personas import World
from tests.visit_factories import make_visit

FAULTY = {"contact_email": "kim", "contact_phone": "1", "firm_name": "x" * 200}


def visit_feedback(client: Client, world: World) -> None:
    """The page behind the mail's link with what goes wrong on it, then the link again."""
    talk = factories.make_appointment(hours=world.hours, index=3, state="attended", page_language="en")
    ask_due(now=talk.ends_at + datetime.timedelta(days=1))
    mail = OutgoingMail.objects.get(kind="satisfaction_asked")
    page = "/" + mail.content["feedback_url"].split("/", 3)[3]
    client.get(page)
    client.post(page)
    client.post(page, {"helped": 5, "ease": 4}, follow=True)
    client.get(page)
    talk.concern.delete()
    talk.delete()


def visit_waiting_list(client: Client, world: World) -> None:
    """Joining with its faults, an offer declined and one accepted, who was passed over, the ways out."""
    join, typed = (
        "/en/beratung/warteliste/",
        {
            "ort": str(world.office.pk),
            "part_of_day": "any",
            "months": "3",
            "firm_name": "Joinery",
            "contact_name": "Kim",
        },
    )
    client.get(join)
    client.post(join, {"contact_email": "kim", "contact_phone": "1", "not_after": "2020-01-01"})
    client.get(f"{join}gesendet/")
    client.get(f"{join}platz/gibt-es-nicht/")
    for number in range(3):
        wishes = (
            {"not_after": "2040-01-01", "weekdays": "0", "not_before": "2030-01-01"} if number == 1 else {}
        )
        client.post(join, typed | wishes | {"contact_email": f"kim{number}@waiting.example"})
        confirm = path_in(OutgoingMail.objects.filter(kind="waiting_confirm").latest("pk"), "confirm_url")
        client.get(confirm)
        client.post(confirm)
        client.get(confirm)
        client.get(path_in(OutgoingMail.objects.filter(kind="waiting_joined").latest("pk")))
    for says in ("nein", "nein", "ja"):
        booking.cancel_by_firm(appointment_id=confirm_booking(world.hours, 3).pk)
        visit_offer(client, says)
        WaitingOffer.objects.filter(outcome="").update(expires_at=timezone.now())
        expire_due(now=timezone.now() + datetime.timedelta(days=7))
    for mail in OutgoingMail.objects.filter(kind="waiting_joined"):
        client.get(path_in(mail))
        client.get(path_in(mail, "unsubscribe_url"))
    client.post(path_in(mail, "unsubscribe_url"))
    client.get(path_in(mail))
    Waiting.objects.filter(state="waiting").update(waits_until=datetime.date(2020, 1, 1))
    end_over_due()
    new_times_for(world, page_language="en")
    taken_off(world, page_language="en", contact_email="bo@waiting.example")


def ask_for_visits(client: Client, world: World) -> None:
    """Each step with its faults, the request's pages in every state, the third that is refused."""
    ask = "/en/beratung/vor-ort/"
    world.partnership.areas.add(
        Area.objects.create(
            ags="1", name="Leipzig", latitude=51, longitude=12, valid_from=timezone.localdate()
        )
    )
    client.get(ask)
    client.post(ask, {"postcode": "1", "happened_on": "2126-01-01"})
    client.post(ask, PLACE | {"reason": "general", "happened_on": "2026-01-01"})
    client.get(f"{ask}anfrage/gibt-es-nicht/")
    for number in range(3):
        client.post(ask, PLACE | {"street": f"Way {number}", "happened_on": "2026-01-01"})
        client.get(f"{ask}angaben/")
        client.post(f"{ask}angaben/", FAULTY | {"not_before": "2020-01-01"})
        client.post(f"{ask}angaben/", DETAILS | {"takes_freed_times": "on", "weekdays": "0"})
        client.get(f"{ask}pruefen/")
        client.post(f"{ask}pruefen/")
        client.get(f"{ask}gesendet/")
    photos = f"{ask}gesendet/fotos/"
    client.get(photos)
    client.post(photos)
    for content in (jpeg(), jpeg(), b"GIF89a", b"", b"x"):
        client.post(photos, {"photos": upload(content)}, follow=True)
    request = VisitRequest.objects.earliest("pk")
    VisitRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=9))
    remind_of_requests()
    confirm = path_in(OutgoingMail.objects.filter(kind="visit_confirm").earliest("pk"), "confirm_url")
    for state in ("expired", "withdrawn", "unconfirmed"):
        VisitRequest.objects.filter(pk=request.pk).update(state=state, ended_at=timezone.now())
        client.get(confirm)
        if state != "expired":
            client.post(confirm)
    client.get(confirm)
    page = path_in(OutgoingMail.objects.filter(kind="visit_waiting").latest("pk"))
    for part in ("", "wuensche/", "fotos/", "nicht-kurzfristig/", "zurueckziehen/"):
        client.get(page + part)
    client.post(f"{page}nicht-kurzfristig/")
    client.post(f"{page}wuensche/", {"gesehen": "1", "part_of_day": "any"})
    _show_in_every_state(client, world, request, page)


def _show_in_every_state(client: Client, world: World, request: VisitRequest, page: str) -> None:
    for state in ("proposed", "confirmed"):
        request.refresh_from_db()
        visit = make_visit(request=request, officer=world.pia, state=state)
        client.get(page)
        client.post(f"{page}zurueckziehen/")
        visit.appointment.delete()
        VisitRequest.objects.filter(pk=request.pk).update(state="open", officer=None, taken_at=None)
    client.post(f"{page}zurueckziehen/")
    for state in ("withdrawn", "ended", "visited", "expired", "unconfirmed"):
        VisitRequest.objects.filter(pk=request.pk).update(state=state)
        client.get(page)


def visit_offer(client: Client, says: str) -> None:
    """Late answers are refused with other words for each end."""
    offer = WaitingOffer.objects.filter(outcome="").get()
    page = path_in(OutgoingMail.objects.filter(kind="waiting_offer").latest("pk"))
    client.get(page)
    client.post(page, {"angebot": offer.pk, "antwort": says})
    client.post(page, {"angebot": offer.pk, "antwort": "nein" if says == "ja" else "ja"})
    for outcome in ("lapsed", "withdrawn"):
        WaitingOffer.objects.filter(pk=offer.pk).update(outcome=outcome)
        client.get(page)
        client.post(page, {"angebot": offer.pk, "antwort": "ja"})


def visit_links(client: Client, appointment: Appointment, other: str) -> None:
    def link(purpose: SecretLink.Purpose) -> str:
        return issue_link(thing=appointment, purpose=purpose, expires_at=link_end(appointment))

    confirm = f"/en/beratung/bestaetigen/{link(SecretLink.Purpose.CONFIRM)}/"
    client.get(confirm)
    client.post(confirm)
    client.get(confirm)
    page = f"/en/beratung/termin/{link(SecretLink.Purpose.MANAGE)}/"
    for path in ("", "kalender.ics", "verschieben/", "absagen/"):
        client.get(page + path)
    client.get(page + "verschieben/", {"zeit": other})
    client.post(page + "verschieben/", {"zeit": "1@2020-01-01T00:00:00Z"})
    client.post(page + "verschieben/", {"zeit": other})
    page = f"/en/beratung/termin/{link(SecretLink.Purpose.MANAGE)}/"
    client.get(page + "?neu=verschoben")
    moved = with_place().get(pk=appointment.pk)
    for token in ("t" * 43, ""):
        mails.say_how_to_cancel(moved, token=token)
    client.post(page + "absagen/")
    client.get(page)
    client.get(confirm)
    client.get("/en/beratung/termin/gibt-es-nicht/")
