/* [data-area-notice data-url] in a form says, once an area is chosen, what the server has to say about it. */
(() => {
  for (const notice of document.querySelectorAll("[data-area-notice]")) {
    notice.closest("form").addEventListener("area-chosen", async (event) => {
      notice.textContent = "";
      notice.className = "";
      try {
        const answer = await fetch(`${notice.dataset.url}?area=${encodeURIComponent(event.detail)}`);
        const { text } = await answer.json();
        notice.textContent = text;
        notice.className = text ? "notice notice-error" : "";
      } catch { /* the server says the same when the form is sent */ }
    });
  }
})();
