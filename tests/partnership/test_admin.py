"""Django's admin under /technik/: for technicians, without anything that firms confide."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from consultations.models import Appointment, Claim, Concern, Lane, OfficeHours
from partnership.blocked_addresses import block_address
from partnership.models import (
    Area,
    BlockedAddress,
    LogEntry,
    OutgoingMail,
    Person,
    ReceivedMail,
    SecretLink,
)
from partnership.outbox import queue_mail
from tests.factories import give_app, make_appointment, make_person
from tests.personas import World, sign_in

OURS = [model for model in admin.site._registry if model._meta.app_label in ("partnership", "consultations")]
READ_ONLY = [OutgoingMail, ReceivedMail, BlockedAddress, LogEntry, OfficeHours, Lane, Appointment, Claim]
OPEN = [model for model in OURS if model not in READ_ONLY]
SECRET = "Die Hintertür schließt nicht."


def address(model: type[Model], page: str, *args: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def technician(client: Client, db: None) -> Client:
    person = make_person("technik@personen.example", is_staff=True, is_superuser=True)
    give_app(person)
    return sign_in(client, person)


@pytest.fixture
def appointment(world: World) -> Appointment:
    """With a mail that came back and a log entry about it."""
    made = make_appointment(hours=world.hours, note=SECRET)
    mail = queue_mail(
        partnership=world.partnership,
        kind="booking_confirm",
        to_email=made.contact_email,
        content={"note": SECRET},
        thing=made,
    )
    ReceivedMail.objects.create(key="1", kind=ReceivedMail.Kind.HARD, outgoing=mail)
    block_address(mail=mail, status="5.1.1")
    LogEntry.objects.create(act="appointment.booked", thing=made, organisation=world.ihk)
    return made


def test_what_is_confided_and_links_are_not_there() -> None:
    assert not admin.site.is_registered(Concern)
    assert not admin.site.is_registered(SecretLink)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_can_be_read(technician: Client, appointment: Appointment, model: type[Model]) -> None:
    assert technician.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.__name__)
def test_what_technicians_set_up_has_a_form(technician: Client, model: type[Model]) -> None:
    assert technician.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_what_acts_write_is_looked_at_only(
    technician: Client, appointment: Appointment, model: type[Model]
) -> None:
    row = model._default_manager.first()
    assert row is not None
    assert technician.get(address(model, "change", row.pk)).status_code == 200
    assert technician.post(address(model, "change", row.pk), {}).status_code == 403
    assert technician.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert technician.post(address(model, "add"), {}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Appointment, OutgoingMail], ids=lambda model: model.__name__)
def test_no_page_shows_what_is_confided(
    technician: Client, appointment: Appointment, model: type[Model]
) -> None:
    row = model._default_manager.get()
    for page in (address(model, "changelist"), address(model, "change", row.pk)):
        assert SECRET not in technician.get(page).content.decode()


def test_an_area_is_found_by_a_postcode(technician: Client, db: None) -> None:
    Area.objects.create(
        ags="14729160",
        name="Grimma",
        postcodes=["04668"],
        latitude=51.2,
        longitude=12.7,
        valid_from="2018-12-31",
    )
    for words, found in (("04668", True), ("04109", False)):
        page = technician.get(address(Area, "changelist"), {"q": words}).content.decode()
        assert ("14729160" in page) is found


def test_a_person_gets_a_lower_case_address_and_a_password(technician: Client) -> None:
    rows = {f"posts-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    words = {"password1": "ein-langes-Kennwort", "password2": "ein-langes-Kennwort"}
    form = {"email": "Neu@Personen.example", "name": "Nele Neu", "usable_password": "true", **words, **rows}
    assert technician.post(address(Person, "add"), form).status_code == 302
    assert Person.objects.get(email="neu@personen.example").check_password("ein-langes-Kennwort")


def test_a_person_can_be_changed(technician: Client, world: World) -> None:
    rows = {f"posts-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    form = {"email": world.alice.email, "name": "Alice Anders", "is_active": "on", **rows}
    assert technician.post(address(Person, "change", world.alice.pk), form).status_code == 302
    world.alice.refresh_from_db()
    assert world.alice.name == "Alice Anders"


def test_others_are_not_let_in(client: Client, world: World) -> None:
    for person in (None, world.alice, world.bert, world.lea, world.dora):
        if person:
            sign_in(client, person)
        assert client.get(address(Appointment, "changelist")).status_code == 302
