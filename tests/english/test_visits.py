"""Pages and mails about visits and what became of them speak English."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from consultations.deadlines import link_end
from consultations.models import Appointment, Uptake, VisitReport, VisitRequest
from consultations.visit_reports.reading import UNLOCKED
from partnership.links import issue_link
from partnership.mail_content import build_message
from partnership.models import (
    OutgoingMail,
    SecretLink,
)
from tests.consultations.planning_steps import (
    FAR,
    PLANNING_ACTS,
    a_day,
    cancel,
    lapse,
    make_station,
    offer,
    stand,
    waits,
)
from tests.consultations.report_steps import KIM, release
from tests.consultations.uptake_steps import UPTAKE_ACTS, keys
from tests.consultations.visit_request_steps import REQUEST_ACTS
from tests.consultations.visits.standing import VISIT_ACTS
from tests.consultations.visits.standing import make_visit as make_standing_visit
from tests.consultations.waiting_steps import path_in
from tests.english.missing import Missing, ours
from tests.personas import World

OF_VISITS = VISIT_ACTS | PLANNING_ACTS | UPTAKE_ACTS


@pytest.mark.parametrize("kind", OF_VISITS)
@pytest.mark.django_db
def test_no_mail_about_a_visit_lacks_a_sentence(world: World, missing: Missing, kind: str) -> None:
    OF_VISITS[kind](world, "en")
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
        for other in ({"manage_url": ""}, {"stays_open": True, "by_firm": True}, {"change_until": ""}):
            mail.content = mail.content | other
            build_message(mail)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_the_end_of_a_request_lacks_no_sentence(world: World, missing: Missing) -> None:
    REQUEST_ACTS["visit_ended"](world, "en")
    mail = OutgoingMail.objects.get()
    for name in (mail.to_name, ""):
        mail.to_name = name
        build_message(mail)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_no_page_of_a_visit_lacks_a_sentence(client: Client, world: World, missing: Missing) -> None:
    appointment = make_standing_visit(world).appointment
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    page = f"/en/beratung/termin/{token}/"
    for state in (Appointment.State.CONFIRMED, Appointment.State.CANCELLED):
        Appointment.objects.update(state=state)
        for path in ("", "verschieben/", "absagen/", "kalender.ics"):
            client.get(page + path)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_no_page_about_what_became_of_the_advice_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    report = release(world, recipients=[KIM])
    page = f"/en/konto/berichte/{report.visit.appointment.reference}/umsetzung/"
    client.force_login(world.alice)
    card = {"empfehlung": str(keys(report)[0])}
    client.get(page)
    for state in ("", "done", "planned", "declined"):
        client.post(page, card | {"e1-state": state, "e1-reason": "x" * 501})
    for fields in ({"e1-done_on": "2030-01-01"}, {"e1-planned_until": "2020-01-01"}):
        client.post(page, card | {"e1-state": "done" if "e1-done_on" in fields else "planned"} | fields)
    told = [{"state": "declined", "reason": "no"}, {"state": "planned", "planned_until": "2030-01-01"}]
    for fields in [*told, {"state": "done", "done_on": "2026-01-01"}]:
        client.post(page, card | {f"e1-{name}": value for name, value in fields.items()}, follow=True)
    for days in (1, 3, 90):
        Uptake.objects.update(told_at=timezone.now() - datetime.timedelta(days=days))
        client.get(page)
    client.post(f"{page}keine-fragen/", follow=True)
    _visit_uptake_by_code(client, report)
    assert ours(missing.sentences) == []


def _visit_uptake_by_code(client: Client, report: VisitReport) -> None:
    kim = report.visit.readers.get(kind="recipient")
    later = timezone.now() + datetime.timedelta(days=1)
    token = issue_link(thing=kim, purpose=SecretLink.Purpose.UPTAKE, expires_at=later)
    session = client.session
    session[UNLOCKED] = {str(kim.pk): later.timestamp()}
    session.save()
    client.get(f"/en/beratung/umsetzung/{token}/")
    client.get(f"/en/beratung/umsetzung/{token}/keine-fragen/")
    client.post(f"/en/beratung/umsetzung/{token}/keine-fragen/")


@pytest.mark.django_db
def test_the_pages_of_offered_times_lack_no_sentence(client: Client, world: World, missing: Missing) -> None:
    make_station(world)
    far = waits(world, page_language="en", **FAR)
    visit = stand(world)
    cancel(visit)
    VisitRequest.objects.filter(pk=far.pk).update(state="taken", officer=world.pia, taken_at=timezone.now())
    for answer in ({"words": "x" * 400}, {"words": "x"}, {}):
        offered = offer(world, "13:00", request=VisitRequest.objects.get(pk=far.pk))[0]
        page = path_in(OutgoingMail.objects.filter(kind="visit_times").latest("pk"), "choose_url")
        client.get(page)
        client.post(page, answer or {"zeit": offered.pk}, follow=True)
        lapse(offered)
        client.post(page, {"zeit": offered.pk})
    waits(world, page_language="en")
    cancel(stand(world, day=a_day(3)))
    client.get(path_in(OutgoingMail.objects.filter(kind="visit_freed_time").latest("pk"), "choose_url"))
    assert ours(missing.sentences) == []
