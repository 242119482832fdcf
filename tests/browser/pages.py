"""Every page there is, by who opens it. A new address has to be named here, else a test says so."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from consultations.absences import plan_absence
from consultations.checklists.parts import add_part, change_part, remove_part
from consultations.deadlines import link_end
from consultations.models import (
    Appointment,
    ChecklistArea,
    OfficeHours,
    PhoneTask,
    SatisfactionAnswer,
    SatisfactionInvitation,
    VisitReport,
    VisitRequest,
    Waiting,
)
from consultations.numbers.counting import quarter_of
from consultations.offers import choice_value
from consultations.phone_tasks import ask_for_call, call_again, finish_call, take_call, what_was_seen
from consultations.queries import free_times
from consultations.retention import HELD_FIRM
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.sharing import open_to_third_party
from consultations.visit_reports.writing import FreeTitle, Observation, add_free_finding
from consultations.waiting.answers import decline_offer
from consultations.waiting.offers import pass_on
from consultations.week import week_key
from partnership.chained_log.writing import note_opening
from partnership.erasing import ask_for_erasure
from partnership.firm_contacts import invite_colleague
from partnership.firm_merging import Values, merge_firms
from partnership.journal import log_act
from partnership.links import hash_of, issue_link, new_token
from partnership.mail_in.receiving import receive
from partnership.models import (
    Area,
    Deputy,
    FirmContact,
    Invitation,
    OfficeClosure,
    OutgoingMail,
    PendingAddress,
    Person,
    Post,
    SecretLink,
    Site,
)
from partnership.publications.printing import print_brochure
from partnership.retention.holds import place_hold
from partnership.retention.running import run_when_due
from partnership.second_factor_reset import ask_for_reset
from partnership.times import at_wall_time
from tests import factories
from tests.browser import (
    afterwards_pages,
    certificate_pages,
    door_pages,
    event_desk_pages,
    event_editing_pages,
    event_waiting_pages,
    finding_pages,
    registering_pages,
)
from tests.consultations.checklist_steps import make_both
from tests.consultations.report_steps import KIM, release
from tests.consultations.report_steps import make_draft as make_report
from tests.consultations.test_series import plan as plan_five_days
from tests.consultations.uptake_steps import make_told, tell
from tests.consultations.visit_log_steps import ADVICE, note_down, visit_of_today
from tests.event_factories import make_event, make_part, make_registration
from tests.partnership.mail_in.steps import bounce_of
from tests.partnership.publications.steps import make_draft, make_released, next_waiting
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

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
    *("consultations:waiting_join", "consultations:waiting_sent", "consultations:waiting_confirm"),
    *("consultations:waiting", "consultations:waiting_leave"),
    *("consultations:visit_ask", "consultations:visit_confirm", "consultations:visit_request"),
    "consultations:visit_times",
    *("consultations:visit_wishes", "consultations:visit_withdraw", "consultations:visit_no_short_notice"),
    *("consultations:visit_photos", "consultations:report"),
    *("account_login", "account_signup", "account_inactive", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key_done", "account_invitation"),
    *("account_request_login_code", "account_signup_sent"),
    *("account_signup_confirm", "account_confirm_address"),
    "own_firms:invitation",
    *("consultations:satisfaction", "consultations:satisfaction_thanks"),
    *("consultations:uptake", "consultations:uptake_quiet"),
    *("brochures", "brochure"),
    *event_desk_pages.BY_LINK,
    *event_waiting_pages.BY_LINK,
    *registering_pages.BY_LINK,
    *certificate_pages.OF_ANYBODY,
    *door_pages.BY_LINK,
    *("forums:calendar", "forums:archive", "forums:event"),
    *afterwards_pages.BY_LINK,
    *finding_pages.BY_LINK,
]
OF_THE_FIRM = [
    *("account_home", "account_logout", "account_profile", "account_change_name"),
    *("account_reauthenticate_by_code", "mfa_index"),
    *("own_appointments:appointment", "own_appointments:move", "own_appointments:cancel"),
    *("own_visits:visit_request", "own_visits:visit_wishes", "own_visits:visit_withdraw"),
    "own_visits:visit_photos",
    "own_visits:visit_times",
    *("own_reports:reports", "own_reports:report", "own_reports:share", "own_reports:digest"),
    "own_reports:uptake",
    "account_feeds",
    *door_pages.OF_THE_FIRM,
    *("account_data", "account_erasure", "own_firms:new", "own_firms:firm", "own_firms:change"),
    *("own_firms:leave", "own_firms:invite", "own_firms:site_new", "own_firms:site_change"),
    *("own_firms:site_remove", "own_firms:contact_phone", "own_firms:contact_remove"),
    *event_waiting_pages.OF_THE_FIRM,
    *registering_pages.OF_THE_FIRM,
    *finding_pages.OF_THE_FIRM,
]
OF_THE_DESK = [
    *("appointments:week", "appointments:hours", "appointments:hours_new", "appointments:hours_detail"),
    *("appointments:hours_cancel", "appointments:appointments", "appointments:appointment"),
    *("appointments:appointment_cancel", "appointments:book_for_caller", "appointments:appointment_move"),
    "appointments:appointment_address",
    *("appointments:hours_change", "appointments:series_list", "appointments:series"),
    *("appointments:series_prolong", "appointments:series_cancel"),
    *("appointments:walk_in", "appointments:load", "appointments:firms", "appointments:firm"),
    *("appointments:firm_edit", "appointments:duplicates", "appointments:pair", "appointments:merge_undo"),
    *("workplace:erasures", "workplace:erasure", "workplace:erasure_carry_out"),
    *("appointments:absent_today", "appointments:without_officer", "appointments:hours_without_officer"),
    "appointments:feeds",
    *("appointments:numbers", "appointments:calls", "appointments:call", "appointments:close_office"),
    "workplace:hold",
    *("appointments:waiting_lists", "appointments:waiting_new", "appointments:waiting"),
    "appointments:waiting_off",
    *("appointments:visit_enter", "appointments:visits_entered"),
    *("administration:brochures", "administration:brochure_edition", "administration:brochure_preview"),
    "administration:brochure_send_back",
    *event_desk_pages.OF_THE_DESK,
    *event_waiting_pages.OF_THE_DESK,
    *event_editing_pages.OF_THE_DESK,
    *door_pages.OF_THE_DESK,
    *afterwards_pages.OF_THE_DESK,
    *certificate_pages.OF_THE_DESK,
]
PAGES = {
    "visitor": VISITOR,
    "alice": OF_THE_FIRM,
    "bert": OF_THE_DESK,
    "paula": [
        *("appointments:today", "appointments:outcome", "appointments:hours", "appointments:feeds"),
        *("appointments:absences", "appointments:absent_today", "appointments:absence"),
        *("appointments:without_officer", "appointments:hours_without_officer"),
        *("appointments:hours_detail", "appointments:appointments", "appointments:appointment"),
        *("appointments:series_list", "appointments:series"),
        *("appointments:checklists", "appointments:checklist"),
        *("appointments:visit_requests", "appointments:visit_request", "appointments:visit_request_new"),
        *("appointments:visit_request_hand_over", "appointments:visit_request_put_back"),
        *("appointments:visit_request_end", "appointments:visit_after_talk"),
        *("appointments:visit_log", "appointments:visit_log_texts", "appointments:visit_log_item"),
        *("appointments:visit_log_free_new", "appointments:visit_log_free"),
        "appointments:visit_log_free_remove",
        *("appointments:visit_reports", "appointments:visit_report_release", "appointments:visit_report"),
        *("appointments:visit_report_correct", "appointments:visit_report_reader"),
        "appointments:visit_report_digest",
        *event_editing_pages.OF_POLICE,
        *door_pages.OF_POLICE,
        *certificate_pages.OF_POLICE,
    ],
    "lea": [
        *(
            "appointments:visit_requests",
            "appointments:visit_request",
            "appointments:visit_request_give_away",
        ),
        *("appointments:today", "appointments:hours", "appointments:absences", "appointments:absent_today"),
        *("appointments:numbers", "appointments:uptake_numbers"),
        *("appointments:absence", "appointments:without_officer", "appointments:hours_without_officer"),
        *("administration:start", "administration:tasks", "administration:people", "administration:person"),
        *("appointments:checklists", "appointments:checklist", "appointments:checklist_sign_off"),
        *("appointments:checklist_put_in_force", "appointments:checklist_discard"),
        *("appointments:checklist_area", "appointments:checklist_item", "appointments:checklist_wording"),
        *("appointments:checklist_class", "appointments:checklist_area_new"),
        *("appointments:checklist_item_new", "appointments:checklist_wording_new"),
        "appointments:checklist_class_new",
        *("appointments:visit_plan", "appointments:visit_cancel", "appointments:visit_hand_over"),
        "appointments:travel_of",
    ],
    "karl": [
        *("appointments:numbers", "appointments:reminder_plan"),
        *("workplace:partners", "account_change_password", "account_reauthenticate", "mfa_reauthenticate"),
        *("administration:start", "administration:tasks", "administration:partnership"),
        *("administration:texts", "administration:areas", "administration:organisations"),
        *("administration:organisation", "administration:organisation_add"),
        *("administration:organisation_change", "administration:membership_add"),
        *("administration:membership_end", "administration:office_add", "administration:offices"),
        *("administration:office", "administration:office_change", "administration:rooms"),
        *("administration:office_service", "administration:closure", "administration:people"),
        "administration:blocked_addresses",
        *("administration:brochures", "administration:brochure_edition", "administration:brochure_add"),
        *("administration:brochure_change", "administration:brochure_chapter"),
        *("administration:brochure_withdraw", "administration:brochure_picture"),
        *("administration:brochure_chapter_add", "administration:brochure_partner"),
        *("administration:brochure_partner_add", "administration:brochure_note_release"),
        *("administration:invite", "administration:person", "administration:post_add"),
        *("administration:person_closing", "administration:post_end", "administration:deputy_add"),
        *("mfa_reauthenticate", "account_profile", "workplace:second_factor_resets"),
    ],
    "dora": ["workplace:log", "workplace:retention", "workplace:lookups"],
    "theo": ["workplace:operations"],
}
ALONE = ("consultations:times", "consultations:satisfaction_thanks")
"""Public pages about nothing in particular."""
IN_A_BOOKING = {
    "visit_sent_photos",
    "details",
    "quick_check",
    "check",
    "sent",
    "visit_details",
    "visit_check",
    "visit_sent",
}
"""Reached by a held time only; their own test walks through them."""
NO_PAGES = {
    # acts
    *("consultations:hold", "appointments:hours_agree", "appointments:hours_publish"),
    *("appointments:call_take", "appointments:call_leave", "appointments:appointment_confirm"),
    *("appointments:waiting_answer", "appointments:visit_times_withdraw"),
    *("appointments:visit_log_begin", "appointments:visit_log_rest", "appointments:visit_log_free_move"),
    *("appointments:series_agree", "appointments:series_publish"),
    "appointments:no_duplicate",
    *("appointments:checklist_adopt", "appointments:checklist_begin"),
    *(f"appointments:checklist_{kind}_move" for kind in ("area", "item", "class")),
    *(f"appointments:checklist_{kind}_remove" for kind in ("area", "item", "wording", "class")),
    *("appointments:absence_withdraw", "appointments:put_deputy", "appointments:release_deputy"),
    "administration:address_lift",
    *("administration:brochure_take_template", "administration:brochure_begin"),
    *("administration:brochure_propose", "administration:brochure_release"),
    "administration:brochure_picture_remove",
    *("administration:brochure_chapter_up", "administration:brochure_chapter_remove"),
    "administration:brochure_partner_remove",
    *("administration:area_add", "administration:area_remove", "administration:closure_remove"),
    *("administration:person_close", "administration:person_reopen", "administration:post_withdraw"),
    *("administration:deputy_end", "administration:invitation_send", "administration:invitation_withdraw"),
    "appointments:visit_request_take",
    # to the first of several
    "appointments:travel",
    # a part of a page
    "appointments:firm_hits",
    "own_reports:uptake_quiet",
    *("own_appointments:claim", "own_visits:visit_claim", "own_firms:invite_again"),
    *("account_erasure_withdraw", "workplace:erasure_refuse", "workplace:operations_try_mails"),
    "workplace:hold_end",
    "photos:remove",
    *("appointments:visit_report_discard", "appointments:visit_report_reader_end", "own_reports:share_end"),
    # files
    *("appointments:visit_report_pdf", "own_reports:pdf", "consultations:report_pdf"),
    *(
        "photos:photo",
        "security_txt",
        "brochure_pdf",
        *("forums:feed", "forums:event_calendar"),
        "calendar_feed",
        "appointments:day_sheet",
        "appointments:checklist_pdf",
        "appointments:numbers_xlsx",
        "appointments:numbers_csv",
        "appointments:topics_csv",
        *("appointments:uptake_csv", "appointments:uptake_xlsx"),
        "workplace:retention_csv",
        "workplace:lookups_file",
        "consultations:appointment_calendar",
        "own_appointments:appointment_calendar",
    ),
    # redirects, and what wants a mail's key
    *("workplace:home", "account_reset_password_from_key"),
    *("mfa_login_webauthn", "account_end_session"),
    *("workplace:second_factor_reset_confirm", "workplace:second_factor_reset_withdraw"),
    # right after a sign-in, or in the middle of one: test_sign_in.py walks through them
    *("account_confirm_login_code", "mfa_authenticate", "account_set_password", "account_new_address"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn"),
    *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    "mfa_reauthenticate_webauthn",
    *event_desk_pages.NO_PAGES,
    *event_waiting_pages.NO_PAGES,
    *registering_pages.NO_PAGES,
    *certificate_pages.NO_PAGES,
    *event_editing_pages.NO_PAGES,
    *door_pages.NO_PAGES,
    *afterwards_pages.NO_PAGES,
    *finding_pages.NO_PAGES,
}
QUERIES = {
    "appointments:numbers": ["", "?von=2020-13&bis=x"],
    "consultations:times": ["", "?plz=04668", "?plz=abc"],
    "forums:calendar": ["", "?ansicht=monat", "?art=training&ort=Borna"],
    "appointments:appointments": ["", "?suche=Tischlerei&zeit=alle"],
    "appointments:load": ["", "?zeitraum=2026-Q4"],
    "appointments:firms": ["", "?suche=hofladn"],
    "appointments:visit_reports": ["", "?stand=fehlt&suche=Muster"],
    "appointments:visit_requests": ["", "?wer=meine&gebiet=14729000", "?anlass=general&alter=10"],
    "administration:areas": ["", "?suche=Grimma"],
    "workplace:lookups": ["", "?zweck=ST-123"],
    "administration:people": ["", "?stand=eingeladen", "?suche=niemand"],
    **event_desk_pages.QUERIES,
    **event_editing_pages.QUERIES,
}


@dataclass(frozen=True)
class Scene:
    """The small world with something in every state."""

    world: World
    keys: dict[str, object]

    @classmethod
    def build(cls, world: World) -> "Scene":
        world.karl.set_password("ein langer Satz")
        world.karl.save()
        past = _past_and_present(world)
        coming = factories.make_appointment(hours=world.hours, index=0, person=world.alice)
        unconfirmed = factories.make_appointment(hours=world.hours, index=1, state=State.UNCONFIRMED)
        factories.make_appointment(hours=world.hours, index=3, contact_email=world.alice.email)
        _came_back(coming)
        opened = {"thing": "Beratungsprotokoll 2026-0001", "reference": "ST-123"}
        note_opening(organisation=world.police, actor=world.paula, act="log.exported", payload=opened)
        log_act(act="appointment.confirmed", thing=coming, actor=world.alice, organisation=world.police)
        draft = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[world.pia],
            day=world.hours.day,
            state=OfficeHours.State.DRAFT,
        )
        assert draft.pk
        keys = {
            **_accounts(world),
            **firm_of(world),
            "series": plan_five_days(world, publish=True).pk,
            **_without_officer(world),
            "coming": coming.reference,
            "past": past.reference,
            "hours": world.hours.pk,
            "free": choice_value(free_times(partnership=world.partnership)[0]),
            "confirm": issue_link(
                thing=unconfirmed, purpose=Purpose.CONFIRM, expires_at=link_end(unconfirmed)
            ),
            "manage": issue_link(thing=coming, purpose=Purpose.MANAGE, expires_at=link_end(coming)),
            **_administered(world),
            "call": _calls(world),
            "feedback": _feedback(world),
            **_waiting(world),
            **_requests(world),
            **_planned(world),
            **_firms(world, coming),
            **_checklists(world),
            **_visit_log(world),
            **_report(world),
            **_uptake(world),
            **_brochures(world),
            **event_desk_pages.paths_of_desk(world),
            **event_waiting_pages.paths_of_waiting(world),
            **registering_pages.paths_of_registering(world),
            **certificate_pages.paths_of_certificates(world),
            **event_editing_pages.paths_of_editing(world),
            **door_pages.paths_at_door(world),
            "public_event": _public_event(world),
            **afterwards_pages.paths_afterwards(world),
            **finding_pages.paths_of_finding(world),
        }
        return cls(world, keys)

    def _path_of_pair(self, name: str) -> str:
        return reverse(name, args=[self.keys["firm"], self.keys["twin"]])

    def _path_of_request(self, name: str) -> str:
        lists = ("appointments:visit_requests", "appointments:visit_request_new")
        return reverse(name, args=[] if name in lists else [self.keys["taken_request"]])

    def _path_of_log(self, name: str) -> str:
        page = name.removeprefix("appointments:visit_log")
        keys = {"_item": "log_item", "_free": "log_free", "_free_remove": "log_free"}
        parts = [self.keys[keys[page]]] if page in keys else []
        return reverse(name, args=[self.keys["log"], *parts])

    def _path_of_report(self, name: str) -> str:
        if name.endswith(("reports", "digest")):
            return reverse(name)
        return reverse(name, args=[self.keys["log" if name.endswith("release") else "report"]])

    def _path_of_hold(self, name: str) -> str:
        return reverse(name, args=["firma", self.keys["firm"]])

    def _checklist_path(self, name: str) -> str:
        of = {
            **dict.fromkeys(("item", "wording_new"), "checklist_item"),
            **dict.fromkeys(("area", "item_new"), "checklist_area"),
            "wording": "checklist_wording",
            "class": "checklist_class",
        }
        page = name.removeprefix("appointments:checklist").removeprefix("_")
        return reverse(name, args=[] if page == "s" else [self.keys[of.get(page, "checklist")]])

    def _own_firm_path(self, name: str) -> str:
        firm = self.keys["own_firm"]
        if name == "own_firms:new":
            return reverse(name)
        if name.startswith("own_firms:contact_"):
            return reverse(name, args=[firm, self.keys["contact"]])
        if name in ("own_firms:site_change", "own_firms:site_remove"):
            return reverse(name, args=[firm, self.keys["site"]])
        return reverse(name, args=[firm])

    def paths_of(self, who: str) -> list[str]:
        with_time = ["", f"?zeit={self.keys['free']}"]
        with_firm = [
            *with_time,
            *(f"{with_time[1]}&firma={self.keys['firm']}", f"?firma={self.keys['firm']}"),
            f"{with_time[1]}&suche=hofladen",
        ]
        past, coming = week_key(timezone.localdate() - 3 * A_DAY), week_key(self.world.hours.day)
        queries = QUERIES | {
            "appointments:week": ["", "?haus=alle", f"?woche={past}", f"?woche={coming}"],
            "appointments:appointment_move": with_time,
            "appointments:close_office": ["", f"?von={self.world.hours.day}&bis={self.world.hours.day}"],
            "appointments:visit_enter": ["", f"?firma={self.keys['firm']}", "?firma=neu&suche=Hofladen"],
            "appointments:book_for_caller": with_firm,
            "appointments:walk_in": [query for query in with_firm if not query.startswith("?firma")],
        }
        seen = "in_force" if who == "paula" else "draft"
        self.keys["checklist"] = self.keys[seen]
        return [self.path_of(name) + query for name in PAGES[who] for query in queries.get(name, [""])]

    def path_of(self, name: str) -> str:
        """Some have their path among the keys; of the others it is built of them."""
        return str(self.keys[name]) if ":" in name and name in self.keys else self._path(name)

    def _path(self, name: str) -> str:
        of_one_thing = {
            "account_signup_confirm": self.keys["register"],
            "account_confirm_address": self.keys["address"],
            "consultations:confirm": self.keys["confirm"],
            "consultations:satisfaction": self.keys["feedback"],
            "consultations:office": self.world.office.pk,
            "brochure": self.keys["brochure"],
            "forums:event": self.keys["public_event"],
            "account_invitation": self.keys["invitation"],
            "appointments:outcome": self.keys["past"],
            "appointments:hours_detail": self.keys["hours"],
            "appointments:hours_cancel": self.keys["hours"],
            "appointments:hours_change": self.keys["hours"],
            "appointments:series": self.keys["series"],
            "appointments:series_prolong": self.keys["series"],
            "appointments:series_cancel": self.keys["series"],
            "appointments:call": self.keys["call"],
            "appointments:waiting": self.keys["waiting"],
            "appointments:waiting_off": self.keys["waiting"],
            "consultations:visit_confirm": self.keys["visit_confirm"],
            "consultations:visit_times": self.keys["times"],
            "consultations:report": self.keys["report_link"],
            "appointments:travel_of": self.world.police.pk,
            **dict.fromkeys(PLANNING, self.keys["planned"]),
            **dict.fromkeys(REQUEST_LINKS, self.keys["visit"]),
            "consultations:waiting": self.keys["place"],
            "consultations:waiting_leave": self.keys["place"],
            "consultations:waiting_confirm": self.keys["wait_confirm"],
            "appointments:close_office": self.world.office.pk,
            "appointments:reminder_plan": self.world.partnership.pk,
            "appointments:firm": self.keys["firm"],
            "appointments:firm_edit": self.keys["firm"],
            "appointments:merge_undo": self.keys["merge"],
            "own_firms:invitation": self.keys["firm_invitation"],
            "workplace:erasure": self.keys["part"],
            "workplace:erasure_carry_out": self.keys["part"],
            "appointments:hours_without_officer": self.keys["empty"],
            "appointments:absence": self.keys["absence"],
            "appointments:visit_after_talk": self.keys["talk_held"],
            **dict.fromkeys(("consultations:uptake", "consultations:uptake_quiet"), self.keys["asked"]),
            "own_reports:uptake": self.keys["report"],
        }
        if name in of_one_thing:
            return reverse(name, args=[of_one_thing[name]])
        for start, path_of in (
            ("appointments:pair", self._path_of_pair),
            ("workplace:hold", self._path_of_hold),
            ("administration:", self._administered_path),
            ("appointments:checklist", self._checklist_path),
            ("own_firms:", self._own_firm_path),
            ("appointments:visit_request", self._path_of_request),
            ("appointments:visit_report", self._path_of_report),
            ("own_reports:", self._path_of_report),
            ("own_visits:", lambda name: reverse(name, args=[self.keys["request"]])),
            ("appointments:visit_log", self._path_of_log),
        ):
            if name.startswith(start):
                return path_of(name)
        if name in ("consultations:waiting_join", "consultations:waiting_sent", "consultations:visit_ask"):
            return reverse(name)
        if name.startswith("consultations:") and name not in ALONE:
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
        things |= {name: self.keys[name] for name in BROCHURE_PAGES}
        arguments = [things[page]] if page in things else []
        if page == "membership_end":
            arguments = [world.ihk.pk, world.ihk.membership_set.get().pk]
        if page == "closure":
            arguments = [world.office.pk, self.keys["closure"]]
        return reverse(name, args=arguments)


BROCHURE_PAGES = (
    *("brochure_edition", "brochure_preview", "brochure_change", "brochure_send_back"),
    *("brochure_chapter", "brochure_chapter_add", "brochure_partner", "brochure_partner_add"),
    *("brochure_note_release", "brochure_withdraw", "brochure_picture"),
)


def _brochures(world: World) -> dict[str, object]:
    """One released and printed, its next edition waiting, another a draft with what it needs to be edited."""
    released = make_released(world)
    print_brochure(released.pk)
    waiting = next_waiting(released, world)
    draft = make_draft(world, title="Sicher im Netz")
    partner = draft.partners.get(organisation=world.ihk)
    chapter = draft.chapters.get(position=1)
    return {
        "brochure": released.brochure.slug,
        **dict.fromkeys(("brochure_edition", "brochure_preview", "brochure_send_back"), waiting.pk),
        **dict.fromkeys(("brochure_change", "brochure_chapter_add", "brochure_partner_add"), draft.pk),
        **dict.fromkeys(("brochure_partner", "brochure_note_release"), partner.pk),
        "brochure_withdraw": released.pk,
        **dict.fromkeys(("brochure_chapter", "brochure_picture"), chapter.pk),
    }


def _public_event(world: World) -> str:
    """With a choice of workshops, one of them full; another one this month, and one that is over."""
    event = make_event(organiser=world.ihk, partners=(world.police,), is_online=True, summary="Für alle")
    talk = make_part(event, is_for_all=True, site=80, online=80, speakers="Ada\nBea")
    full, _free = (make_part(event, choice="Workshop", site=site) for site in (1, 15))
    make_registration(event, talk, full)
    today = timezone.localdate()
    make_event(organiser=world.hwk, state="cancelled", cancel_reason="Krank", day=today)
    make_event(organiser=world.hwk, state="held", day=today - 40 * A_DAY)
    return event.reference


def _feedback(world: World) -> str:
    """A link to the two questions, and a quarter with answers."""
    whole: dict[str, Any] = {"partnership": world.partnership, "host": world.ihk, "police": world.police}
    quarter = quarter_of(quarter_of(timezone.localdate()) - A_DAY)
    for mark in (5, 5, 4, 3, 5):
        SatisfactionAnswer.objects.create(**whole, quarter=quarter, helped=mark, ease=4)
    token = new_token()
    SatisfactionInvitation.objects.create(
        **whole, token_hash=hash_of(token), expires_on=timezone.localdate() + A_DAY
    )
    return token


def _calls(world: World) -> object:
    """One that the desk is making, one that waits, one for later, one that is done."""
    day = factories.make_hours(office=world.office, police=world.police, officers=[factories.make_person()])
    tasks = []
    for index in range(4):
        appointment = factories.make_appointment(hours=day, index=index, state=State.CANCELLED)
        with transaction.atomic():
            tasks.append(ask_for_call(appointment=appointment, reason=PhoneTask.Reason.CANCELLED))
    now = timezone.now()
    take_call(task_id=tasks[0].pk, actor=world.bert)
    seen = [what_was_seen(task) for task in tasks]
    call_again(
        task_id=tasks[2].pk, again_at=now + datetime.timedelta(hours=1), seen=seen[2], actor=world.bert
    )
    reached = PhoneTask.Result.REACHED
    finish_call(task_id=tasks[3].pk, result=reached, seen=seen[3], actor=world.bert)
    return tasks[0].pk


def _came_back(coming: Appointment) -> None:
    """A mail about it: the address is blocked, the timeline says so."""
    mail = OutgoingMail.objects.create(
        partnership=coming.partnership,
        kind="booking_confirmed",
        to_email=coming.contact_email,
        message_id="<1@partnerschaft.example>",
        state=OutgoingMail.State.SENT,
        sent_at=timezone.now(),
        thing=coming,
    )
    receive(bounce_of(mail))


def _visit_log(world: World) -> dict[str, object]:
    """Half written, with a free finding beside what the checklist asks."""
    report = begin_log(visit_id=visit_of_today(world, officer=world.pia).pk, actor=world.pia)
    note_down(report, severity=3, place="Hoftür", advice=[ADVICE])
    free = add_free_finding(
        report_id=report.pk,
        free=FreeTitle(title="Rolltor"),
        observation=Observation(state="missing", advice=[ADVICE]),
        actor=world.pia,
    )
    return {
        "log": report.visit.appointment.reference,
        "log_item": report.findings.get(item__code="T2").item_id,
        "log_free": free.pk,
    }


def _report(world: World) -> dict[str, object]:
    """Released for Alice's firm, with a photo, a confirmed recipient and a third party."""
    report = release(world, make_report(world, with_photo=True), recipients=[KIM])
    tomorrow = timezone.now() + A_DAY
    third = open_to_third_party(
        report_id=report.pk,
        name="Toni",
        email="toni@versicherung.example",
        until=tomorrow.date(),
        person=world.alice,
    )
    return {
        "report": report.visit.appointment.reference,
        "report_link": issue_link(thing=third, purpose=Purpose.REPORT, expires_at=tomorrow),
    }


