// The switch between chart and table, remembered for this reader. On a small screen the table comes first,
// unless the figure has a list of its own for that width, or is one there (goals).

const KEY = "weergave";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function first(figure) {
  const small = matchMedia("(max-width: 759.98px)").matches;
  return small && !figure.querySelector(".figure-narrow, .goals") ? "table" : "chart";
}

function remember(view) {
  try {
    localStorage.setItem(KEY, view);
  } catch {
    // Private window: the choice lasts as long as the page.
  }
}

function show(figure, view) {
  figure.classList.toggle("shows-table", view === "table");
  for (const button of figure.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  figure.dispatchEvent(new CustomEvent("view", { detail: view, bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (!button) return;
  remember(button.dataset.view);
  show(button.closest("[data-figure]"), button.dataset.view);
});

// Words in a bar of our own drawings are left out where they do not fit; the table has them. All are measured before
// the first is left out, and a drawing that the browser leaves for later is measured when it comes near.
function fitWords(around = document) {
  const drawn = [...around.querySelectorAll(".bar-text")].filter((words) => words.checkVisibility({ contentVisibilityAuto: true }));
  const wide = drawn.map((words) => {
    const bar = words.previousElementSibling.getBBox().width;
    return bar > 0 && words.getBBox().width > bar - 4;
  });
  drawn.forEach((words, index) => words.classList.toggle("too-long", wide[index]));
}

// A table that turns out wider than its box can be scrolled with the keyboard.
function openWideTables() {
  for (const box of document.querySelectorAll(".table-box:not([role=region])")) {
    const wide = box.scrollWidth > box.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", box.querySelector("caption")?.textContent ?? ""]]) {
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  }
}

function fit() {
  fitWords();
  openWideTables();
}

document.addEventListener("view", fit);
addEventListener("resize", fit);
matchMedia("print").addEventListener("change", () => fitWords());
document.addEventListener("contentvisibilityautostatechange", (event) => fitWords(event.target));

for (const figure of document.querySelectorAll("[data-figure]")) {
  if (figure.querySelector("[data-view]")) show(figure, remembered() ?? first(figure));
}
fit();
