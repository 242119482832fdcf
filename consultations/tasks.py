from celery import shared_task

from consultations import expiry, satisfaction


@shared_task(name="consultations.expire_due")
def expire_due() -> None:
    expiry.expire_due()


@shared_task(name="consultations.delete_old_holds")
def delete_old_holds() -> None:
    expiry.delete_old_holds()


@shared_task(name="consultations.ask_satisfaction")
def ask_satisfaction() -> None:
    satisfaction.ask_due()
