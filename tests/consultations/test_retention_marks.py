"""After everything has run, nothing that somebody typed is left in any column of any table."""

import datetime
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from consultations import desk_booking, outcomes
from consultations.models import Appointment, PhoneTask, VisitReport, VisitRequest, VisitRequestStep, Waiting
from consultations.phone_tasks import ask_for_call, finish_call, what_was_seen
from consultations.placing import Details
from consultations.visit_reports.pdf import pdf_of_report
from consultations.visit_reports.releasing import begin_correction
from consultations.visits.asking import Confided, withdraw_request
from consultations.visits.unconfirmed import expire_due as expire_requests
from partnership.erasing import ask_for_erasure, withdraw_erasure
from partnership.firm_merging import Values, merge_firms
from partnership.firms import SiteDetails, add_site
from partnership.models import BlockedAddress, Firm, FirmContact, OutgoingMail, PendingAddress, Person
from partnership.retention.running import run_when_due
from tests import factories
from tests.consultations.report_steps import KIM, release, share
from tests.consultations.report_steps import MARK as REPORT_MARK
from tests.consultations.report_steps import make_draft as make_report
from tests.consultations.steps import book, confirm
from tests.consultations.visit_steps import ask, asked
from tests.personas import World
from tests.visit_factories import make_visit_request

pytestmark = pytest.mark.django_db
MARK = "Quittenmarmelade"
MAILBOX = f"{MARK.lower()}@merkmal.example"
DAY = datetime.timedelta(days=1)
LATER = timezone.now() + 3 * 366 * DAY + 366 * DAY


def marked_columns(mark: str = MARK) -> list[str]:
    """table.column, of every table there is, whatever the type of the column."""
    return sorted(_marked(mark))


def _marked(mark: str) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            table, column = model._meta.db_table, field.column
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s)', [f"%{mark}%"]
                )
                if cursor.fetchone() == (True,):
                    yield f"{table}.{column}"


def live_through_everything(world: World) -> None:
    """A firm books, is confirmed, called, moved aside, noted down, asks to be forgotten and thinks again."""
    marked = {
        "firm_name": f"{MARK} GmbH",
        "contact_name": f"Frau {MARK}",
        "contact_email": MAILBOX,
        "membership_number": MARK,
        "note": f"Das Tor von {MARK}",
        "accessibility_need": f"Aufzug für {MARK}",
    }
    book(world.hours, 0, **marked | {"contact_email": f"x{MAILBOX}"})
    appointment = confirm(world.hours, 1, **marked)
    firm = Firm.objects.get(name=marked["firm_name"])
    assert appointment.person is not None
    place = SiteDetails(street=f"{MARK}weg 1", postcode="04668", city="Grimma", name=MARK)
    add_site(firm_id=firm.pk, details=place, actor=appointment.person)
    twin = factories.make_listed_firm(world.ihk, name=f"{MARK} & Co.", phone="0341 1")
    FirmContact.objects.create(firm=twin, name=MARK, email=f"y{MAILBOX}")
    values = Values(name=firm.name, chamber=world.ihk, membership_number=MARK)
    merge_firms(heir_id=firm.pk, merged_id=twin.pk, values=values, actor=world.bert)
    caller = Details(firm_name=MARK, contact_name=MARK, contact_email="", contact_phone="0341 1", note=MARK)
    by_phone = desk_booking.book_for_caller(
        hours_id=world.hours.pk,
        starts_at=appointment.starts_at + datetime.timedelta(minutes=45),
        details=caller,
        actor=world.bert,
    )
    by_phone = desk_booking.cancel_by_desk(
        appointment_id=by_phone.pk, reason=f"{MARK} ist krank", actor=world.bert
    )
    task = ask_for_call(appointment=by_phone, reason=PhoneTask.Reason.CANCELLED, why=f"{MARK} ist krank")
    finish_call(task_id=task.pk, result=PhoneTask.Result.REACHED, seen=what_was_seen(task), actor=world.bert)
    request = ask_for_erasure(person=appointment.person, partnership=world.partnership, reason=MARK)
    withdraw_erasure(request_id=request.pk, person=appointment.person)
    PendingAddress.objects.create(email=f"z{MAILBOX}", name=MARK)
    factories.make_waiting(
        office=world.office,
        firm_name=MARK,
        contact_name=MARK,
        contact_email=f"w{MAILBOX}",
        state=Waiting.State.LEFT,
        end_reason=MARK,
    )
    _ask_for_visits(world)
    BlockedAddress.objects.create(address=MAILBOX, partnership=world.partnership)
    _let_the_day_pass(world)
    outcomes.note_outcome(
        appointment_id=appointment.pk,
        seen="",
        outcome=Appointment.State.ATTENDED,
        officer_note=f"{MARK} hat ein altes Schloss",
        next_step="visit",
        actor=world.paula,
    )


def _ask_for_visits(world: World) -> None:
    """One is withdrawn, one never confirmed, one is ended with what police wrote to each other."""
    typed = {
        **dict.fromkeys(("firm_name", "contact_name", "street", "on_site_name", "access_note"), MARK),
        "membership_number": MARK,
        "confided": Confided(reason="burglary", case_number=MARK, note=MARK, accessibility_need=MARK),
    }
    withdraw_request(request_id=asked(world, **typed, contact_email=f"v{MAILBOX}").pk)
    ask(world, **typed, contact_email=f"u{MAILBOX}")
    expire_requests(now=timezone.now() + 7 * DAY)
    ended = make_visit_request(
        police=world.police, state=VisitRequest.State.ENDED, firm_name=MARK, note=MARK, end_reason=MARK
    )
    VisitRequestStep.objects.create(request=ended, kind="ended", reason=MARK)


def _let_the_day_pass(world: World) -> None:
    """Thirty days ago it was; unconfirmed ones have run out, mails have left."""
    for appointment in Appointment.objects.all():
        period = appointment.period
        appointment.period = type(period)(period.lower - 30 * DAY, period.upper - 30 * DAY)
        appointment.save(update_fields=["period"])
    unconfirmed = Appointment.objects.filter(state="unconfirmed")
    unconfirmed.update(state="expired", confirm_by=timezone.now() - 30 * DAY)
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())


def test_nothing_of_a_retired_appointment_is_left_anywhere(world: World) -> None:
    live_through_everything(world)
    assert len(marked_columns()) >= 20
    for night in range(2):  # a merged firm goes before its heir
        run_when_due(now=LATER + night * DAY)
    assert marked_columns() == []
    assert Appointment.objects.filter(emptied_at__isnull=False).count() == 3
    assert Person.objects.filter(pk=world.bert.pk, name="Bert Beispiel").exists()


def test_nothing_of_a_retired_report_is_left_anywhere(world: World) -> None:
    """Released with a photo, corrected, opened to somebody, printed, read; and what its correction said."""
    report = release(world, make_report(world, with_photo=True), recipients=[KIM])
    share(world, report, name=REPORT_MARK, email=f"{REPORT_MARK}@versicherung.example")
    pdf_of_report(report)
    draft = begin_correction(report_id=report.pk, corrects_what="x", actor=world.paula)
    release(world, draft, corrects_what=f"{REPORT_MARK} fehlen doch nicht.")
    assert len(marked_columns(REPORT_MARK)) >= 10
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    run_when_due(now=LATER + 3 * 366 * DAY)
    assert marked_columns(REPORT_MARK) == []
    assert VisitReport.objects.filter(erased_at__isnull=False).count() == 2
