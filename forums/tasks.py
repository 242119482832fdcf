from celery import shared_task

from forums.feedback import asking
from forums.planning import overdue
from forums.registering import cancelling, reminders
from forums.waiting import answers, offers


@shared_task(name="forums.expire_registrations")
def expire_registrations() -> None:
    cancelling.expire_due()


@shared_task(name="forums.send_due_reminders")
def send_due_reminders() -> None:
    reminders.send_due()


@shared_task(name="forums.lapse_offers")
def lapse_offers() -> None:
    offers.lapse_due()


@shared_task(name="forums.pass_on_free_places")
def pass_on_free_places() -> None:
    offers.pass_on_free_places()


@shared_task(name="forums.end_lines")
def end_lines() -> None:
    answers.end_lines()


@shared_task(name="forums.ask_for_feedback")
def ask_for_feedback() -> None:
    asking.ask_due()


@shared_task(name="forums.tell_of_overdue_series")
def tell_of_overdue_series() -> None:
    overdue.tell_of_overdue()
