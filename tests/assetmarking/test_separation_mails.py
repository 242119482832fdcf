"""What the registry's mails say, each kind sent once: to police nothing of thing, owner or place, to finders
nothing of the firm, to firms neither a finder nor an officer.
"""

import datetime

import pytest

from assetmarking.acts import MAILS
from assetmarking.finding.mails import take_reply
from assetmarking.finding.writing import answer_finder
from assetmarking.models import Asset, TheftReport, Transfer
from assetmarking.retroactive.meeting import meet_all
from assetmarking.searching.limits import tell_leads
from assetmarking.thefts.asking import ask_due
from assetmarking.thefts.confirming import confirm_number, decline_number
from assetmarking.thefts.finding import note_secured
from assetmarking.transferring.transferring import accept_offer, withdraw_offer
from partnership.models import Firm, OutgoingMail
from partnership.times import at_wall_time, today
from tests.asset_factories import make_asset, make_label
from tests.assetmarking.finding.steps import written
from tests.assetmarking.retroactive.steps import keep_searches
from tests.assetmarking.test_separation import (
    FINDER,
    OWNER,
    PRIVATE,
    THING,
    WHERE,
    firm,
    offer_it,
    search_for_it,
)
from tests.assetmarking.thefts.steps import A_DAY, report
from tests.consultations.confided import whole
from tests.personas import World

__all__ = ["firm"]
pytestmark = pytest.mark.django_db
BUYER = "kauf@bau.example"


@pytest.fixture
def mails(world: World, firm: Firm) -> list[OutgoingMail]:
    """A thing that is searched for, recorded, stolen, confirmed and secured; others go to a buyer."""
    keep_searches(world)
    search_for_it(world)
    asset = make_asset(firm, f"NV-{THING}-5217", name=f"Bohrhammer {THING}", kept_at=WHERE)
    follow_theft(world, report(world, asset, street=f"{WHERE}weg 1", circumstances=WHERE))
    meet_all()
    tell_leads(person=world.paula, organisation=world.police)
    for number in range(2):
        offer_it(world, make_asset(firm, name=f"Säge {THING}", own_number=f"{WHERE}{number}"))
    first, second = Transfer.objects.order_by("pk")
    withdraw_offer(transfer_id=first.pk, actor=world.alice)
    buyer = world.carl.firm_contacts.get().firm_id
    accept_offer(transfer_id=second.pk, firm_id=buyer, language="de", actor=world.carl)
    find_it(world, asset)
    found = list(OutgoingMail.objects.order_by("pk"))
    assert {mail.kind for mail in found} == set(MAILS)
    return found


def follow_theft(world: World, theft: TheftReport) -> None:
    decline_number(report_id=theft.pk, seen=theft.version, reason="unbekannt", actor=world.paula)
    theft.refresh_from_db()
    confirm_number(report_id=theft.pk, seen=theft.version, case_number="1/26", reason="x", actor=world.paula)
    ask_due(now=at_wall_time(today() + 40 * A_DAY, datetime.time(12)))
    note_secured(thing_id=theft.things.get().pk, found_by="police", found_on=today(), actor=world.paula)


def find_it(world: World, asset: Asset) -> None:
    label = make_label(asset.firm, asset=asset)
    thread = written(world, label, email=f"{FINDER}@post.example".lower())
    answer_finder(thread_id=thread.pk, text="Danke", actor=world.alice)
    for mail in OutgoingMail.objects.filter(kind__in=["asset_found", "asset_found_answer"]):
        take_reply(mail)


def said_to(mails: list[OutgoingMail], *addresses: str) -> str:
    texts = [whole(mail) for mail in mails if mail.to_email in addresses]
    assert texts
    return "\n".join(texts)


def met(text: str, *words: str) -> set[str]:
    return {word for word in words if word.lower() in text.lower()}


def test_to_police_no_mail_says_what_it_is_whose_or_where(world: World, mails: list[OutgoingMail]) -> None:
    text = said_to(mails, world.paula.email, world.pia.email, world.lea.email)
    assert met(text, THING, *PRIVATE, "Bohrhammer", world.alice.email) == set()


def test_to_a_finder_no_mail_says_what_it_is_or_whose(world: World, mails: list[OutgoingMail]) -> None:
    text = said_to(mails, f"{FINDER}@post.example".lower())
    assert met(text, THING, OWNER, WHERE, "Bohrhammer", world.alice.email, world.alice.name) == set()


def test_to_the_owner_no_mail_names_a_finder_or_an_officer(world: World, mails: list[OutgoingMail]) -> None:
    text = said_to(mails, world.alice.email)
    assert met(text, FINDER, world.paula.name, world.paula.email) == set()
    assert met(text, THING) == {THING}


def test_a_buyer_reads_what_is_offered_and_by_whom_and_no_more(
    world: World, mails: list[OutgoingMail]
) -> None:
    text = said_to(mails, BUYER, world.carl.email)
    assert met(text, THING, OWNER, FINDER, world.alice.email, f"{WHERE}0", f"{WHERE}1") == {THING, OWNER}


def test_to_nobody_else_a_mail_goes(world: World, mails: list[OutgoingMail]) -> None:
    people = (world.paula, world.pia, world.lea, world.alice, world.carl)
    others = {mail.to_email for mail in mails} - {person.email for person in people}
    assert others == {BUYER, f"{FINDER}@post.example".lower()}
