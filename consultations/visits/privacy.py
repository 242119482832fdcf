"""Requests in what somebody downloads, what becomes of them when somebody is erased, and when they go."""

import datetime
from collections.abc import Collection

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.emptying import NOBODY
from consultations.models import VisitMatter, VisitRequest, VisitRequestStep
from consultations.visits.asking import NOT_PLANNED, withdraw_request
from consultations.visits.own import requests_of
from consultations.waiting.wishes import wishes_in_words
from partnership.erasing import Holder, Holding
from partnership.journal import log_act, unname_firms
from partnership.links import revoke_links_of
from partnership.models import Firm, FirmContact, Organisation, Person
from partnership.outbox import forget_mails, mails_about_all
from partnership.own_data import Row, Section
from partnership.photos.queries import count_photos
from partnership.photos.receiving import remove_photos_of
from partnership.refusals import Refusal
from partnership.retention.contacts import register_use
from partnership.retention.holds import held_things, holds_cover, refuse_held
from partnership.retention.kinds import Erasable, Keys, RetentionKind

State = VisitRequest.State
SETTLED = (State.VISITED, State.WITHDRAWN, State.ENDED)
LABELS = {
    "reference": gettext_lazy("Nummer der Anfrage"),
    "asked": gettext_lazy("gestellt"),
    "state": gettext_lazy("Stand"),
    "police": gettext_lazy("Polizei"),
    "firm": gettext_lazy("Firma"),
    "chamber": gettext_lazy("Kammer"),
    "membership_number": gettext_lazy("Mitgliedsnummer"),
    "name": gettext_lazy("Vor- und Nachname"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "phone": gettext_lazy("Telefon"),
    "address": gettext_lazy("Anschrift des Betriebs"),
    "premises": gettext_lazy("Art des Betriebs"),
    "on_site": gettext_lazy("Ansprechperson vor Ort"),
    "access_note": gettext_lazy("Hinweis zum Zugang"),
    "wishes": gettext_lazy("Wünsche"),
    "reason": gettext_lazy("Anlass"),
    "happened_on": gettext_lazy("Tag des Einbruchs"),
    "case_number": gettext_lazy("Vorgangsnummer"),
    "note": gettext_lazy("Worum geht es?"),
    "need": gettext_lazy("Unterstützung"),
    "photos": gettext_lazy("Fotos"),
    "end_reason": gettext_lazy("Grund des Endes"),
}


def about_requests(person: Person) -> Section:
    """What a request confides is in it once the request is the person's own."""
    found = requests_of(person).select_related("chamber")
    return Section(
        key="visit_requests",
        order=16,
        title=gettext_lazy("Ihre Anfragen nach einem Besuch"),
        labels=LABELS,
        rows=[_row(request, person) for request in found],
    )


def _row(request: VisitRequest, person: Person) -> Row:
    row: Row = {
        "reference": request.reference,
        "asked": request.created_at,
        "state": request.get_state_display(),
        "police": request.police.name,
        "firm": request.firm_name,
        "chamber": request.chamber.name if request.chamber else "",
        "membership_number": request.membership_number,
        "name": request.contact_name,
        "email": request.contact_email,
        "phone": request.contact_phone,
        "address": request.address,
        "premises": request.get_premises_display(),
        "on_site": ", ".join(part for part in (request.on_site_name, request.on_site_phone) if part),
        "access_note": request.access_note,
        "wishes": wishes_in_words(request),
        "end_reason": request.end_reason,
    }
    matter: VisitMatter | None = getattr(request, "matter", None)
    if matter and request.person_id == person.pk:
        row |= {
            "reason": matter.get_reason_display(),
            "happened_on": matter.happened_on or "",
            "case_number": matter.case_number,
            "note": matter.note,
            "need": matter.accessibility_need,
            "photos": str(count_photos(VisitRequest, [request.pk]).get(request.pk, "")),
        }
    return row


def holdings(person: Person) -> list[Holding]:
    """What police keep. One whose appointment stands has to be over first."""
    found = requests_of(person)
    kept = set(found.filter(held_things(VisitRequest)).values_list("pk", flat=True))
    return [
        Holding(
            words=_("Anfrage nach einem Besuch %(reference)s, %(state)s")
            % {"reference": request.reference, "state": request.get_state_display()},
            organisation_id=request.police_id,
            holds=request.state == State.PLANNED,
            is_kept=request.pk in kept,
        )
        for request in found
    ]


def give_up_coming(person: Person) -> None:
    for request in requests_of(person).filter(state__in=NOT_PLANNED):
        withdraw_request(request_id=request.pk, actor=person)


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Refused while an appointment stands, and while somebody holds it back."""
    found = requests_of(person).filter(police=organisation)
    keys = sorted(found.values_list("pk", flat=True))
    erased: list[Model] = []
    for request in VisitRequest.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"):
        if request.state == State.PLANNED:
            raise Refusal(
                _("Es steht noch ein Termin an. Löschen lässt sich erst, wenn er vorbei oder abgesagt ist.")
            )
        refuse_held(request)
        if request.state in NOT_PLANNED:
            withdraw_request(request_id=request.pk, actor=person)
        erased.append(request)
    empty_requests([request.pk for request in erased])
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)


def empty_requests(keys: Collection[int]) -> None:
    """Whom and what it was about goes; that somebody asked, when and in which municipality, stays."""
    rows = VisitRequest.objects.filter(pk__in=keys, emptied_at__isnull=True)
    found = list(rows.select_related("police").order_by("pk"))
    keys = [request.pk for request in found]
    now = timezone.now()
    VisitMatter.objects.filter(pk__in=keys).delete()
    VisitRequestStep.objects.filter(request__in=keys).update(reason="")
    remove_photos_of(VisitRequest, keys)
    revoke_links_of(VisitRequest, keys)
    forget_mails(mails_about_all(VisitRequest, keys))
    unname_firms(VisitRequest, keys)
    blank = ("contact_name", "contact_email", "contact_phone", "on_site_name", "on_site_phone", "street")
    VisitRequest.objects.filter(pk__in=keys).update(
        emptied_at=now,
        firm=None,
        person=None,
        chamber=None,
        firm_name=NOBODY,
        **dict.fromkeys((*blank, "access_note", "membership_number", "end_reason"), ""),
    )
    standing = VisitRequest.objects.filter(pk__in=keys, state__in=VisitRequest.STANDING)
    standing.update(state=State.WITHDRAWN, ended_at=now)
    for request in found:
        log_act(act="visit_request.erased", thing=request, organisation=request.police)


def full_requests() -> QuerySet[VisitRequest]:
    return VisitRequest.objects.filter(emptied_at__isnull=True)


def _erase_needs(keys: Keys) -> None:
    VisitMatter.objects.filter(pk__in=keys).update(accessibility_need="")


def needs_due(before: datetime.datetime) -> QuerySet[VisitMatter]:
    return VisitMatter.objects.filter(request__ended_at__lt=before).exclude(accessibility_need="")


REQUEST = Erasable(
    model=VisitRequest, made="created_at", owner="police", left=full_requests, erase=empty_requests
)
NEED = Erasable(
    model=VisitMatter,
    made="request__created_at",
    owner="request__police",
    left=lambda: VisitMatter.objects.exclude(accessibility_need=""),
    erase=_erase_needs,
)
KINDS = [
    RetentionKind(
        key="visits_unconfirmed",
        order=24,
        label=gettext_lazy("Nicht bestätigte Anfragen nach Besuchen"),
        what=gettext_lazy("Firma, Ansprechperson, Anschrift und Anliegen"),
        since=gettext_lazy("Verfall"),
        period="unconfirmed",
        erasable=REQUEST,
        due=lambda before: full_requests().filter(state=State.EXPIRED, ended_at__lt=before),
    ),
    RetentionKind(
        key="visit_needs",
        order=25,
        label=gettext_lazy("Angaben zu Unterstützung bei Besuchen"),
        what=gettext_lazy("Was jemand für den Besuch braucht"),
        since=gettext_lazy("Ende der Anfrage"),
        period="needs",
        erasable=NEED,
        due=needs_due,
    ),
    RetentionKind(
        key="visit_requests",
        order=26,
        label=gettext_lazy("Anfragen nach Besuchen"),
        what=gettext_lazy("Firma, Ansprechperson, Anschrift und Anliegen; Gemeinde und Ausgang bleiben"),
        since=gettext_lazy("Besuch oder Ende der Anfrage"),
        period="contacts",
        erasable=REQUEST,
        due=lambda before: full_requests().filter(state__in=SETTLED, ended_at__lt=before),
    ),
]


def keep_who_asked() -> None:
    """A firm's hold keeps its requests. Whoever a request still names stays."""
    holds_cover(VisitRequest, through=Firm, path="firm")
    holds_cover(VisitMatter, through=VisitRequest, path="request")
    register_use(Person, lambda: Q(Exists(VisitRequest.objects.filter(person=OuterRef("pk")))))
    own = VisitRequest.objects.filter(person=OuterRef("person"))
    of_the_firm = VisitRequest.objects.filter(firm=OuterRef("firm"), contact_email__iexact=OuterRef("email"))
    register_use(FirmContact, lambda: Q(Exists(own)) | Q(Exists(of_the_firm)))
