// A grid of days: arrows and Enter go from cell to cell, a block from a worksheet is pasted, a day is filled down.
// The form works without this file; every cell is an ordinary field.

const grid = document.querySelector("[data-use-grid]");
const says = grid?.querySelector("[data-grid-status]");
let current;
let changed = Boolean(grid?.querySelector(".error-summary"));

const rows = () => [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("[data-cell]")]);

function placeOf(cell) {
  const all = rows();
  const row = all.findIndex((cells) => cells.includes(cell));
  return { all, row, column: all[row].indexOf(cell) };
}

function go(cell, down, right) {
  const { all, row, column } = placeOf(cell);
  const next = all[row + down]?.[column + right];
  next?.focus();
  next?.select();
  return Boolean(next);
}

function put(cell, text) {
  if (cell.value === text) return;
  cell.value = text;
  cell.classList.add("is-changed");
  changed = true;
}

// At the edge of the text an arrow leaves the cell; inside it moves the caret.
function moves(event, cell) {
  const atStart = cell.selectionEnd === 0 || cell.selectionEnd - cell.selectionStart === cell.value.length;
  const atEnd = cell.selectionStart === cell.value.length || cell.selectionEnd - cell.selectionStart === cell.value.length;
  if (event.key === "ArrowUp") return [-1, 0];
  if (event.key === "ArrowDown" || event.key === "Enter") return [event.shiftKey && event.key === "Enter" ? -1 : 1, 0];
  if (event.key === "ArrowLeft" && atStart) return [0, -1];
  if (event.key === "ArrowRight" && atEnd) return [0, 1];
  return null;
}

function pasted(cell, text) {
  const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  if (block.length === 1 && block[0].length === 1) return false;
  const { all, row, column } = placeOf(cell);
  const wide = Math.max(...block.map((line) => line.length));
  if (row + block.length > all.length || column + wide > all[row].length) {
    tell(`${grid.dataset.tooWide} (${block.length} × ${wide})`, true);
    return true;
  }
  block.forEach((line, down) => line.forEach((day, right) => put(all[row + down][column + right], day.trim())));
  tell(`${block.length * wide} ${grid.dataset.pasted}`);
  return true;
}

function tell(text, isFault = false) {
  says.textContent = text;
  says.classList.toggle("visually-hidden", !isFault);
  says.classList.toggle("use-error", isFault);
}

grid?.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-cell]")) current = event.target;
});

grid?.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-cell]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = moves(event, event.target);
  if (!step) return;
  // Enter on the last row stays: saving is the button's.
  event.preventDefault();
  go(event.target, ...step);
});

grid?.addEventListener("paste", (event) => {
  if (!event.target.matches("[data-cell]")) return;
  if (pasted(event.target, event.clipboardData.getData("text/plain"))) event.preventDefault();
});

grid?.addEventListener("input", (event) => {
  if (event.target.matches("[data-cell]")) event.target.classList.add("is-changed");
  changed = true;
});

grid?.querySelector("[data-fill-down]").addEventListener("click", () => {
  if (!current) return;
  const { all, row, column } = placeOf(current);
  const empty = all.slice(row + 1).map((cells) => cells[column]).filter((cell) => cell.value === "");
  for (const cell of empty) put(cell, current.value);
  tell(`${empty.length} ${grid.dataset.filled}`);
  current.focus();
});

addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

grid?.addEventListener("submit", (event) => {
  if (grid.dataset.sent) event.preventDefault();
  grid.dataset.sent = "1";
  changed = false;
});

addEventListener("pageshow", () => delete grid?.dataset.sent);
