// What a check found in the edition that goes out next, folded up in a corner: its scorecard, and
// each hint with its file and line.

import { article, element, lay } from "./overlay.js";

const OPEN = "site_gen hints";
let details = null;

export function showHints(hints, editor) {
  if (!hints) {
    details?.remove();
    details = null;
    return;
  }
  details ??= made();
  details.replaceChildren(
    element("summary", "", `${hints.edition || "so far"}: ${hints.told}`),
    element("pre", "", hints.summary.join("\n")),
    ...hints.findings.map((finding) => article(finding, editor)),
    ...(hints.more ? [element("p", "", `${hints.more} more: site-gen check --edition open`)] : []),
  );
}

// Whether it is open is remembered from page to page, as long as the tab lives.
function made() {
  const panel = document.createElement("details");
  panel.open = remembered() === "yes";
  panel.addEventListener("toggle", () => remember(panel.open ? "yes" : "no"));
  lay(panel);
  return panel;
}

function remembered() {
  try {
    return sessionStorage.getItem(OPEN);
  } catch {
    return null; // a browser may forbid it
  }
}

function remember(value) {
  try {
    sessionStorage.setItem(OPEN, value);
  } catch {
    // then it is folded up on the next page
  }
}
