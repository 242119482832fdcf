"""What firm and police confide to each other is read by them and by nobody else: on no page, in no file, no
search, no log, no feed and no mail. Whoever adds an address has it walked, or is named here.
"""

import logging
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from consultations.models import Appointment, VisitReport, VisitRequest
from partnership.models import CalendarFeed, ChainedEntry, LogEntry, OutgoingMail, Person, Photo, Post
from tests import factories
from tests.browser.pages import PAGES, Scene
from tests.consultations.confided import (
    CONFIDED,
    MARKER,
    OPEN,
    REASON,
    TO_THE_FIRM,
    confide_more,
    fields_of,
    met_in,
    models_of_visits,
    planted,
    words_in,
)
from tests.consultations.feed_steps import address_of
from tests.personas import World, build_world, sign_in

pytestmark = pytest.mark.django_db
NONSENSE = "Y4Wv8"
Paths = dict[str, list[str]]
ACT, FORBIDDEN = 405, 403
IN_A_SESSION = {
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "account_reset_password_from_key",
}
"""Keys that no small world has: what they open is the account's own."""
OF_EVENTS = ("forums:", "events:", "own_registrations:", "certificates:")
"""Walked with the keys of events by tests/forums/test_separation.py, and here where a page is known."""
OF_THE_REGISTRY = ("assetmarking:", "finder:", "search:", "thefts:", "pilots:")
"""Walked with the keys of things by tests/assetmarking/test_separation.py, and here where a page is known."""
IN_GENERAL = "Wer nach einem Einbruch fragt, kommt zuerst"
FEEDS = CalendarFeed.Kind


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """That somebody may not open a page is written down with all that led there; thousands are a lot."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def one_scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Once for this module, as it takes seconds; each test has its own transaction inside this one."""
    with django_db_blocker.unblock():
        transactions = TestCase._enter_atomics()
        with planted():
            scene = Scene.build(build_world())
            confide_more(scene.world)
        yield scene
        TestCase._rollback_atomics(transactions)


@pytest.fixture
def scene(one_scene: Scene, db: None) -> Iterator[Scene]:
    with planted():
        yield deepcopy(one_scene)


def signed_in(person: Person | None) -> Client:
    client = Client(raise_request_exception=True)
    return sign_in(client, person) if person else client


def somebody_else(world: World, who: str) -> Person | None:
    """For whom nothing of it is meant."""
    if who == "stranger":
        return None
    if not who.startswith("another"):
        return getattr(world, who)  # type: ignore[no-any-return]
    person = factories.make_person()
    if who == "another firm":
        factories.make_firm(person, name="Nachbarbetrieb")
        return person
    police = factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")
    for role in (Post.Role.OFFICER, Post.Role.LEAD):
        factories.make_post(person, role, organisation=police)
    return person


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield f"{namespace}{entry.name}", entry
        elif entry.app_name != "admin":
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else namespace)


