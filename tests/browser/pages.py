"""Every page there is, by who opens it. A new address has to be named here, else a test says so."""

import datetime
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from consultations.absences import plan_absence
from consultations.deadlines import link_end
from consultations.models import Appointment, OfficeHours
from consultations.offers import choice_value
from consultations.queries import free_times
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import Area, Deputy, Invitation, OfficeClosure, Post, SecretLink
from partnership.times import at_wall_time
from tests import factories
from tests.personas import World

State = Appointment.State
Purpose = SecretLink.Purpose
A_DAY = datetime.timedelta(days=1)

VISITOR = [
    *(
        "start",
        "imprint",
        "privacy",
        "accessibility",
        "contact",
        "consultations:times",
        "consultations:office",
    ),
    *("consultations:confirm", "consultations:appointment", "consultations:move", "consultations:cancel"),
    *("account_login", "account_signup", "account_inactive", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key_done", "account_invitation"),
]
OF_THE_FIRM = [
    *("account_home", "account_logout", "account_set_password"),
    *("own_appointments:appointment", "own_appointments:move", "own_appointments:cancel"),
]
OF_THE_DESK = [
    *("appointments:week", "appointments:hours", "appointments:hours_new", "appointments:hours_detail"),
    *("appointments:hours_cancel", "appointments:appointments", "appointments:appointment"),
    *("appointments:appointment_cancel", "appointments:book_for_caller", "appointments:appointment_move"),
    *("appointments:absent_today", "appointments:without_officer", "appointments:hours_without_officer"),
]
PAGES = {
    "visitor": VISITOR,
    "alice": OF_THE_FIRM,
    "bert": OF_THE_DESK,
    "paula": [
        *("appointments:today", "appointments:outcome", "appointments:hours"),
        *("appointments:absences", "appointments:absent_today", "appointments:absence"),
        *("appointments:without_officer", "appointments:hours_without_officer"),
        *("appointments:hours_detail", "appointments:appointments", "appointments:appointment"),
    ],
    "lea": [
        *("appointments:today", "appointments:hours", "appointments:absences", "appointments:absent_today"),
        *("appointments:absence", "appointments:without_officer", "appointments:hours_without_officer"),
        *("administration:start", "administration:tasks", "administration:people", "administration:person"),
    ],
    "karl": [
        *("workplace:partners", "account_change_password", "account_reauthenticate"),
        *("administration:start", "administration:tasks", "administration:partnership"),
        *("administration:texts", "administration:areas", "administration:organisations"),
        *("administration:organisation", "administration:organisation_add"),
        *("administration:organisation_change", "administration:membership_add"),
        *("administration:membership_end", "administration:office_add", "administration:offices"),
        *("administration:office", "administration:office_change", "administration:rooms"),
        *("administration:office_service", "administration:closure", "administration:people"),
        *("administration:invite", "administration:person", "administration:post_add"),
        *("administration:person_closing", "administration:post_end", "administration:deputy_add"),
    ],
    "dora": ["workplace:log"],
}
IN_A_BOOKING = {"details", "quick_check", "check", "sent"}
"""Reached by a held time only; their own test walks through them."""
NO_PAGES = {
    # acts
    *("consultations:hold", "appointments:hours_agree", "appointments:hours_publish"),
    *("appointments:absence_withdraw", "appointments:put_deputy", "appointments:release_deputy"),
    *("administration:area_add", "administration:area_remove", "administration:closure_remove"),
    *("administration:person_close", "administration:person_reopen", "administration:post_withdraw"),
    *("administration:deputy_end", "administration:invitation_send", "administration:invitation_withdraw"),
    # files
    *(
        "security_txt",
        "appointments:day_sheet",
        "consultations:appointment_calendar",
        "own_appointments:appointment_calendar",
    ),
    # redirects, and what wants a mail's key
    *("workplace:home", "account_reset_password_from_key"),
}
QUERIES = {
    "consultations:times": ["", "?plz=04668", "?plz=abc"],
    "appointments:appointments": ["", "?suche=Tischlerei&zeit=alle"],
    "administration:areas": ["", "?suche=Grimma"],
    "administration:people": ["", "?stand=eingeladen", "?suche=niemand"],
}


@dataclass(frozen=True)
class Scene:
    """The small world with something in every state."""

    world: World
    keys: dict[str, object]

    @classmethod
    def build(cls, world: World) -> "Scene":
        today = timezone.localdate()
        world.karl.set_password("ein langer Satz")
        world.karl.save()
        before = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[world.paula],
            day=today - datetime.timedelta(days=3),
        )
        factories.make_appointment(hours=before, index=0, state=State.ATTENDED, person=world.alice)
        past = factories.make_appointment(hours=before, index=1, note="Neue Tore", topic="burglary")
        factories.make_appointment(hours=before, index=2, state=State.MISSED)
        now_day = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[world.paula, world.pia],
            day=today,
            ends=datetime.time(17),
        )
        factories.make_appointment(hours=now_day, index=2, note="Anruf genügt", accessibility_need="Aufzug")
        factories.make_appointment(hours=now_day, index=3, lane=2)
        coming = factories.make_appointment(hours=world.hours, index=0, person=world.alice)
        unconfirmed = factories.make_appointment(hours=world.hours, index=1, state=State.UNCONFIRMED)
        log_act(act="appointment.confirmed", thing=coming, actor=world.alice, organisation=world.police)
        draft = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[world.pia],
            day=world.hours.day,
            state=OfficeHours.State.DRAFT,
        )
        assert draft.pk
        empty = factories.make_hours(
            office=world.office, police=world.police, officers=[world.paula], day=world.hours.day + A_DAY
        )
        factories.make_appointment(hours=empty, index=1)
        midnight = at_wall_time(empty.day, datetime.time())
        absence = plan_absence(
            officer=world.paula, starts_at=midnight, ends_at=midnight + A_DAY, actor=world.paula
        )
        keys = {
            "empty": empty.pk,
            "absence": absence.pk,
            "coming": coming.reference,
            "past": past.reference,
            "hours": world.hours.pk,
            "free": choice_value(free_times(partnership=world.partnership)[0]),
            "confirm": issue_link(
                thing=unconfirmed, purpose=Purpose.CONFIRM, expires_at=link_end(unconfirmed)
            ),
            "manage": issue_link(thing=coming, purpose=Purpose.MANAGE, expires_at=link_end(coming)),
            **_administered(world),
        }
        return cls(world, keys)

    def paths_of(self, who: str) -> list[str]:
        with_time = ["", f"?zeit={self.keys['free']}"]
        queries = QUERIES | dict.fromkeys(
            ("appointments:book_for_caller", "appointments:appointment_move"), with_time
        )
        return [self._path(name) + query for name in PAGES[who] for query in queries.get(name, [""])]

    def _path(self, name: str) -> str:
        of_one_thing = {
            "consultations:confirm": self.keys["confirm"],
            "consultations:office": self.world.office.pk,
            "account_invitation": self.keys["invitation"],
            "appointments:outcome": self.keys["past"],
            "appointments:hours_detail": self.keys["hours"],
            "appointments:hours_cancel": self.keys["hours"],
            "appointments:hours_without_officer": self.keys["empty"],
            "appointments:absence": self.keys["absence"],
        }
        if name.startswith("administration:"):
            return self._administered_path(name)
        if name in of_one_thing:
            return reverse(name, args=[of_one_thing[name]])
        if name.startswith("consultations:") and name != "consultations:times":
            return reverse(name, args=[self.keys["manage"]])
        if name.startswith(("own_appointments:", "appointments:appointment")):
            return reverse(name, args=[] if name.endswith("s:appointments") else [self.keys["coming"]])
        return reverse(name)

    def _administered_path(self, name: str) -> str:
        world, page = self.world, name.partition(":")[2]
        things: dict[str, object] = {
            "partnership": world.partnership.pk,
            "texts": world.partnership.pk,
            "areas": world.partnership.pk,
            "office": world.office.pk,
            "office_change": world.office.pk,
            "office_service": world.office.pk,
            "rooms": world.office.pk,
            "person": world.paula.pk,
            "person_closing": world.paula.pk,
            "post_add": world.paula.pk,
            "post_end": world.paula.posts.latest("pk").pk,
            "deputy_add": world.paula.posts.latest("pk").pk,
        }
        organisation_pages = ("organisation", "organisation_change", "membership_add", "office_add")
        things |= dict.fromkeys(organisation_pages, world.ihk.pk)
        arguments = [things[page]] if page in things else []
        if page == "membership_end":
            arguments = [world.ihk.pk, world.ihk.membership_set.get().pk]
        if page == "closure":
            arguments = [world.office.pk, self.keys["closure"]]
        return reverse(name, args=arguments)


