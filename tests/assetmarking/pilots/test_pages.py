"""What one reads and types at /arbeitsplatz/machbarkeit/, and the report as PDF/UA."""

from django.test import Client
from django.urls import reverse

from assetmarking.models import Campaign, Pilot
from assetmarking.pilots.paper import pdf_of_pilot
from partnership.times import today
from tests.assetmarking.pilots.steps import go, make_campaign, make_firms, make_pilot, tie
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, sign_in


def test_from_the_first_page_to_a_campaign_with_its_code(world: World, client: Client) -> None:
    sign_in(client, world.karl)
    study = {"name": "Baustellen", "starts": "2026-03-01", "ends": "2026-08-31", "target_hours": "0,5"}
    client.post(reverse("pilots:pilot_new"), study)
    pilot = Pilot.objects.get()
    assert str(pilot.target_hours) == "0.50"
    typed = {"day": "2026-04-02", "place": "Grimma", "firms": 7, "recorded": 30, "marked": 20, "hours": "6,5"}
    answer = client.post(
        reverse("pilots:campaign_new", args=[pilot.pk]),
        typed | {"with_partners": [world.ihk.pk, world.police.pk]},
        follow=True,
    )
    html = answer.content.decode()
    campaign = Campaign.objects.get()
    assert html.count(campaign.code) == 2
    assert {str(one) for one in campaign.partners.all()} == {str(world.ihk), str(world.police)}
    assert "Erfasst: 30 Geräte, davon 20 gekennzeichnet, in 6,5 Stunden: 0,33 Stunden" in html


def test_who_saves_over_somebody_sees_what_holds_now(world: World, client: Client) -> None:
    pilot = make_pilot(world)
    campaign = make_campaign(world, pilot)
    Campaign.objects.update(version=2, place="Wurzen")
    typed = {"day": campaign.day, "place": "Borna", "firms": 1, "recorded": 1, "marked": 1, "hours": "1"}
    url = reverse("pilots:campaign_edit", args=[campaign.pk])
    answer = sign_in(client, world.karl).post(url, typed | {"gesehen": 1})
    assert answer.status_code == 409
    assert "<dd>Wurzen</dd>" in answer.content.decode()


def test_a_decision_is_typed_and_read_by_the_partners(world: World, client: Client) -> None:
    pilot = make_pilot(world, target_recorded=30)
    make_campaign(world, pilot)
    typed = {"decision": "go_changed", "decided_on": today(), "decided_by": "Lenkungskreis", "gesehen": 1}
    url = reverse("pilots:decide", args=[pilot.pk])
    sign_in(client, world.karl).post(url, typed | {"reason": "Es lohnt sich."})
    html = sign_in(client, world.bert).get(reverse("pilots:pilot", args=[pilot.pk])).content.decode()
    for words in (
        "wird mit Änderungen fortgeführt",
        "Es lohnt sich.",
        "bei der Entscheidung, Stand",
        "jetzt,",
    ):
        assert words in html
    assert "berichtigen" not in html


def test_the_report_can_be_read_by_everybody(world: World, client: Client) -> None:
    pilot = make_pilot(world, target_recorded=50, target_returned=2, question="Lohnt es sich?")
    campaign = make_campaign(world, pilot)
    tie(campaign, make_firms(world, 6), each=3)
    make_campaign(world, pilot, note="Regen")
    assert faults_of_pdf(pdf_of_pilot(pilot)) == []
    answer = sign_in(client, world.lea).get(reverse("pilots:report", args=[go(world, pilot).pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert faults_of_pdf(answer.content) == []
