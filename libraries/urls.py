from __future__ import annotations

from django.urls import path

from libraries.exports import indicators_download
from libraries.views import cycle, desk, month, photos, registry, rollup, survey

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
