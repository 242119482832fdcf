from celery import shared_task

from forums.feedback import asking


@shared_task(name="forums.ask_for_feedback")
def ask_for_feedback() -> None:
    asking.ask_due()
