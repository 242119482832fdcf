"""The desk books for somebody on the telephone, with or without an e-mail address."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consultations import desk_booking
from consultations.forms.displaced import CANCEL
from consultations.models import Appointment, OfficeHours
from consultations.offers import choice_of
from consultations.placing import Details
from consultations.slots import cut_slots
from consultations.taking_time import SlotTaken
from partnership.models import Firm, FirmContact, LogEntry, OutgoingMail, Person
from tests import factories
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
NEW = "/arbeitsplatz/termine/neu/"
MARKER = "Tor klemmt seit Mai"
State = Appointment.State


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    return sign_in(client, world.bert)


@pytest.fixture
def choice(world: World) -> str:
    return choice_of(world.hours.pk, world.hours.starts_at.astimezone(datetime.UTC))


@pytest.fixture
def filled(choice: str) -> dict[str, Any]:
    return {
        "zeit": choice,
        "firm_name": "Hofladen Süß",
        "contact_name": "Ömer Süß",
        "contact_phone": "0341 000-77",
        "contact_email": "",
        "language": "de",
        "topic": "burglary",
        "note": MARKER,
    }


def text(response: HttpResponse) -> str:
    return response.content.decode()


def booked() -> Appointment:
    return Appointment.objects.get(firm_name="Hofladen Süß")


def test_from_a_free_block_of_the_week_to_a_confirmed_appointment(
    desk: Client, world: World, choice: str, filled: dict[str, Any]
) -> None:
    assert "Wer ruft an?" in text(desk.get(NEW, {"zeit": choice}))
    assert "Termin buchen" in text(desk.get(NEW, {"zeit": choice, "firma": "neu"}))
    response = desk.post(NEW, filled)
    appointment = booked()
    assert (appointment.state, appointment.host) == (State.CONFIRMED, world.ihk)
    assert address_without_notice(response) == f"/arbeitsplatz/termine/{appointment.reference}/"
    assert appointment.reference in text(desk.get(response["Location"]))


def test_the_reason_goes_to_the_police_and_is_not_read_back(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    page = address_without_notice(desk.post(NEW, filled))
    assert MARKER not in text(desk.get(page))
    assert booked().concern.note == MARKER
    assert MARKER in text(sign_in(desk, world.paula).get(page))


def test_with_an_address_the_confirmation_is_mailed(desk: Client, filled: dict[str, Any]) -> None:
    desk.post(NEW, filled | {"contact_email": "Oemer@hofladen.example"})
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("booking_confirmed", "oemer@hofladen.example")


def test_without_one_nothing_is_mailed_and_the_desk_is_told_to_say_it(
    desk: Client, filled: dict[str, Any]
) -> None:
    page = desk.post(NEW, filled)["Location"]
    assert not OutgoingMail.objects.exists()
    assert "eine E-Mail geht nicht" in text(desk.get(page))


def test_an_address_said_on_the_telephone_gives_nobody_rights(desk: Client, filled: dict[str, Any]) -> None:
    people = Person.objects.count()
    desk.post(NEW, filled | {"contact_email": "oemer@hofladen.example"})
    assert Person.objects.count() == people
    assert not FirmContact.objects.exists()
    assert booked().person is None


def test_a_new_firm_is_known_from_then_on(desk: Client, world: World, filled: dict[str, Any]) -> None:
    desk.post(NEW, filled | {"chamber": str(world.ihk.pk)})
    firm = booked().firm
    assert firm is not None
    assert (firm.name, firm.chamber, firm.phone) == ("Hofladen Süß", world.ihk, "0341 000-77")
    assert "Hofladen Süß" in text(desk.get(NEW, {"suche": "hofladn suess"}))


def test_a_known_firm_fills_the_form_and_gets_the_appointment(
    desk: Client, world: World, choice: str, filled: dict[str, Any]
) -> None:
    firm = factories.make_listed_firm(world.ihk, name="Hofladen Süß", membership_number="IHK-77")
    FirmContact.objects.create(firm=firm, name="Ömer Süß", email="oemer@h.example", phone="0341 000-78")
    page = text(desk.get(NEW, {"zeit": choice, "firma": firm.pk}))
    for value in ("Hofladen Süß", "IHK-77", "Ömer Süß", "oemer@h.example", "0341 000-78"):
        assert f'value="{value}"' in page
    desk.post(NEW, filled | {"firma": str(firm.pk)})
    assert booked().firm == firm
    assert Firm.objects.count() == 1


def test_somebody_else_of_the_firm_may_call(desk: Client, world: World, choice: str) -> None:
    firm = factories.make_listed_firm(world.ihk)
    for name in ("Anna A", "Berta B"):
        FirmContact.objects.create(firm=firm, name=name, email=f"{name[0]}@h.example")
    asked = {"zeit": choice, "firma": firm.pk}
    assert 'value="Anna A"' in text(desk.get(NEW, asked))
    assert 'value="Berta B"' in text(desk.get(NEW, asked | {"person": "1"}))
    nobody = text(desk.get(NEW, asked | {"person": "andere"}))
    assert 'value="Anna A"' not in nobody
    assert 'value="Berta B"' not in nobody


def test_the_firm_may_come_before_the_time(desk: Client, world: World) -> None:
    firm = factories.make_listed_firm(world.ihk, name="Hofladen Süß")
    page = text(desk.get(NEW, {"firma": firm.pk}))
    assert "Wählen Sie eine Zeit." in page
    assert f'name="firma" value="{firm.pk}"' in page


def test_a_merged_firm_stands_for_its_heir(desk: Client, world: World, filled: dict[str, Any]) -> None:
    heir = factories.make_listed_firm(world.ihk)
    merged = factories.make_listed_firm(world.ihk, merged_into=heir)
    desk.post(NEW, filled | {"firma": str(merged.pk)})
    assert booked().firm == heir


@pytest.mark.parametrize("key", ["999999", "-1", "x", "9" * 30])
def test_a_firm_that_is_none_of_ours_is_not_found(
    desk: Client, world: World, choice: str, filled: dict[str, Any], key: str
) -> None:
    factories.make_listed_firm(world.hwk)
    assert desk.get(NEW, {"zeit": choice, "firma": key}).status_code == 404
    assert desk.post(NEW, filled | {"firma": key}).status_code == 404


def test_who_booked_is_in_the_log(desk: Client, world: World, filled: dict[str, Any]) -> None:
    desk.post(NEW, filled)
    entry = LogEntry.objects.get(act="appointment.booked_for_caller")
    assert (entry.actor, entry.organisation) == (world.bert, world.ihk)


def test_neither_telephone_nor_address_will_not_do(desk: Client, filled: dict[str, Any]) -> None:
    page = text(desk.post(NEW, filled | {"contact_phone": ""}))
    assert "Fragen Sie nach einer Telefonnummer" in page
    assert "Hofladen Süß" in page
    assert not Appointment.objects.exists()


def test_a_time_taken_meanwhile_keeps_what_was_typed_and_offers_others(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    factories.make_appointment(hours=world.hours, index=0)
    response = desk.post(NEW, filled)
    assert response.status_code == 409
    assert "Hofladen Süß" in text(response)
    other = response.context["nearest"][0].value
    desk.post(NEW, filled | {"zeit": other})
    assert booked().state == State.CONFIRMED


def test_after_the_public_deadline_the_desk_still_books(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    OfficeHours.objects.update(booking_closes_at=timezone.now() - datetime.timedelta(hours=1))
    desk.post(NEW, filled)
    assert booked().state == State.CONFIRMED


@pytest.mark.parametrize("state", ["draft", "agreed", "cancelled"])
def test_hours_that_are_not_public_are_refused(
    desk: Client, world: World, filled: dict[str, Any], state: str
) -> None:
    OfficeHours.objects.update(state=state)
    assert desk.post(NEW, filled).status_code == 409
    assert not Appointment.objects.exists()


def test_what_has_begun_is_refused(world: World) -> None:
    past = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=timezone.localdate() - datetime.timedelta(days=1),
    )
    details = Details(firm_name="A", contact_name="B", contact_email="")
    with pytest.raises(SlotTaken):
        desk_booking.book_for_caller(
            hours_id=past.pk, starts_at=past.starts_at, details=details, actor=world.bert
        )


def test_cancelling_without_an_address_mails_nobody_and_asks_for_a_call(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    page = address_without_notice(desk.post(NEW, filled))
    assert "Rufen Sie die Firma an" in text(desk.get(f"{page}absagen/"))
    assert "Ohne E-Mail-Adresse: wird ein Anruf" in text(
        desk.get(f"/arbeitsplatz/sprechtage/{world.hours.pk}/absagen/")
    )
    said = text(desk.post(f"{page}absagen/", {"reason": "Wasserschaden"}, follow=True))
    assert "Ohne E-Mail, bitte anrufen: Hofladen Süß (" in said
    assert "bekommt eine E-Mail" not in said
    assert booked().state == State.CANCELLED
    assert not OutgoingMail.objects.exists()


def test_after_cancelling_a_day_the_desk_reads_whom_to_call(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    desk.post(NEW, filled)
    factories.make_appointment(hours=world.hours, index=2, firm_name="Hat Adresse GmbH")
    cancel = f"/arbeitsplatz/sprechtage/{world.hours.pk}/absagen/"
    ways = {f"weg_{appointment.pk}": CANCEL for appointment in Appointment.objects.all()}
    said = text(desk.post(cancel, {"reason": "Krank"} | ways, follow=True))
    assert "Wer eine E-Mail-Adresse hat, bekommt eine E-Mail." in said
    assert "Bitte anrufen: Hofladen Süß (" in said
    assert "Hat Adresse GmbH (" not in said


def test_only_the_host_chamber_books(client: Client, world: World, filled: dict[str, Any]) -> None:
    assert client.post(NEW, filled)["Location"].startswith("/konto/anmelden/")
    for who, status in (("hanna", 404), ("paula", 403), ("lea", 403), ("karl", 403), ("carl", 403)):
        assert sign_in(client, getattr(world, who)).post(NEW, filled).status_code == status, who
    assert not Appointment.objects.exists()


def test_without_a_time_those_of_the_own_houses_are_offered(desk: Client, world: World) -> None:
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    page = text(desk.get(NEW))
    assert "4 freie Zeiten" in page
    assert world.hwk_office.name not in page


def test_a_free_block_of_the_week_leads_here(desk: Client, world: World, choice: str) -> None:
    year, week, _day = world.hours.day.isocalendar()
    page = text(desk.get(f"/arbeitsplatz/woche/?woche={year}-W{week:02d}"))
    assert page.count(f"{NEW}?zeit={choice.replace('@', '%40').replace(':', '%3A')}") == 2


def move_to(desk: Client, appointment: Appointment, world: World, index: int) -> HttpResponse:
    start = cut_slots(world.hours)[index][0]
    path = f"/arbeitsplatz/termine/{appointment.reference}/verschieben/"
    assert desk.get(path, {"zeit": choice_of(world.hours.pk, start)}).status_code == 200
    return desk.post(path, {"zeit": choice_of(world.hours.pk, start)})


def test_the_desk_moves_and_the_firm_is_mailed(desk: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=0)
    move_to(desk, appointment, world, 2)
    appointment.refresh_from_db()
    assert appointment.starts_at == cut_slots(world.hours)[2][0]
    assert OutgoingMail.objects.get().kind == "booking_moved"
    assert LogEntry.objects.get(act="appointment.moved").actor == world.bert


def test_after_the_firms_own_deadline_the_desk_still_moves(desk: Client, world: World) -> None:
    world.partnership.change_deadline_hours = 24 * 30
    world.partnership.save()
    appointment = factories.make_appointment(hours=world.hours, index=0)
    assert move_to(desk, appointment, world, 1).status_code == 302


def test_a_taken_time_leaves_the_appointment_where_it_was(desk: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=0)
    factories.make_appointment(hours=world.hours, index=1)
    response = move_to(desk, appointment, world, 1)
    assert response.status_code == 409
    assert "gerade vergeben" in text(response)
    appointment.refresh_from_db()
    assert appointment.starts_at == cut_slots(world.hours)[0][0]


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.CANCELLED, State.ATTENDED])
def test_what_is_not_confirmed_is_not_moved(desk: Client, world: World, state: State) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=0, state=state)
    assert move_to(desk, appointment, world, 1).status_code == 409


def test_only_the_host_moves(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=0)
    path = f"/arbeitsplatz/termine/{appointment.reference}/verschieben/"
    for who, status in (("hanna", 404), ("paula", 403), ("karl", 404), ("carl", 404)):
        assert sign_in(client, getattr(world, who)).get(path).status_code == status, who


def test_not_into_the_house_of_another_chamber(desk: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=0)
    other = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    path = f"/arbeitsplatz/termine/{appointment.reference}/verschieben/"
    assert desk.post(path, {"zeit": choice_of(other.pk, cut_slots(other)[0][0])}).status_code == 404
