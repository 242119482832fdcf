"""Somebody registers, step by step, for tests."""

from typing import Any

from django.urls import reverse

from forums.forms.registering import NOT, groups_of
from forums.models import Event, EventPart, PartBooking, Registration
from forums.registering.confirming import confirm
from forums.registering.registering import Entry, register
from partnership.models import OutgoingMail, Person
from tests.event_factories import make_event, make_part
from tests.personas import World

EMAIL = "ute@dachdeckerei.example"


def make_forum(world: World, **fields: Any) -> tuple[Event, EventPart, EventPart, EventPart]:
    """A talk for all, on site or online, and two workshops of which one takes one."""
    event = make_event(organiser=world.ihk, **fields)
    middle = event.starts_at + (event.ends_at - event.starts_at) / 2
    talk = make_part(
        event, site=80, online=50, is_for_all=True, title="Vortrag", ends_at=middle, room="Großer Saal"
    )
    doors, locks = (
        make_part(event, site=15, title=title, choice="Workshop", starts_at=middle)
        for title in ("Türen", "Schlösser")
    )
    return event, talk, doors, locks


def entry_of(event: Event, *parts: EventPart, mode: str = "site", **fields: Any) -> Entry:
    given: dict[str, Any] = {"name": "Ute Quendel", "email": EMAIL, "firm_name": "Dachdeckerei Quendel"}
    return Entry(event=event, parts={part.pk: mode for part in parts}, **given | fields)


def sign_up(
    event: Event, *parts: EventPart, person: Person | None = None, mode: str = "site", **fields: Any
) -> Registration:
    registration = register(entry=entry_of(event, *parts, mode=mode, **fields), person=person)
    assert registration is not None
    return registration


def take_part(event: Event, *parts: EventPart, **fields: Any) -> Registration:
    """Registered and confirmed."""
    return confirm(registration_id=sign_up(event, *parts, **fields).pk)[0]


def states_of(registration: Registration) -> dict[str, str]:
    """Title of a part -> state of what stands."""
    rows = registration.bookings.exclude(state=PartBooking.State.CANCELLED)
    return dict(rows.values_list("part__title", "state"))


def last_mail(kind: str = "") -> OutgoingMail:
    mails = OutgoingMail.objects.filter(kind=kind) if kind else OutgoingMail.objects.all()
    mail = mails.order_by("pk").last()
    assert mail is not None
    return mail


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def token_in(mail: OutgoingMail) -> str:
    url: str = mail.content.get("confirm_url") or mail.content["manage_url"]
    return url.rstrip("/").rpartition("/")[2]


def form_data(event: Event, **chosen: Any) -> dict[str, Any]:
    """What the page sends: who, what is for all on site, of the rest only what is chosen; no colleagues."""
    groups = groups_of(event.parts.prefetch_related("places").select_related("event"))
    begun = {group.field: f"{group.parts[0].pk}-site" if group.is_for_all else NOT for group in groups}
    return begun | {
        "name": "Ute Quendel",
        "email": EMAIL,
        "role": "business",
        "firm_name": "Dachdeckerei Quendel",
        "mit-TOTAL_FORMS": "0",
        "mit-INITIAL_FORMS": "0",
        **chosen,
    }


def register_url(event: Event) -> str:
    return reverse("forums:register", args=[event.reference])
