// Shrinks chosen photos before sending; their place stays on the device. If it fails, the original is sent.
(() => {
  "use strict";

  const amount = (bytes) =>
    bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;

  const shrink = async (file, number) => {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    try {
      await image.decode();
      const scale = Math.min(1, 1600 / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(image.naturalWidth * scale);
      canvas.height = Math.ceil(image.naturalHeight * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
      return blob ? new File([blob], `foto-${number}.jpg`, { type: "image/jpeg" }) : file;
    } catch (error) {
      return file;
    } finally {
      URL.revokeObjectURL(image.src);
    }
  };

  const preview = (file, number) => {
    const item = document.createElement("li");
    const image = new Image(96);
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => image.remove();
    item.append(image, ` Foto ${number}, ${amount(file.size)}`);
    return item;
  };

  const connect = (input) => {
    const list = document.createElement("ul");
    list.className = "photo-previews";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    let work = null;

    const replace = async (chosen) => {
      const box = new DataTransfer();
      for (const [index, file] of chosen.entries()) {
        box.items.add(await shrink(file, index + 1));
      }
      if (work && work.chosen === chosen) input.files = box.files;
    };

    input.addEventListener("change", () => {
      const chosen = [...input.files];
      const max = Number(input.dataset.photoMax || 1);
      list.replaceChildren();
      work = null;
      input.setCustomValidity(chosen.length > max ? `Paling banyak ${max} foto.` : "");
      if (!chosen.length || chosen.length > max) return;
      const job = { chosen };
      work = job;
      job.done = replace(chosen)
        .catch(() => {})
        .then(() => {
          if (work !== job) return;
          work = null;
          list.replaceChildren(...[...input.files].map((file, index) => preview(file, index + 1)));
        });
    });

    const { form } = input;
    form.addEventListener("submit", (event) => {
      if (!work || !form.requestSubmit) return;
      event.preventDefault();
      work.done.then(() => form.requestSubmit(event.submitter));
    });
  };

  document.querySelectorAll("input[data-photo-shrink]").forEach(connect);
})();
