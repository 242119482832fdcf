"""Why two numbers may be one, in a sentence."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assetmarking.matching.aligning import Alignment, Cell, How
from assetmarking.matching.judging import EQUAL, MatchKind, Verdict

SCORES = {
    4: gettext_lazy("sehr wahrscheinlich"),
    3: gettext_lazy("wahrscheinlich"),
    2: gettext_lazy("möglich"),
    1: gettext_lazy("unwahrscheinlich"),
}
_NUMBERS = {2: gettext_lazy("zwei"), 3: gettext_lazy("drei"), 4: gettext_lazy("vier")}


def why(verdict: Verdict, *, is_reversed: bool, is_of_make: bool | None) -> str:
    sentences = [_main_sentence(verdict), *_slight_sentences(verdict)]
    if is_reversed:
        sentences.append(_("Die Bytes sind in umgekehrter Reihenfolge gelesen."))
    if is_of_make is not None and (not is_of_make or verdict.match not in EQUAL):
        sentences.append(_("Der Hersteller stimmt.") if is_of_make else _("Der Hersteller ist ein anderer."))
    return " ".join(sentence for sentence in sentences if sentence)


def _main_sentence(verdict: Verdict) -> str:
    cells = verdict.alignment.cells
    match verdict.match:
        case MatchKind.RAW:
            has_others = any(cell.asked != cell.recorded for cell in cells if cell.how is How.IGNORED)
            return (
                _("Zeichen für Zeichen gleich, bis auf die Trennzeichen.")
                if has_others
                else _("Zeichen für Zeichen gleich.")
            )
        case MatchKind.FOLDED:
            return _folded_sentence(verdict.alignment)
        case MatchKind.CONTAINED if verdict.inside == "recorded":
            return _("Ihre Eingabe steckt vollständig in einer längeren Nummer.")
        case MatchKind.CONTAINED:
            return _("Die erfasste Nummer steckt vollständig in Ihrer Eingabe.")
        case _:
            return _edits_sentence(verdict.alignment)


def _folded_sentence(alignment: Alignment) -> str:
    pairs = list(_confused(alignment.cells))
    if not pairs:
        return _("Gleich bis auf Nullen am Anfang von Zifferngruppen.")
    count = len(pairs)
    return ngettext(
        "Gleich bis auf ein Zeichen, das leicht verwechselt wird: %(pairs)s.",
        "Gleich bis auf %(count)s Zeichen, die leicht verwechselt werden: %(pairs)s.",
        count,
    ) % {"count": _NUMBERS.get(count, count), "pairs": _listed(pairs)}


def _slight_sentences(verdict: Verdict) -> Iterator[str]:
    pairs = list(_confused(verdict.alignment.cells))
    if verdict.match is not MatchKind.FOLDED and pairs:
        yield _("Dazu %(pairs)s, die leicht verwechselt werden.") % {"pairs": _listed(pairs)}
    if (verdict.match is not MatchKind.FOLDED or pairs) and _has_zeros(verdict.alignment.cells):
        yield _("Nullen am Anfang von Zifferngruppen zählen nicht.")


def _edits_sentence(alignment: Alignment) -> str:
    edits = list(_edits(alignment))
    kinds = {kind for kind, _what in edits}
    listed = ", ".join(what for _kind, what in edits)
    if kinds == {How.DIFFERS} and not alignment.swapped:
        return ngettext(
            "Ein Zeichen weicht ab: %(edits)s.", "Zwei Zeichen weichen ab: %(edits)s.", len(edits)
        ) % {"edits": listed}
    if len(edits) > 1:
        return _("Zwei Abweichungen: %(edits)s.") % {"edits": listed}
    return _("Eine Abweichung: %(edits)s.") % {"edits": listed}


def _edits(alignment: Alignment) -> Iterator[tuple[How, str]]:
    """Each edit in words."""
    cells = alignment.cells
    passed = -1
    for at, cell in enumerate(cells):
        if at <= passed:
            continue
        if at in alignment.swapped:
            passed = next(place for place in range(at + 1, len(cells)) if cells[place].how is How.DIFFERS)
            pair = {"one": cell.recorded, "other": cells[passed].recorded}
            yield cell.how, _("%(one)s und %(other)s stehen umgekehrt") % pair
        elif cell.how is How.DIFFERS:
            sides = {"recorded": cell.recorded, "asked": cell.asked}
            yield cell.how, _("%(recorded)s statt %(asked)s") % sides
        elif cell.how is How.ADDITIONAL:
            yield cell.how, _("%(recorded)s fehlt in Ihrer Eingabe") % {"recorded": cell.recorded}
        elif cell.how is How.MISSING:
            yield cell.how, _("%(asked)s ist nicht erfasst") % {"asked": cell.asked}


def _confused(cells: tuple[Cell, ...]) -> Iterator[tuple[str, str]]:
    """A W and two V are two cells and one confusion."""
    asked = recorded = ""
    for cell in cells:
        is_rest = cell.how is How.CONFUSABLE and not (cell.asked and cell.recorded)
        if asked and not is_rest:
            yield asked, recorded
            asked = recorded = ""
        if cell.how is How.CONFUSABLE:
            asked, recorded = asked + cell.asked, recorded + cell.recorded
    if asked:
        yield asked, recorded


def _listed(pairs: list[tuple[str, str]]) -> str:
    words = (_("%(asked)s und %(recorded)s") % {"asked": one, "recorded": other} for one, other in pairs)
    return ", ".join(dict.fromkeys(words))


def _has_zeros(cells: tuple[Cell, ...]) -> bool:
    return any(cell.how is How.IGNORED and (cell.asked + cell.recorded).isalnum() for cell in cells)
