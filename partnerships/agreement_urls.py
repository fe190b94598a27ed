"""Addresses below /kemitraan/perjanjian/."""

from django.urls import path

from partnerships.views import agreement_parties, agreements

urlpatterns = [
    path("", agreements.agreement_own, name="agreement_own"),
    path("<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("<int:pk>/ubah/", agreements.agreement_edit, name="agreement_edit"),
    path("<int:pk>/pihak/", agreement_parties.agreement_parties, name="agreement_parties"),
    path("<int:pk>/susun/", agreements.agreement_draft, name="agreement_draft"),
    path("<int:pk>/tanda-tangan/", agreements.agreement_sign, name="agreement_sign"),
    path("<int:pk>/akhiri/", agreements.agreement_end, name="agreement_end"),
    path("<int:pk>/naskah/", agreements.agreement_print, name="agreement_print"),
    path("<int:pk>/naskah.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path("<int:pk>/berkas/", agreements.agreement_file, name="agreement_file"),
]
