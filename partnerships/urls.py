from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from partnerships import agreement_urls, facilitation_urls, meeting_urls
from partnerships.views import agreements, directory, experience, guide, proposing, running, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("rapat/", include(meeting_urls.urlpatterns)),
    path("perjanjian/", include(agreement_urls.urlpatterns)),
    path("", directory.partnership_list, name="partnership_list"),
    *facilitation_urls.urlpatterns,
    path("panduan/", guide.guide, name="guide"),
    path("kewajiban/", guide.obligation_list, name="obligation_list"),
    path("dasar-hukum/<int:pk>/", guide.legal_basis, name="legal_basis"),
    path("dasar-hukum/<int:pk>/berkas/", guide.legal_paper, name="legal_paper"),
    path("keahlian/", experience.expertise_list, name="expertise_list"),
    path("keahlian/<int:pk>/", experience.expertise_detail, name="expertise_detail"),
    path("keahlian/<int:pk>/rekam-jejak/", experience.record_create, name="record_create"),
    path("keahlian/<int:pk>/bukti/", experience.evidence_create, name="evidence_create"),
    path("keahlian/<int:pk>/bukti/<uuid:document_id>/", experience.evidence_file, name="evidence_file"),
    path("saya/", proposing.own_partnerships, name="own_partnerships"),
    path("lembaga/<int:pk>/usulkan/", proposing.institution_propose, name="institution_propose"),
    path("lembaga/<int:pk>/perjanjian/", agreements.agreement_create_institution, name="agreement_create_institution"),
    path("lembaga/<int:pk>/keahlian/", experience.institution_expertise, name="institution_expertise"),
    path("<slug:public_id>/setuju/", running.partnership_confirm, name="partnership_confirm"),
    path("<slug:public_id>/surat-persetujuan/", agreements.partnership_paper, name="partnership_paper"),
    path("<slug:public_id>/ubah/", proposing.terms_edit, name="terms_edit"),
    path("<slug:public_id>/akhiri/", running.partnership_end, name="partnership_end"),
    path("<slug:public_id>/jadwal/", running.forum_move, name="forum_move"),
    path("<slug:public_id>/daftar-hadir/", sessions.forum_sheet, name="forum_sheet"),
    path("<slug:public_id>/pertemuan/", sessions.session_create, name="session_create"),
    path("<slug:public_id>/pertemuan/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("<slug:public_id>/pertemuan/<int:pk>/peserta/", sessions.attendees_edit, name="attendees_edit"),
    path("<slug:public_id>/peserta/<int:pk>/hapus/", sessions.attendee_remove, name="attendee_remove"),
    path("<slug:public_id>/evaluasi/", running.evaluation_create, name="evaluation_create"),
    path("<slug:public_id>/perjanjian/baru/", agreements.agreement_create, name="agreement_create"),
    path("<slug:public_id>/", directory.partnership_detail, name="partnership_detail"),  # last: it takes the rest
]

# Below a KIM's own address: what a higher app shows of a lower object.
kim_patterns = [
    path("<slug:slug>/kemitraan/", directory.kim_partnerships, name="kim_partnerships"),
    path("<slug:slug>/kemitraan/usulkan/", proposing.kim_propose, name="kim_propose"),
    path("<slug:slug>/kemitraan/perjanjian/", agreements.agreement_create_kim, name="agreement_create_kim"),
    path("<slug:slug>/kemitraan/keahlian/", experience.kim_expertise, name="kim_expertise"),
]
