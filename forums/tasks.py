from celery import shared_task

from forums.registering import cancelling, reminders


@shared_task(name="forums.expire_registrations")
def expire_registrations() -> None:
    cancelling.expire_due()


@shared_task(name="forums.send_due_reminders")
def send_due_reminders() -> None:
    reminders.send_due()
