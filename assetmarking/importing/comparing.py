"""Rows of a list beside the things that a firm has: new, changed, the same, or perhaps there already."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from assetmarking.categories import category_label
from assetmarking.importing.cells import shown
from assetmarking.importing.headings import PARTS, folded, label_of
from assetmarking.importing.rows import Understood, own_kind
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, ImportRow, Mark, Transfer
from partnership.models import Firm

Outcome = ImportRow.Outcome
State = Asset.State
PLAIN = ("name", "make", "model", "year", "peculiarities", "own_number", "kept_at")
MOST_MARKS = 30


@dataclass
class Judged:
    outcome: str
    asset: Asset | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Change:
    """Of one thing: values of fields, marks that come to it, parts of marks that change."""

    fields: dict[str, Any] = field(default_factory=dict)
    new_marks: list[dict[str, str]] = field(default_factory=list)
    marks: list[tuple[Mark, str, Any]] = field(default_factory=list)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def set(self, name: str, value: Any, before: str, after: str) -> None:
        self.fields[name] = value
        self.words.append((label_of(name), before, after))


class Comparison:
    """Of one list with one firm's things, chunk by chunk; it remembers what stood in earlier rows."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.rows_of: dict[tuple[str, ...], int] = {}
        self.rows_about: dict[int, int] = {}

    def judge(self, rows: Sequence[Understood]) -> list[Judged]:
        things = Things(self.firm, rows)
        return [self._judge(row, things) for row in rows]

    def _judge(self, row: Understood, things: "Things") -> Judged:
        if row.faults:
            return Judged(Outcome.FAULTY)
        asset, doubt, fault = things.find(row)
        if fault:
            return Judged(Outcome.FAULTY, faults=[fault])
        earlier = self._earlier(row, asset)
        if earlier and row.values.get("reference"):
            sentence = _("Diese Nummer steht schon in Zeile %(row)d.") % {"row": earlier}
            return Judged(Outcome.FAULTY, faults=[(label_of("reference"), sentence)])
        if earlier:
            return Judged(
                Outcome.DUPLICATE, notes=[_("Dasselbe steht schon in Zeile %(row)d.") % {"row": earlier}]
            )
        if asset is None:
            faults = faults_of_new(row)
            outcome = Outcome.FAULTY if faults else Outcome.DUPLICATE if doubt else Outcome.NEW
            return Judged(outcome, faults=faults, notes=[doubt] if doubt else [])
        change = change_of(asset, row.values)
        outcome = Outcome.FAULTY if change.faults else Outcome.CHANGED if change.words else Outcome.SAME
        return Judged(outcome, asset, change.words, change.faults, change.notes)

    def _earlier(self, row: Understood, asset: Asset | None) -> int:
        """The number of an earlier row about the same thing, or 0."""
        numbers = [self.rows_of.get(key, 0) for key in _keys(row)]
        if asset is not None:
            numbers.append(self.rows_about.setdefault(asset.pk, row.number))
        earlier = min((number for number in numbers if number and number != row.number), default=0)
        if not earlier:
            self.rows_of |= dict.fromkeys(_keys(row), row.number)
        return earlier


