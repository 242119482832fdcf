from celery import shared_task

from consultations import expiry, new_times, waiting_list


@shared_task(name="consultations.expire_due")
def expire_due() -> None:
    expiry.expire_due()


@shared_task(name="consultations.delete_old_holds")
def delete_old_holds() -> None:
    expiry.delete_old_holds()


@shared_task(name="consultations.tell_of_new_times")
def tell_of_new_times() -> None:
    new_times.tell_of_new_times()


@shared_task(name="consultations.end_waiting")
def end_waiting() -> None:
    waiting_list.end_over_due()


@shared_task(name="consultations.forget_waiting")
def forget_waiting() -> None:
    waiting_list.forget_over()
