from django.db import models


class Booking(models.Model):
    """One row for everything; nothing keeps it from being sold twice."""

    starts_at = models.DateTimeField(null=True)
    firm_name = models.CharField(max_length=160)
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    note = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="held")

    def __str__(self) -> str:
        return self.firm_name
