/* <form data-autosave="address"> sends its answers there, without files, when the person pauses or leaves a field.
   [data-autosave-status] inside says when they were kept. Without a signal it says so, and tries again later. */
(() => {
  const PAUSE = 2500;
  const RETRY = 20000;

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const status = form.querySelector("[data-autosave-status]");
    let timer = 0;
    let kept = "";

    const answers = () => {
      const words = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") words.append(name, value);
      return words.toString();
    };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(keep, wait); };

    async function keep() {
      clearTimeout(timer);
      const now = answers();
      if (now === kept) return;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new URLSearchParams(now),
          redirect: "error",
          keepalive: now.length < 60000,
        });
        if (!answer.ok) throw new Error("not kept");
        kept = now;
        const time = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
        status.textContent = `Tersimpan pukul ${time}.`;
      } catch {
        status.textContent = "Belum tersimpan: sinyal putus. Jangan tutup halaman ini; dicoba lagi sendiri.";
        later(RETRY);
      }
    }

    kept = answers();
    form.addEventListener("input", () => later(PAUSE));
    form.addEventListener("change", () => later(200));
    form.addEventListener("submit", () => { kept = answers(); clearTimeout(timer); });
    window.addEventListener("online", keep);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  }
})();
