from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Transfer(models.Model):
    """A thing is offered to another firm (Übergabe): to a mailbox, whose owner accepts it for a firm.

    `seller` and `buyer` are firms; the buyer is known when it is accepted. One open offer for a thing.
    `called` is what the seller called the thing: afterwards it sees no more of it.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("angeboten")
        ACCEPTED = "accepted", _("angenommen")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        LAPSED = "lapsed", _("verfallen")

    asset = models.ForeignKey("assetmarking.Asset", on_delete=models.CASCADE, related_name="transfers")
    seller = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="given_transfers"
    )
    buyer = models.ForeignKey(
        "partnership.Firm", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_transfers"
    )
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    called = models.CharField(_("Gerät"), max_length=300, blank=True)
    to_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    language = models.CharField(max_length=5, default="de")
    note = models.CharField(_("Nachricht"), max_length=300, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(
        "partnership.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(_("angeboten am"), default=timezone.now)
    offer_until = models.DateTimeField(_("gilt bis"))
    ended_at = models.DateTimeField(_("beendet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Übergabe")
        verbose_name_plural = _("Übergaben")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(state="offered"), name="transfer_one_open_for_thing"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", ended_at__isnull=True)
                | ~Q(state="offered") & Q(ended_at__isnull=False),
                name="transfer_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_state_display()}"
