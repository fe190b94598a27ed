{% load static %}/* Shows a page of ours while there is no signal. It never touches a POST and keeps no page but that one:
   reports, receipts, accounts and the admin pass through to the network and are never stored. */
const OFFLINE = "{% url 'pages:offline' %}";
const KEPT = [OFFLINE, "{% static 'css/site.css' %}", "{% static 'img/kawung.svg' %}"];
const CACHE = "luring:" + KEPT.join(" ");

self.addEventListener("install", (event) => {
  const requests = KEPT.map((url) => new Request(url, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("luring:") && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreVary: true })));
  }
});
