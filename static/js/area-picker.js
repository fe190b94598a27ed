// A text box that suggests areas while one types (WAI-ARIA combobox with a listbox). Without it the server looks the
// words up when the form is sent. The last choice is kept in this browser only, as a suggestion for an empty box.
(() => {
  const SHORTEST = 3;
  const PAUSE = 200; // milliseconds after the last key
  const KEPT = "wilayah-terakhir";

  const element = (tag, attributes, text) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    if (text) made.textContent = text;
    return made;
  };
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEPT)) || {}; } catch (error) { return {}; }
  };
  const keep = (level, area) => {
    try { localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [level]: area })); } catch (error) { /* private mode */ }
  };

  const enhance = (picker) => {
    const box = picker.querySelector("input[type=text]");
    const code = picker.querySelector("input[type=hidden]");
    const { url, level } = picker.dataset;
    const list = element("ul", { id: `${box.id}_list`, role: "listbox", "aria-label": "Wilayah yang cocok", hidden: "" });
    const status = element("div", { role: "status", class: "area-status" });
    let areas = [];
    let active = -1;
    let timer;
    let request;

    const close = () => {
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const mark = (index) => {
      active = index;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      if (index < 0) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    };

    const show = (found, words) => {
      areas = found;
      list.replaceChildren(...areas.map((area, index) => {
        const option = element("li", { id: `${box.id}_option_${index}`, role: "option", "aria-selected": "false" });
        option.append(element("strong", {}, area.name), element("span", {}, area.full_name.slice(area.name.length + 2)));
        return option;
      }));
      status.textContent = words;
      close();
      list.hidden = !areas.length;
      box.setAttribute("aria-expanded", String(areas.length > 0));
    };

    const choose = (area) => {
      box.value = area.full_name;
      code.value = area.code;
      keep(level, area);
      picker.querySelectorAll(".area-choices").forEach((choices) => choices.remove());
      status.textContent = `Dipilih: ${area.full_name}`;
      close();
      code.dispatchEvent(new CustomEvent("area-chosen", { bubbles: true, detail: area.code }));
    };

    const say = ({ areas: found, has_more: hasMore }) => {
      if (!found.length) return "Tidak ada yang cocok. Periksa ejaannya, atau tulis nama kecamatannya.";
      return hasMore ? "20 pilihan teratas. Persempit pencarian dengan nama kecamatan." : `${found.length} pilihan.`;
    };

    const search = async () => {
      const words = box.value.trim();
      if (request) request.abort();
      if (words.length < SHORTEST) return show([], "");
      request = new AbortController();
      try {
        const address = `${url}?${new URLSearchParams({ q: words, level })}`;
        const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: request.signal });
        if (!answer.ok) throw new Error(answer.status);
        const found = await answer.json();
        if (document.activeElement === box && !code.value) show(found.areas, say(found));
      } catch (error) {
        if (error.name !== "AbortError") show([], "Daftar tidak dapat diambil. Tulis saja namanya; dicari saat dikirim.");
      }
    };

    const suggestLast = () => {
      const last = kept()[level];
      if (!box.value && last && last.code && last.full_name) show([last], "Pilihan terakhir Anda.");
    };

    const keys = {
      ArrowDown: () => (list.hidden ? search() : mark((active + 1) % areas.length)),
      ArrowUp: () => list.hidden || mark(active <= 0 ? areas.length - 1 : active - 1),
      Escape: () => {
        if (!list.hidden) return close();
        box.value = code.value = "";
        return undefined;
      },
      Enter: () => choose(areas[active]),
    };

    box.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.isComposing || (event.key === "Enter" && (list.hidden || active < 0))) return;
      event.preventDefault();
      keys[event.key]();
    });
    box.addEventListener("input", () => {
      code.value = "";
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    });
    box.addEventListener("focus", suggestLast);
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(areas[[...list.children].indexOf(option)]);
    });

    Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    }).forEach(([name, value]) => box.setAttribute(name, value));
    box.after(list, status);
  };

  document.querySelectorAll("[data-area-picker]").forEach(enhance);
})();
