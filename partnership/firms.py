"""Firms and their sites: founded, changed. Rights over a firm never come from typing its name."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.journal import log_act
from partnership.models import Area, Firm, FirmContact, Organisation, Person, Site
from partnership.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class FirmDetails:
    """What a firm says of itself."""

    name: str
    chamber: Organisation | None = None
    membership_number: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteDetails:
    street: str
    postcode: str
    city: str
    name: str = ""


def create_firm(*, details: FirmDetails) -> Firm:
    """A new row, whoever it is for: the one place where a firm comes into being."""
    return Firm.objects.create(
        name=details.name,
        chamber=details.chamber,
        membership_number=details.membership_number,
        phone=details.phone,
    )


def rewrite_firm(firm: Firm, details: FirmDetails) -> None:
    """What the firm says of itself; the number under which desks call it stays. The caller holds the lock."""
    firm.name = details.name
    firm.chamber = details.chamber
    firm.membership_number = details.membership_number
    firm.save(update_fields=["name", "chamber", "membership_number"])


@transaction.atomic
def found_firm(
    *, details: FirmDetails, site: SiteDetails, person: Person, contact_name: str, contact_phone: str = ""
) -> Firm:
    """Somebody with a confirmed address enters the own firm: rights over this new row, over no other."""
    firm = create_firm(details=details)
    FirmContact.objects.create(
        firm=firm,
        person=person,
        name=contact_name,
        email=person.email,
        phone=contact_phone,
        email_confirmed_at=timezone.now(),
    )
    _write_site(Site(firm=firm), site)
    log_act(act="firm.created", thing=firm, actor=person, organisation=firm.chamber)
    return firm


@transaction.atomic
def change_firm(*, firm_id: int, details: FirmDetails, actor: Person) -> Firm:
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    before = firm.chamber
    rewrite_firm(firm, details)
    for chamber in {before, firm.chamber}:
        log_act(act="firm.changed", thing=firm, actor=actor, organisation=chamber)
    return firm


@transaction.atomic
def add_site(*, firm_id: int, details: SiteDetails, actor: Person) -> Site:
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    site = _write_site(Site(firm=firm), details)
    log_act(act="firm.site_added", thing=firm, actor=actor, organisation=firm.chamber)
    return site


@transaction.atomic
def change_site(*, firm_id: int, site_id: int, details: SiteDetails, actor: Person) -> Site:
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    site = _write_site(_site_of(firm, site_id), details)
    log_act(act="firm.site_changed", thing=firm, actor=actor, organisation=firm.chamber)
    return site


@transaction.atomic
def remove_site(*, firm_id: int, site_id: int, actor: Person) -> None:
    """Refused while something that apps keep stands there."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    try:
        with transaction.atomic():
            _site_of(firm, site_id).delete()
    except (ProtectedError, RestrictedError) as error:
        raise Refusal(
            _("An diesem Standort hängen noch Einträge. Ändern Sie die Anschrift, statt ihn zu entfernen.")
        ) from error
    log_act(act="firm.site_removed", thing=firm, actor=actor, organisation=firm.chamber)


def lock_firms(*firm_ids: int) -> dict[int, Firm]:
    """Lock firms in id order, then read them; those that do not exist are missing from the answer.

    Two statements: what a locking one joins is as old as its beginning, however long it has waited.
    """
    rows = Firm.objects.filter(pk__in=set(firm_ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    return {firm.pk: firm for firm in rows.select_related("chamber", "merged_into")}


def lock_heir(firm_id: int) -> Firm:
    """The firm, or what it has become; nobody merges it while the caller's transaction lasts."""
    firm = lock_firms(firm_id)[firm_id]
    return lock_heir(firm.merged_into_id) if firm.merged_into_id else firm


def refuse_merged(firm: Firm) -> None:
    if firm.merged_into:
        raise Refusal(
            _("„%(name)s“ wurde inzwischen mit „%(heir)s“ zusammengeführt. Öffnen Sie diese Firma.")
            % {"name": firm.name, "heir": firm.merged_into.name}
        )


def lock_firm(firm_id: int) -> Firm:
    """Whoever changes a firm or who speaks for it holds this lock, so that nobody is removed unseen."""
    return lock_firms(firm_id)[firm_id]


def own_contact(firm: Firm, person: Person) -> FirmContact:
    """The actor's own confirmed entry, read under the lock; refused to who has been removed meanwhile."""
    contact = FirmContact.objects.filter(
        firm=firm, person=person, email_confirmed_at__isnull=False, firm__merged_into__isnull=True
    ).first()
    if contact is None:
        raise Refusal(
            _("Sie sprechen nicht mehr für diese Firma. Lassen Sie sich von einer Kollegin einladen.")
        )
    return contact


def area_of(postcode: str) -> Area | None:
    """The first area of today that names the postcode."""
    return Area.objects.filter(postcodes__contains=[postcode], valid_until__isnull=True).first()


def _site_of(firm: Firm, site_id: int) -> Site:
    site = Site.objects.filter(firm=firm, pk=site_id).first()
    if site is None:
        raise Refusal(_("Diesen Standort hat schon jemand entfernt. Laden Sie die Seite der Firma neu."))
    return site


def _write_site(site: Site, details: SiteDetails) -> Site:
    site.name, site.street = details.name, details.street
    site.postcode, site.city = details.postcode, details.city
    site.area = area_of(details.postcode)
    site.save()
    return site
