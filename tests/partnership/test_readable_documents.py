"""What we print passes PDF/UA-1: the brochure and the checklist to take along."""

import pytest

from consultations.checklists.printing import print_checklist
from partnership.documents import pdf_of
from partnership.publications.printing import render_edition
from partnership.publications.template import chapters_to_begin_with
from tests.consultations.checklist_steps import make_draft as make_checklist
from tests.partnership.publications.steps import make_draft
from tests.pdf_ua import faults_of_pdf
from tests.personas import World


def test_a_picture_without_words_is_found() -> None:
    page = '<html lang="de"><head><title>Blatt</title></head><body><h1>Blatt</h1>{}</body></html>'
    picture = "<img src='static:/img/brochure/door.svg'{}>"
    assert any("FIGURE" in fault for fault in faults_of_pdf(pdf_of(page.format(picture.format("")))))
    assert faults_of_pdf(pdf_of(page.format(picture.format(" alt='Eine Tür'")))) == []


@pytest.mark.django_db
def test_the_brochure(world: World) -> None:
    assert faults_of_pdf(render_edition(make_draft(world, chapters=chapters_to_begin_with()))) == []


@pytest.mark.django_db
def test_the_checklist(world: World) -> None:
    assert faults_of_pdf(print_checklist(make_checklist(world))) == []
