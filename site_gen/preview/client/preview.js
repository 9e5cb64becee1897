// Keeps this page as the last build has it. The server says which outputs changed; a page looks
// only when it, or something that it uses, is among them.

import { morph } from "./morph.js";
import { showHints } from "./hints.js";
import { hideGone, showGone, showProblems } from "./overlay.js";

const label = document.querySelector("script[data-site-gen]").dataset;
const own = { page: label.page, etag: label.etag, state: label.state };
const AGAIN = 500; // ms
let busy = false;
let again = false;

performance.setResourceTimingBufferSize(5000);
connect(received);

function connect(receive) {
  if (!window.SharedWorker) {
    new EventSource("/.site_gen/events").onmessage = ({ data }) => receive(JSON.parse(data));
    return;
  }
  const open = () => {
    const { port } = new SharedWorker(`/.site_gen/worker.js?${label.client}`);
    port.onmessage = ({ data }) => receive(data);
    addEventListener("pagehide", () => port.postMessage("gone"), { once: true });
  };
  open();
  addEventListener("pageshow", (event) => event.persisted && open());
}

function received(event) {
  if (event.client !== label.client) return location.reload();
  if ("hints" in event) showHints(event.hints, event.editor);
  if (!event.problems) return undefined; // hints alone: no page has changed
  showProblems(event.problems, event.editor);
  const missed = event.hello ? event.state !== own.state : event.all;
  const changed = new Set(event.changed);
  own.state = event.state;
  if (missed) {
    swapStyles(() => true);
    refresh();
  } else if (!event.hello) {
    if (usesOther(changed)) return location.reload();
    swapStyles((path) => changed.has(path));
    if (own.page === "" || changed.has(own.page) || event.removed.includes(own.page)) refresh();
  }
}

// The output path of a URL of ours, without its query; "" for all others.
function output(url) {
  const { origin, pathname } = new URL(url, location.href);
  if (origin !== location.origin || pathname.startsWith("/.site_gen/")) return "";
  const path = decodeURIComponent(pathname.slice(1));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

function styles(root) {
  return [...root.querySelectorAll('link[rel~="stylesheet"][href]')];
}

// Whether the page loaded something that changed, other than itself and its stylesheets.
function usesOther(changed) {
  const handled = new Set(["", own.page, output(location.href)]);
  for (const link of styles(document)) handled.add(output(link.href));
  const used = performance.getEntriesByType("resource").map((entry) => output(entry.name));
  const shown = [...document.querySelectorAll("[src]")].map((element) => output(element.src));
  return [...used, ...shown].some((path) => !handled.has(path) && changed.has(path));
}

function swapStyles(chosen) {
  for (const link of styles(document)) {
    const path = output(link.href);
    if (path && chosen(path)) swapStyle(link, `${link.href.split("?")[0]}?${own.state}`);
  }
}

// The new sheet stands before the old one goes, so that the page is never without.
function swapStyle(link, href) {
  const fresh = link.cloneNode();
  fresh.href = href;
  fresh.addEventListener("load", () => link.remove(), { once: true });
  fresh.addEventListener("error", () => link.remove(), { once: true });
  link.after(fresh);
}

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    await look();
  } catch {
    // The server is away, or this one answer was cut off: of that no event would tell.
    setTimeout(refresh, AGAIN);
  } finally {
    busy = false;
  }
  if (again) {
    again = false;
    refresh();
  }
}

async function look() {
  const address = location.pathname + location.search;
  const response = await fetch(address, { headers: { "If-None-Match": own.etag } });
  if (response.redirected) return location.replace(response.url);
  if (response.status === 304) return hideGone();
  if (response.status === 404 && own.page !== "") return showGone(own.page);
  const etag = response.headers.get("etag");
  if (etag === own.etag) return undefined;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const script = fresh.querySelector("script[data-site-gen]");
  if (!script || scripts(fresh) !== scripts(document)) return location.reload();
  Object.assign(own, { etag, page: script.dataset.page });
  hideGone();
  await keepStyles(fresh);
  become(fresh);
}

// What runs in a page; data blocks such as JSON-LD are morphed like any text.
function scripts(root) {
  const runs = (script) => /^$|module|importmap|script$/i.test(script.type);
  const found = [...root.querySelectorAll("script:not([data-site-gen])")].filter(runs);
  return found.map((script) => `${script.type} ${script.getAttribute("src")} ${script.text}`).join();
}

// Sheets that stay keep their element; new ones are loaded before the page changes under them.
async function keepStyles(fresh) {
  const have = new Map(styles(document).map((link) => [output(link.href), link]));
  const loading = [];
  for (const link of styles(fresh)) {
    const url = new URL(link.getAttribute("href"), location.href);
    const same = have.get(output(url));
    if (same && output(url)) {
      link.setAttribute("href", same.getAttribute("href"));
    } else {
      loading.push(loaded(link));
    }
  }
  await Promise.all(loading);
}

function loaded(link) {
  const early = document.importNode(link);
  const last = styles(document).at(-1); // beside its like: a sheet that moves is loaded again
  return new Promise((resolve) => {
    early.addEventListener("load", resolve, { once: true });
    early.addEventListener("error", resolve, { once: true });
    setTimeout(resolve, 1000);
    last ? last.after(early) : document.head.append(early);
  });
}

function become(fresh) {
  const root = document.documentElement;
  for (const name of root.getAttributeNames()) {
    if (!fresh.documentElement.hasAttribute(name)) root.removeAttribute(name);
  }
  for (const { name, value } of fresh.documentElement.attributes) root.setAttribute(name, value);
  morph(document.head, fresh.head);
  morph(document.body, fresh.body);
}
