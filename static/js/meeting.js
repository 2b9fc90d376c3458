// The meeting on the big screen. Every form works without this file. With it a save waits on the page for its answer,
// what is typed stays in the browser until it is kept, and every few seconds the page asks what others changed.

const EVERY = 2500;
const meeting = document.querySelector("[data-meeting]");
const says = meeting.querySelector("[data-meeting-says]");
const forms = [...meeting.querySelectorAll("form[data-save]")];
const told = meeting.dataset;
let version = Number(told.version);
let pauses;
let isLost = false;

function say(text, lost = false) {
  says.textContent = text;
  says.classList.toggle("is-lost", lost);
}

// --- what is typed, until it is kept ---------------------------------------------------------------------------------

const FIXED = new Set(["csrf_token", "seen", "stap"]);
const keyOf = (form) => `${told.key}:${form.dataset.save}`;

function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !FIXED.has(name)));
}

function remember(form, isSent) {
  form.dataset.touched = "1";
  try {
    const held = { values: valuesOf(form), seen: form.elements.seen?.value, isSent };
    localStorage.setItem(keyOf(form), JSON.stringify(held));
  } catch {
    // A browser that keeps nothing loses only what this page could not save.
  }
}

function remembered(form) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  } catch {
    return null;
  }
}

function forget(form) {
  delete form.dataset.touched;
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // nothing was kept
  }
}

function fill(form, values) {
  for (const control of form.elements) {
    if (!control.name || FIXED.has(control.name) || !(control.name in values)) continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === values[control.name];
    else if (control.type !== "hidden" && control.type !== "submit") control.value = values[control.name] ?? "";
  }
}

// --- saving ----------------------------------------------------------------------------------------------------------

async function send(form) {
  remember(form, true);
  const body = new URLSearchParams(new FormData(form));
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    lost();
    return false;
  }
  if (!answer.headers.get("Content-Type")?.includes("application/json")) {
    if (answer.status >= 500) lost();
    else form.submit();
    return false;
  }
  return taken(form, answer.status, await answer.json());
}

function taken(form, status, told) {
  const wasLost = isLost;
  isLost = false;
  if (status !== 200) {
    remember(form, false);
    trouble(form, told);
    return false;
  }
  forget(form);
  trouble(form, null);
  // Before anything else moves: this form was read with what it saved itself.
  if (form.elements.seen) form.elements.seen.value = told.version;
  if (form.dataset.after === "reload") {
    location.reload();
    return true;
  }
  show(told);
  say(wasLost ? meeting.dataset.back : told.text);
  return true;
}

function lost() {
  isLost = true;
  say(told.lost, true);
}

function trouble(form, told) {
  const box = form.querySelector("[data-trouble]");
  if (!box) {
    if (told) say(told.text, true);
    return;
  }
  box.hidden = !told;
  if (!told) return;
  box.querySelector("[data-trouble-text]").textContent = told.text;
  const line = box.querySelector("[data-theirs-line]");
  const theirs = told.theirs;
  line.hidden = !theirs;
  line.nextElementSibling.hidden = !theirs;
  if (theirs) {
    const said = [theirs.agreed ?? theirs.not_assessed_reason ?? theirs.done_on ?? theirs.result, theirs.note ?? theirs.reason];
    box.querySelector("[data-theirs]").textContent = said.filter(Boolean).join("; ") || "–";
    form.elements.seen.value = told.seen;
    remember(form, false);
  }
  box.focus();
}

for (const form of forms) {
  form.addEventListener("input", () => remember(form, false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const isKept = await send(form);
    if (isKept && form.closest("[data-topic]")) step(1);
  });
  const held = remembered(form);
  if (!held) continue;
  fill(form, held.values);
  if (held.seen && form.elements.seen) form.elements.seen.value = held.seen;
  form.dataset.touched = "1";
  if (held.isSent) send(form);
  else say(told.kept);
}

addEventListener("online", () => resend());

function resend() {
  for (const form of forms) if (remembered(form)?.isSent) send(form);
}

// --- what others changed ---------------------------------------------------------------------------------------------

function show(stand) {
  version = Math.max(version, stand.version ?? 0);
  for (const [key, now] of Object.entries(stand.topics ?? {})) showTopic(key, now);
  const sub = document.querySelector("[data-step-sub='3']");
  if (sub && stand.summary) sub.textContent = stand.summary;
}

function showTopic(key, now) {
  const topic = meeting.querySelector(`[data-topic="${CSS.escape(key)}"]`);
  if (!topic) return;
  const shown = topic.querySelector("[data-shown]");
  shown.textContent = now.shown;
  shown.className = now.is_number ? "score" : "meta";
  const form = topic.querySelector("form[data-save]");
  // What somebody is typing here stays; saving it then tells of the newer one.
  if (!form || form.dataset.touched) return;
  fill(form, now);
  form.elements.seen.value = version;
}

async function ask() {
  try {
    const answer = await fetch(`${told.stand}?na=${version}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || !answer.headers.get("Content-Type")?.includes("application/json")) return;
    const stand = await answer.json();
    if (isLost) {
      isLost = false;
      say(told.back);
      resend();
    }
    if (pauses !== undefined && pauses !== stand.pauses) say(told.reload);
    pauses = stand.pauses;
    if (stand.version <= version) return;
    show(stand);
    say(told.moved);
  } catch {
    lost();
  }
}

setInterval(ask, EVERY);
ask();

// --- topics by keyboard ----------------------------------------------------------------------------------------------

const topics = [...meeting.querySelectorAll("[data-topic]")];
const opened = () => topics.findIndex((topic) => topic.classList.contains("is-open"));

function open(place) {
  topics.forEach((topic, index) => {
    topic.classList.toggle("is-open", index === place);
    topic.querySelector("[data-body]").hidden = index !== place;
    topic.querySelector("[data-open]").setAttribute("aria-expanded", String(index === place));
  });
  const topic = topics[place];
  topic.querySelector("[data-open]").focus({ preventScroll: true });
  topic.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const place = opened() + by;
  if (place >= 0 && place < topics.length) open(place);
}

topics.forEach((topic, place) => {
  topic.querySelector("[data-open]").addEventListener("click", (event) => {
    event.preventDefault();
    open(place);
  });
});

function enabled() {
  try {
    return localStorage.getItem("sneltoetsen") !== "uit";
  } catch {
    return true;
  }
}

function isTyping(element) {
  return Boolean(element?.closest("input:not([type=radio], [type=checkbox]), textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (!topics.length || !enabled() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    event.preventDefault();
    step(key === "j" ? 1 : -1);
  } else if (/^[1-5]$/.test(key)) {
    const radio = topics[opened()]?.querySelector(`input[name=agreed][value="${key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    remember(radio.form, false);
  }
});
