// The report form: the location button, the identity that "Anonim" closes, and whether the chosen area is served.
(() => {
  const form = document.querySelector("form[enctype]");
  const field = (name) => form.elements[name];

  const place = form.querySelector("[data-locate]");
  if (place && "geolocation" in navigator && window.isSecureContext) {
    const status = place.querySelector("[data-locate-status]");
    place.hidden = false;
    place.querySelector("[data-locate-button]").addEventListener("click", () => {
      status.textContent = "Mencari lokasi…";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field("latitude").value = coords.latitude.toFixed(6);
          field("longitude").value = coords.longitude.toFixed(6);
          status.textContent = "Lokasi tercatat. Hanya petugas yang melihatnya.";
        },
        () => { status.textContent = "Lokasi tidak didapat. Cukup tulis patokan."; },
        { timeout: 15000, maximumAge: 60000 },
      );
    });
  }

  const anonymous = field("is_anonymous");
  const identity = form.querySelector("[data-identity]");
  const close = () => { identity.hidden = identity.disabled = anonymous.checked; };
  anonymous.addEventListener("change", close);
  close();

  const notice = form.querySelector("[data-office-notice]");
  form.addEventListener("area-chosen", async (event) => {
    notice.textContent = "";
    try {
      const answer = await fetch(`${notice.dataset.url}?area=${encodeURIComponent(event.detail)}`);
      const { text } = await answer.json();
      notice.textContent = text;
      notice.className = text ? "notice notice-error" : "";
    } catch { /* the server says the same when the form is sent */ }
  });
})();
