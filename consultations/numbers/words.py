"""What the columns are called, and what they mean: on the page and in the files."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Column:
    label: object
    meaning: object


COLUMNS = [
    Column(
        _("Angeboten"),
        _(
            "Gesprächszeiten öffentlicher Sprechtage. Beraten zwei nebeneinander, zählt jede Zeit doppelt. "
            "Abgesagte Sprechtage zählen nicht."
        ),
    ),
    Column(
        _("Gebucht"),
        _(
            "Termine, die die Firma bestätigt oder die Kammer eingetragen hat, auch wenn sie später abgesagt "
            "wurden. Was nicht bestätigt wurde, zählt nicht."
        ),
    ),
    Column(_("Wahrgenommen"), _("Das Gespräch hat stattgefunden.")),
    Column(_("Nicht erschienen"), _("Die Firma ist ohne Absage nicht gekommen.")),
    Column(_("Abgesagt"), _("Die Firma oder die Kammer hat den bestätigten Termin abgesagt.")),
    Column(_("Offen"), _("Das Gespräch steht noch bevor, oder sein Ergebnis ist nicht eingetragen.")),
    Column(
        _("Vorlauf in Tagen"),
        _(
            "So viele Tage vor dem Gespräch wurde gebucht: in der Mitte, die eine Hälfte der Termine früher, "
            "die andere später. Wer ohne Anmeldung kam, zählt nicht. Steht erst ab fünf gebuchten "
            "Terminen da."
        ),
    ),
]
RULES = [
    _("Ein Termin zählt in dem Monat, in dem das Gespräch liegt."),
    _(
        "„< 5“ steht für null bis vier: So wenige Firmen ließen sich erkennen. Wo sich das ausrechnen ließe, "
        "steht auch neben oder unter „< 5“ nur eine Spanne, zum Beispiel „12 bis 16“."
    ),
    _(
        "Was eine einzelne Firma bewegt, weiß die Polizei, nicht die Kammer. Darum zählen wir Themen nur in "
        "Quartalen, die vorbei sind, und dort alle gebuchten Termine, auch abgesagte."
    ),
    _(
        "„–“ steht bei den Themen, wo ein Haus im Quartal weniger als zehn Termine hatte oder sich das nicht "
        "ausschließen lässt. Sind alle anderen Themen eines Hauses „< 5“, steht auch das häufigste nur als "
        "Spanne da: Sonst wäre zu sehen, wo fast alle Firmen dasselbe bewegt."
    ),
]


def quarter_name(quarter: datetime.date) -> str:
    words = {"number": (quarter.month + 2) // 3, "year": quarter.year}
    return gettext("%(number)s. Quartal %(year)s") % words
