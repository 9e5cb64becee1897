// The search page: asks the static index that formats/search.py writes. No library, no markup
// from strings: every text goes through textContent. Words are folded as search_terms.py does it.

const LONGEST = 32;
const PREFIX = 3;
const SHOWN = 10;
const WAIT = 180;
const WEIGHTS = [8, 3, 1];
const UNFINISHED = 0.6;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SPECIAL = {
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
  "ħ": "h", "ı": "i", "ς": "σ", "\u0640": "",
};
const ACCENT = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
const DENSE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/** A text in lower case, without accents, anything but letters and digits as a space. */
function fold(text) {
  let folded = "";
  for (const character of text.normalize("NFC")) {
    let kept = "";
    for (const part of character.normalize("NFKD").toLowerCase()) {
      kept += ACCENT.test(part) ? "" : SPECIAL[part] ?? part;
    }
    folded += kept.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]/gu, " ");
  }
  return folded.normalize("NFC");
}

/** The words of a query: {term, prefix}. The last one may be unfinished, unless a space follows. */
function words(query) {
  const found = new Map();
  const add = (term, prefix) => found.set(term, { term, prefix: prefix && found.get(term)?.prefix !== false });
  const parts = fold(query).match(new RegExp(`${DENSE.source}+|(?:(?!${DENSE.source})[^ ])+`, "gu")) ?? [];
  const open = !/\s$/.test(query);
  parts.forEach((part, index) => {
    const letters = Array.from(part);
    if (!DENSE.test(part)) {
      const short = letters.length < PREFIX || letters.length > LONGEST;
      add(letters.slice(0, LONGEST).join(""), open && index === parts.length - 1 && !short);
    } else if (letters.length === 1) {
      add(part, true);
    } else {
      for (let at = 0; at + 1 < letters.length; at += 1) add(letters[at] + letters[at + 1], false);
    }
  });
  return [...found.values()];
}

