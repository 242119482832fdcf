"""Löschungen: what an auditor reads of the own organisation, and nothing of others."""

import csv
import datetime
import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Appointment
from partnership.models import ErasedThing, LogEntry, Post, RetentionHold, RetentionRun, RetentionTally
from partnership.retention.kinds import all_kinds
from partnership.retention.running import night_of, run_when_due
from tests import factories
from tests.personas import World, sign_in

URL = "/arbeitsplatz/loeschungen/"
CSV = f"{URL}loeschungen.csv"
DAY = datetime.timedelta(days=1)
STATEMENTS = 8
"""And one for each rule."""
pytestmark = pytest.mark.django_db


def page(client: Client, world: World) -> str:
    return sign_in(client, world.dora).get(URL).content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def erased(world: World, owner: Any, rule: str = "concerns", count: int = 1, **fields: Any) -> None:
    kind = ContentType.objects.get_for_model(Appointment)
    for number in range(count):
        ErasedThing.objects.create(
            rule=rule, organisation=owner, content_type=kind, object_id=number, **fields
        )


def rule_row(html: str, label: str) -> list[str]:
    row = html[html.index(f'scope="row">{label}') :].partition("</tr>")[0]
    return [" ".join(cell.split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]


def test_rules_periods_and_what_the_night_has_done(client: Client, world: World) -> None:
    run = run_when_due()
    erased(world, world.police, count=3, run=run)
    erased(world, world.ihk, count=5, run=run)
    html = page(client, world)
    assert rule_row(html, "Anliegen") == ["12 Monate", "Tag des Termins", "eigene", "3", "0"]
    assert rule_row(html, "Inhalte von E-Mails")[:3] == [
        "30 Tage",
        "Versand oder letzter Versuch",
        "gemeinsam",
    ]
    assert "bis zum Ende des folgenden Jahres" in rule_row(html, "Protokoll<")[0]


def test_due_and_still_there_is_counted_for_the_own_organisation(client: Client, world: World) -> None:
    run_when_due()
    for owner, count in ((world.police, 2), (world.ihk, 4)):
        for _number in range(count):
            LogEntry.objects.create(
                act="hours.planned",
                content_type=ContentType.objects.get_for_model(Post),
                object_id=1,
                organisation=owner,
                at=timezone.now() - 800 * DAY,
            )
    html = page(client, world)
    assert rule_row(html, "Protokoll<")[-1] == "2"
    assert "Seither sind 2 Einträge fällig geworden." in html


def test_everything_done_is_said(client: Client, world: World) -> None:
    run_when_due()
    assert "Was fällig war, ist gelöscht." in page(client, world)


def test_a_night_that_fell_out_is_said(client: Client, world: World) -> None:
    assert "Der Löschlauf ist ausgefallen, noch nie." in page(client, world)
    RetentionRun.objects.create(night=night_of(timezone.now()) - 2 * DAY, finished_at=timezone.now())
    assert "ausgefallen, zuletzt in der Nacht zum" in page(client, world)


def test_what_did_not_work_is_said(client: Client, world: World) -> None:
    run = RetentionRun.objects.create(night=night_of(timezone.now()))
    RetentionTally.objects.create(run=run, kind="firms", fault="ProgrammingError")
    html = page(client, world)
    assert "Nicht alles ließ sich löschen: Firmen." in html
    assert "Fehler in der letzten Nacht: ProgrammingError" in html


def test_a_run_that_was_broken_off_is_told_from_one_that_goes_on(client: Client, world: World) -> None:
    run = RetentionRun.objects.create(night=night_of(timezone.now()))
    assert "läuft noch" in page(client, world)
    RetentionRun.objects.filter(pk=run.pk).update(active_at=timezone.now() - datetime.timedelta(hours=2))
    assert "nicht fertig geworden" in page(client, world)


def test_deletions_by_day_with_those_by_request(client: Client, world: World) -> None:
    erased(world, world.police, rule=ErasedThing.REQUEST, count=2)
    erased(world, None, rule="mails", count=7)
    erased(world, world.ihk, rule="appointments", count=4)
    days = text(page(client, world).partition('id="tage"')[2].join(["<main>", ""]))
    assert "auf Antrag 2" in days
    assert "Inhalte von E-Mails 7" in days
    assert "Kontaktdaten in Terminen" not in days


def test_the_same_as_a_file(client: Client, world: World) -> None:
    at = timezone.now() - 90 * DAY
    erased(world, world.police, count=3, erased_at=at)
    erased(world, world.ihk, count=4, erased_at=at)
    answer = sign_in(client, world.dora).get(CSV)
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["Tag", "Was", "Verantwortlich", "Anzahl"],
        [f"{timezone.localtime(at):%Y-%m-%d}", "Anliegen", "PD Leipzig", "3"],
    ]


def test_own_holds_with_their_reason_and_not_those_of_others(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    kind = ContentType.objects.get_for_model(Appointment)
    for owner, reason in ((world.police, "Ermittlung"), (world.ihk, "Widerspruch")):
        RetentionHold.objects.create(
            organisation=owner,
            content_type=kind,
            object_id=appointment.pk,
            reason=reason,
            until=timezone.localdate() + DAY,
        )
    html = page(client, world)
    assert f"Termin {appointment.reference}" in html
    assert "Ermittlung" in html
    assert "Widerspruch" not in html


@pytest.mark.parametrize("nights", [1, 10])
def test_statements_do_not_grow_with_the_nights(
    client: Client, world: World, nights: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(nights):
        run = RetentionRun.objects.create(night=timezone.localdate() - number * DAY)
        RetentionTally.objects.create(run=run, kind="links", erased=3)
        erased(world, world.police, run=run, count=2, erased_at=timezone.now() - number * DAY)
    sign_in(client, world.dora)
    client.get(URL)
    with django_assert_num_queries(STATEMENTS + len(all_kinds())):
        client.get(URL)


@pytest.mark.parametrize("path", [URL, CSV])
@pytest.mark.parametrize("name", ["bert", "hanna", "paula", "lea", "karl", "carl", "alice"])
def test_the_page_is_the_auditors(client: Client, world: World, name: str, path: str) -> None:
    assert sign_in(client, getattr(world, name)).get(path).status_code == 403


@pytest.mark.parametrize("path", [URL, CSV])
def test_strangers_sign_in_first(client: Client, world: World, path: str) -> None:
    assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


def test_it_is_only_read(client: Client, world: World) -> None:
    assert sign_in(client, world.dora).post(URL).status_code == 405
