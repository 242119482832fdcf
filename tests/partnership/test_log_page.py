"""Protokoll: what a data protection officer reads, and nothing else."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.outcomes import note_outcome
from consultations.workplace_urls import urlpatterns
from partnership.journal import log_act
from partnership.models import LogEntry, Person, Post
from partnership.times import at_wall_time
from partnership.views.log import PAGE_SIZE
from tests import factories
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in

URL = "/arbeitsplatz/protokoll/"
MARK = "Die Hintertür schließt nicht"
ONE_DAY = datetime.timedelta(days=1)


def page(client: Client, person: Person, query: str = "") -> str:
    response = sign_in(client, person).get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[list[str]]:
    body = html.partition("<tbody")[2]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def log_at(world: World, day: str, act: str = "hours.agreed", actor: Person | None = None) -> LogEntry:
    entry = log_act(act=act, thing=world.hours, actor=actor or world.paula, organisation=world.police)
    LogEntry.objects.filter(pk=entry.pk).update(
        at=at_wall_time(datetime.date.fromisoformat(day), datetime.time(10))
    )
    return entry


def test_an_entry_says_when_who_what_and_to_which_number(client: Client, world: World) -> None:
    log_at(world, "2026-11-24")
    expected = ["Di 24.11.2026, 10:00 Uhr", "Paula Beispiel", "Sprechtag zugestimmt"]
    assert rows(page(client, world.dora)) == [[*expected, f"Sprechtag Nr. {world.hours.pk}", "–"]]


def test_an_appointment_goes_by_its_number_and_names_no_firm(client: Client, world: World) -> None:
    start = timezone.now() - datetime.timedelta(minutes=5)
    talk = factories.make_appointment(
        hours=world.hours,
        firm_name="Geheim GmbH",
        contact_name="Gesa Geheim",
        note=MARK,
        period=(start, start + datetime.timedelta(minutes=45)),
    )
    note_outcome(
        appointment_id=talk.pk,
        seen="",
        outcome=talk.State.ATTENDED,
        officer_note=MARK,
        next_step="visit",
        actor=world.paula,
    )
    html = page(client, world.dora)
    assert rows(html)[0][2:4] == ["Gespräch geführt", f"Termin {talk.reference}"]
    for confided in ("Geheim", "Gesa", MARK, "tischlerei"):
        assert confided not in html


def test_whoever_acted_for_a_firm_is_not_named(client: Client, world: World) -> None:
    log_at(world, "2026-11-24", "appointment.confirmed", actor=world.alice)
    html = page(client, world.dora)
    assert rows(html)[0][1] == "Firma"
    assert "Alice" not in html
    assert rows(page(client, world.dora, "?person=Alice")) == []


def test_a_former_officer_is_still_named(client: Client, world: World) -> None:
    log_at(world, "2026-11-24")
    Post.objects.filter(person=world.paula).update(ends=timezone.localdate() - ONE_DAY)
    assert rows(page(client, world.dora))[0][1] == "Paula Beispiel"


def test_details_read_in_words(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    for detail in ({"by": "desk"}, {"from": "Di 24.11.2026, 10:00 Uhr", "to": "Mi 25.11.2026, 9:00 Uhr"}):
        log_act(act="appointment.moved", thing=appointment, organisation=world.police, detail=detail)
    details = [row[4] for row in rows(page(client, world.dora))]
    assert details == ["von: Di 24.11.2026, 10:00 Uhr; auf: Mi 25.11.2026, 9:00 Uhr", "durch: Kammer"]


def test_the_log_of_another_organisation_is_not_theirs(client: Client, world: World) -> None:
    log_act(act="hours.planned", thing=world.hours, actor=world.bert, organisation=world.ihk)
    log_act(act="hours.planned", thing=world.hours, actor=world.bert)
    html = page(client, world.dora)
    assert "Noch ist nichts verzeichnet." in html
    assert "Bert" not in html


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", ["26", "25", "24"]),
        ("?vorgang=appointment.missed", ["25"]),
        ("?von=2026-11-25", ["26", "25"]),
        ("?bis=2026-11-25", ["25", "24"]),
        ("?von=2026-11-25&bis=2026-11-25", ["25"]),
        ("?person=pia", ["26"]),
        ("?person=PAULA@personen", ["25", "24"]),
        ("?vorgang=nichts&person=pia", ["26"]),
    ],
)
def test_the_filter(client: Client, world: World, query: str, days: list[str]) -> None:
    log_at(world, "2026-11-24")
    log_at(world, "2026-11-25", "appointment.missed")
    log_at(world, "2026-11-26", actor=world.pia)
    assert [row[0][3:5] for row in rows(page(client, world.dora, query))] == days


def test_a_day_that_is_none_and_days_in_the_wrong_order_say_what_to_do(client: Client, world: World) -> None:
    log_at(world, "2026-11-24")
    html = page(client, world.dora, "?von=gestern")
    assert "Geben Sie das Datum wie 24.11.2026 an." in html
    assert len(rows(html)) == 1
    assert "Wählen Sie den ersten Tag oder einen späteren." in page(
        client, world.dora, "?von=2026-11-25&bis=2026-11-24"
    )


def test_a_hundred_entries_to_a_page(client: Client, world: World) -> None:
    for _number in range(PAGE_SIZE + 1):
        log_at(world, "2026-11-24")
    html = page(client, world.dora, "?person=paula")
    assert len(rows(html)) == PAGE_SIZE == 100
    assert 'href="?person=paula&amp;seite=2"' in html
    second = page(client, world.dora, "?person=paula&seite=2")
    assert len(rows(second)) == 1
    assert 'href="?person=paula&amp;seite=1"' in second


@pytest.mark.parametrize("entries", [1, 30])
def test_statements_do_not_grow_with_the_entries(
    client: Client, world: World, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(entries):
        officer = factories.make_person()
        factories.make_post(officer, Post.Role.OFFICER, organisation=world.police)
        appointment = factories.make_appointment(hours=world.hours, state="cancelled", index=number % 4)
        log_act(act="appointment.missed", thing=appointment, actor=officer, organisation=world.police)
    sign_in(client, world.dora)
    with django_assert_num_queries(8):
        client.get(URL)


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(URL)["Location"] == f"/konto/anmelden/?next={URL}"


@pytest.mark.parametrize("name", ["bert", "hanna", "paula", "lea", "karl", "carl", "alice"])
def test_the_page_is_the_auditors(client: Client, world: World, name: str) -> None:
    assert sign_in(client, getattr(world, name)).get(URL).status_code == 403


def test_another_organisations_auditor_reads_nothing_of_it(client: Client, world: World) -> None:
    log_at(world, "2026-11-24")
    factories.make_post(world.carl, Post.Role.AUDITOR, organisation=world.ihk)
    assert rows(page(client, world.carl)) == []


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_a_post_that_is_not_in_force_opens_nothing(
    client: Client, world: World, days: dict[str, int]
) -> None:
    redate_posts(world.dora, days)
    assert sign_in(client, world.dora).get(URL).status_code == 403


def test_an_auditor_gets_nowhere_else(client: Client, world: World) -> None:
    """Every page of the workplace but the own; records are not even found."""
    reference = factories.make_appointment(hours=world.hours).reference
    sign_in(client, world.dora)
    for pattern in urlpatterns:
        for arguments in ([], [reference], [world.hours.pk], [world.office.pk]):
            try:
                address = reverse(f"appointments:{pattern.name}", args=arguments)
            except NoReverseMatch:
                continue
            assert client.get(address).status_code in (403, 404, 405), address
            assert client.post(address).status_code in (403, 404, 405), address
