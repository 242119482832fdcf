"""Two rows of one business become one, and for thirty days two again."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from consultations.models import Appointment
from partnership.firm_merging import Values, mark_no_duplicate, merge_firms, undo_merge
from partnership.journal import entries_about
from partnership.links import find_link, issue_link
from partnership.models import Firm, FirmContact, FirmMerge, NoDuplicate, Person, SecretLink, Site
from partnership.refusals import Refusal
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def heir(world: World) -> Firm:
    return factories.make_listed_firm(world.ihk, name="Hofladen Süß", membership_number="IHK-1")


@pytest.fixture
def merged(world: World) -> Firm:
    firm = factories.make_listed_firm(world.ihk, name="Hofladen Suess GmbH", phone="0341 000-5")
    Site.objects.create(firm=firm, street="Hof 1", postcode="04668", city="Grimma")
    return firm


def speak(firm: Firm, person: Person, **fields: Any) -> FirmContact:
    return FirmContact.objects.create(
        firm=firm,
        person=person,
        name=person.name,
        email=person.email,
        email_confirmed_at=timezone.now(),
        **fields,
    )


def merge(world: World, heir: Firm, merged: Firm, **values: Any) -> FirmMerge:
    given = {"name": heir.name, "chamber": world.ihk, "membership_number": "IHK-1", "phone": merged.phone}
    return merge_firms(
        heir_id=heir.pk, merged_id=merged.pk, values=Values(**given | values), actor=world.bert
    )


def state() -> list[Any]:
    """Everything that merging touches."""
    return [
        list(Firm.objects.order_by("pk").values()),
        list(FirmContact.objects.order_by("pk").values()),
        list(Site.objects.order_by("pk").values()),
        list(Appointment.objects.order_by("pk").values("pk", "firm")),
    ]


def test_everything_goes_to_the_heir(world: World, heir: Firm, merged: Firm) -> None:
    booked = factories.make_appointment(hours=world.hours, firm=merged)
    FirmContact.objects.create(firm=merged, name="Anna", email="anna@h.example")
    merge(world, heir, merged)
    heir.refresh_from_db()
    booked.refresh_from_db()
    assert (heir.phone, booked.firm, Site.objects.get().firm) == ("0341 000-5", heir, heir)
    assert [contact.name for contact in heir.contacts.all()] == ["Anna"]
    assert Firm.objects.get(pk=merged.pk).merged_into == heir


def test_the_snapshot_of_an_appointment_stays(world: World, heir: Firm, merged: Firm) -> None:
    booked = factories.make_appointment(hours=world.hours, firm=merged)
    merge(world, heir, merged)
    booked.refresh_from_db()
    assert booked.firm_name == "Tischlerei Muster"


def test_undoing_restores_exactly(world: World, heir: Firm, merged: Firm) -> None:
    speak(heir, world.carl)
    speak(merged, world.alice, phone="0341 000-6")
    FirmContact.objects.create(firm=heir, name="Anna", email="anna@h.example")
    FirmContact.objects.create(firm=merged, name="Anna S", email="Anna@h.example")
    factories.make_appointment(hours=world.hours, firm=merged)
    factories.make_appointment(hours=world.hours, firm=heir, index=1)
    before = state()
    undo_merge(merge_id=merge(world, heir, merged, name="Hofladen").pk, actor=world.bert)
    assert state() == before


def test_what_came_or_changed_since_stays_with_the_heir(world: World, heir: Firm, merged: Firm) -> None:
    done = merge(world, heir, merged, name="Hofladen")
    factories.make_appointment(hours=world.hours, firm=heir)
    Firm.objects.filter(pk=heir.pk).update(phone="0341 000-99")
    undo_merge(merge_id=done.pk, actor=world.bert)
    heir.refresh_from_db()
    assert (heir.name, heir.phone) == ("Hofladen Süß", "0341 000-99")
    assert Appointment.objects.get().firm == heir


def test_nobody_gets_rights_over_the_heir(world: World, heir: Firm, merged: Firm) -> None:
    speak(heir, world.carl)
    moved = speak(merged, world.alice)
    merge(world, heir, merged)
    moved.refresh_from_db()
    assert (moved.firm, moved.person, moved.email_confirmed_at) == (heir, None, None)
    assert not FirmContact.objects.filter(person=world.alice).exists()


def test_an_invitation_into_the_merged_row_does_not_lead_into_the_heir(
    world: World, heir: Firm, merged: Firm
) -> None:
    contact = FirmContact.objects.create(firm=merged, name="Anna", email="anna@h.example")
    purpose = SecretLink.Purpose.MANAGE
    token = issue_link(thing=contact, purpose=purpose, expires_at=timezone.now() + datetime.timedelta(days=7))
    merge(world, heir, merged)
    assert find_link(token, purpose=purpose, model=FirmContact) is None


def test_who_is_known_under_the_address_counts_as_the_heir_knows_them(
    world: World, heir: Firm, merged: Firm
) -> None:
    own = speak(heir, world.alice, phone="1")
    other = speak(merged, world.alice, phone="2")
    merge(world, heir, merged)
    assert list(heir.contacts.all()) == [own]
    assert FirmContact.objects.get(pk=other.pk).firm == merged
    assert FirmContact.objects.get(pk=own.pk).person == world.alice


def test_the_row_that_somebody_speaks_for_stays(world: World, heir: Firm, merged: Firm) -> None:
    speak(merged, world.alice)
    with pytest.raises(Refusal, match="Wählen Sie diese Firma als die, die bleibt"):
        merge(world, heir, merged)
    merge(world, merged, heir)


def test_a_merged_firm_is_not_merged_again(world: World, heir: Firm, merged: Firm) -> None:
    merge(world, heir, merged)
    third = factories.make_listed_firm(world.ihk)
    for pair in ((third, merged), (merged, third)):
        with pytest.raises(Refusal, match="inzwischen"):
            merge(world, *pair)


def test_a_chain_leads_to_the_last_heir_and_is_undone_from_its_end(
    world: World, heir: Firm, merged: Firm
) -> None:
    last = factories.make_listed_firm(world.ihk, name="Hofladen Ost")
    before = state()
    first = merge(world, heir, merged)
    second = merge(world, last, heir)
    assert Firm.objects.get(pk=merged.pk).merged_into == last
    assert Site.objects.get().firm == last
    with pytest.raises(Refusal, match="Machen Sie zuerst das rückgängig"):
        undo_merge(merge_id=first.pk, actor=world.bert)
    undo_merge(merge_id=second.pk, actor=world.bert)
    undo_merge(merge_id=first.pk, actor=world.bert)
    assert state() == before


def test_after_thirty_days_it_stays(world: World, heir: Firm, merged: Firm) -> None:
    done = merge(world, heir, merged)
    FirmMerge.objects.update(merged_at=timezone.now() - datetime.timedelta(days=30, minutes=1))
    with pytest.raises(Refusal, match="Die Frist von 30 Tagen"):
        undo_merge(merge_id=done.pk, actor=world.bert)


def test_undone_once_is_enough(world: World, heir: Firm, merged: Firm) -> None:
    done = merge(world, heir, merged)
    undo_merge(merge_id=done.pk, actor=world.bert)
    with pytest.raises(Refusal, match="schon rückgängig"):
        undo_merge(merge_id=done.pk, actor=world.bert)
    merge(world, heir, merged)


def test_both_acts_are_in_the_log_of_both(world: World, heir: Firm, merged: Firm) -> None:
    undo_merge(merge_id=merge(world, heir, merged).pk, actor=world.bert)
    for firm in (heir, merged):
        acts = entries_about(firm).order_by("pk").values_list("act", "actor", "organisation")
        assert list(acts) == [
            ("firm.merged", world.bert.pk, world.ihk.pk),
            ("firm.merge_undone", world.bert.pk, world.ihk.pk),
        ]


def test_no_duplicate_is_remembered_once(world: World, heir: Firm, merged: Firm) -> None:
    for pair in ((heir, merged), (merged, heir)):
        mark_no_duplicate(firms=pair, actor=world.bert)
    assert NoDuplicate.objects.count() == 1


def test_whoever_has_gone_since_gets_no_rights_back(world: World, heir: Firm, merged: Firm) -> None:
    speak(heir, world.alice)
    contact = speak(merged, world.carl)
    done = merge(world, heir, merged)
    world.carl.delete()
    undo_merge(merge_id=done.pk, actor=world.bert)
    contact.refresh_from_db()
    assert (contact.firm, contact.person, contact.email_confirmed_at) == (merged, None, None)
