"""What may be material is said by its content, and what may not gets a sentence."""

import pytest

from forums.materials.judging import judge_file
from partnership.judged_files import FileRefused
from tests.forums.materials.files import ACCEPTED, REFUSED
from tests.partnership.photos.hostile import upload


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_is_what_it_contains_whatever_it_is_called(name: str) -> None:
    content, kind = ACCEPTED[name]
    file = upload(content, "programm.exe")
    assert judge_file(file) == kind
    assert file.tell() == 0, "it is read again from its beginning"


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_be_no_material_is_refused_with_a_sentence(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(FileRefused, match=words) as refused:
        judge_file(upload(content, "vortrag.pdf"))
    assert "vortrag.pdf" in refused.value.sentence


def test_a_long_name_is_cut_in_the_sentence() -> None:
    with pytest.raises(FileRefused) as refused:
        judge_file(upload(b"x", "a" * 150 + ".pdf"))
    assert len(refused.value.sentence) < 200