/** FNV-1a over what decides the shard of a term. */
function spread(term) {
  const letters = Array.from(term);
  const start = letters.slice(0, DENSE.test(letters[0]) ? 1 : PREFIX);
  let hash = 0x811c9dc5;
  for (const letter of start) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Document numbers of a packed list, in a segment of `count`. */
function unpacked(packed, count) {
  const numbers = [];
  const inverse = packed.startsWith("!");
  let next = 0;
  let gap = 0;
  let shift = 1;
  for (const character of inverse ? packed.slice(1) : packed) {
    const value = ALPHABET.indexOf(character);
    gap += (value & 31) * shift;
    if (value & 32) {
      shift *= 32;
    } else {
      next += gap;
      numbers.push(next);
      next += 1;
      gap = 0;
      shift = 1;
    }
  }
  if (!inverse) return numbers;
  const without = new Set(numbers);
  return Array.from({ length: count }, (_, number) => number).filter((n) => !without.has(n));
}

/** Document -> score for one word in one shard: the best of its fields and endings. */
function scores(shard, word, count) {
  const found = new Map();
  for (const [term, packed] of Object.entries(shard)) {
    const whole = term === word.term;
    if (!whole && !(word.prefix && term.startsWith(word.term))) continue;
    packed.split("|").forEach((list, field) => {
      const score = WEIGHTS[field] * (whole ? 1 : UNFINISHED);
      for (const number of unpacked(list, count)) {
        if (score > (found.get(number) ?? 0)) found.set(number, score);
      }
    });
  }
  return found;
}

/** Of two maps of scores, the documents in both, with the sums. */
function both(one, other) {
  const found = new Map();
  for (const [number, score] of one) {
    if (other.has(number)) found.set(number, score + other.get(number));
  }
  return found;
}

class Index {
  constructor(root, segments, perFile) {
    this.root = `${root}/search/`;
    this.perFile = perFile;
    this.segments = segments.split(" ").filter(Boolean).map((text, at) => {
      const [count, buckets] = text.split("/").map(Number);
      return { number: at + 1, count, buckets };
    });
    this.files = new Map();
  }

  file(path) {
    if (!this.files.has(path)) {
      const loading = fetch(this.root + path).then((answer) => {
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer.json();
      });
      loading.catch(() => this.files.delete(path));
      this.files.set(path, loading);
    }
    return this.files.get(path);
  }

  /** Hits in all segments, best first, then newest: {segment, number, score}. */
  async hits(asked, filters) {
    const parts = await Promise.all(this.segments.map((segment) => this.inSegment(segment, asked, filters)));
    const found = parts.flat();
    found.sort((a, b) => b.score - a.score || b.segment - a.segment || b.number - a.number);
    return found;
  }

  async inSegment(segment, asked, filters) {
    const { number, count, buckets } = segment;
    const facets = filters.length ? this.file(`${number}/facets.json`) : null;
    const shards = asked.map((word) => this.file(`${number}/${spread(word.term) % buckets}.json`));
    let found = null;
    for (const [at, word] of asked.entries()) {
      const own = scores(await shards[at], word, count);
      found = found ? both(found, own) : own;
    }
    for (const [name, value] of filters) {
      const numbers = unpacked((await facets)[name][value] ?? "", count);
      const own = new Map(numbers.map((n) => [n, 0]));
      found = found ? both(found, own) : own;
    }
    return [...(found ?? [])].map(([n, score]) => ({ segment: number, number: n, score }));
  }

  async card(hit) {
    const cards = await this.file(`${hit.segment}/cards-${Math.floor(hit.number / this.perFile)}.json`);
    return cards[hit.number % this.perFile];
  }
}

class SearchPage {
  constructor(form, results) {
    this.form = form;
    this.texts = form.dataset;
    this.fields = ["q", "topic", "provider", "year"].map((name) => form.elements.namedItem(name));
    this.status = form.querySelector("[role=status]");
    this.results = results;
    this.list = results.querySelector("ol");
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.textContent = this.texts.more;
    this.index = new Index(this.texts.root, this.texts.segments, Number(this.texts.perFile));
    this.language = this.texts.language === "en" ? "en-GB" : this.texts.language;
    this.turn = 0;
    this.hits = [];
    this.next = 0;
  }

  start() {
    let timer = 0;
    const soon = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(), wait);
    };
    this.form.addEventListener("input", (event) => soon(event.target.name === "q" ? WAIT : 0));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      soon(0);
    });
    this.more.addEventListener("click", () => this.show(this.turn, true));
    this.form.hidden = false;
    this.restore();
    soon(0);
  }

  restore() {
    const asked = new URLSearchParams(location.search);
    for (const field of this.fields) {
      const value = asked.get(field.name) ?? "";
      field.value = value;
      // A value that is no longer on offer filters nothing.
      if (field.value !== value) field.value = "";
    }
  }

  remember() {
    const asked = new URLSearchParams();
    for (const field of this.fields) {
      if (field.value.trim()) asked.set(field.name, field.value);
    }
    const query = asked.toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  async search() {
    const turn = ++this.turn;
    this.remember();
    const [query, ...others] = this.fields;
    const asked = words(query.value);
    const filters = others.filter((field) => field.value).map((field) => [field.name, field.value]);
    if (!asked.length && !filters.length) {
      this.clear(query.value.trim() ? this.texts.none : "");
      return;
    }
    const late = setTimeout(() => this.say(this.texts.loading), 400);
    try {
      const hits = await this.index.hits(asked, filters);
      if (turn !== this.turn) return;
      this.hits = hits;
      this.next = 0;
      await this.show(turn, false);
    } catch {
      if (turn === this.turn) this.clear(this.texts.failed);
    } finally {
      clearTimeout(late);
    }
  }

  /** The next hits; `further` keeps those that are shown and moves on to the first new one. */
  async show(turn, further) {
    const chosen = this.hits.slice(this.next, this.next + SHOWN);
    let cards;
    try {
      cards = await Promise.all(chosen.map((hit) => this.index.card(hit)));
    } catch {
      if (turn === this.turn) this.say(this.texts.failed);
      return;
    }
    if (turn !== this.turn) return;
    if (!further) this.clear("");
    const items = cards.map((card) => this.item(card));
    this.list.append(...items);
    this.next += chosen.length;
    this.results.hidden = !this.hits.length;
    if (this.next < this.hits.length) this.results.append(this.more);
    else this.more.remove();
    const count = new Intl.NumberFormat(this.language).format(this.hits.length);
    this.say(this.hits.length ? this.texts.found.replace("{count}", count) : this.texts.none);
    if (further) items[0]?.querySelector("a")?.focus();
  }

  clear(message) {
    this.list.replaceChildren();
    this.more.remove();
    this.results.hidden = true;
    this.say(message);
  }

  say(message) {
    if (this.status.textContent !== message) this.status.textContent = message;
  }

  item(card) {
    const story = element("article", "card");
    const title = element("h3");
    title.append(this.link(card));
    story.append(title);
    const parts = [title];
    if (card.excerpt) {
      parts.push(element("p", "", card.excerpt));
      story.append(parts[1]);
    }
    for (const part of parts) {
      part.dir = "auto";
      if (card.language) part.lang = card.language;
    }
    story.append(this.meta(card));
    const item = element("li");
    item.append(story);
    return item;
  }

  link(card) {
    const away = /^https?:\/\//.test(card.url ?? "");
    if (!away && !card.url?.startsWith("/")) return element("span", "", card.title);
    const link = element("a", "", card.title);
    link.href = away ? card.url : this.texts.root + card.url;
    if (away) {
      link.rel = "external nofollow noopener";
      const host = new URL(card.url).hostname.replace(/^www\./, "");
      link.append(element("span", "leaves", ` ${this.texts.at.replace("{host}", host)}`));
    }
    return link;
  }

  meta(card) {
    const line = element("p", "meta");
    const add = (part) => line.append(...(line.childNodes.length ? [" · ", part] : [part]));
    if (card.provider) add(element("bdi", "", card.provider));
    if (card.day) {
      const form = new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeZone: "UTC" });
      const day = element("time", "", form.format(new Date(card.day)));
      day.dateTime = card.day;
      add(day);
    }
    if (card.topic) add(element("bdi", "", card.topic));
    return line;
  }
}

function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

const form = document.querySelector("form.search");
const results = document.querySelector(".results");
if (form && results) new SearchPage(form, results).start();