def _administered(world: World) -> dict[str, object]:
    """Something of everything for the administration: a closure, a deputy, invitations, what was left."""
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    former = factories.make_person("rita@personen.example", "Rita Beispiel")
    factories.make_post(former, Post.Role.OFFICER, organisation=world.police, ends=today - day)
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[former], day=today + 9 * day)
    Deputy.objects.create(post=world.paula.posts.get(), person=world.pia, starts=today)
    closure = OfficeClosure.objects.create(
        office=world.office, starts=today + day, ends=today + day, reason="Umbau"
    )
    Area.objects.create(
        ags="14729160", name="Grimma", postcodes=["04668"], latitude=51, longitude=12, valid_from=today
    )
    post = factories.make_post(world.carl, Post.Role.DESK, organisation=world.ihk)
    invitation = Invitation.objects.create(
        post=post, partnership=world.partnership, invited_by=world.karl, sent_at=timezone.now() - 8 * day
    )
    token = issue_link(
        thing=invitation, purpose=Purpose.INVITATION, expires_at=timezone.now() + datetime.timedelta(days=1)
    )
    return {"closure": closure.pk, "invitation": token}


def all_names() -> set[str]:
    """The names of all our addresses; the technicians' administration is Django's."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found += [f"{namespace}{entry.name}"] if entry.name else []
        elif entry.app_name != "admin":
            found += _names(entry, f"{entry.namespace}:" if entry.namespace else namespace)
    return found