def _uptake(world: World) -> dict[str, object]:
    """Alice has told what became of one piece of advice, Kim is asked; five visits are counted."""
    report = VisitReport.objects.get(visit__readers__person=world.alice)
    tell(world, report)
    since = timezone.localdate() - quarter_of(timezone.localdate())
    for number in range(5):
        make_told(world, days_ago=since.days + 10 + number, told=["done", "declined", "", ""])
    kim = report.visit.readers.get(kind="recipient")
    tomorrow = timezone.now() + A_DAY
    return {"asked": issue_link(thing=kim, purpose=Purpose.UPTAKE, expires_at=tomorrow)}


def _checklists(world: World) -> dict[str, object]:
    """In force, and a draft with something new, changed and gone."""
    in_force, draft = make_both(world)
    changed, gone = (draft.items.get(code=code) for code in ("T2", "W1"))
    change_part(part=changed, seen=changed.version, values={"reason": "Neu"}, actor=world.lea)
    remove_part(part=gone, seen=gone.version, actor=world.lea)
    add_part(part=ChecklistArea(checklist=draft, title="Alarm"), actor=world.lea)
    return {
        "in_force": in_force.pk,
        "draft": draft.pk,
        "checklist_item": changed.pk,
        "checklist_area": changed.area_id,
        "checklist_wording": changed.wordings.get().pk,
        "checklist_class": draft.classes.get().pk,
    }


