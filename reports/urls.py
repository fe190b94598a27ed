from django.urls import path

from reports.exports import report_export, report_open_data
from reports.feeds import report_feed
from reports.views import filing, paper, passed_up, photos, public, tracking

urlpatterns = [
    path("baru/", filing.report_create, name="report_create"),
    path("baru/untuk-warga/", paper.neighbour_create, name="neighbour_create"),
    path("baru/untuk-warga/tanda-terima/", paper.neighbour_receipt, name="neighbour_receipt"),
    path("formulir/", paper.paper_form, name="paper_form"),
    path("tanda-terima/", filing.receipt, name="receipt"),
    path("tanda-terima/simpan.txt", filing.receipt_text, name="receipt_text"),
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
    path("", public.report_list, name="report_list"),
    path("statistik/", public.report_statistics, name="report_statistics"),
    path("unduh.csv", report_export, name="report_export"),
    path("data.csv", report_open_data, name="report_open_data"),
    path("umpan/", report_feed, name="report_feed"),
    path("<str:public_id>/", public.report_detail, name="report_detail"),  # last: it takes what no other one took
]

# Below a KIM's own address: what a higher app shows of a lower object.
kim_patterns = [path("<slug:slug>/laporan/", passed_up.kim_reports, name="kim_reports")]
