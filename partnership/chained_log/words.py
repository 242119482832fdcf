"""What look-ups and openings are called, and who registered them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

_labels: dict[str, Any] = {}

ACTS = {"log.exported": _("Abrufprotokoll heruntergeladen")}
MAILS = {
    "log_anchor": _("Stand des Abrufprotokolls"),
    "log_broken": _("Hinweis, dass das Abrufprotokoll nicht unversehrt ist"),
}
DETAILS = {
    "thing": _("Woran"),
    "rows": _("Zeilen"),
    "format": _("Format"),
    "filter": _("Auswahl"),
}


def register_chained_acts(labels: dict[str, Any]) -> None:
    """Apps name their look-ups and openings in `ready()`: key to (lazy) German label."""
    _labels.update(labels)


def is_known(act: str) -> bool:
    return act in _labels


def chained_act_label(act: str) -> str:
    return str(_labels.get(act, act))


def known_chained_acts() -> list[tuple[str, str]]:
    """(key, label) of every one, by label, to choose from."""
    return sorted(((act, str(label)) for act, label in _labels.items()), key=lambda pair: pair[1])