def _waiting(world: World) -> dict[str, object]:
    """One who was passed over, one with an open offer after a declined one, one not confirmed yet."""
    far = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[factories.make_person()],
        day=world.hours.day + 20 * A_DAY,
    )
    factories.make_waiting(office=world.office, weekdays=[6])
    waiting = factories.make_waiting(office=world.office, weekdays=[], part_of_day="morning")
    for index in range(2):
        freed = factories.make_appointment(hours=far, index=index, state=State.CANCELLED)
        with transaction.atomic():
            offer = pass_on(lane=freed.lane, period=freed.period, now=timezone.now())
        if index == 0 and offer:
            decline_offer(offer_id=offer.pk)
    unconfirmed = factories.make_waiting(office=world.office, state=Waiting.State.UNCONFIRMED)
    tomorrow = timezone.now() + A_DAY
    return {
        "waiting": waiting.pk,
        "place": issue_link(thing=waiting, purpose=Purpose.WAITING, expires_at=tomorrow),
        "wait_confirm": issue_link(thing=unconfirmed, purpose=Purpose.WAITING_CONFIRM, expires_at=tomorrow),
    }


REQUEST_LINKS = tuple(
    f"consultations:visit_{page}" for page in ("request", "wishes", "withdraw", "no_short_notice", "photos")
)


