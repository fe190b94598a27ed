from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("data-saya/", views.my_data, name="my_data"),
    path("data-saya/salinan/", views.data_copy, name="data_copy"),
    path("data-saya/persetujuan/<int:pk>/tarik/", views.consent_withdraw, name="consent_withdraw"),
    path("permintaan-data/", views.data_request, name="data_request"),
    path("permintaan-data/terkirim/", views.data_request_sent, name="data_request_sent"),
    path("permintaan-data/<str:token>/", views.data_request_confirm, name="data_request_confirm"),
    path("undangan/<str:token>/", views.invitation, name="invitation"),
]
