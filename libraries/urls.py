from __future__ import annotations

from django.urls import path

from libraries.exports import indicators_download
from libraries.views import (
    cycle,
    desk,
    month,
    photos,
    plan,
    plan_parts,
    plan_steps,
    registry,
    rollup,
    survey,
)

app_name = "libraries"
urlpatterns = [
    path("", registry.library_list, name="library_list"),
    path("kelola/", desk.own_libraries, name="own_libraries"),
    path("indikator/", rollup.indicators, name="indicators"),
    path("indikator/<str:code>/", rollup.indicators, name="indicators_area"),
    path("indikator/<str:code>/unduh.csv", indicators_download, name="indicators_download"),
    path("indikator/<str:code>/belum-melapor/", rollup.missing, name="missing"),
    path("siklus/", cycle.information_cycle, name="information_cycle"),
    path("<slug:slug>/", registry.library_detail, name="library_detail"),
    path("<slug:slug>/kelola/", desk.desk, name="desk"),
    path("<slug:slug>/kelola/profil/", desk.library_edit, name="library_edit"),
    path("<slug:slug>/kelola/target/<int:year>/", desk.target_edit, name="target_edit"),
    path("<slug:slug>/kelola/riwayat/", desk.library_history, name="library_history"),
    path("<slug:slug>/kelola/lembar-hitung/", registry.tally_sheet, name="tally_sheet"),
    path("<slug:slug>/rencana/", plan.plan_list, name="plan_list"),
    path("<slug:slug>/rencana/<int:year>/", plan.plan_detail, name="plan_detail"),
    path("<slug:slug>/kelola/rencana/", plan_steps.plan_desk, name="plan_desk"),
    path("<slug:slug>/kelola/rencana/<int:year>/", plan_steps.plan_board, name="plan_board"),
    path("<slug:slug>/kelola/rencana/<int:year>/tetapkan/", plan_steps.plan_adopt, name="plan_adopt"),
    path("<slug:slug>/kelola/rencana/<int:year>/buka/", plan_steps.plan_reopen, name="plan_reopen"),
    path("<slug:slug>/kelola/rencana/<int:year>/rancangan/", plan_parts.plan_edit, name="plan_edit"),
    path("<slug:slug>/kelola/rencana/<int:year>/tujuan/<str:kind>/", plan_parts.goal_edit, name="goal_edit"),
    path("<slug:slug>/kelola/rencana/<int:year>/kegiatan/", plan_parts.planned_create, name="planned_create"),
    path("<slug:slug>/kelola/rencana/<int:year>/kegiatan/<int:pk>/", plan_parts.planned_edit, name="planned_edit"),
    path(
        "<slug:slug>/kelola/rencana/<int:year>/kegiatan/<int:pk>/hapus/",
        plan_parts.planned_remove,
        name="planned_remove",
    ),
    path("<slug:slug>/kliping/<int:pk>/", month.clipping_scan, name="clipping_scan"),
    path("<slug:slug>/kelola/bulan/<str:month>/", month.month_edit, name="month_edit"),
    path("<slug:slug>/kelola/bulan/<str:month>/terima/", month.month_accept, name="month_accept"),
    path("<slug:slug>/foto/<uuid:image_id>/<str:size>/", photos.library_photo, name="library_photo"),
    path("<slug:slug>/kelola/foto/", photos.library_photos, name="library_photos"),
    path("<slug:slug>/kelola/foto/<int:pk>/hapus/", photos.photo_remove, name="photo_remove"),
    path("<slug:slug>/survei/", survey.survey, name="survey"),
    path("<slug:slug>/kelola/survei/cetak/", survey.survey_sheet, name="survey_sheet"),
    path("<slug:slug>/kelola/survei/<str:month>/", survey.survey_paper, name="survey_paper"),
]
