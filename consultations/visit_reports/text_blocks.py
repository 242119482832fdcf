"""Words for the beginning and the end of a report, by the reason of the visit. Officers change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.models import VisitMatter

Reason = VisitMatter.Reason
SUMMARY, NEXT_STEPS = "summary", "next_steps"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """`field` of the report into which it goes."""

    key: str
    field: str
    text: Any


OPENINGS: Mapping[str, Any] = {
    Reason.BURGLARY: _(
        "nach dem Einbruch haben wir uns Ihren Betrieb mit Ihnen angesehen. Dieser Bericht sagt, wo jemand "
        "hineinkam oder hineinkommen könnte, und was Sie zuerst ändern sollten."
    ),
    Reason.BUILDING: _(
        "vor Ihrem Bau oder Umbau haben wir uns den Betrieb und die Pläne mit Ihnen angesehen. Was jetzt "
        "eingeplant wird, kostet am wenigsten. Dieser Bericht sagt, worauf es dabei ankommt."
    ),
    Reason.GENERAL: _(
        "wir haben uns Ihren Betrieb mit Ihnen angesehen. Dieser Bericht sagt, was gut gesichert ist, wo "
        "jemand hineinkommen könnte und was wir empfehlen."
    ),
}
"""After the salutation and its comma."""

ENDINGS: Mapping[str, Any] = {
    Reason.BURGLARY: _(
        "Lassen Sie zuerst die Stellen sichern, an denen die Täter hineinkamen. Melden Sie den Schaden Ihrem "
        "Versicherer, und ändern Sie nichts, was er noch sehen will."
    ),
    Reason.BUILDING: _(
        "Geben Sie die Empfehlungen an Ihre Planerin oder Ihren Planer weiter, bevor Sie bestellen, und "
        "lassen Sie sich jede Montage bescheinigen."
    ),
    Reason.GENERAL: _(
        "Beginnen Sie mit den Empfehlungen der höchsten Dringlichkeit. Vieles davon kostet wenig oder nichts."
    ),
}

BLOCKS = [
    TextBlock("gut", SUMMARY, _("Vieles ist gut gesichert.")),
    TextBlock(
        "zuerst", SUMMARY, _("Einige Stellen sollten Sie sofort ändern: Sie machen es Tätern zu leicht.")
    ),
    TextBlock(
        "teile", SUMMARY, _("Wir haben nicht alles gesehen. Was wir nicht geprüft haben, ist so benannt.")
    ),
    TextBlock(
        "betriebe",
        NEXT_STEPS,
        _("Fachbetriebe nennt Ihnen die Errichterliste des Landeskriminalamts; Marken empfehlen wir nicht."),
    ),
    TextBlock(
        "versicherer",
        NEXT_STEPS,
        _("Fragen Sie Ihren Versicherer, welche Sicherung er verlangt und ob er sich beteiligt."),
    ),
    TextBlock(
        "unterweisen", NEXT_STEPS, _("Sagen Sie allen, die öffnen und schließen, was sich dadurch ändert.")
    ),
    TextBlock(
        "eintragen", NEXT_STEPS, _("Tragen Sie im Portal ein, was Sie umgesetzt haben. Wir fragen danach.")
    ),
]


def block(key: str) -> TextBlock | None:
    return next((one for one in BLOCKS if one.key == key), None)
