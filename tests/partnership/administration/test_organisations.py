"""Organisations, memberships, and the partnership itself."""

import datetime
from typing import Any

import pytest
from django.test import Client

from partnership.administration import organisations, partnerships
from partnership.models import Area, LogEntry, Membership, Organisation
from partnership.refusals import Refusal
from tests import factories
from tests.partnership.administration.steps import A_DAY, acts, today
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

BASE = "/arbeitsplatz/verwaltung/"
NEW: dict[str, Any] = {
    "name": "Stadt Grimma",
    "short_name": "Grimma",
    "kind": "municipality",
    "services_line": "",
    "officers_must_agree": True,
    "parent": None,
}


def particulars(world: World, **changed: Any) -> dict[str, Any]:
    names = "name short_name email phone sender_name sender_email change_deadline_hours asks_satisfaction"
    values = {name: getattr(world.partnership, name) for name in names.split()}
    return values | {"gesehen": world.partnership.version} | changed


def change(world: World, organisation: Organisation, **changed: Any) -> list[str]:
    values = {name: getattr(organisation, name) for name in NEW} | changed
    return organisations.change_organisation(
        organisation_id=organisation.pk, seen=organisation.version, values=values, actor=world.karl
    )


def test_a_new_organisation_is_a_member(client: Client, world: World) -> None:
    data = {k: v for k, v in NEW.items() if v} | {
        "starts": today().isoformat(),
        "partnership": world.partnership.pk,
    }
    sign_in(client, world.karl).post(BASE + "organisationen/neu/", data)
    added = Organisation.objects.get(name="Stadt Grimma")
    assert Membership.objects.get(organisation=added).partnership == world.partnership
    assert acts() == ["organisation.added", "membership.added"]


def test_the_same_name_twice_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="gibt es schon"):
        organisations.add_organisation(
            partnership=world.partnership,
            starts=today(),
            values=NEW | {"name": "ihk zu leipzig"},
            actor=world.karl,
        )


def test_a_chambers_agreement_is_switched_off(world: World) -> None:
    change(world, world.ihk, officers_must_agree=False)
    world.ihk.refresh_from_db()
    assert not world.ihk.officers_must_agree


def test_the_kind_of_an_organisation_with_posts_stays(world: World) -> None:
    with pytest.raises(Refusal, match="neue Organisation"):
        change(world, world.ihk, kind="police")


def test_nobody_is_above_themselves(world: World) -> None:
    world.hwk.parent = world.ihk
    world.hwk.save()
    with pytest.raises(Refusal, match="nicht sich selbst"):
        change(world, world.ihk, parent=world.hwk)


def test_ending_a_membership_says_first_what_is_planned_after_it(client: Client, world: World) -> None:
    membership = Membership.objects.get(organisation=world.ihk)
    page = f"{BASE}organisationen/{world.ihk.pk}/mitgliedschaften/{membership.pk}/beenden/"
    data = {"last_day": today().isoformat()}
    first = sign_in(client, world.karl).post(page, data).content.decode()
    assert "1 Sprechtag, 0 gebuchte Termine" in first
    membership.refresh_from_db()
    assert membership.ends is None
    client.post(page, data | {"gelesen": today().isoformat()})
    membership.refresh_from_db()
    assert membership.ends == today()


def test_of_the_police_their_officers_days_are_named(client: Client, world: World) -> None:
    membership = Membership.objects.get(organisation=world.police)
    page = f"{BASE}organisationen/{world.police.pk}/mitgliedschaften/{membership.pk}/beenden/"
    html = sign_in(client, world.karl).post(page, {"last_day": today().isoformat()}).content.decode()
    assert "1 Sprechtag" in html


