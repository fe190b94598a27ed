"""Take the README's pictures: the home page on a phone, the officer's queue on a desk.

Starts the portal on a database of its own with the demo's data; nothing of var/ is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PORT = int(os.environ.get("PORT", "8765"))
ADDRESS = f"http://127.0.0.1:{PORT}"
sys.path.insert(0, str(ROOT))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


def manage(*arguments: str, **environment: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, env={**os.environ, **environment})


def wait_until_up() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2)  # an address on this machine
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("Portal tidak menjawab.")


def take(browser: Browser) -> None:
    import django

    django.setup()
    from kimportal.demo.people import PASSWORD  # needs Django, so only here

    phone = browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    phone.goto(ADDRESS)
    phone.screenshot(path=HERE / "home-phone.png")
    desk = browser.new_page(viewport={"width": 1280, "height": 800})
    desk.goto(f"{ADDRESS}/admin/reports/report/")
    desk.fill("[name=login]", "petugas.limapuluhkota@contoh.invalid")
    desk.fill("[name=password]", PASSWORD)
    desk.click("main button")
    desk.wait_for_url("**/admin/reports/report/**")
    desk.screenshot(path=HERE / "queue.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"VAR_DIR": folder, "SITE_URL": ADDRESS}
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="kimportal.settings")
        manage("migrate", "-v0")
        manage("load_regions")
        manage("seed_demo")
        server = subprocess.Popen([sys.executable, "manage.py", "runserver", "--noreload", str(PORT)], cwd=ROOT)
        try:
            wait_until_up()
            with sync_playwright() as play:
                options = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
                browser = play.chromium.launch(executable_path=CHROMIUM, args=options)
                take(browser)
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
