// The switch between chart and table, remembered for this reader. Without script both are there: the table always.

const KEY = "weergave";

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "chart";
  } catch {
    return "chart";
  }
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

for (const figure of document.querySelectorAll("[data-figure]")) {
  if (figure.querySelector("[data-view]")) show(figure, remembered());
}
