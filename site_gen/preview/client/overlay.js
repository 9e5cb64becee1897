// What lies over a page: the problems of the last build, or that the page is gone. In a shadow
// root, with a constructed sheet, so that the page's own styles and its CSP do not meet it.

const CSS = `
  :host { all: initial; }
  section {
    position: fixed; inset: auto 1rem 1rem 1rem; z-index: 2147483647; max-height: 70vh;
    overflow: auto; margin: 0 auto; max-width: 56rem; padding: 1rem 1.25rem; border-radius: 6px;
    border-left: 6px solid #d9342b; background: #1d1b19; color: #f4f1ea;
    font: 15px/1.5 ui-sans-serif, system-ui, sans-serif; box-shadow: 0 6px 30px #0008;
  }
  section.gone { border-color: #d99a2b; }
  h2 { font-size: 1.05rem; margin: 0 2.5rem .5rem 0; }
  article { border-top: 1px solid #4a453f; padding: .6rem 0; }
  p { margin: .15rem 0; overflow-wrap: anywhere; }
  .place, pre { font: 13px/1.5 ui-monospace, monospace; }
  .place, .place a { color: #ffb4a8; }
  pre { margin: .3rem 0; overflow-x: auto; color: #e6dfd3; }
  .line, details > pre { white-space: pre-wrap; }
  .line { max-height: 4.5em; overflow-y: auto; }
  .help { color: #b9e0a5; }
  button {
    position: absolute; top: .7rem; right: .7rem; min-width: 28px; min-height: 28px;
    border: 0; border-radius: 4px; background: #3a3632; color: inherit; font: inherit;
    cursor: pointer;
  }
  button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid #ffb4a8; }
  details {
    position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; max-height: 70vh;
    max-width: min(40rem, calc(100vw - 2rem)); box-sizing: border-box; overflow: auto;
    border-radius: 6px; background: #1d1b19; color: #f4f1ea; padding: 0 1rem;
    font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; box-shadow: 0 3px 14px #0006;
  }
  summary { cursor: pointer; padding: .35rem 0; }
  @media print { details, section { display: none; } }
`;

let host = null;
let closed = "";

export function showProblems(problems, editor) {
  const errors = problems.filter((problem) => problem.severity === "error");
  const key = JSON.stringify(errors);
  if (!errors.length) closed = "";
  if (!errors.length || key === closed) return hide("problems");
  const count = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
  show("problems", `${count}. This is the last good page.`, errors.map((problem) => article(problem, editor)), () => {
    closed = key;
  });
}

export function showGone(page) {
  const text = element("p", "", "It comes back here by itself if it is built again.");
  show("gone", `This page is gone: /${page.replace(/index\.html$/, "")}`, [text], () => {});
}

export function hideGone() {
  hide("gone");
}

function show(kind, title, children, onClose) {
  hide(kind);
  const section = element("section", kind, "");
  section.setAttribute("role", "alert");
  const button = element("button", "", "×");
  button.setAttribute("aria-label", "Close");
  button.addEventListener("click", () => {
    onClose();
    hide(kind);
  });
  section.append(element("h2", "", title), ...children, button);
  lay(section);
}

// Puts an element over the page, whatever its styles.
export function lay(made) {
  host ??= makeHost();
  host.shadowRoot.append(made);
}

function hide(kind) {
  host?.shadowRoot.querySelector(`section.${kind}`)?.remove();
}

function makeHost() {
  const made = document.createElement("site-gen-overlay");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  made.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  document.documentElement.append(made);
  return made;
}

export function article(problem, editor) {
  const made = element("article", "", "");
  const grave = problem.severity === "error" ? "" : `${problem.severity}: `;
  made.append(element("p", "message", `${grave}${problem.message} [${problem.code}]`));
  for (const at of [problem, ...(problem.also ?? [])]) {
    if (at.path) made.append(place(at, editor));
  }
  if (problem.excerpt) {
    const caret = problem.column ? `\n${" ".repeat(problem.column - 1)}^` : "";
    made.append(element("pre", caret ? "" : "line", problem.excerpt + caret));
  }
  if (problem.help) made.append(element("p", "help", problem.help));
  return made;
}

// The file and line, which open in the editor where there is a way to it.
function place(at, editor) {
  const text = [at.path, at.line, at.column].filter(Boolean).join(":");
  if (!editor) return element("p", "place", text);
  const known = { path: encodeURI(at.path), line: at.line || 1, column: at.column || 1 };
  const link = element("a", "", text);
  link.href = editor.replace(/\{(path|line|column)\}/g, (_, name) => known[name]);
  const made = element("p", "place", "");
  made.append(link);
  return made;
}

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