def arguments_of(scene: Scene) -> Callable[[str], list[list[Any]]]:
    """For an address about something: what there is of each kind."""
    written = VisitReport.objects.select_related("visit__appointment").exclude(content={})
    reports = written.distinct("visit").order_by("visit")
    logs = [report.visit.appointment.reference for report in reports]
    talks = one_of_each(Appointment.objects.exclude(firm_name=""), "mode", "state", "host_id")
    requests = one_of_each(VisitRequest.objects.all(), "state", "entered_for_id")
    visit, finding = scene.arguments_of("appointments:visit_log_free")
    log = VisitReport.objects.get(visit__appointment__reference=visit)
    checklists = [scene.arguments_of("appointments:checklist", who) for who in ("paula", "lea")]
    readers = [
        [report.visit.appointment.reference, reader.pk]
        for report in reports
        for reader in report.visit.readers.all()
    ]
    several: list[tuple[str, list[list[Any]]]] = [
        ("photos:remove", [[Photo.objects.latest("added_at").pk]]),
        ("photos:photo", [[p.pk, size] for p in Photo.objects.all() for size in ("klein", "gross")]),
        ("appointments:visit_report_reader_end", readers),
        ("own_reports:share_end", readers),
        ("appointments:visit_log_rest", [[visit, a.pk] for a in log.checklist.areas.all()]),
        ("appointments:visit_log_item", [[visit, i.pk] for i in log.checklist.items.all()]),
        *((f"appointments:visit_log_free{end}", [[visit, finding]]) for end in ("_remove", "_move")),
        ("appointments:visit_log_free_new", [[visit]]),
        ("appointments:visit_log_free", [[visit, finding]]),
        *((start, [[log] for log in logs]) for start in ("appointments:visit_log", "appointments:visit_rep")),
        ("own_reports:", [[log] for log in logs]),
        *((start, [[asked] for asked in requests]) for start in ("appointments:visit_", "own_visits:")),
        *(
            (start, [[talk] for talk in talks])
            for start in ("appointments:appointment", "appointments:outcome", "own_appointments:")
        ),
        ("consultations:report_pdf", [scene.arguments_of("consultations:report")]),
        ("consultations:appointment_calendar", [scene.arguments_of("consultations:appointment")]),
        ("appointments:checklist_pdf", checklists),
        ("brochure_pdf", [scene.arguments_of("brochure")]),
        ("workplace:lookups_file", [["csv"], ["xlsx"]]),
    ]
    return lambda name: next((found for start, found in several if name.startswith(start)), [])


def one_of_each(rows: QuerySet[Any], *fields: str) -> list[str]:
    return list(rows.distinct(*fields).order_by(*fields, "pk").values_list("reference", flat=True))


def paths_of(scene: Scene) -> Paths:
    """Every address by its name. One that nothing here knows how to fill is an act, or named."""
    arguments, pages = arguments_of(scene), {name for names in PAGES.values() for name in names}
    paths: Paths = {}
    unknown, paula = [], signed_in(scene.world.paula)
    for name, pattern in patterns(get_resolver()):
        parts = getattr(pattern.pattern, "converters", {}) or pattern.pattern.regex.groupindex
        if not parts:
            paths[name] = [reverse(name)]
        elif rows := arguments(name):
            paths[name] = [reverse(name, args=row) for row in rows]
        elif name in pages:
            paths[name] = scene.paths_to(name, "paula")
        elif name == "calendar_feed":
            paths[name] = feeds_of(scene.world)
        elif not name.startswith((*OF_EVENTS, *OF_THE_REGISTRY)):
            dummy = reverse(name, args=["1"] * len(parts))
            if name not in IN_A_SESSION and paula.get(dummy).status_code != ACT:
                unknown.append(name)
    assert unknown == [], "tell arguments_of what these addresses are about"
    return paths


def feeds_of(world: World) -> list[str]:
    """Of desks and other firms, who hold their addresses."""
    return [
        address_of(world.bert, FEEDS.CHAMBER, organisation=world.ihk),
        address_of(world.bert, FEEDS.HOUSE, office=world.office),
        address_of(world.carl),
    ]


def search_words(page: str) -> set[str]:
    """Names of what can be typed into the page's searches."""
    forms = re.findall(r"<form[^>]*method=\"get\".*?</form>", page, re.DOTALL)
    inputs = [tag for form in forms for tag in re.findall(r"<input[^>]*>", form)]
    typed = [tag for tag in inputs if not re.search(r'type="(hidden|date|checkbox|radio|submit)"', tag)]
    return {found[1] for tag in typed if (found := re.search(r'name="([^"]+)"', tag))}


def bare(page: str, word: str) -> str:
    """Without the word that was looked for and what differs from page to page anyhow."""
    page = re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce-?=?"?[\w+/=-]+|X-CSRFToken[^}]+', "", page)
    return page.replace(word, "")


