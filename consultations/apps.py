from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"
