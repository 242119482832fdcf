"""What a firm reads of thefts, on pages and in mails, is there in English."""

import datetime
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import translation

from assetmarking.models import StolenThing, TheftReport
from assetmarking.thefts.asking import ask_due
from assetmarking.thefts.confirming import confirm_number, decline_number
from assetmarking.thefts.finding import note_secured
from assetmarking.thefts.reporting import report_theft
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.times import at_wall_time, today
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.thefts.steps import A_DAY, firm_of, told
from tests.assetmarking.thefts.test_pages import place_and_time
from tests.english.missing import Missing, ours
from tests.personas import World, sign_in

State = TheftReport.State


def test_pages_and_mails_of_thefts_are_in_the_catalogue(
    client: Client,
    world: World,
    missing: Missing,
) -> None:
    sign_in(client, world.alice)
    theft = _walk_through_reporting(client, world)
    acts: tuple[Callable[[], object], ...] = (
        lambda: decline_number(report_id=theft.pk, seen=theft.version, reason="x", actor=world.paula),
        lambda: confirm_number(
            report_id=theft.pk, seen=theft.version, case_number="1", reason="x", actor=world.paula
        ),
    )
    for act in acts:
        act()
        theft.refresh_from_db()
        _look(client, theft)
    first = theft.things.all()[0]
    ask_due(now=_noon(40))
    StolenThing.objects.update(asked_times=3)
    ask_due(now=_noon(200))
    note_secured(thing_id=first.pk, found_by="police", found_on=today(), actor=world.paula)
    _look(client, theft)
    _answer_by_link(client)
    client.post(reverse("assetmarking:returned", args=[first.asset.reference]), follow=True)
    _report_and_find(client, world)
    with translation.override("en"):
        for mail in OutgoingMail.objects.filter(language="en"):
            build_message(mail)
    assert ours(missing.sentences) == []


def _noon(days: int) -> datetime.datetime:
    return at_wall_time(today() + days * A_DAY, datetime.time(12))


def _walk_through_reporting(client: Client, world: World) -> TheftReport:
    firm = firm_of(world.alice)
    with translation.override("en"):
        path = reverse("assetmarking:report_theft", args=[firm.pk])
        client.get(path)
        things = [make_asset(firm, f"NV-{number}") for number in range(3)]
        for query in ("", "?weiter=1", "?suche=zzz", f"?geraet={things[0].reference}&weiter=1"):
            client.get(path + query)
        path += f"?geraet={things[0].reference}&geraet={things[1].reference}&weiter=1"
        given = place_and_time() | {"station": "x", "circumstances": "x"}
        client.post(path, {"schritt": "pruefen", "postcode": "x"})
        future = {"gone_after_0": "2199-01-01", "gone_before_0": "2198-01-01"}
        client.post(path, given | future | {"schritt": "pruefen"})
        client.post(path, given | {"schritt": "pruefen"})
        client.post(path, given | {"schritt": "melden"}, follow=True)
        theft = TheftReport.objects.get()
        _look(client, theft)
        _change(client, theft)
        for other in (State.WITHDRAWN, State.CLOSED):
            make_theft(
                things[2], partnership=world.partnership, police=world.police, state=other, reference=other
            )
        client.get(reverse("assetmarking:thefts", args=[firm.pk]))
        client.get(reverse("assetmarking:passports", args=[firm.pk]))
    return TheftReport.objects.get(pk=theft.pk)


def _look(client: Client, theft: TheftReport) -> None:
    with translation.override("en"):
        for name in ("theft", "theft_change", "theft_add", "theft_withdraw"):
            client.get(reverse(f"assetmarking:{name}", args=[theft.reference]))
        client.get(reverse("assetmarking:thefts", args=[theft.firm_id]))


def _change(client: Client, theft: TheftReport) -> None:
    path = reverse("assetmarking:theft_change", args=[theft.reference])
    client.post(path, {"case_number": "1", "gesehen": "99"})
    client.post(path, {"case_number": "1", "gesehen": str(theft.version)}, follow=True)


def _answer_by_link(client: Client) -> None:
    mail = OutgoingMail.objects.filter(kind="asset_theft_asked").latest("pk")
    path = "/" + mail.content["rows_url"][1]["back_url"].split("/", 3)[3]
    for answer in ("", "nein", "ja"):
        client.post(path, {"antwort": answer})
    client.get(path)


def _report_and_find(client: Client, world: World) -> None:
    firm = firm_of(world.alice, name="Second")
    with translation.override("en"):
        theft = report_theft(
            firm_id=firm.pk,
            asset_ids=[make_asset(firm).pk, make_asset(firm).pk],
            told=told(case_number=""),
            partnership=world.partnership,
            page_language="en",
            actor=world.alice,
        )
        _look(client, theft)
        thing = theft.things.all()[0]
        path = reverse("assetmarking:found", args=[thing.asset.reference])
        client.get(path)
        given = {"is_back": "nein", "found_by": "finder", "found_on": "2199-01-01"}
        client.post(path, given)
        client.post(path, given | {"found_on": "2001-01-01"})
        client.post(path, given | {"found_on": today().isoformat()}, follow=True)
        client.post(reverse("assetmarking:returned", args=[thing.asset.reference]), follow=True)
        third = make_asset(firm)
        path = (
            reverse("assetmarking:theft_add", args=[theft.reference]) + f"?geraet={third.reference}&weiter=1"
        )
        client.get(path)
        client.post(path, follow=True)
        client.post(reverse("assetmarking:theft_withdraw", args=[theft.reference]), follow=True)
