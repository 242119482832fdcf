"""What a firm may do with its things as a whole: links above their list. Each takes the firm's key."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class FirmAction:
    """`order` as in `workplace_nav`; the first is the page's main button."""

    label: Any
    url_name: str
    order: int


ACTIONS: list[FirmAction] = [
    FirmAction(_("Gerät erfassen"), "assetmarking:new", 10),
    FirmAction(_("Liste einlesen"), "assetmarking:import", 20),
    FirmAction(_("Etiketten"), "assetmarking:labels", 30),
    FirmAction(_("Diebstahl melden"), "assetmarking:report_theft", 40),
    FirmAction(_("Diebstahlmeldungen"), "assetmarking:thefts", 41),
    FirmAction(_("Fundmeldungen"), "assetmarking:finds", 45),
    FirmAction(_("Gerätepässe drucken"), "assetmarking:passports", 50),
    FirmAction(_("Herunterladen"), "assetmarking:export_choice", 70),
]
