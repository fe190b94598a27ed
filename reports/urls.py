from django.urls import path

from reports.views import filing, photos, tracking

app_name = "reports"
urlpatterns = [
    path("baru/", filing.report_create, name="report_create"),
    path("tanda-terima/", filing.receipt, name="receipt"),
    path("tanda-terima/foto/", filing.receipt_photo, name="receipt_photo"),
    path("tujuan/", filing.office, name="office"),
    path("tutup/", filing.receipt_forget, name="receipt_forget"),
    path("lacak/", tracking.report_track, name="report_track"),
    path("status/", tracking.report_status, name="report_status"),
    path("status/balas/", tracking.report_reply, name="report_reply"),
    path("kode-hilang/", tracking.code_lost, name="code_lost"),
    path("kode-baru/<str:token>/", tracking.code_new, name="code_new"),
    path("foto/<uuid:image_id>/<str:size>.jpg", photos.photo, name="photo"),
    path("saya/", tracking.own_reports, name="own_reports"),
    path("saya/<str:public_id>/", tracking.report_status, name="own_report"),
    path("saya/<str:public_id>/balas/", tracking.report_reply, name="own_report_reply"),
]
