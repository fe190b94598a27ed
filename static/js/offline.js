/* Registers the service worker named by <script data-worker="..."> once the page has come to rest. */
(() => {
  const { worker } = document.currentScript.dataset;
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
})();
