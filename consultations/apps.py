from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from consultations.acts import ACTS, MAILS
        from partnership.journal import register_acts
        from partnership.outbox import register_mails

        register_acts(ACTS)
        register_mails(MAILS)
