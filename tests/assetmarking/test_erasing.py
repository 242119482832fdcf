"""Somebody is erased, a firm goes: what of the registry goes along, what stays and names nobody."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from assetmarking.models import (
    Asset,
    FinderThread,
    ImportRun,
    KeptTerm,
    Label,
    LabelSheet,
    Mark,
    MarkKind,
    OwnLabelFormat,
    Search,
    TheftReport,
    Transfer,
)
from assetmarking.privacy.retention import HELD_REPORT
from assetmarking.retroactive.keeping import kept_term
from assetmarking.transferring.handing_over import hand_over
from partnership.erasing import ask_for_erasure, carry_out_part, forget_person, refuse_part
from partnership.journal import log_act
from partnership.models import Firm, FirmContact, LogEntry, OutgoingMail, Person, Photo, Post
from partnership.outbox import queue_mail
from partnership.refusals import Refusal
from partnership.retention.erasure_list import list_files
from partnership.retention.holds import place_hold
from partnership.retention.replaying import replay
from partnership.retention.running import run_when_due
from tests import factories
from tests.asset_factories import make_asset, make_label, make_mark, make_theft
from tests.consultations.test_retention_marks import marked_columns
from tests.personas import World

MARK = "Quittenmarmelade"
MAILBOX = f"{MARK.lower()}@merkmal.example"
DAY = datetime.timedelta(days=1)


def make_owner() -> Person:
    return factories.make_person(name=f"Frau {MARK}", email=MAILBOX)


def fill_registry(world: World, owner: Person) -> Asset:
    """All that a firm of one and its owner leave in the registry."""
    firm = factories.make_firm(owner, name=f"{MARK} GmbH")
    asset = make_asset(firm, recorded_by=owner, kept_at=MARK, peculiarities=MARK)
    make_mark(asset, "QM-4471-08", marked_by=owner.name, place=MARK)
    make_asset(firm, state=Asset.State.LENT, lent_to=owner.name)
    sheet = LabelSheet.objects.create(
        firm=firm, partnership=world.partnership, format="l4731", codes=[], made_by=owner
    )
    label = make_label(firm, asset=asset, sheet=sheet)
    ImportRun.objects.create(
        firm=firm, person=owner, file_name=f"{MARK}.csv", state="dropped", ended_at=timezone.now()
    )
    OwnLabelFormat.objects.create(
        firm=firm,
        name=MARK,
        **dict.fromkeys(("page_width", "page_height", "label_width", "label_height"), 90),
        **dict.fromkeys(("margin_left", "margin_top", "pitch_x", "pitch_y"), 0),
        columns=1,
        rows=1,
    )
    thread = FinderThread.objects.create(label=label, firm=firm, partnership=world.partnership)
    thread.messages.create(is_from_owner=True, text=f"Hier {MARK}")
    sold = make_asset(firm, lent_to="")
    Transfer.objects.create(
        asset=sold,
        seller=firm,
        buyer=(buyer := factories.make_firm(world.carl, name="Käufer")),
        partnership=world.partnership,
        called="Bohrhammer",
        to_email=world.carl.email,
        state=Transfer.State.ACCEPTED,
        offered_by=owner,
        offer_until=timezone.now(),
        ended_at=timezone.now(),
    )
    hand_over(sold, to=buyer)
    Photo.objects.create(thing=asset, position=1, caption=MARK, added_by=owner)
    log_act(act="thing.recorded", thing=asset, actor=owner)
    queue_mail(
        partnership=world.partnership,
        kind="asset_transfer_ended",
        to_email=owner.email,
        content={"thing": MARK},
        thing=asset,
    )
    return asset


def erase(world: World, person: Person) -> None:
    request = ask_for_erasure(person=person, partnership=world.partnership)
    for part in request.parts.order_by("partnership", "pk"):
        carry_out_part(part_id=part.pk, actor=world.lea if part.organisation_id else world.karl)
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now() - 31 * DAY)
    run_when_due(now=timezone.now() + DAY)


def test_with_a_firm_of_one_goes_all_that_it_has_here(world: World) -> None:
    owner = make_owner()
    asset = fill_registry(world, owner)
    make_theft(asset, partnership=world.partnership, police=world.police, street=MARK, circumstances=MARK)
    assert len(marked_columns(MARK)) >= 12
    erase(world, owner)
    assert marked_columns(MARK) == []
    assert not Firm.objects.filter(name__startswith=MARK).exists()
    assert [thing.firm.name for thing in Asset.objects.all()] == ["Käufer"]
    assert not Photo.objects.exists()


def test_what_was_sold_before_stays_with_whoever_has_it(world: World) -> None:
    owner = make_owner()
    fill_registry(world, owner)
    erase(world, owner)
    transfer = Transfer.objects.get()
    assert (transfer.seller, transfer.offered_by) == (None, None)
    assert transfer.buyer == Firm.objects.get(name="Käufer")


def test_what_a_colleague_speaks_for_stays_and_names_nobody(world: World) -> None:
    owner = make_owner()
    asset = fill_registry(world, owner)
    FirmContact.objects.create(
        firm=asset.firm,
        person=world.alice,
        name="Alice",
        email=world.alice.email,
        email_confirmed_at=timezone.now(),
    )
    report = make_theft(
        asset, partnership=world.partnership, police=world.police, state="closed", reported_by=owner
    )
    erase(world, owner)
    asset.refresh_from_db()
    report.refresh_from_db()
    assert (asset.recorded_by, report.reported_by, asset.marks.get().marked_by) == (None, None, "")
    assert Asset.objects.get(state=Asset.State.LENT).lent_to == ""
    assert not LogEntry.objects.filter(act="thing.recorded", actor__isnull=False).exists()


def test_police_decide_on_the_theft_reports_of_a_firm_of_one(world: World) -> None:
    owner = make_owner()
    report = make_theft(
        make_asset(factories.make_firm(owner)), partnership=world.partnership, police=world.police
    )
    request = ask_for_erasure(person=owner, partnership=world.partnership)
    part = request.parts.get(organisation=world.police)
    refuse_part(part_id=part.pk, answer="Das Verfahren läuft.", actor=world.lea)
    carry_out_part(part_id=request.parts.get(organisation=None).pk, actor=world.karl)
    assert list(Asset.objects.filter(thefts__report=report).values_list("state", flat=True)) == ["stolen"]
    assert not Person.objects.filter(pk=owner.pk).exists()


def test_a_report_that_the_lead_holds_is_not_erased(world: World) -> None:
    owner = make_owner()
    report = make_theft(
        make_asset(factories.make_firm(owner)), partnership=world.partnership, police=world.police
    )
    hold(world, report)
    request = ask_for_erasure(person=owner, partnership=world.partnership)
    with pytest.raises(Refusal, match="wird bis"):
        carry_out_part(part_id=request.parts.get(organisation=world.police).pk, actor=world.lea)


def hold(world: World, report: TheftReport) -> None:
    place_hold(
        holdable=HELD_REPORT,
        key=report.pk,
        organisation=world.police,
        reason="Ermittlungsverfahren",
        until=timezone.localdate() + 30 * DAY,
        actor=world.lea,
    )


def test_an_open_offer_and_what_was_written_to_a_label_go_with_the_account(world: World) -> None:
    finder = make_owner()
    firm = factories.make_firm(world.alice)
    FinderThread.objects.create(
        label=make_label(firm), firm=firm, partnership=world.partnership, finder_email=MAILBOX.upper()
    )
    offer = Transfer.objects.create(
        asset=make_asset(firm),
        seller=firm,
        partnership=world.partnership,
        to_email=MAILBOX,
        offer_until=timezone.now() + DAY,
    )
    erase(world, finder)
    offer.refresh_from_db()
    assert (offer.state, offer.to_email, FinderThread.objects.count()) == ("lapsed", "", 0)


def test_with_a_former_officer_go_the_kept_searches(world: World) -> None:
    search = Search.objects.create(
        person=world.paula,
        organisation=world.police,
        purpose="traffic",
        case_number="1",
        texts=["A1"],
        kept_until=timezone.now() + DAY,
    )
    kept_term(search, "A1").save()
    Post.objects.filter(person=world.paula).update(ends=timezone.localdate() - DAY)
    forget_person(world.paula)
    assert not KeptTerm.objects.exists()
    assert Person.objects.get(pk=world.paula.pk).name == ""


def test_after_a_restore_the_firms_things_go_again(
    world: World,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.ERASURE_LIST_DIR = tmp_path / "liste"
    owner = make_owner()
    asset = fill_registry(world, owner)
    report = make_theft(asset, partnership=world.partnership, police=world.police, state="closed")
    backup = [*Person.objects.filter(pk=owner.pk), asset.firm, *asset.firm.contacts.all(), asset, report]
    with django_capture_on_commit_callbacks(execute=True):
        erase(world, owner)
    for row in backup:
        type(row).objects.bulk_create([row])
    Mark.objects.create(asset=asset, kind=MarkKind.SERIAL, text=MARK, key=MARK.upper())
    Label.objects.create(firm=asset.firm, asset=asset, code="ABCD-EFGH", adopted_at=timezone.now())
    replay(list_files())
    assert marked_columns(MARK) == []
    assert not TheftReport.objects.exists()


def test_a_firm_that_nobody_speaks_for_goes_with_its_things(world: World) -> None:
    firm = factories.make_firm(name="Niemand")
    Firm.objects.filter(pk=firm.pk).update(created_at=timezone.now() - 400 * DAY)
    make_label(firm, asset=make_asset(firm, "NN-1234-5"))
    run_when_due()
    assert not Asset.objects.exists()
    assert not Firm.objects.filter(pk=firm.pk).exists()


def test_who_speaks_for_a_firm_with_things_stays_reachable(world: World) -> None:
    """A code by mail is no password: without things the contact would go after a year."""
    long_ago = timezone.now() - 400 * DAY
    for name, has_things in (("mit", True), ("ohne", False)):
        person = factories.make_person(name=name, email=f"{name}@firma.example")
        person.set_unusable_password()
        person.joined_at = long_ago
        person.save()
        firm = factories.make_firm(person, name=name)
        firm.contacts.update(created_at=long_ago, email_confirmed_at=long_ago)
        if has_things:
            make_asset(firm)
    run_when_due()
    assert Person.objects.filter(email="mit@firma.example").exists()
    assert not Person.objects.filter(email="ohne@firma.example").exists()
