from django.urls import path

from kimportal.pages import site_files, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("tentang/", views.about, name="about"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("luring/", views.offline, name="offline"),
    path("sw.js", site_files.service_worker, name="service_worker"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path("robots.txt", site_files.robots, name="robots"),
    path("sitemap.xml", site_files.sitemap, name="sitemap"),
]
