"""Places on waiting lists in what somebody downloads, and what becomes of them when somebody is erased."""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Appointment, Waiting
from consultations.waiting.line import leave
from consultations.waiting.wishes import wishes_in_words
from partnership.erasing import Holder, Holding
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Organisation, Person
from partnership.outbox import forget_mails, mails_about
from partnership.own_data import Row, Section
from partnership.queries import has_confirmed_address

LABELS = {
    "office": gettext_lazy("Büro"),
    "state": gettext_lazy("Stand"),
    "firm": gettext_lazy("Firma"),
    "name": gettext_lazy("Vor- und Nachname"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "phone": gettext_lazy("Telefon"),
    "wishes": gettext_lazy("Wünsche"),
    "since": gettext_lazy("wartet seit"),
    "until": gettext_lazy("wartet bis"),
    "offers": gettext_lazy("Angebote"),
}


def waiting_of(person: Person) -> QuerySet[Waiting]:
    """For the confirmed address; none while it is not confirmed."""
    if not has_confirmed_address(person):
        return Waiting.objects.none()
    rows = Waiting.objects.filter(contact_email__iexact=person.email)
    return rows.select_related("office__organisation").order_by("created_at", "pk")


def about_waiting(person: Person) -> Section:
    rows = [_row(waiting) for waiting in waiting_of(person).prefetch_related("offers__freed")]
    return Section(key="waiting", order=15, title=gettext_lazy("Ihre Wartelisten"), labels=LABELS, rows=rows)


def _row(waiting: Waiting) -> Row:
    offers = waiting.offers.all()
    row: Row = {
        "office": waiting.office.name,
        "state": waiting.get_state_display(),
        "firm": waiting.firm_name,
        "name": waiting.contact_name,
        "email": waiting.contact_email,
        "phone": waiting.contact_phone,
        "wishes": wishes_in_words(waiting),
        "until": waiting.waits_until,
        "offers": "; ".join(f"{offer.freed} {offer.get_outcome_display()}".strip() for offer in offers),
    }
    return row | ({"since": waiting.joined_at} if waiting.joined_at else {})


def holdings(person: Person) -> list[Holding]:
    return [
        Holding(
            words=_("Warteliste %(office)s, %(state)s")
            % {"office": waiting.office.name, "state": waiting.get_state_display()},
            organisation_id=waiting.office.organisation_id,
        )
        for waiting in waiting_of(person)
    ]


def give_up_coming(person: Person) -> None:
    for waiting in waiting_of(person).filter(state__in=Waiting.STANDING):
        leave(waiting_id=waiting.pk, actor=person)


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """The entry goes as a whole, with what was offered; an appointment that came of it is another record."""
    erased: list[Model] = []
    for waiting in waiting_of(person).filter(office__organisation=organisation):
        leave(waiting_id=waiting.pk, actor=person)
        revoke_links(thing=waiting)
        forget_mails(mails_about(waiting))
        offered = Appointment.objects.filter(offer__waiting=waiting, state=Appointment.State.EXPIRED)
        Appointment.objects.filter(pk__in=list(offered.values_list("pk", flat=True))).delete()
        log_act(act="waiting.erased", thing=waiting, organisation=organisation)
        Waiting.objects.filter(pk=waiting.pk).delete()
        erased.append(waiting)
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)
