from celery import shared_task


@shared_task(name="partnership.deliver_mail")
def deliver_mail(mail_id: int) -> None:
    from partnership import outbox

    outbox.deliver_mail(mail_id)


@shared_task(name="partnership.sweep_outbox")
def sweep_outbox() -> None:
    from partnership import outbox

    outbox.sweep_outbox()


@shared_task(name="partnership.clear_sessions")
def clear_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")


@shared_task(name="partnership.forget_ended_sessions")
def forget_ended_sessions() -> None:
    from partnership import sessions

    sessions.forget_ended_sessions()


@shared_task(name="partnership.retain")
def retain() -> None:
    from partnership.retention import running

    running.run_when_due()


@shared_task(name="partnership.check_logs")
def check_logs() -> None:
    from partnership.chained_log import nightly

    nightly.check_logs()


@shared_task(name="partnership.watch")
def watch() -> None:
    from partnership.watch.alarms import watch_portal

    watch_portal()


@shared_task(name="partnership.fetch_mail")
def fetch_mail() -> None:
    from partnership.mail_in import imap

    imap.fetch_mail()


@shared_task(name="partnership.print_brochure")
def print_brochure(edition_id: int) -> None:
    from partnership.publications import printing

    printing.print_brochure(edition_id)


@shared_task(name="partnership.sweep_brochures")
def sweep_brochures() -> None:
    from partnership.publications import releasing

    releasing.sweep_brochures()


@shared_task(name="partnership.reencode_photo")
def reencode_photo(upload_id: int) -> None:
    from partnership.photos import reencoding

    reencoding.reencode_photo(upload_id)


@shared_task(name="partnership.sweep_photos")
def sweep_photos() -> None:
    from partnership.photos import reencoding

    reencoding.sweep_photos()


@shared_task(name="partnership.remove_stray_photos")
def remove_stray_photos() -> None:
    from partnership.photos import receiving

    receiving.remove_stray_photos()