class Things:
    """Of a firm, as far as rows may be about them: one statement for things, one for marks."""

    def __init__(self, firm: Firm, rows: Sequence[Understood]) -> None:
        values = [row.values for row in rows]
        keys = {key for row in rows for key in _mark_keys(row)}
        nameless = [row.values["name"] for row in rows if not _has_number(row) and row.values.get("name")]
        wanted = (
            Q(reference__in={row.get("reference") for row in values} - {None})
            | Q(own_number__in={row.get("own_number") for row in values} - {None})
            | Q(pk__in=Mark.objects.filter(asset__firm=firm, key__in=keys).values("asset"))
            | Q(name__in=set(nameless))
        )
        things = Asset.objects.filter(wanted, firm=firm).prefetch_related("marks", "site").order_by("pk")
        self.by_reference: dict[str, Asset] = {}
        self.by_own_number: dict[str, list[Asset]] = {}
        self.by_mark: dict[tuple[str, str], list[Asset]] = {}
        self.by_name: dict[tuple[str, ...], list[Asset]] = {}
        for thing in things:
            self.by_reference[thing.reference] = thing
            self.by_own_number.setdefault(thing.own_number, []).append(thing)
            self.by_name.setdefault(_looks(thing.name, thing.make, thing.model), []).append(thing)
            for mark in thing.marks.all():
                self.by_mark.setdefault((mark.kind, mark.key), []).append(thing)

    def find(self, row: Understood) -> tuple[Asset | None, str, tuple[str, str] | None]:
        """The thing that a row is about; why it may be there already; what makes it impossible to say."""
        if reference := row.values.get("reference"):
            thing = self.by_reference.get(reference)
            fault = _("„%(text)s“ gibt es bei Ihrer Firma nicht.") % {"text": reference}
            return thing, "", None if thing else (label_of("reference"), fault)
        own = (
            self.by_own_number.get(row.values.get("own_number", ""), []) if "own_number" in row.values else []
        )
        if len(own) > 1:
            sentence = _(
                "Diese Nummer haben mehrere Ihrer Geräte. Schreiben Sie die „Nummer im Portal“ dazu."
            )
            return None, "", (label_of("own_number"), sentence)
        if own:
            return own[0], "", None
        return *self._by_marks_or_looks(row), None

    def _by_marks_or_looks(self, row: Understood) -> tuple[Asset | None, str]:
        hits = {thing.pk: thing for key in _mark_pairs(row) for thing in self.by_mark.get(key, [])}
        make = folded(row.values.get("make", ""))
        same = [thing for thing in hits.values() if folded(thing.make) == make]
        if len(same) == 1:
            return same[0], ""
        if hits:
            thing = (same or list(hits.values()))[0]
            return None, _("Dieselbe Nummer hat schon %(thing)s (%(number)s).") % _named(thing)
        if _has_number(row):
            return None, ""
        looks = _looks(*(row.values.get(name, "") for name in ("name", "make", "model")))
        alike = [thing for thing in self.by_name.get(looks, []) if thing.state not in Asset.GONE]
        return None, _("Ohne Nummer; so etwas gibt es schon: %(thing)s (%(number)s).") % _named(
            alike[0]
        ) if alike else ""


def change_of(asset: Asset, values: dict[str, Any]) -> Change:
    """Empty cells change nothing, and no mark goes: what a list does not say stays."""
    change = Change()
    for name in PLAIN:
        before = getattr(asset, name)
        if name in values and " ".join(str(before or "").split()) != str(values[name]):
            change.set(name, values[name], str(before or ""), str(values[name]))
    if "value" in values and asset.value != Decimal(values["value"]):
        change.set(
            "value",
            Decimal(values["value"]),
            shown_amount(asset.value),
            shown_amount(Decimal(values["value"])),
        )
    if "category" in values and asset.category != values["category"]:
        before, after = category_label(asset.category), category_label(values["category"])
        change.set("category", values["category"], before, after)
    if "site" in values and asset.site_id not in values["site"]:
        change.set("site", values["site"][0], str(asset.site or ""), _("anderer Standort"))
    _change_state(change, asset, values)
    _change_marks(change, asset, values)
    return change


