// The QR of a receipt holds the code behind "#", which no server sees. Put it in the field and wipe it from the address.
(() => {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  const field = document.querySelector("[data-track] [name=code]");
  if (field && /^[0-9A-Za-z-]{16,24}$/.test(code)) field.value = code;
})();
