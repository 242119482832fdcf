"""What each figure of a feasibility study is called and means."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    label: Any
    meaning: Any


FIGURES = (
    Figure(
        "recorded",
        _("erfasst"),
        _("Geräte, die bei den Aktionen erfasst wurden, gezählt von denen, die dabei waren."),
    ),
    Figure(
        "marked",
        _("individuell gekennzeichnet"),
        _("Erfasste Geräte, die bei der Aktion ein eigenes Kennzeichen bekamen, ebenso gezählt."),
    ),
    Figure(
        "things",
        _("im Portal unter einem Code"),
        _(
            "Geräte, die Firmen im Portal mit dem Code einer Aktion erfasst und noch haben. Nur was aus "
            "diesen wurde, weiß das Portal."
        ),
    ),
    Figure(
        "marked_later",
        _("nachträglich gekennzeichnet"),
        _(
            "Geräte unter einem Code, deren erstes eigenes Kennzeichen nach dem Tag der Aktion "
            "hinzukam. Nummern des Herstellers zählen nicht als eigenes Kennzeichen."
        ),
    ),
    Figure(
        "stolen",
        _("gestohlen"),
        _(
            "Geräte unter einem Code, die seit dem Tag der Aktion als gestohlen gemeldet wurden, auch "
            "nach dem Ende der Prüfung. Zurückgezogene Meldungen zählen nicht."
        ),
    ),
    Figure(
        "searched",
        _("von der Polizei gesucht"),
        _("Nummern, die die Polizei während der Prüfung im Portal abgefragt hat, gleich wessen."),
    ),
    Figure("hits", _("dabei mit Treffer"), _("Abgefragte Nummern, zu denen das Portal etwas gefunden hat.")),
    Figure(
        "traced",
        _("von der Polizei gefunden"),
        _("Gestohlene Geräte, die die Polizei durch eine Abfrage oder auf anderem Weg gefunden hat."),
    ),
    Figure(
        "returned",
        _("zurückgegeben"),
        _("Gestohlene Geräte, die wieder bei ihrer Firma sind, gleich wer sie gefunden hat."),
    ),
)
RULES = (
    _(
        "Was die Firmen im Portal erfassen und melden, ist bis zum Ende des letzten Monats gezählt. Die "
        "Zahlen der Aktionen stehen da, wie sie eingetragen sind."
    ),
    _(
        "Zahlen von 1 bis 4 stehen als „< 5“, manche größere daneben nur ungefähr. Was aus Geräten "
        "wurde, steht erst ab zehn Geräten von fünf Firmen da; kleinere Aktionen sind zusammengezählt."
    ),
)


def decimal_words(number: Decimal, *, places: int) -> str:
    """'61,5'."""
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}".replace(".", ",")
