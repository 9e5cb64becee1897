// Makes one element like another, keeping every node that can stay: with the node stay its
// focus, its scroll position, what was typed into it and whether it was opened.

const KEPT = { DETAILS: ["open"], DIALOG: ["open"] };

export function morph(old, fresh) {
  const focused = document.activeElement;
  const selection = remembered(focused);
  morphNode(old, fresh);
  if (focused && focused !== document.activeElement && focused.isConnected) {
    focused.focus({ preventScroll: true });
    if (selection) focused.setSelectionRange(...selection);
  }
}

function remembered(element) {
  try {
    const { selectionStart, selectionEnd, selectionDirection } = element;
    return selectionStart == null ? null : [selectionStart, selectionEnd, selectionDirection];
  } catch {
    return null; // some inputs have no selection
  }
}

function morphNode(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  morphAttributes(old, fresh);
  morphChildren(old, fresh);
}

function morphAttributes(old, fresh) {
  const kept = KEPT[old.tagName] ?? [];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  }
}

function morphChildren(old, fresh) {
  const pool = [...old.childNodes];
  const wanted = [...fresh.childNodes];
  const match = new Map();
  const free = new Set(pool);
  const pair = (to, from) => {
    match.set(to, from);
    free.delete(from);
  };
  trim(pool, wanted, pair);
  trim(pool.reverse(), wanted.reverse(), pair);
  pool.reverse();
  wanted.reverse();
  matchBy(wanted, pool, (node) => node.id || null, pair, free, match);
  matchBy(wanted, pool, (node) => node.outerHTML || null, pair, free, match);
  matchBy(wanted, pool, kind, pair, free, match);
  for (const node of free) node.remove();
  place(old, [...fresh.childNodes], match);
}

// Pairs the equal nodes with which both lists begin, and takes them out of both.
function trim(pool, wanted, pair) {
  let count = 0;
  while (count < pool.length && count < wanted.length && pool[count].isEqualNode(wanted[count])) {
    pair(wanted[count], pool[count]);
    count += 1;
  }
  pool.splice(0, count);
  wanted.splice(0, count);
}

function matchBy(wanted, pool, key, pair, free, match) {
  const found = new Map();
  for (const node of pool) {
    const name = free.has(node) && key(node);
    if (name) found.set(name, [...(found.get(name) ?? []), node]);
  }
  for (const node of wanted) {
    const name = !match.has(node) && key(node);
    const from = name && found.get(name)?.shift();
    if (from) pair(node, from);
  }
}

// Nodes of one kind may become each other; one with an id never becomes another's.
function kind(node) {
  return node.id ? null : `${node.nodeType} ${node.nodeName} ${node.getAttribute?.("name") ?? ""}`;
}

function place(parent, wanted, match) {
  let cursor = parent.firstChild;
  for (const node of wanted) {
    const from = match.get(node);
    if (from === undefined) {
      parent.insertBefore(document.importNode(node, true), cursor);
    } else if (from === cursor) {
      cursor = cursor.nextSibling;
    } else {
      parent.insertBefore(from, cursor);
    }
    if (from !== undefined) morphNode(from, node);
  }
}
