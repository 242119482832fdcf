"""What a search has found, as it is stored and logged: which thing, in which state, how alike, why."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from assetmarking.matching.finding import Hit
from assetmarking.models import Asset, Search


class StoredHit(TypedDict):
    """`state` is the thing's when it was searched for; `cells` are asked, recorded and `aligning.How`."""

    asset: int
    mark: int
    state: str
    score: int
    why: str
    cells: list[list[str]]


class StoredNumber(TypedDict):
    text: str
    hits: list[StoredHit]


def stored(numbers: Sequence[str], hits: Mapping[str, Sequence[Hit]]) -> list[StoredNumber]:
    return [{"text": text, "hits": [stored_hit(hit) for hit in hits[text]]} for text in numbers]


def stored_hit(hit: Hit) -> StoredHit:
    return {
        "asset": hit.mark.asset_id,
        "mark": hit.mark.pk,
        "state": hit.mark.asset.state,
        "score": hit.score,
        "why": hit.why,
        "cells": [[cell.asked, cell.recorded, str(cell.how)] for cell in hit.cells],
    }


def found_words(numbers: Sequence[str], hits: Mapping[str, Sequence[Hit]]) -> str:
    """For the log: '4471: G-7K2M9PX (als gestohlen gemeldet), G-2A4B6CD (in Gebrauch)'."""
    return "; ".join(
        f"{text}: {', '.join(thing_words(hit.mark.asset) for hit in hits[text])}"
        for text in numbers
        if hits[text]
    )


def thing_words(asset: Asset) -> str:
    return f"{asset.reference} ({asset.get_state_display()})"


def assets_in(search: Search) -> set[int]:
    return {hit["asset"] for number in search.found for hit in number["hits"]}
