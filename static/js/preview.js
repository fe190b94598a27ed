/* [data-preview-button] shows the server's preview in [data-preview] without leaving the page; photos stay here. */
(() => {
  const button = document.querySelector("[data-preview-button]");
  const place = document.querySelector("[data-preview]");
  if (!button || !place) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const answers = new FormData(button.form);
    for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
    answers.set(button.name, button.value);
    try {
      const answer = await fetch(location.href, { method: "POST", body: answers });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.querySelector("[data-preview]").childNodes);
      place.querySelector("h2").focus();
    } catch (error) {
      const form = button.form;
      const action = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(action);
      form.submit();
    }
  });
})();
