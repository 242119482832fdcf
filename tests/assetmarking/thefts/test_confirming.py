"""Officers of the directorate confirm a Vorgangsnummer, or say that it is none of theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from assetmarking.models import TheftReport
from assetmarking.thefts.confirming import confirm_number, decline_number
from partnership.mail_content import build_message
from partnership.models import LogEntry, OutgoingMail
from partnership.refusals import Refusal
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import firm_of, report, told_by_mail
from tests.personas import World, sign_in


@pytest.fixture
def theft(world: World) -> TheftReport:
    return report(world, make_asset(firm_of(world.alice)))


def confirm(theft: TheftReport, world: World, number: str = "4411/26/DEMO", reason: str = "") -> TheftReport:
    return confirm_number(
        report_id=theft.pk, seen=theft.version, case_number=number, reason=reason, actor=world.paula
    )


def test_a_confirmed_number_is_told_to_the_firm(world: World, theft: TheftReport) -> None:
    confirmed = confirm(theft, world)
    assert (confirmed.state, confirmed.confirmed_by) == ("confirmed", world.paula)
    assert told_by_mail("asset_theft_confirmed") == [world.alice.email]
    assert LogEntry.objects.get(act="theft.confirmed").organisation == world.police


def test_the_mail_names_no_officer(world: World, theft: TheftReport) -> None:
    confirm(theft, world)
    mail = OutgoingMail.objects.get(kind="asset_theft_confirmed")
    assert "Paula" not in str(mail.content)


def test_a_corrected_number_needs_a_reason(world: World, theft: TheftReport) -> None:
    with pytest.raises(Refusal, match="Grund"):
        confirm(theft, world, number="4412/26")
    assert confirm(theft, world, number="4412/26", reason="Zahlendreher").police_note == "Zahlendreher"


def test_without_a_number_nothing_is_confirmed(world: World, theft: TheftReport) -> None:
    with pytest.raises(Refusal, match="Ohne Vorgangsnummer"):
        confirm(theft, world, number="")


def test_none_of_ours_stays_reported(world: World, theft: TheftReport) -> None:
    declined = decline_number(
        report_id=theft.pk, seen=theft.version, reason="Gehört zu etwas anderem", actor=world.paula
    )
    assert (declined.state, declined.declined_at is not None) == ("reported", True)
    assert told_by_mail("asset_theft_declined") == [world.alice.email]


def test_a_second_officer_reads_who_was_quicker(world: World, theft: TheftReport) -> None:
    confirm(theft, world)
    with pytest.raises(Refusal, match="Paula Beispiel war schneller"):
        confirm(theft, world)


def test_what_the_firm_changed_meanwhile_is_looked_at_again(world: World, theft: TheftReport) -> None:
    TheftReport.objects.update(version=theft.version + 1)
    with pytest.raises(Refusal, match="noch einmal"):
        confirm(theft, world)
    assert not told_by_mail("asset_theft_confirmed")


def test_who_has_told_no_number_is_asked_for_it(client: Client, world: World) -> None:
    theft = report(world, make_asset(firm_of(world.alice)), case_number="")
    sign_in(client, world.paula)
    page = client.get(reverse("thefts:theft", args=[theft.reference])).content.decode()
    assert "Um die Vorgangsnummer bitten" in page
    assert "Nicht unsere Vorgangsnummer" not in page
    decline_number(report_id=theft.pk, seen=theft.version, reason="Bitte nachtragen", actor=world.paula)
    sign_in(client, world.alice)
    page = client.get(reverse("assetmarking:theft", args=[theft.reference])).content.decode()
    assert "Vorgangsnummer fehlt" in page
    assert "findet die Vorgangsnummer nicht" not in page
    mail = OutgoingMail.objects.get(kind="asset_theft_declined")
    assert "Tragen Sie sie auf der Seite der Meldung ein" in build_message(mail, None).body  # type: ignore[arg-type]