PLANNING = ("appointments:visit_plan", "appointments:visit_cancel", "appointments:visit_hand_over")


def _planned(world: World) -> dict[str, object]:
    """A visit that stands, and one with a time that the firm may choose."""
    planned, asked = (make_visit_request(police=world.police, takes_freed_times=True) for _number in range(2))
    days = [factories.a_week_ahead() + number * A_DAY for number in (10, 11)]
    first, second = (at_wall_time(day, datetime.time(16)) for day in days)
    make_visit(request=planned, officer=world.pia, starts_at=first)
    make_visit(request=asked, officer=world.pia, starts_at=second, state=State.PROPOSED)
    return {
        "planned": planned.reference,
        "times": issue_link(thing=asked, purpose=Purpose.VISIT, expires_at=timezone.now() + A_DAY),
    }


def _requests(world: World) -> dict[str, object]:
    """One that waits, one of the firm's account, one that a desk has entered, one not confirmed yet."""
    waiting = make_visit_request(police=world.police, takes_freed_times=True)
    own = make_visit_request(police=world.police, person=world.alice)
    taken = make_visit_request(
        police=world.police,
        state=VisitRequest.State.TAKEN,
        officer=world.paula,
        note="Der Hof ist dunkel",
        reason="burglary",
    )
    for number, request in enumerate((taken, waiting)):
        request.area = Area.objects.create(
            name=f"Ort {number}",
            ags=f"1472900{number}",
            latitude=51.2 + number / 10,
            longitude=12.7,
            valid_from="2020-01-01",
        )
        request.save()
    make_visit_request(police=world.police, entered_for=world.ihk, contact_email=world.alice.email)
    unconfirmed = make_visit_request(police=world.police, state=VisitRequest.State.UNCONFIRMED)
    tomorrow = timezone.now() + A_DAY
    return {
        "request": own.reference,
        "taken_request": taken.reference,
        "talk_held": Appointment.objects.filter(state=State.ATTENDED, lane__isnull=False)
        .earliest("pk")
        .reference,
        "visit": issue_link(thing=waiting, purpose=Purpose.VISIT, expires_at=tomorrow),
        "visit_confirm": issue_link(thing=unconfirmed, purpose=Purpose.VISIT_CONFIRM, expires_at=tomorrow),
    }


