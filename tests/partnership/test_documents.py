"""PDFs: static files are all that a document may name."""

import pytest

from partnership.documents import NothingFromOutside, pdf_of

PAGE = '<!doctype html><html lang="de"><head><title>Blatt</title></head><body>{}</body></html>'


def test_a_document_with_our_own_font() -> None:
    font = "static:/kern/fonts/fira-sans/FiraSans-Regular.woff2"
    style = f"<style>@font-face {{ font-family: F; src: url({font}); }} p {{ font-family: F; }}</style>"
    with_font, without = (pdf_of(PAGE.format(f"{part}<p>Grüße</p>")) for part in (style, ""))
    assert with_font.startswith(b"%PDF-1.7")
    assert with_font != without


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "file:///etc/hostname",
        "static:/../pyproject.toml",
        "static:/gibt/es/nicht.png",
    ],
)
def test_a_document_fetches_nothing_else(address: str) -> None:
    with pytest.raises(NothingFromOutside, match="no static file"):
        pdf_of(PAGE.format(f'<p><img alt="x" src="{address}"></p>'))
