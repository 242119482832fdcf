"""Firms, sites and who speaks for them: the domain's rules."""

import datetime

import pytest
from django.utils import timezone

from partnership import firm_contacts, firms
from partnership.firm_contacts import OPEN_INVITATIONS
from partnership.firms import FirmDetails, SiteDetails
from partnership.models import Area, Firm, FirmContact, LogEntry, OutgoingMail, Person, SecretLink
from partnership.queries import firms_of, has_confirmed_address
from partnership.refusals import Refusal
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db

YARD = SiteDetails(street="Am Hof 2", postcode="04668", city="Grimma", name="Lager")


@pytest.fixture
def firm(world: World) -> Firm:
    return factories.make_firm(world.alice, chamber=world.ihk)


def invite(world: World, firm: Firm, email: str = "bob@tischlerei.example") -> FirmContact:
    return firm_contacts.invite_colleague(
        firm_id=firm.pk, name="Bob", email=email, actor=world.alice, partnership=world.partnership
    )


def test_founding_gives_rights_over_the_new_row_only(world: World, firm: Firm) -> None:
    new = firms.found_firm(
        details=FirmDetails(name=firm.name), site=YARD, person=world.carl, contact_name="Carl"
    )
    assert list(firms_of(world.carl)) == [new]
    assert list(firms_of(world.alice)) == [firm]
    assert new.sites.get().city == "Grimma"


def test_a_site_lies_in_the_area_that_names_its_postcode(world: World, firm: Firm) -> None:
    area = Area.objects.create(
        ags="14729160",
        name="Grimma",
        postcodes=["04668"],
        latitude=51.2,
        longitude=12.7,
        valid_from=datetime.date(2000, 1, 1),
    )
    assert firms.add_site(firm_id=firm.pk, details=YARD, actor=world.alice).area == area


def test_a_renamed_firm_is_in_the_log_of_both_chambers(world: World, firm: Firm) -> None:
    details = FirmDetails(name="Neu", chamber=world.hwk, membership_number="4711")
    changed = firms.change_firm(firm_id=firm.pk, details=details, actor=world.alice)
    assert (changed.name, changed.chamber, changed.membership_number) == ("Neu", world.hwk, "4711")
    logged = LogEntry.objects.filter(act="firm.changed").values_list("organisation", flat=True)
    assert set(logged) == {world.ihk.pk, world.hwk.pk}


def test_a_stranger_changes_nothing(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal):
        firms.change_firm(firm_id=firm.pk, details=FirmDetails(name="Neu"), actor=world.carl)
    with pytest.raises(Refusal):
        firms.add_site(firm_id=firm.pk, details=YARD, actor=world.carl)
    with pytest.raises(Refusal):
        firm_contacts.remove_contact(firm_id=firm.pk, contact_id=firm.contacts.get().pk, actor=world.carl)


def test_a_site_is_removed(world: World, firm: Firm) -> None:
    site = firms.add_site(firm_id=firm.pk, details=YARD, actor=world.alice)
    firms.remove_site(firm_id=firm.pk, site_id=site.pk, actor=world.alice)
    assert not firm.sites.exists()
    with pytest.raises(Refusal):
        firms.remove_site(firm_id=firm.pk, site_id=site.pk, actor=world.alice)


def test_an_invitation_gives_no_rights_before_it_is_accepted(world: World, firm: Firm) -> None:
    invite(world, firm, world.carl.email)
    assert not firms_of(world.carl).exists()
    mail = OutgoingMail.objects.get(kind="firm_invitation")
    assert (mail.to_email, mail.content["firm"]) == (world.carl.email, firm.name)


def test_whoever_accepts_speaks_for_the_firm(world: World, firm: Firm) -> None:
    contact = invite(world, firm)
    accepted = firm_contacts.accept_invitation(contact_id=contact.pk)
    assert accepted.person is not None
    assert not accepted.person.has_usable_password()
    assert list(firms_of(accepted.person)) == [firm]
    assert has_confirmed_address(accepted.person)


def test_a_known_address_is_the_same_person(world: World, firm: Firm) -> None:
    contact = invite(world, firm, world.carl.email.upper())
    assert firm_contacts.accept_invitation(contact_id=contact.pk).person == world.carl


def test_accepting_twice_changes_nothing(world: World, firm: Firm) -> None:
    contact = invite(world, firm)
    first = firm_contacts.accept_invitation(contact_id=contact.pk)
    assert firm_contacts.accept_invitation(contact_id=contact.pk) == first
    assert LogEntry.objects.filter(act="firm.contact_confirmed").count() == 1


def test_nobody_is_invited_twice(world: World, firm: Firm) -> None:
    invite(world, firm)
    with pytest.raises(Refusal, match="schon eingeladen"):
        invite(world, firm, "BOB@tischlerei.example")
    with pytest.raises(Refusal, match="spricht schon"):
        invite(world, firm, world.alice.email)


def test_open_invitations_are_limited(world: World, firm: Firm) -> None:
    for number in range(OPEN_INVITATIONS):
        invite(world, firm, f"kollege{number}@tischlerei.example")
    with pytest.raises(Refusal, match="noch offen"):
        invite(world, firm, "noch.einer@tischlerei.example")


def test_inviting_again_ends_the_earlier_link(world: World, firm: Firm) -> None:
    contact = invite(world, firm)
    before = SecretLink.objects.get()
    firm_contacts.invite_again(
        firm_id=firm.pk, contact_id=contact.pk, actor=world.alice, partnership=world.partnership
    )
    assert SecretLink.objects.get() != before
    assert SecretLink.objects.get().expires_at > timezone.now() + datetime.timedelta(days=6)


def test_a_withdrawn_invitation_opens_nothing(world: World, firm: Firm) -> None:
    contact = invite(world, firm)
    firm_contacts.remove_contact(firm_id=firm.pk, contact_id=contact.pk, actor=world.alice)
    assert not SecretLink.objects.exists()
    with pytest.raises(Refusal, match="zurückgezogen"):
        firm_contacts.accept_invitation(contact_id=contact.pk)


def test_the_last_one_cannot_leave(world: World, firm: Firm) -> None:
    invite(world, firm)
    with pytest.raises(Refusal, match="Außer Ihnen"):
        firm_contacts.leave_firm(firm_id=firm.pk, actor=world.alice)
    assert list(firms_of(world.alice)) == [firm]


def test_one_of_two_leaves(world: World) -> None:
    firm = factories.make_firm(world.alice, world.carl)
    firm_contacts.leave_firm(firm_id=firm.pk, actor=world.alice)
    assert not firms_of(world.alice).exists()
    assert Person.objects.filter(pk=world.alice.pk).exists()


def test_nobody_removes_oneself_by_the_way(world: World) -> None:
    firm = factories.make_firm(world.alice, world.carl)
    own = firm.contacts.get(person=world.alice)
    with pytest.raises(Refusal, match="Firma verlassen"):
        firm_contacts.remove_contact(firm_id=firm.pk, contact_id=own.pk, actor=world.alice)


def test_a_telephone_number_is_kept(world: World, firm: Firm) -> None:
    contact = firm.contacts.get()
    firm_contacts.change_phone(firm_id=firm.pk, contact_id=contact.pk, phone="0341 000-1", actor=world.alice)
    assert firm.contacts.get().phone == "0341 000-1"
