"""What desks do with material, in short."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forums.materials import publishing
from forums.models import Event, Material, Registration
from partnership.links import issue_link
from partnership.models import Person, SecretLink
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.materials.files import PDF
from tests.personas import World

PUBLIC, PARTICIPANTS = Material.Audience.PUBLIC, Material.Audience.PARTICIPANTS


def add_file(event: Event, actor: Person, content: bytes = PDF, **fields: Any) -> Material:
    """For participants; who makes it public has cleared the rights."""
    values: dict[str, Any] = {"title": "Vortrag über Türen", "audience": PARTICIPANTS}
    values |= fields
    values.setdefault("rights_are_clear", values["audience"] == PUBLIC)
    upload = SimpleUploadedFile("a.html", content, content_type="text/html")
    return publishing.add_file(event_id=event.pk, upload=upload, actor=actor, **values)


def with_place(world: World, **fields: Any) -> Registration:
    """Somebody with a place at an event of the IHK, which the HWK and the police run along."""
    event = make_event(organiser=world.ihk, partners=(world.hwk, world.police))
    return make_registration(event, make_part(event), **fields)


def link_of(registration: Registration) -> str:
    until = timezone.now() + datetime.timedelta(days=1)
    return issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=until)