def test_a_former_member_is_looked_at_only_and_may_come_back(client: Client, world: World) -> None:
    Membership.objects.filter(organisation=world.hwk).update(ends=today() - A_DAY)
    page = f"{BASE}organisationen/{world.hwk.pk}/"
    sign_in(client, world.karl)
    assert client.get(page).status_code == 200
    assert client.get(page + "aendern/").status_code == 403
    assert client.get(page + "haeuser/neu/").status_code == 403
    data = {"partnership": world.partnership.pk, "starts": today().isoformat()}
    client.post(page + "mitgliedschaften/neu/", data)
    assert client.get(page + "aendern/").status_code == 200


def test_a_membership_twice_at_once_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="schon Mitglied"):
        organisations.add_membership(
            partnership=world.partnership, organisation=world.ihk, starts=today(), ends=None, actor=world.karl
        )


# the partnership


def test_a_changed_imprint_is_shown_at_once(
    client: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, world.karl)
    client.get("/impressum/")
    page = f"{BASE}partnerschaften/{world.partnership.pk}/texte/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"imprint": "Neuer Anbieter", "privacy_notice": "", "gesehen": 1})
    assert "Neuer Anbieter" in client.get("/impressum/").content.decode()


def test_a_preview_saves_nothing(client: Client, world: World) -> None:
    page = f"{BASE}partnerschaften/{world.partnership.pk}/texte/"
    data = {"imprint": "Anbieter\n\nWir.", "privacy_notice": "", "gesehen": 1, "vorgang": "vorschau"}
    html = sign_in(client, world.karl).post(page, data).content.decode()
    assert '<h2 class="kern-heading-medium" lang="de">Anbieter</h2>' in html
    world.partnership.refresh_from_db()
    assert world.partnership.imprint == "Anbieter ist die Partnerschaft."


def test_every_member_has_the_change_in_its_log(client: Client, world: World) -> None:
    page = f"{BASE}partnerschaften/{world.partnership.pk}/"
    sign_in(client, world.karl).post(page, particulars(world, phone="0341 000-1"))
    entries = LogEntry.objects.filter(act="partnership.changed")
    assert {entry.organisation for entry in entries} == {world.ihk, world.hwk, world.police}
    assert entries[0].detail == {"fields": "Telefon"}


def test_an_outdated_form_of_the_partnership_is_refused(client: Client, world: World) -> None:
    page = f"{BASE}partnerschaften/{world.partnership.pk}/"
    sign_in(client, world.karl).post(page, particulars(world, phone="0341 000-1"))
    response = client.post(page, particulars(world, phone="0341 000-2"))
    assert response.status_code == 409


def test_areas_are_found_added_and_removed(client: Client, world: World) -> None:
    area = Area.objects.create(
        ags="14729160", name="Grimma", postcodes=["04668"], latitude=51, longitude=12, valid_from=today()
    )
    base = f"{BASE}partnerschaften/{world.partnership.pk}/gebiete/"
    for text in ("grim", "04668", "147291"):
        assert "Hinzufügen" in sign_in(client, world.karl).get(base, {"suche": text}).content.decode()
    client.post(f"{base}{area.pk}/hinzufuegen/", {"suche": "grim"})
    assert world.partnership.areas.get() == area
    client.post(f"{base}{area.pk}/entfernen/")
    assert not world.partnership.areas.exists()
    assert set(acts()) == {"partnership.area_added", "partnership.area_removed"}


def test_adding_an_area_twice_is_one_act(world: World) -> None:
    area = Area.objects.create(
        ags="14729160", name="Grimma", latitude=51, longitude=12, valid_from=datetime.date(2020, 1, 1)
    )
    for _time in range(2):
        partnerships.add_area(partnership=world.partnership, area=area, actor=world.karl)
    assert LogEntry.objects.count() == 3


def test_a_year_of_its_own(world: World) -> None:
    """Membership that is over before it began is no membership."""
    with pytest.raises(Refusal, match="vor ihrem Beginn"):
        organisations.add_membership(
            partnership=factories.make_partnership(),
            organisation=world.ihk,
            starts=today(),
            ends=today() - A_DAY,
            actor=world.karl,
        )