def _change_state(change: Change, asset: Asset, values: dict[str, Any]) -> None:
    wanted = values.get("state", State.LENT if asset.state == State.LENT else "")
    if not wanted or (wanted == asset.state and wanted != State.LENT):
        return
    if asset.state == State.STOLEN:
        change.notes.append(_("Bleibt als gestohlen gemeldet."))
        return
    if wanted == State.STOLEN:
        change.faults.append((label_of("state"), _stolen_by_list()))
        return
    if wanted == State.FOUND:
        return
    lent_to, lent_until = values.get("lent_to", asset.lent_to), values.get("lent_until")
    if wanted == State.LENT and not lent_to and asset.state != State.LENT:
        change.faults.append((label_of("lent_to"), _lent_to_whom()))
        return
    is_offered = asset.state not in Asset.GONE and wanted in Asset.GONE
    if is_offered and asset.transfers.filter(state=Transfer.State.OFFERED).exists():
        change.faults.append(
            (label_of("state"), _("Er ist zur Übernahme angeboten. Ziehen Sie das Angebot zuerst zurück."))
        )
        return
    if wanted != asset.state:
        change.set("state", wanted, asset.get_state_display(), str(State(wanted).label))
    if wanted == State.LENT and lent_to != asset.lent_to:
        change.set("lent_to", lent_to, asset.lent_to, lent_to)
    until = datetime.date.fromisoformat(lent_until) if lent_until else asset.lent_until
    if wanted == State.LENT and until != asset.lent_until:
        change.set("lent_until", until, shown(asset.lent_until), shown(until))


def _change_marks(change: Change, asset: Asset, values: dict[str, Any]) -> None:
    there = {(mark.kind, mark.key): mark for mark in asset.marks.all()}
    for wanted in unique_marks(values):
        mark = there.get((wanted["kind"], key_of(wanted["kind"], wanted["text"])))
        if mark is None:
            change.new_marks.append(wanted)
            change.words.append((own_kind(wanted["kind"]), "", wanted["text"]))
            continue
        for part in PARTS:
            before = getattr(mark, part)
            after = (
                datetime.date.fromisoformat(wanted[part])
                if part == "marked_on" and part in wanted
                else wanted.get(part)
            )
            if after and after != before:
                change.marks.append((mark, part, after))
                change.words.append((f"{own_kind(mark.kind)}: {PARTS[part][0]}", shown(before), shown(after)))
    if len(there) + len(change.new_marks) > MOST_MARKS:
        change.faults.append(
            (_("Kennzeichen"), _("Mehr als %(most)d Kennzeichen gehen nicht.") % {"most": MOST_MARKS})
        )


def faults_of_new(row: Understood) -> list[tuple[str, str]]:
    state = row.values.get("state", "")
    if state == State.STOLEN:
        return [(label_of("state"), _stolen_by_list())]
    if state == State.LENT and not row.values.get("lent_to"):
        return [(label_of("lent_to"), _lent_to_whom())]
    return []


def unique_marks(values: dict[str, Any]) -> list[dict[str, str]]:
    return list(
        {
            (mark["kind"], key_of(mark["kind"], mark["text"])): mark for mark in values.get("marks", [])
        }.values()
    )


def shown_amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")


def _stolen_by_list() -> str:
    return _("Einen Diebstahl können Sie nicht einlesen. Melden Sie ihn bei Ihren Geräten.")


def _lent_to_whom() -> str:
    return _("Es fehlt, an wen es verliehen ist.")


def _named(thing: Asset) -> dict[str, str]:
    return {"thing": str(thing), "number": thing.own_number or thing.reference}


def _looks(name: str, make: str, model: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in (name, make, model))


def _mark_pairs(row: Understood) -> Iterable[tuple[str, str]]:
    return ((mark["kind"], key_of(mark["kind"], mark["text"])) for mark in row.marks)


def _mark_keys(row: Understood) -> set[str]:
    return {key for _kind, key in _mark_pairs(row)}


def _has_number(row: Understood) -> bool:
    return bool(row.marks or row.values.get("own_number") or row.values.get("reference"))


def _keys(row: Understood) -> list[tuple[str, ...]]:
    make = folded(row.values.get("make", ""))
    own = [("own", row.values["own_number"])] if row.values.get("own_number") else []
    return [*own, *((kind, key, make) for kind, key in _mark_pairs(row))]
