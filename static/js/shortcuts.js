// Keyboard shortcuts. Whatever carries data-shortcut="g p" is followed or opened by those keys.
// They never work while typing and can be switched off on the page Sneltoetsen.

const KEY = "sneltoetsen";
const WAIT = 1200;

let typed = "";
let timer;

function enabled() {
  try {
    return localStorage.getItem(KEY) !== "uit";
  } catch {
    return true;
  }
}

function isTyping(element) {
  return Boolean(element?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));
}

function use(element) {
  const details = element.closest("summary")?.parentElement;
  if (!details) return element.click();
  details.open = true;
  (details.querySelector("input:not([type=hidden])") ?? element).focus();
}

function find(keys) {
  return document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
}

document.addEventListener("keydown", (event) => {
  if (!enabled() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key.length !== 1 || event.key === " ") return;
  const key = event.key.toLowerCase();
  const element = find(`${typed} ${key}`.trim()) ?? find(key);
  clearTimeout(timer);
  typed = element ? "" : key;
  timer = setTimeout(() => (typed = ""), WAIT);
  if (!element) return;
  event.preventDefault();
  use(element);
});

// The box on the page Sneltoetsen.
const box = document.querySelector("[data-shortcuts-switch]");
if (box) {
  box.checked = enabled();
  box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "aan" : "uit"));
}
