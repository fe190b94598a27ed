/* <button data-copy="id" hidden> copies the text of #id, or without an id that of [data-copy-source], and says so.
   <button data-print hidden> prints the page. Both stay hidden where the browser cannot do it. */
(() => {
  const copy = async (button, source) => {
    const words = button.textContent;
    await navigator.clipboard.writeText(("value" in source ? source.value : source.textContent).trim());
    button.textContent = "Tersalin";
    setTimeout(() => { button.textContent = words; }, 3000);
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.querySelector(button.dataset.copy ? `#${button.dataset.copy}` : "[data-copy-source]");
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, source));
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
