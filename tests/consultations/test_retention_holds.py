"""What is held stays, for rules and requests alike, until its day or somebody's word."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment, Concern
from consultations.retention import HELD_APPOINTMENT, HELD_FIRM
from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.firm_merging import Values, merge_firms, undo_merge
from partnership.models import Firm, FirmContact, LogEntry, OutgoingMail, Person, RetentionHold
from partnership.outbox import queue_mail
from partnership.refusals import Refusal
from partnership.retention.holds import Holdable, end_hold, place_hold
from partnership.retention.running import run_when_due
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()


@pytest.fixture
def past(world: World) -> Appointment:
    """Thirteen months ago, with a mail about it that was sent then."""
    day = TODAY - 400 * DAY
    hours = factories.make_hours(office=world.office, police=world.police, officers=[world.pia], day=day)
    firm = factories.make_firm(chamber=world.ihk)
    found = factories.make_appointment(
        hours=hours,
        state=Appointment.State.ATTENDED,
        note="Tor",
        firm=firm,
        person=world.alice,
        contact_email=world.alice.email,
    )
    contact = FirmContact.objects.create(
        firm=firm,
        person=world.alice,
        name="Alice",
        email=world.alice.email,
        email_confirmed_at=found.ends_at,
    )
    FirmContact.objects.filter(pk=contact.pk).update(created_at=found.ends_at)
    Firm.objects.update(created_at=found.ends_at)
    Person.objects.filter(pk=world.alice.pk).update(joined_at=found.ends_at)
    queue_mail(
        partnership=world.partnership,
        kind="booking_confirmed",
        to_email=world.alice.email,
        content={"firm": "Muster"},
        thing=found,
    )
    OutgoingMail.objects.update(state="sent", sent_at=found.ends_at)
    return found


def keep(world: World, thing: Any, holdable: Holdable = HELD_APPOINTMENT, **changes: Any) -> RetentionHold:
    given = {
        "organisation": world.ihk,
        "reason": "Klage, Aktenzeichen 12/26",
        "until": TODAY + 90 * DAY,
        "actor": world.bert,
    }
    return place_hold(holdable=holdable, key=thing.pk, **given | changes)


def is_whole(past: Appointment) -> bool:
    past.refresh_from_db()
    mail = OutgoingMail.objects.get(object_id=past.pk, kind="booking_confirmed")
    return bool(past.contact_email and Concern.objects.get(pk=past.pk).note and mail.content)


def test_without_a_hold_it_goes(world: World, past: Appointment) -> None:
    """The control."""
    run_when_due()
    assert not is_whole(past)
    assert not Firm.objects.exists()


def test_a_held_appointment_stays_with_concern_mails_person_and_firm(world: World, past: Appointment) -> None:
    keep(world, past)
    run_when_due()
    assert is_whole(past)
    assert Firm.objects.get().contacts.get().person == past.person


def test_a_held_firm_holds_its_appointments(world: World, past: Appointment) -> None:
    keep(world, past.firm, HELD_FIRM)
    run_when_due()
    assert is_whole(past)


def test_a_hold_goes_along_when_firms_are_merged_and_back_again(world: World, past: Appointment) -> None:
    twin = factories.make_listed_firm(world.ihk)
    assert past.firm is not None
    hold = keep(world, twin, HELD_FIRM)
    values = Values(name=past.firm.name, chamber=world.ihk)
    merge = merge_firms(heir_id=past.firm.pk, merged_id=twin.pk, values=values, actor=world.bert)
    run_when_due()
    assert is_whole(past)
    undo_merge(merge_id=merge.pk, actor=world.bert)
    hold.refresh_from_db()
    assert hold.object_id == twin.pk


def test_the_log_of_what_is_held_stays(world: World, past: Appointment) -> None:
    keep(world, past)
    LogEntry.objects.update(at=timezone.now() - 1000 * DAY)
    other = LogEntry.objects.create(
        act="hours.planned",
        content_type_id=LogEntry.objects.latest("pk").content_type_id,
        object_id=past.pk + 1,
        at=timezone.now() - 1000 * DAY,
    )
    run_when_due()
    assert LogEntry.objects.filter(act="hold.placed").exists()
    assert not LogEntry.objects.filter(pk=other.pk).exists()


def test_after_its_last_day_it_goes(world: World, past: Appointment) -> None:
    hold = keep(world, past)
    RetentionHold.objects.filter(pk=hold.pk).update(until=TODAY)
    assert run_when_due().finished_at
    assert is_whole(past)
    RetentionHold.objects.filter(pk=hold.pk).update(until=TODAY - DAY)
    run_when_due(now=timezone.now() + DAY)
    assert not is_whole(past)


def test_ended_before_it_goes_too(world: World, past: Appointment) -> None:
    hold = keep(world, past)
    for _twice in range(2):
        end_hold(hold_id=hold.pk, actor=world.bert)
    run_when_due()
    assert not is_whole(past)
    acts = LogEntry.objects.filter(act__startswith="hold.").order_by("pk")
    assert list(acts.values_list("act", "organisation")) == [
        ("hold.placed", world.ihk.pk),
        ("hold.ended", world.ihk.pk),
    ]


def test_a_request_is_refused_and_names_the_hold(world: World, past: Appointment) -> None:
    hold = keep(world, past)
    part = ask_for_erasure(person=world.alice, partnership=world.partnership).parts.get(
        organisation=world.ihk
    )
    with pytest.raises(Refusal, match=rf"Termin {past.reference} wird bis .* aufbewahrt \(IHK\)"):
        carry_out_part(part_id=part.pk, actor=world.bert)
    assert is_whole(past)
    end_hold(hold_id=hold.pk, actor=world.bert)
    carry_out_part(part_id=part.pk, actor=world.bert)
    assert not is_whole(past)


def test_the_account_stays_while_a_firm_of_its_is_held(world: World, past: Appointment) -> None:
    request = ask_for_erasure(person=world.alice, partnership=world.partnership)
    carry_out_part(part_id=request.parts.get(organisation=world.ihk).pk, actor=world.bert)
    keep(world, Firm.objects.get(), HELD_FIRM)
    with pytest.raises(Refusal, match="Unternehmen Tischlerei Muster wird bis"):
        carry_out_part(part_id=request.parts.get(organisation=None).pk, actor=world.karl)
    assert FirmContact.objects.get().person == world.alice


def test_nothing_is_kept_of_what_is_gone(world: World, past: Appointment) -> None:
    run_when_due()
    with pytest.raises(Refusal, match="schon gelöscht"):
        keep(world, past)


@pytest.mark.parametrize("days", [0, -1, 1096])
def test_a_hold_has_an_end_that_is_in_sight(world: World, past: Appointment, days: int) -> None:
    with pytest.raises(Refusal, match="höchstens drei Jahre"):
        keep(world, past, until=TODAY + days * DAY)


@pytest.mark.parametrize("fields", [{"reason": ""}, {"ended_by": 1}])
def test_the_database_wants_a_reason_and_a_moment(
    world: World, past: Appointment, fields: dict[str, Any]
) -> None:
    keep(world, past)
    values = {name: value and world.bert for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionHold.objects.update(**values)


PAGE = {"reason": "Klage", "until": f"{TODAY + 30 * DAY:%Y-%m-%d}"}


def address(past: Appointment) -> str:
    return f"/arbeitsplatz/aufbewahren/termin/{past.pk}/"


def test_a_desk_keeps_and_lets_go(client: Client, world: World, past: Appointment) -> None:
    sign_in(client, world.bert)
    kept = client.post(address(past), PAGE)["Location"]
    assert kept.startswith(f"/arbeitsplatz/termine/{past.reference}/")
    assert "Aufbewahrung ändern" in client.get(f"/arbeitsplatz/termine/{past.reference}/").content.decode()
    client.post(f"/arbeitsplatz/aufbewahren/{RetentionHold.objects.get().pk}/aufheben/")
    assert RetentionHold.objects.get().ended_by == world.bert


def test_a_firms_page_leads_there(client: Client, world: World, past: Appointment) -> None:
    assert past.firm is not None
    html = sign_in(client, world.bert).get(f"/arbeitsplatz/firmen/{past.firm.pk}/").content.decode()
    assert f"/arbeitsplatz/aufbewahren/firma/{past.firm.pk}/" in html


def test_a_day_in_the_past_is_refused_on_the_page(client: Client, world: World, past: Appointment) -> None:
    response = sign_in(client, world.bert).post(address(past), PAGE | {"until": "2020-01-01"})
    assert response.status_code == 409
    assert not RetentionHold.objects.exists()


def test_the_lead_keeps_for_the_police_and_the_desk_does_not_read_why(
    client: Client, world: World, past: Appointment
) -> None:
    sign_in(client, world.lea).post(address(past), PAGE | {"reason": "Ermittlung"})
    hold = RetentionHold.objects.get()
    assert hold.organisation == world.police
    html = sign_in(client, world.bert).get(address(past)).content.decode()
    assert "PD Leipzig" in html
    assert "Ermittlung" not in html
    assert client.post(f"/arbeitsplatz/aufbewahren/{hold.pk}/aufheben/").status_code == 403


STATUS = {
    **dict.fromkeys(["hanna", "alice", "carl", "dora", "karl"], 404),
    **dict.fromkeys(["paula", "pia"], 403),
    **dict.fromkeys(["bert", "lea"], 200),
}


@pytest.mark.parametrize("name", sorted(STATUS))
def test_who_may_keep(client: Client, world: World, past: Appointment, name: str) -> None:
    sign_in(client, getattr(world, name))
    assert client.get(address(past)).status_code == STATUS[name]
    hold = keep(world, past)
    ended = client.post(f"/arbeitsplatz/aufbewahren/{hold.pk}/aufheben/").status_code
    assert ended == {"bert": 302, "lea": 403}.get(name, STATUS[name])


def test_strangers_sign_in_first(client: Client, world: World, past: Appointment) -> None:
    assert client.get(address(past))["Location"].startswith("/konto/anmelden/")
    assert client.get("/arbeitsplatz/aufbewahren/nichts/1/").status_code == 302
    assert sign_in(client, world.bert).get("/arbeitsplatz/aufbewahren/nichts/1/").status_code == 404


def test_an_emptied_appointments_page_says_so_and_nothing_can_be_kept_or_noted(
    client: Client, world: World, past: Appointment
) -> None:
    run_when_due()
    html = sign_in(client, world.lea).get(f"/arbeitsplatz/termine/{past.reference}/").content.decode()
    assert "sind nach Ablauf der Frist oder auf Antrag gelöscht" in html
    assert "Länger aufbewahren" not in html
    assert "Ergebnis eintragen" not in html
    assert client.get(address(past)).status_code == 403
    noted = {"outcome": "attended", "officer_note": "Schloss", "next_step": ""}
    assert client.post(f"/arbeitsplatz/termine/{past.reference}/ergebnis/", noted).status_code in (404, 409)
    assert not Concern.objects.exclude(officer_note="").exists()