class Walk:
    """As one person; `met` are the addresses at which the word stands."""

    def __init__(self, client: Client, paths: Paths) -> None:
        self.client, self.met, self.shown = client, set[str](), 0
        for name, addresses in paths.items():
            for address in addresses:
                response = self.client.get(address)
                if response.status_code == FORBIDDEN or "/anmelden/" in response.get("Location", ""):
                    break  # whatever it is about
                self._look(name, address, response)

    def _look(self, name: str, address: str, response: HttpResponse) -> None:
        assert response.status_code < 500, f"{address}: {response.status_code}"
        if response.status_code != 200:
            return
        self.shown += 1
        words = words_in(response.getvalue())
        said = re.sub(rf"<form.*?</form>|{IN_GENERAL}", "", words, flags=re.DOTALL)
        if MARKER in words or REASON in said:
            self.met.add(name)
        self._search(name, address, words)

    def _search(self, name: str, address: str, page: str) -> None:
        """A search for the word finds what a search for nonsense finds."""
        for field in search_words(page) if "text" in page[:2000] or "<form" in page else ():
            found, nothing = (
                bare(words_in(self.client.get(address, {field: word}).getvalue()), word)
                for word in (MARKER, NONSENSE)
            )
            if found != nothing:
                self.met.add(f"{name}?{field}")


def test_every_field_that_takes_words_is_named() -> None:
    """A new one is confided or open, and whoever adds it says which."""
    assert set(CONFIDED) == set(OPEN) >= models_of_visits()
    for name in CONFIDED:
        assert fields_of(name) == {*CONFIDED[name], *OPEN[name]}, name


@pytest.mark.parametrize(
    "who", ["stranger", "bert", "hanna", "karl", "dora", "theo", "another directorate", "another firm"]
)
def test_nobody_else_meets_what_is_confided(scene: Scene, who: str) -> None:
    walk = Walk(signed_in(somebody_else(scene.world, who)), paths_of(scene))
    assert walk.met == set()
    assert walk.shown > 20


def test_control_who_may_read_it_meets_it(scene: Scene) -> None:
    """Else the walk would prove nothing."""
    paths = paths_of(scene)
    paula, alice = (Walk(signed_in(person), paths).met for person in (scene.world.paula, scene.world.alice))
    assert paula >= {
        *("appointments:visit_request", "appointments:visit_requests", "appointments:visit_log"),
        *("appointments:visit_log_item", "appointments:visit_log_free", "appointments:visit_report"),
        *("appointments:visit_report_pdf", "appointments:outcome", "appointments:today", "photos:photo"),
    }
    assert alice >= {"own_reports:report", "own_reports:pdf", "account_data", "photos:photo"}
    archive = signed_in(scene.world.alice).post(reverse("account_data"))
    assert MARKER in words_in(archive.getvalue())


def test_no_export_log_table_or_mail_of_a_small_world_has_it(scene: Scene) -> None:
    world = scene.world
    for person, path in (
        (world.dora, reverse("workplace:lookups_file", args=["csv"])),
        (world.dora, reverse("workplace:lookups_file", args=["xlsx"])),
        (world.bert, reverse("account_data")),
        (world.carl, reverse("account_data")),
    ):
        response = signed_in(person).post(path)
        assert response.status_code == 200, path
        assert MARKER not in words_in(response.getvalue()), path
    for rows in (LogEntry.objects.values_list("detail"), ChainedEntry.objects.values_list("payload")):
        assert rows.exists()
        assert MARKER not in str(list(rows))
    assert technicians_tables_with_it(world.theo) == []
    mails = OutgoingMail.objects.exclude(kind__in=TO_THE_FIRM).exclude(content=None)
    assert mails.count() > 10
    assert [mail.kind for mail in mails if met_in(mail)] == []


def technicians_tables_with_it(theo: Person) -> list[str]:
    """Of all that a technician with every right may look at."""
    theo.is_superuser = True
    theo.save()
    client, addresses = signed_in(theo), []
    for model in admin.site._registry:
        table = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = model._default_manager.order_by("-pk")[:3]
        addresses += [reverse(f"{table}_change", args=[row.pk]) for row in rows]
        addresses.append(reverse(f"{table}_changelist"))
    assert len(addresses) > 30
    return [address for address in addresses if MARKER in words_in(client.get(address).getvalue())]
