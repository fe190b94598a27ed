/* <button data-copy-text="id" hidden>Salin</button> copies the text of #id (or a field's value) and says so. */
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy-text]")) {
    const source = document.getElementById(button.dataset.copyText);
    if (!source) continue;
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(("value" in source ? source.value : source.textContent).trim());
      button.textContent = "Tersalin";
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  }
})();
