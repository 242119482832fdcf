"""What coordinators do, in short."""

import datetime
import re
from typing import Any

from django.utils import timezone

from partnership.administration import invitations
from partnership.models import Invitation, LogEntry, OutgoingMail, Partnership, Person, Post
from tests import factories
from tests.personas import World

A_DAY = datetime.timedelta(days=1)
PASSWORD = "ein langer Satz mit Wolken"


def today() -> datetime.date:
    return timezone.localdate()


def invite(world: World, email: str = "neu@personen.example", **fields: Any) -> Post:
    values: dict[str, Any] = {
        "name": "Nele Neu",
        "email": email,
        "role": Post.Role.DESK,
        "organisation": world.ihk,
        "partnership": world.partnership,
        "starts": today(),
        "ends": None,
        "actor": world.karl,
    }
    post, _was_sent = invitations.invite(**values | fields)
    return post


def open_invitation(post: Post) -> Invitation:
    return Invitation.objects.get(post=post)


def token_of(email: str = "neu@personen.example") -> str:
    mail = OutgoingMail.objects.filter(kind="invitation", to_email=email).latest("pk")
    found = re.search(r"/konto/einladung/([^/]+)/", mail.content["invitation_url"])
    assert found
    return found.group(1)


def post_of(person: Person) -> Post:
    return person.posts.get()


def acts() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def elsewhere() -> tuple[Partnership, Person]:
    """Another partnership, and its coordinator."""
    other = factories.make_partnership(name="Sicherheitspartnerschaft Nord")
    coordinator = factories.make_person("nord@personen.example", "Nora Nord")
    factories.make_post(coordinator, Post.Role.COORDINATOR, partnership=other)
    return other, coordinator
