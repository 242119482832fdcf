"""Where an appointment takes place: mails, calendars, pages speak of a house or of the firm's premises."""

import datetime

import pytest
import vobject
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from consultations.access import with_place
from consultations.account_page import lay_out_account
from consultations.answering import desk_of
from consultations.appointment_search import search_appointments
from consultations.calendar import calendar_file
from consultations.calendar_answers import take_answer
from consultations.expiry import expire_due
from consultations.models import Appointment
from consultations.placing import lock_appointment
from consultations.queries import appointments_visible_to
from consultations.whereabouts import officer_of, place_words, whereabouts_of
from partnership.links import issue_link
from partnership.mail_content import build_message
from partnership.mail_in.calendar_answers import CalendarAnswer
from partnership.models import OutgoingMail, ReceivedMail, SecretLink
from partnership.rules import posts_of
from tests import factories
from tests.consultations.test_mail_texts import assert_both_say, mail_of, words_of
from tests.consultations.visits.standing import NOTE, VISIT_ACTS, make_visit
from tests.personas import World, sign_in

State = Appointment.State
PREMISES = "Schlossweg 1, 04668 Grimma"
OPENING = ["visit_confirmed", "visit_moved", "visit_reminder"]


def page_of(world: World, client: Client) -> str:
    appointment = make_visit(world).appointment
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=appointment.ends_at)
    return client.get(f"/beratung/termin/{token}/").content.decode()


def test_a_talk_is_in_a_house_and_its_room(world: World) -> None:
    place = whereabouts_of(factories.make_appointment(hours=world.hours))
    assert (place.name, place.room) == ("IHK-Regionalbüro Grimma", "Raum 2.14")
    assert place.location == "IHK-Regionalbüro Grimma, Raum 2.14, Musterstraße 1, 04668 Grimma"


def test_a_visit_is_at_the_firms_premises(world: World) -> None:
    appointment = make_visit(world).appointment
    place = whereabouts_of(appointment)
    assert (place.name, place.address, place.city) == ("Vor Ort in Ihrem Betrieb", PREMISES, "Grimma")
    assert place.geo == "51.23860,12.72530"
    assert place_words(appointment) == "vor Ort in Grimma"
    assert officer_of(appointment) == world.pia


def test_without_coordinates_no_point_is_named(world: World) -> None:
    appointment = make_visit(world, request={"latitude": None, "longitude": None}).appointment
    assert whereabouts_of(appointment).geo == ""


@pytest.mark.parametrize("kind", VISIT_ACTS)
def test_the_firm_reads_when_and_that_police_come_to_it(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    appointment = Appointment.objects.get()
    assert_both_say(message, "Vor Ort in Ihrem Betrieb", PREMISES, appointment.reference)
    assert "So kommen Sie hin" not in message.body


@pytest.mark.parametrize("kind", OPENING)
def test_the_firm_reads_how_to_know_who_comes(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    assert_both_say(
        message,
        "Lassen Sie sich den Dienstausweis zeigen",
        world.partnership.phone,
        "Uwe Quendel, 0341 000-5001",
        "Klingel am Tor",
    )


@pytest.mark.parametrize("kind", VISIT_ACTS)
def test_no_mail_names_the_officer(world: World, kind: str) -> None:
    assert world.pia.name not in " ".join(words_of(build_message(mail_of(world, kind))))


def test_in_english_the_firm_reads_it_in_english(world: World) -> None:
    message = build_message(mail_of(world, "visit_confirmed", "en"))
    assert_both_say(message, "At your business", "Ask to see the officer's police ID")


def test_who_still_waits_reads_that_the_request_stays_open(world: World) -> None:
    mail = mail_of(world, "visit_cancelled")
    assert "fragen Sie einfach neu an" in build_message(mail).body
    mail.content["stays_open"] = True
    assert "Ihre Anfrage bleibt bestehen" in build_message(mail).body


def test_the_calendar_shows_the_premises_and_nothing_confided(world: World) -> None:
    entry = calendar_file(make_visit(world).appointment)
    event = vobject.readOne(entry.decode()).vevent
    assert event.summary.value == "Beratung durch die Polizei, Besuch vor Ort"
    assert event.location.value == PREMISES
    assert NOTE not in entry.decode()


def test_a_declined_visit_is_answered_with_how_to_cancel(world: World) -> None:
    appointment = make_visit(world).appointment
    answer = CalendarAnswer(
        uid=f"{appointment.reference}@termine.sicherheitspartnerschaft",
        attendee=appointment.contact_email,
        kind=ReceivedMail.Kind.DECLINED,
        sequence=0,
        is_automatic=False,
    )
    take_answer(answer)
    assert OutgoingMail.objects.get().kind == "visit_declined"


def test_what_a_firm_writes_back_goes_to_the_officer(world: World) -> None:
    appointment = make_visit(world).appointment
    found = desk_of(appointment)
    assert found is not None
    assert found[0] == world.pia.email
    assert found[1].endswith(f"/arbeitsplatz/termine/{appointment.reference}/")


def test_the_page_behind_the_link_tells_the_visit(world: World, client: Client) -> None:
    page = page_of(world, client)
    assert PREMISES in page
    assert "Dienstausweis" in page
    assert "So kommen Sie hin" not in page


@pytest.mark.parametrize("confided", [NOTE, "Pia Beispiel", "Einbruch am"])
def test_the_page_behind_the_link_names_neither_matter_nor_officer(
    world: World, client: Client, confided: str
) -> None:
    assert confided not in page_of(world, client)


def test_the_account_shows_talks_and_visits(world: World, client: Client) -> None:
    appointment = make_visit(world, request={"person": world.alice}).appointment
    page = lay_out_account(world.alice, now=timezone.now())
    assert page.next_up is not None
    assert (page.next_up.office, page.next_up.address) == ("Vor Ort in Ihrem Betrieb", PREMISES)
    own = sign_in(client, world.alice).get(f"/konto/termine/{appointment.reference}/")
    assert PREMISES in own.content.decode()


def test_police_find_a_visit_and_desks_do_not(world: World) -> None:
    make_visit(world)
    found = {
        person: [
            appointment.firm_name
            for appointment in search_appointments(
                appointments_visible_to(posts_of(person)), now=timezone.now(), text="Quendel"
            )
        ]
        for person in (world.paula, world.bert)
    }
    assert found == {world.paula: ["Dachdeckerei Quendel"], world.bert: []}


def test_the_workplace_shows_who_goes_where(world: World, client: Client) -> None:
    appointment = make_visit(world).appointment
    page = sign_in(client, world.paula).get(f"/arbeitsplatz/termine/{appointment.reference}/")
    words = page.content.decode()
    assert "vor Ort in Grimma" in words
    assert "Pia Beispiel" in words


def test_a_visit_is_locked_by_its_own_row(world: World) -> None:
    with transaction.atomic():
        appointment = lock_appointment(make_visit(world).appointment.pk)
    with translation.override("de"):
        assert whereabouts_of(appointment).city == "Grimma"


def test_offers_on_site_are_not_office_hours_to_expire(world: World) -> None:
    make_visit(world, state=State.PROPOSED)
    assert expire_due(now=timezone.now() + datetime.timedelta(days=30)) == 0


def test_both_kinds_are_read_with_one_statement(world: World, django_assert_num_queries: object) -> None:
    factories.make_appointment(hours=world.hours)
    make_visit(world)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len({whereabouts_of(a).name for a in with_place()}) == 2
