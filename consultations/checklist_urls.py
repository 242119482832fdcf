"""The checklist of on-site visits; `workplace_urls` takes it into its namespace."""

from django.urls import path

from consultations.views import checklist_parts, checklists

ROOT = "besuche/checkliste/"

urlpatterns = [
    path(ROOT, checklists.checklist_list, name="checklists"),
    path(f"{ROOT}<int:pk>/", checklists.checklist, name="checklist"),
    path(f"{ROOT}<int:pk>/checkliste.pdf", checklists.checklist_pdf, name="checklist_pdf"),
    path(f"{ROOT}<int:pk>/pruefen/", checklists.sign_off, name="checklist_sign_off"),
    path(f"{ROOT}<int:pk>/in-kraft-setzen/", checklists.put_in_force, name="checklist_put_in_force"),
    path(f"{ROOT}<int:pk>/verwerfen/", checklists.discard, name="checklist_discard"),
    path(f"{ROOT}vorlage/<int:police_pk>/", checklists.adopt, name="checklist_adopt"),
    path(f"{ROOT}entwurf/<int:police_pk>/", checklists.begin, name="checklist_begin"),
]
for word, kind in checklist_parts.WORDS.items():
    given = {"kind": kind}
    urlpatterns += [
        path(f"{ROOT}{word}/neu/<int:parent_pk>/", checklist_parts.add, given, name=f"checklist_{kind}_new"),
        path(f"{ROOT}{word}/<int:pk>/", checklist_parts.change, given, name=f"checklist_{kind}"),
        path(
            f"{ROOT}{word}/<int:pk>/entfernen/",
            checklist_parts.remove,
            given,
            name=f"checklist_{kind}_remove",
        ),
    ]
    if kind != "wording":  # which are in the order of their priority
        urlpatterns.append(
            path(
                f"{ROOT}{word}/<int:pk>/verschieben/",
                checklist_parts.move,
                given,
                name=f"checklist_{kind}_move",
            )
        )
