from celery import shared_task

from consultations import (
    confirmations,
    day_notices,
    expiry,
    missing_outcomes,
    reminders,
    satisfaction,
)
from consultations.visit_reports import missing, uptake_asking
from consultations.visits import lapsing, untaken
from consultations.visits import unconfirmed as unconfirmed_requests
from consultations.waiting import line, new_times


@shared_task(name="consultations.expire_due")
def expire_due() -> None:
    expiry.expire_due()


@shared_task(name="consultations.expire_visits_due")
def expire_visits_due() -> None:
    lapsing.expire_visits_due()


@shared_task(name="consultations.delete_old_holds")
def delete_old_holds() -> None:
    expiry.delete_old_holds()


@shared_task(name="consultations.ask_satisfaction")
def ask_satisfaction() -> None:
    satisfaction.ask_due()


@shared_task(name="consultations.send_due_reminders")
def send_due_reminders() -> None:
    reminders.send_due()


@shared_task(name="consultations.remind_unconfirmed")
def remind_unconfirmed() -> None:
    confirmations.remind_unconfirmed()


@shared_task(name="consultations.remind_unconfirmed_requests")
def remind_unconfirmed_requests() -> None:
    unconfirmed_requests.remind_unconfirmed()


@shared_task(name="consultations.expire_requests")
def expire_requests() -> None:
    unconfirmed_requests.expire_due()


@shared_task(name="consultations.ask_for_calls")
def ask_for_calls() -> None:
    confirmations.ask_for_calls()


@shared_task(name="consultations.end_late_calls")
def end_late_calls() -> None:
    confirmations.end_late_calls()


@shared_task(name="consultations.send_day_notices")
def send_day_notices() -> None:
    day_notices.send_day_notices()


@shared_task(name="consultations.remind_of_outcomes")
def remind_of_outcomes() -> None:
    missing_outcomes.remind_of_outcomes()


@shared_task(name="consultations.tell_of_new_times")
def tell_of_new_times() -> None:
    new_times.tell_of_new_times()


@shared_task(name="consultations.end_waiting")
def end_waiting() -> None:
    line.end_over_due()


@shared_task(name="consultations.remind_of_reports")
def remind_of_reports() -> None:
    missing.remind_of_reports()


@shared_task(name="consultations.return_left_requests")
def return_left_requests() -> None:
    untaken.return_from_former_officers()


@shared_task(name="consultations.name_untaken_requests")
def name_untaken_requests() -> None:
    untaken.name_to_leads()


@shared_task(name="consultations.ask_about_uptake")
def ask_about_uptake() -> None:
    uptake_asking.ask_due()