def _firms(world: World, coming: Appointment) -> dict[str, object]:
    """A firm with a contact, an appointment, what was merged into it, and one that looks like it."""
    firm, twin, merged = (
        factories.make_listed_firm(world.ihk, name=name, phone=phone)
        for name, phone in (("Hofladen Süß", "0341 000-7"), ("Hofladen Suess", "0341 000-7"), ("Altes", ""))
    )
    FirmContact.objects.create(firm=firm, name="Ömer Süß", email="oemer@hofladen.example")
    Appointment.objects.filter(pk=coming.pk).update(firm=firm)
    values = Values(name=firm.name, chamber=world.ihk, phone=firm.phone)
    merge = merge_firms(heir_id=firm.pk, merged_id=merged.pk, values=values, actor=world.bert)
    place_hold(
        holdable=HELD_FIRM,
        key=firm.pk,
        organisation=world.ihk,
        reason="Widerspruch",
        until=timezone.localdate() + A_DAY,
        actor=world.bert,
    )
    run_when_due()
    return {"firm": firm.pk, "twin": twin.pk, "merge": merge.pk}


def _past_and_present(world: World) -> Appointment:
    """A day that is over, with one talk whose outcome is missing, one that is now, a quarter that is over."""
    today = timezone.localdate()
    factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=today - 200 * A_DAY
    )
    before = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.paula],
        day=today - datetime.timedelta(days=3),
    )
    factories.make_appointment(hours=before, index=0, state=State.ATTENDED, person=world.alice)
    past = factories.make_appointment(hours=before, index=1, note="Neue Tore", topic="burglary")
    factories.make_appointment(hours=before, index=2, state=State.MISSED)
    forgotten = factories.make_person("gone@personen.example")
    factories.make_appointment(hours=before, index=3, state=State.ATTENDED, person=forgotten)
    now_day = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.paula, world.pia],
        day=today,
        ends=datetime.time(17),
    )
    factories.make_appointment(hours=now_day, index=2, note="Anruf genügt", accessibility_need="Aufzug")
    factories.make_appointment(hours=now_day, index=3, lane=2)
    return past


