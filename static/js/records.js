// Forms of records: rows come and go without a reload, leaving asks first, and what would change shows beside the form.
// Every form works without this file: a button adds a row, a tick removes one, another shows what changes.

const form = document.querySelector("[data-record-form]");
const says = form.querySelector("[data-form-status]");
let changed = Boolean(form.querySelector(".error-summary"));
let waiting;

// --- rows ------------------------------------------------------------------------------------------------------------

function addRow(button) {
  const list = button.closest("[data-rows]");
  const place = Number(list.dataset.next ?? nextPlace(button.value));
  list.dataset.next = place + 1;
  const row = parsed(pattern(list, button.value).replaceAll(list.dataset.rows, place)).querySelector("[data-row]");
  const legend = row.querySelector(":scope > legend");
  const number = list.querySelectorAll(":scope > [data-row]").length + 1;
  if (list.dataset.many) legend.append(` ${number}`);
  button.before(row);
  if (!list.dataset.many) button.hidden = true;
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  says.textContent = `${form.dataset.status}: ${legend.textContent}`;
  touch();
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

// An empty row of a list, its place still a mark. A list inside a row has no template of its own: the one in the
// template of the list around it serves every row. `milestones-3-moves` lies in row 3 of `milestones`.
function pattern(list, name) {
  const own = list.querySelector(":scope > template");
  if (own) return own.innerHTML;
  const [, around, place, last] = name.match(/^(.*)-(\d+)-(\w+)$/);
  const outer = list.parentElement.closest("[data-rows]");
  const inner = parsed(pattern(outer, around)).querySelector(`[data-row-add][value$="-${last}"]`);
  return inner.parentElement.querySelector(":scope > template").innerHTML.replaceAll(outer.dataset.rows, place);
}

// A place that no row of the list has: names are `list-3-field`.
function nextPlace(name) {
  const start = `${name}-`;
  const places = [...form.elements]
    .filter((control) => control.name?.startsWith(start))
    .map((control) => Number.parseInt(control.name.slice(start.length), 10));
  return Math.max(-1, ...places.filter(Number.isInteger)) + 1;
}

function dropRow(button) {
  const row = button.closest("[data-row]");
  const add = row.parentElement.querySelector(":scope > [data-row-add]");
  row.remove();
  if (add) {
    add.hidden = false;
    add.focus();
  }
  touch();
}

form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-row-add]");
  if (add) {
    event.preventDefault();
    addRow(add);
    return;
  }
  const away = event.target.closest("[data-row-away]");
  if (away) dropRow(away);
});

// --- leaving ---------------------------------------------------------------------------------------------------------

addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  // A form on its way is not sent again.
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  changed = false;
  // Back from what follows opens the form anew: what came back with errors can't be asked for a second time.
  if (!event.defaultPrevented && form.querySelector(".error-summary")) history.replaceState(null, "", location.href);
});

// Back from the next page: the form can be sent anew.
addEventListener("pageshow", () => delete form.dataset.sent);

// --- what would change -----------------------------------------------------------------------------------------------

const card = document.querySelector("[data-turns]");
let asking;

function touch() {
  changed = true;
  clearTimeout(waiting);
  waiting = setTimeout(ask, 600);
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  body.set("_check", "1");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Wat-Verandert": "1" },
      signal: asking.signal,
    });
    const kind = answer.headers.get("Content-Type") ?? "";
    if (answer.ok && !answer.redirected && kind.startsWith("text/html")) card.innerHTML = await answer.text();
  } catch {
    // No answer: the card keeps what it said, and the button that saves is still there.
  }
}

form.addEventListener("input", touch);
form.addEventListener("change", touch);

// --- files -----------------------------------------------------------------------------------------------------------

// A file that the server would refuse for its size is not sent at all.
form.addEventListener("change", (event) => {
  const chosen = event.target;
  if (chosen.type !== "file") return;
  const field = chosen.closest(".field");
  field.querySelector("[data-file-error]")?.remove();
  if (!chosen.files[0] || chosen.files[0].size <= Number(chosen.dataset.most)) return;
  chosen.value = "";
  const told = document.createElement("p");
  told.className = "field-error";
  told.dataset.fileError = "";
  told.setAttribute("role", "alert");
  told.textContent = chosen.dataset.tooLarge;
  chosen.before(told);
});

// A piece with a file or a link is more than a word: it shows the fact, unless the person says otherwise.
function showsIt(row) {
  if (!row || row.dataset.said || row.querySelector(":scope > [name$='-_number']")) return;
  const shown = row.querySelector("[name$='-strength'][value=shown]");
  if (shown) shown.checked = true;
}

for (const link of form.querySelectorAll("[name$='-link'], [name$='-_held']")) {
  // It came back with a form that was sent: the person has seen what it says.
  if (link.value) link.closest("[data-row]").dataset.said = "1";
}

form.addEventListener("change", (event) => {
  const { name = "", value, files } = event.target;
  const row = event.target.closest("[data-row]");
  if (/evidence-\d+-strength$/.test(name)) row.dataset.said = "1";
  else if (/evidence-\d+-(link|_file)$/.test(name) && (files ? files.length : value)) showsIt(row);
});
