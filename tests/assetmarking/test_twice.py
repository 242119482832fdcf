"""Whatever is sent twice is done once: no second row, mail or entry in the log, no error for an answer."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assetmarking.labels import printing
from assetmarking.models import Asset, Label, LabelSheet, Receipt, StolenThing, TheftReport, Transfer
from partnership.links import issue_link
from partnership.models import ChainedEntry, LogEntry, OutgoingMail, Photo, SecretLink
from partnership.times import today
from tests import factories
from tests.asset_factories import make_asset, make_label
from tests.assetmarking.finding.steps import labelled, written
from tests.assetmarking.importing.steps import HEAD, check, workbook
from tests.assetmarking.labels.steps import SMALLEST, order
from tests.assetmarking.searching.steps import sign_in_with_factor
from tests.assetmarking.test_separation import MEASURES
from tests.assetmarking.thefts.steps import A_DAY, firm_of, report
from tests.assetmarking.thefts.test_pages import place_and_time
from tests.forums.materials.files import PDF
from tests.partnership.photos.hostile import jpeg
from tests.personas import World

pytestmark = pytest.mark.django_db
Sent = tuple[str, dict[str, Any]]
HAMMER = {"name": "Hammer", "category": "power_tool.drill", "kind": "serial", "text": ""}
PAPER = {"format": SMALLEST.key, "start": "1", "copies": "1"}


def at(name: str, /, *keys: object, query: str = "", **data: Any) -> Sent:
    return reverse(name, args=list(keys)) + query, data


def own(world: World, *marks: str, **fields: Any) -> Asset:
    firm = world.alice.firm_contacts.first()
    return make_asset(firm.firm if firm else firm_of(world.alice), *marks, **fields)


def _of_thing(name: str, /, **data: Any) -> Callable[[World], Sent]:
    return lambda world: at(f"assetmarking:{name}", own(world).reference, **data)


def _new(world: World) -> Sent:
    firm = firm_of(world.alice)
    return at("assetmarking:new", firm.pk, **HAMMER, form_key=str(uuid4()))


def _mark_remove(world: World) -> Sent:
    asset = own(world, "S-1")
    return at("assetmarking:mark_remove", asset.reference, asset.marks.get().pk)


def _receipt_remove(world: World) -> Sent:
    asset = own(world)
    Receipt.objects.create(asset=asset, kind=Receipt.Kind.PDF, size=4, content=b"%PDF")
    return at("assetmarking:receipt_remove", asset.reference)


def _offer(world: World) -> Transfer:
    asset = own(world)
    factories.make_firm(world.carl)
    at_offer = at("assetmarking:transfer", asset.reference, email="kauf@bau.example")
    sign_in_with_factor(client := Client(), world.alice)
    client.post(*at_offer)
    return Transfer.objects.get()


def _transfer_accept(world: World) -> Sent:
    token = issue_link(
        thing=(offer := _offer(world)), purpose=SecretLink.Purpose.TRANSFER, expires_at=offer.offer_until
    )
    return at("assetmarking:transfer_offer", token, firm=world.carl.firm_contacts.get().firm_id)


def _transfer_decline(world: World) -> Sent:
    token = issue_link(
        thing=(offer := _offer(world)), purpose=SecretLink.Purpose.TRANSFER, expires_at=offer.offer_until
    )
    return at("assetmarking:transfer_decline", token)


def _theft(world: World) -> Sent:
    asset = own(world)
    query = f"?geraet={asset.reference}&weiter=1"
    given = place_and_time() | {"schritt": "melden"}
    return at("assetmarking:report_theft", asset.firm_id, query=query, **given)


def _of_theft(name: str, /, **data: Any) -> Callable[[World], Sent]:
    return lambda world: at(name, report(world, own(world)).reference, gesehen="1", **data)


def _theft_add(world: World) -> Sent:
    theft = report(world, own(world))
    return at("assetmarking:theft_add", theft.reference, query=f"?geraet={own(world).reference}&weiter=1")


def _found(world: World) -> Sent:
    asset = own(world)
    report(world, asset)
    given = {"is_back": "ja", "found_by": "owner", "found_on": today().isoformat()}
    return at("assetmarking:found", asset.reference, **given)


def _back(world: World) -> Sent:
    thing = report(world, own(world)).things.get()
    until = thing.report.reported_at + A_DAY
    token = issue_link(thing=thing, purpose=SecretLink.Purpose.THEFT, expires_at=until)
    return at("assetmarking:theft_back", token, antwort="ja")


def _returned(world: World) -> Sent:
    asset = own(world)
    report(world, asset)
    found = {"found_on": today(), "ended_at": TheftReport.objects.get().reported_at}
    StolenThing.objects.update(**found)
    Asset.objects.update(state=Asset.State.FOUND)
    return at("assetmarking:returned", asset.reference)


def _secured(world: World) -> Sent:
    theft = report(world, own(world))
    given = {"found_by": "police", "found_on": today().isoformat()}
    return at("thefts:secured", theft.reference, theft.things.get().pk, **given)


def _stick(world: World) -> Sent:
    asset = own(world)
    return at("assetmarking:stick", make_label(asset.firm).code, nummer=asset.reference)


def _labels_for_things(world: World) -> Sent:
    asset = own(world)
    return at("assetmarking:labels_for_things", asset.firm_id, which="gewaehlte", things=asset.pk, **PAPER)


def _print_again(world: World) -> Sent:
    sheet = order(world, firm_of(world.alice))
    printing.print_labels(sheet.pk)
    LabelSheet.objects.update(pdf=None)
    return at("assetmarking:label_print_again", sheet.pk)


def _of_list(act: str) -> Callable[[World], Sent]:
    content = workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1"))
    return lambda world: at(
        f"assetmarking:import_{act}", check(firm_of(world.alice), world.alice, content).pk
    )


def _write(world: World) -> Sent:
    return at("finder:label", labelled(world).code, text="Liegt am Feldweg", email="a@post.example")


def _write_again(world: World) -> Sent:
    thread = written(world)
    token = issue_link(thing=thread, purpose=SecretLink.Purpose.FINDER, expires_at=thread.begun_at + A_DAY)
    return at("finder:thread", token, text="Sind Sie noch da?")


def _of_firm(name: str, /, **data: Any) -> Callable[[World], Sent]:
    return lambda world: at(f"assetmarking:{name}", firm_of(world.alice).pk, **data)


ACTS: dict[str, tuple[str, Callable[[World], Sent]]] = {
    "new": ("alice", _new),
    "edit": ("alice", _of_thing("edit", gesehen="1", name="Säge", category="power_tool.drill")),
    "delete": ("alice", _of_thing("delete")),
    "mark_new": ("alice", _of_thing("mark_new", kind="serial", text="S-9")),
    "mark_remove": ("alice", _mark_remove),
    "receipt_remove": ("alice", _receipt_remove),
    "lend": ("alice", _of_thing("lend", lent_to="Bau Nord")),
    "retire": ("alice", _of_thing("retire", state="sold", on=today().isoformat())),
    "take_back": ("alice", lambda world: at("assetmarking:take_back", own(world, state="lent").reference)),
    "undo": ("alice", lambda world: at("assetmarking:undo_retirement", own(world, state="sold").reference)),
    "transfer": ("alice", _of_thing("transfer", email="kauf@bau.example")),
    "withdraw_offer": (
        "alice",
        lambda world: at("assetmarking:withdraw_offer", _offer(world).asset.reference),
    ),
    "transfer_accept": ("carl", _transfer_accept),
    "transfer_decline": ("visitor", _transfer_decline),
    "theft": ("alice", _theft),
    "theft_add": ("alice", _theft_add),
    "theft_change": ("alice", _of_theft("assetmarking:theft_change", case_number="77/26")),
    "theft_withdraw": ("alice", _of_theft("assetmarking:theft_withdraw")),
    "found": ("alice", _found),
    "back": ("visitor", _back),
    "returned": ("alice", _returned),
    "confirm": ("paula", _of_theft("thefts:confirm", case_number="4411/26/DEMO")),
    "decline": ("paula", _of_theft("thefts:decline", reason="Nicht bei uns")),
    "secured": ("paula", _secured),
    "stick": ("alice", _stick),
    "labels_in_advance": ("alice", _of_firm("labels_in_advance", count="3", **PAPER)),
    "labels_for_things": ("alice", _labels_for_things),
    "print_again": ("alice", _print_again),
    "format": ("alice", _of_firm("label_format_new", name="Reste", **MEASURES)),
    "printer": ("alice", _of_firm("printer_new", name="Büro", x="1", y="0")),
    "import_confirm": ("alice", _of_list("confirm")),
    "import_drop": ("alice", _of_list("drop")),
    "write": ("visitor", _write),
    "write_again": ("visitor", _write_again),
    "answer": ("alice", lambda world: at("assetmarking:find", written(world).pk, text="Danke")),
    "find_end": ("alice", lambda world: at("assetmarking:find_end", written(world).pk)),
}


def state_of_all() -> dict[str, Any]:
    models: list[Any] = [
        *apps.get_app_config("assetmarking").get_models(),
        LogEntry,
        OutgoingMail,
        ChainedEntry,
        Photo,
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize(
    ("name", "field", "content"),
    [("photos", "photos", jpeg()), ("receipt", "file", jpeg()), ("receipt", "file", PDF)],
)
def test_a_file_that_is_sent_twice_is_there_once(
    client: Client, world: World, name: str, field: str, content: bytes
) -> None:
    asset = own(world)
    sign_in_with_factor(client, world.alice)
    path = reverse(f"assetmarking:{name}", args=[asset.reference])
    client.post(path, {field: SimpleUploadedFile("a", content)})
    after = state_of_all()
    page = client.post(path, {field: SimpleUploadedFile("b", content)}, follow=True).content.decode()
    assert state_of_all() == after
    assert ("hatten wir schon" if name == "photos" else "ist gespeichert") in page


@pytest.mark.parametrize("act", ACTS)
def test_what_is_sent_twice_is_done_once(world: World, act: str) -> None:
    who, make = ACTS[act]
    path, data = make(world)
    client, before = Client(), state_of_all()
    if who != "visitor":
        sign_in_with_factor(client, getattr(world, who))
    first = client.post(path, data)
    after = state_of_all()
    assert (first.status_code in (200, 302), after != before) == (True, True), first.content.decode()[-3000:]
    second = client.post(path, data)
    assert state_of_all() == after
    assert second.status_code in (200, 302, 404, 409, 410)


def test_a_list_that_is_uploaded_twice_is_there_once(client: Client, world: World) -> None:
    sign_in_with_factor(client, world.alice)
    path = reverse("assetmarking:import", args=[firm_of(world.alice).pk])
    content = workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1"))
    led_to = {client.post(path, {"file": SimpleUploadedFile("a.xlsx", content)})["Location"] for _n in "12"}
    assert len(led_to) == 1


def test_two_labels_that_are_alike_are_ordered_one_after_the_other(client: Client, world: World) -> None:
    """The control: what is ordered later is an order of its own."""
    sign_in_with_factor(client, world.alice)
    path, data = ACTS["labels_in_advance"][1](world)
    client.post(path, data)
    LabelSheet.objects.update(made_at=LabelSheet.objects.get().made_at - A_DAY)
    client.post(path, data)
    assert (LabelSheet.objects.count(), Label.objects.count()) == (2, 6)


def test_two_things_that_are_alike_are_two_however_quickly_they_are_typed(
    client: Client, world: World
) -> None:
    """The control: each comes with a form of its own."""
    sign_in_with_factor(client, world.alice)
    path, data = ACTS["new"][1](world)
    for page in [client.get(path).content.decode() for _number in "12"]:
        [key] = re.findall(r'name="form_key" value="([^"]+)"', page)
        client.post(path, data | {"form_key": key})
    assert Asset.objects.count() == 2


def test_a_form_that_is_filled_in_anew_records_another_thing(client: Client, world: World) -> None:
    """Whoever goes back in the browser has the form of before."""
    sign_in_with_factor(client, world.alice)
    path, data = ACTS["new"][1](world)
    for changed in ({}, {"own_number": "2"}, {"text": "NV-2"}):
        client.post(path, data | changed)
    assert Asset.objects.count() == 3


def test_a_key_of_another_firms_form_says_nothing_of_its_thing(client: Client, world: World) -> None:
    path, data = ACTS["new"][1](world)
    make_asset(factories.make_firm(world.carl), name="Hammer", form_key=data["form_key"])
    sign_in_with_factor(client, world.alice)
    assert client.post(path, data).status_code == 302
    assert [asset.firm.contacts.get().person for asset in Asset.objects.all()] == [world.carl, world.alice]
