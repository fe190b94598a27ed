from django.urls import path, register_converter

from kimportal.pages import areas, site_files, views

register_converter(areas.AreaCodeConverter, "area_code")

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("tentang/", views.about, name="about"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("luring/", views.offline, name="offline"),
    path("wilayah/", areas.area_list, name="area_list"),
    path("wilayah/<area_code:code>/", areas.area_detail, name="area_detail"),
    path("sw.js", site_files.service_worker, name="service_worker"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path("robots.txt", site_files.robots, name="robots"),
    path("sitemap.xml", site_files.sitemap, name="sitemap"),
]
