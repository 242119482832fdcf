"""What is refused while somebody waits, from the first bytes alone."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from partnership.forms.photos import photos_field
from partnership.photos.judging import PhotoRefused, judge_photo
from tests.partnership.photos import hostile
from tests.partnership.photos.hostile import jpeg, picture, saved, upload

MEGABYTE = 1024 * 1024
NO_PHOTO = "kein Foto, das wir lesen können. Nehmen Sie JPEG, PNG oder WebP"
ACCEPTED = {
    "jpeg": jpeg(),
    "progressive": jpeg(progressive=True),
    "with much before the picture": hostile.with_place(),
    "png": saved(picture(), "PNG"),
    "webp": saved(picture(), "WEBP"),
    "webp without loss": saved(picture(), "WEBP", lossless=True),
    "webp that moves": hostile.animated("WEBP"),
}
REFUSED = [
    (b"", "ist leer"),
    (hostile.SVG, NO_PHOTO),
    (saved(picture(), "GIF"), NO_PHOTO),
    (b"%PDF-1.7 ...", NO_PHOTO),
    (b"<html><script>alert(1)</script>", NO_PHOTO),
    (b"\xff\xd8\xff", NO_PHOTO),
    (b"\xff\xd8\xff\xe0\x00\x01" + b"\xff" * 100, NO_PHOTO),
    (b"RIFF\0\0\0\0WEBPVP8 ", NO_PHOTO),
    (hostile.HEIC, "HEIC-Foto, wie es iPhones speichern"),
    (hostile.png_bomb(), "hat 50000 × 50000 Bildpunkte"),
    (jpeg() + b"\0" * 20 * MEGABYTE, "hat 21 MB"),
]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_photo_passes_whatever_it_is_called(name: str) -> None:
    photo = upload(ACCEPTED[name], "programm.exe")
    judge_photo(photo)
    assert photo.tell() == 0, "it is read again from its beginning"


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_what_is_no_photo_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(PhotoRefused, match=words):
        judge_photo(upload(content, "tuer.jpg"))


class PhotosForm(forms.Form):
    photos = photos_field("Fotos", most=2)


def sent(*uploads: SimpleUploadedFile) -> PhotosForm:
    return PhotosForm({}, MultiValueDict({"photos": list(uploads)}))  # type: ignore[arg-type]


def test_the_field_gives_all_photos() -> None:
    form = sent(upload(jpeg(), "a.jpg"), upload(jpeg(), "b.jpg"))
    assert form.is_valid()
    assert [photo.name for photo in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]


def test_no_photo_is_an_empty_list() -> None:
    form = sent()
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []


def test_the_field_names_each_file_that_does_not_fit() -> None:
    form = sent(upload(hostile.SVG, "a.svg"), upload(b"GIF89a", "b.gif"))
    assert [sentence[:7] for sentence in form.errors["photos"]] == ["„a.svg“", "„b.gif“"]


def test_the_field_counts() -> None:
    form = sent(*(upload(jpeg(), f"{number}.jpg") for number in range(3)))
    assert form.errors["photos"] == ["Das sind 3 Fotos. Senden Sie höchstens 2 auf einmal."]
