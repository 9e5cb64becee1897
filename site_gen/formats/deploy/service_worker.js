"use strict";
// What was read stays readable without a network. The network is always asked first, so that
// nothing is ever old; what it gave is kept, the newest two hundred answers.
const MOST = 200;

if (self.document) {
  if (location.protocol === "https:") navigator.serviceWorker?.register(document.currentScript.src);
} else {
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && new URL(request.url).origin === location.origin) {
      event.respondWith(answer(event, request));
    }
  });
}

async function answer(event, request) {
  const cache = await caches.open(`read ${self.registration.scope}`);
  try {
    const found = await fetch(request);
    if (found.status === 200 && found.type === "basic") {
      event.waitUntil(keep(cache, request, found.clone()));
    }
    return found;
  } catch (error) {
    const home = request.mode === "navigate" ? self.registration.scope : request;
    const kept = (await cache.match(request)) ?? (await cache.match(home));
    if (kept) return kept;
    throw error;
  }
}

async function keep(cache, request, found) {
  try {
    await cache.put(request, found);
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, -MOST).map((old) => cache.delete(old)));
  } catch {
    // A full disk: what was kept before stays.
  }
}
