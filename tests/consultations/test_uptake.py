"""What a firm tells of the advice it was given: by whom, how often, who sees it, and when it goes."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Uptake, VisitReport
from consultations.visit_reports.privacy import empty_reports
from consultations.visit_reports.releasing import begin_correction
from consultations.visit_reports.uptake import Told
from consultations.visit_reports.uptake_privacy import about_uptake
from partnership.models import ChainedEntry, LogEntry, Photo
from partnership.refusals import Refusal
from partnership.times import today
from tests.consultations.report_steps import MARK, code_in_mail, reading_path, release
from tests.consultations.uptake_steps import (
    A_DAY,
    DECLINED,
    DONE,
    WHY,
    asked,
    keys,
    last_question,
    path_in,
    tell,
    without_account,
)
from tests.partnership.photos.hostile import jpeg, upload
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db


def page_of(report: VisitReport) -> str:
    return reverse("own_reports:uptake", args=[report.visit.appointment.reference])


def post(client: Client, path: str, report: VisitReport, **fields: Any) -> Any:
    given = {"empfehlung": str(keys(report)[0]), "e1-state": "done", "e1-done_on": today().isoformat()}
    return client.post(path, given | {f"e1-{name}": value for name, value in fields.items()})


def test_what_is_told_last_counts(world: World) -> None:
    report = release(world)
    tell(world, report, DECLINED)
    uptake = tell(world, report, Told(state="planned", planned_until=today()))
    assert Uptake.objects.get() == uptake
    assert (uptake.state, uptake.reason, uptake.told_by) == ("planned", "", world.alice)


def test_the_log_says_that_and_not_what(world: World) -> None:
    tell(world, release(world), DECLINED)
    entry = LogEntry.objects.get(act="uptake.told")
    assert (entry.actor, entry.organisation) == (world.alice, world.police)
    assert WHY not in str(entry.detail)
    assert "declined" not in str(entry.detail)


@pytest.mark.parametrize(
    "told",
    [
        Told(state="done", done_on=today() + A_DAY),
        Told(state="planned", planned_until=today() - A_DAY),
    ],
)
def test_other_days_are_refused(world: World, told: Told) -> None:
    with pytest.raises(Refusal):
        tell(world, release(world), told)


def test_what_a_correction_no_longer_advises_is_refused(world: World) -> None:
    report = release(world)
    draft = begin_correction(report_id=report.pk, corrects_what="Der Zylinder ist neu", actor=world.paula)
    draft.recommendations.all().delete()
    release(world, draft, corrects_what="Der Zylinder ist neu")
    with pytest.raises(Refusal, match="nicht mehr im Bericht"):
        tell(world, report)


def test_what_was_told_goes_on_in_a_correction(client: Client, world: World) -> None:
    report = release(world)
    tell(world, report, DECLINED)
    draft = begin_correction(report_id=report.pk, corrects_what="Schreibfehler", actor=world.paula)
    corrected = release(world, draft, corrects_what="Schreibfehler")
    assert WHY in sign_in(client, world.alice).get(page_of(corrected)).content.decode()


def test_the_firm_tells_on_its_page(client: Client, world: World) -> None:
    report = release(world)
    page = sign_in(client, world.alice).get(page_of(report)).content.decode()
    assert f"Beschlag mit {MARK}." in page
    answer = post(client, page_of(report), report)
    assert answer["Location"].startswith(page_of(report))
    assert answer["Location"].endswith("#empfehlung-1")
    assert Uptake.objects.get().done_on == today()
    openings = [
        e.payload["medium"] for e in ChainedEntry.objects.filter(payload__act="report.opened") if e.payload
    ]
    assert openings == ["uptake"]


def test_a_photo_comes_along(client: Client, world: World) -> None:
    report = release(world)
    post(sign_in(client, world.alice), page_of(report), report, photos=upload(jpeg()))
    assert Photo.objects.get().thing == Uptake.objects.get()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": ""}, "Wählen Sie aus, was daraus wurde."),
        ({"done_on": ""}, "Geben Sie an, wann das umgesetzt wurde."),
        ({"state": "declined"}, "Geben Sie an, warum Sie das nicht umsetzen."),
        ({"state": "planned", "planned_until": "2020-01-01"}, "Geben Sie einen Tag ab heute an."),
    ],
)
def test_what_is_missing_is_said_at_its_card(
    client: Client, world: World, fields: dict[str, str], sentence: str
) -> None:
    report = release(world)
    page = post(sign_in(client, world.alice), page_of(report), report, **fields).content.decode()
    assert sentence in page
    assert '<details class="uptake__change" open>' in page
    assert not Uptake.objects.exists()


def test_others_know_no_page(client: Client, world: World) -> None:
    report = release(world)
    for person in (world.carl, world.bert, world.paula):
        assert sign_in(client, person).get(page_of(report)).status_code == 404
    client.logout()
    assert client.get(page_of(report)).status_code == 302


def test_police_read_it_at_the_report(client: Client, world: World) -> None:
    report = release(world)
    tell(world, report, DECLINED)
    path = reverse("appointments:visit_report", args=[report.visit.appointment.reference])
    page = sign_in(client, world.pia).get(path).content.decode()
    assert WHY in page
    assert "heute angegeben" in page


def test_behind_the_link_of_the_question_a_code_is_wanted(client: Client, world: World) -> None:
    report = without_account(world)
    assert asked(report, 92) == ["kim@quitten.example"]
    path = path_in(last_question(), "uptake_url")
    assert MARK not in client.get(path).content.decode()
    post(client, path, report)
    assert not Uptake.objects.exists()
    client.post(path, {"action": "send"})
    client.post(path, {"code": code_in_mail()})
    assert MARK in client.get(path).content.decode()
    post(client, path, report, state="declined", reason=WHY)
    assert (Uptake.objects.get().reason, Uptake.objects.get().told_by) == (WHY, None)


def test_the_link_of_the_report_leads_there_too(client: Client, world: World) -> None:
    without_account(world)
    path = reading_path()
    client.post(path, {"action": "send"})
    client.post(path, {"code": code_in_mail()})
    uptake = path.replace("/bericht/", "/umsetzung/")
    assert uptake in client.get(path).content.decode()
    assert MARK in client.get(uptake).content.decode()


def test_it_goes_with_the_last_version(world: World) -> None:
    report = release(world)
    tell(world, report, DECLINED)
    draft = begin_correction(report_id=report.pk, corrects_what="Schreibfehler", actor=world.paula)
    corrected = release(world, draft, corrects_what="Schreibfehler")
    empty_reports([report.pk])
    assert Uptake.objects.exists()
    empty_reports([corrected.pk])
    assert not Uptake.objects.exists()


def test_own_data_has_it(world: World) -> None:
    tell(world, release(world), DECLINED)
    (row,) = about_uptake(world.alice).rows
    assert (row["state"], row["reason"]) == ("wird nicht umgesetzt", WHY)
    assert about_uptake(world.carl).rows == []


def test_how_it_stood_before_this_quarter_is_kept(world: World) -> None:
    report = release(world)
    now = datetime.datetime.now(datetime.UTC)
    tell(world, report, DECLINED, now=now - 100 * A_DAY)
    uptake = tell(world, report, DONE)
    assert uptake.state_before == "declined"
    assert tell(world, report, DECLINED).state_before == "declined"