def _accounts(world: World) -> dict[str, object]:
    """Second factors to reset, addresses to confirm, somebody who wants to be forgotten."""
    ask_for_reset(person=world.pia, asked_by=world.lea, reason="Telefon verloren")
    ask_for_reset(person=world.bert, asked_by=world.karl, reason="Telefon verloren")
    pending = PendingAddress.objects.create(email="jana@hollerbusch.example", name="Jana")
    new_address = PendingAddress.objects.create(person=world.carl, email="carl@neu.example")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    forgotten = Person.objects.get(email="gone@personen.example")
    request = ask_for_erasure(person=forgotten, partnership=world.partnership)
    return {
        "register": issue_link(thing=pending, purpose=Purpose.REGISTER, expires_at=tomorrow),
        "address": issue_link(thing=new_address, purpose=Purpose.NEW_ADDRESS, expires_at=tomorrow),
        "part": request.parts.get(organisation=world.ihk).pk,
    }


def _without_officer(world: World) -> dict[str, object]:
    empty = factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=world.hours.day + A_DAY
    )
    factories.make_appointment(hours=empty, index=1)
    midnight = at_wall_time(empty.day, datetime.time())
    absence = plan_absence(
        officer=world.paula, starts_at=midnight, ends_at=midnight + A_DAY, actor=world.paula
    )
    return {"empty": empty.pk, "absence": absence.pk}


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


def firm_of(world: World) -> dict[str, object]:
    """Alice's: with a site, a colleague and an invitation."""
    firm = factories.make_firm(world.alice, world.carl, chamber=world.ihk)
    site = Site.objects.create(firm=firm, name="Lager", street="Ring 1", postcode="04103", city="Leipzig")
    invited = invite_colleague(
        firm_id=firm.pk,
        name="Kim Beispiel",
        email="kim@personen.example",
        actor=world.alice,
        partnership=world.partnership,
    )
    token = issue_link(
        thing=invited,
        purpose=Purpose.FIRM_INVITATION,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    contact = firm.contacts.get(person=world.carl)
    return {"own_firm": firm.pk, "site": site.pk, "contact": contact.pk, "firm_invitation": token}


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
