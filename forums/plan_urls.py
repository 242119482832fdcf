"""Series that are due, the education plan, and numbers."""

from django.urls import path

from forums.views import plan, series

urlpatterns = [
    path("reihen/", series.series, name="series"),
    path("reihen/neu/", series.new, name="series_new"),
    path("reihen/<int:pk>/", series.edit, name="series_edit"),
    path("reihen/<int:pk>/beenden/", series.end, name="series_end"),
    path("reihen/<int:pk>/aufnehmen/", series.resume, name="series_resume"),
    path("bildungsplan/", plan.plan, name="plan"),
    path("bildungsplan.csv", plan.plan_file, {"suffix": "csv"}, name="plan_csv"),
    path("bildungsplan.xlsx", plan.plan_file, {"suffix": "xlsx"}, name="plan_xlsx"),
    path("bildungsplan/neu/", plan.goal_new, name="goal_new"),
    path("bildungsplan/uebernehmen/", plan.take_over, name="plan_take_over"),
    path("bildungsplan/<int:pk>/", plan.goal_edit, name="goal_edit"),
    path("bildungsplan/<int:pk>/streichen/", plan.goal_remove, name="goal_remove"),
    path("zahlen/", plan.numbers, name="numbers"),
    path("zahlen.csv", plan.numbers_file, {"suffix": "csv"}, name="numbers_csv"),
    path("zahlen.xlsx", plan.numbers_file, {"suffix": "xlsx"}, name="numbers_xlsx"),
]
