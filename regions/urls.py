from django.urls import path

from regions import views

app_name = "regions"
urlpatterns = [
    path("cari/", views.area_search, name="area_search"),
]
