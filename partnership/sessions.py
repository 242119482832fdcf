"""Where somebody is signed in: the sessions that django-allauth writes down at sign-in."""

import re
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.models import Person
from partnership.times import long_moment

SEEN_EVERY_SECONDS = 900
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


@dataclass(frozen=True, slots=True)
class OpenSession:
    key: int
    device: str
    since: str
    seen: str
    is_this_one: bool


def note_seen(session_key: str | None) -> None:
    """Every quarter of an hour, in a row of its own."""
    if session_key and cache.add(f"seen:{session_key}", 1, SEEN_EVERY_SECONDS):
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def device_of(user_agent: str) -> str:
    """'Firefox auf Windows': what people call it, by what a browser says of itself."""
    browser = next((name for mark, name in BROWSERS if re.search(mark, user_agent)), "")
    system = next((name for mark, name in SYSTEMS if re.search(mark, user_agent)), "")
    if browser and system:
        return _("{browser} auf {system}").format(browser=browser, system=system)
    return browser or system or _("Unbekanntes Gerät")


def open_sessions(person: Person, *, session_key: str | None) -> list[OpenSession]:
    """This one first, then the latest."""
    rows = UserSession.objects.filter(
        user=person, session_key__in=Session.objects.filter(expire_date__gt=timezone.now()).values("pk")
    )
    found = [
        OpenSession(
            key=row.pk,
            device=device_of(row.user_agent),
            since=long_moment(row.created_at),
            seen=long_moment(row.last_seen_at),
            is_this_one=row.session_key == session_key,
        )
        for row in rows.order_by("-created_at", "-pk")
    ]
    return sorted(found, key=lambda session: not session.is_this_one)


@transaction.atomic
def end_sessions(*, person: Person, but: str | None = None, only: int | None = None) -> int:
    """All of a person's sessions, all but the one with this key, or only the one of this row."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    rows.filter(session_key__in=keys).delete()
    return len(keys)


def end_every_session(person: Person) -> int:
    """Those that nobody wrote down, too: for an account that is closed or goes. Reads every open session."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    keys = [row.pk for row in open_ones if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=keys).delete()
    end_sessions(person=person)
    return len(keys)


def forget_ended_sessions() -> None:
    """What is known of a session, its address included, goes with it."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()
