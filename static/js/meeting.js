// The meeting on the big screen. Every form works without this file. With it a save waits on the page for its answer,
// what is typed stays in the browser until it is kept, and every few seconds the page asks what others changed.

const EVERY = 2500;
const meeting = document.querySelector("[data-meeting]");
const says = meeting.querySelector("[data-meeting-says]");
const told = meeting.dataset;
let version = Number(told.version);
let pauses;
let isLost = false;

function say(text, lost = false) {
  says.textContent = text;
  says.classList.toggle("is-lost", lost);
}

const formsIn = (place) => place.querySelectorAll("form[data-save]");

// --- what is typed, until it is kept ---------------------------------------------------------------------------------

const FIXED = new Set(["csrf_token", "seen", "stap", "was"]);
const typed = new Map();
const keyOf = (form) => `${told.key}:${form.dataset.save}`;

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function remembered(form) {
  return typed.get(keyOf(form)) ?? stored(keyOf(form));
}

// `sent`: the whole of what is on its way, so that any step of the meeting can send it again.
function remember(form, sent = null) {
  const values = [...new FormData(form)].filter(([name]) => !FIXED.has(name));
  const held = { values, seen: form.elements.seen?.value, action: form.action, sent };
  typed.set(keyOf(form), held);
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(held));
  } catch {
    // A browser that keeps nothing loses only what this page could not save.
  }
}

function forget(key) {
  typed.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

function fill(form, values) {
  const given = new Map();
  for (const [name, value] of values) given.set(name, [...(given.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || FIXED.has(control.name)) continue;
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = Boolean(given.get(control.name)?.includes(control.value));
    } else if (!["hidden", "submit"].includes(control.type) && given.has(control.name)) {
      control.value = given.get(control.name)[0] ?? "";
    }
  }
}

// What was typed in forms that came anew from the server stands there again, with the version it was typed over.
function restore(place) {
  let found = false;
  for (const form of formsIn(place)) {
    const held = remembered(form);
    if (!held) continue;
    typed.set(keyOf(form), held);
    fill(form, held.values);
    if (held.seen && form.elements.seen) form.elements.seen.value = held.seen;
    const folded = form.closest("details");
    if (folded) folded.open = true;
    found = true;
  }
  return found;
}

// --- saving ----------------------------------------------------------------------------------------------------------

async function post(action, body) {
  const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
  const isJson = answer.headers.get("Content-Type")?.includes("application/json");
  if (!isJson && answer.status >= 500) throw new Error("away");
  return { status: answer.status, body: isJson ? await answer.json() : null };
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  remember(form, body.toString());
  let answer;
  try {
    answer = await post(form.action, body);
  } catch {
    lost();
    return false;
  }
  if (!answer.body) {
    form.submit();
    return false;
  }
  return taken(form, answer.status, answer.body);
}

function taken(form, status, body) {
  const wasLost = isLost;
  isLost = false;
  if (status !== 200) {
    remember(form);
    trouble(form, body);
    return false;
  }
  forget(keyOf(form));
  trouble(form, null);
  // Before anything else moves: this form was read with what it saved itself.
  if (form.elements.seen) form.elements.seen.value = body.version;
  show(body);
  say(wasLost ? told.back : body.text);
  if (document.activeElement?.form === form) document.activeElement.blur();
  refresh();
  return true;
}

function lost() {
  isLost = true;
  say(told.lost, true);
}

function trouble(form, body) {
  const box = form.querySelector("[data-trouble]");
  if (!box) {
    if (body) say(body.text, true);
    return;
  }
  box.hidden = !body;
  if (!body) return;
  box.querySelector("[data-trouble-text]").textContent = body.text;
  const line = box.querySelector("[data-theirs-line]");
  const theirs = body.theirs;
  line.hidden = !theirs;
  line.nextElementSibling.hidden = !theirs;
  if (theirs) {
    const said = [theirs.agreed ?? theirs.not_assessed_reason ?? theirs.done_on ?? theirs.result, theirs.note ?? theirs.reason];
    box.querySelector("[data-theirs]").textContent = said.filter(Boolean).join("; ") || "–";
    form.elements.seen.value = body.seen;
    remember(form);
  }
  box.focus();
}

meeting.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-save]");
  if (form) remember(form);
});

meeting.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-save]");
  if (!form) return;
  event.preventDefault();
  const isKept = await send(form);
  if (isKept && form.closest("[data-topic]")) step(1);
});

// Sends again what was on its way when the connection was lost, also what was typed at another step.
async function resend() {
  const here = new Map([...formsIn(meeting)].map((form) => [keyOf(form), form]));
  for (const key of kept()) {
    const held = typed.get(key) ?? stored(key);
    const form = here.get(key);
    if (!held?.sent) continue;
    if (form) await send(form);
    else await sendElsewhere(key, held);
  }
}

function kept() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${told.key}:`));
  } catch {
    return [...typed.keys()];
  }
}

async function sendElsewhere(key, held) {
  const body = new URLSearchParams(held.sent);
  body.set("csrf_token", meeting.querySelector("[name=csrf_token]")?.value ?? "");
  try {
    const answer = await post(held.action, body);
    if (answer.status === 200 && answer.body) {
      forget(key);
      show(answer.body);
      say(answer.body.text);
      refresh();
    } else {
      say(told.elsewhere, true);
    }
  } catch {
    lost();
  }
}

addEventListener("online", resend);

// --- what others changed ---------------------------------------------------------------------------------------------

function show(stand) {
  version = Math.max(version, stand.version ?? 0);
  for (const [key, now] of Object.entries(stand.topics ?? {})) showTopic(key, now);
}

function showTopic(key, now) {
  const topic = meeting.querySelector(`[data-topic="${CSS.escape(key)}"]`);
  if (!topic) return;
  const shown = topic.querySelector("[data-shown]");
  shown.textContent = now.shown;
  shown.className = now.is_number ? "score" : "topic-state";
  if (now.is_answered) topic.querySelector(".topic-now")?.remove();
  const form = topic.querySelector("form[data-save]");
  // What somebody is typing here stays; saving it then tells of the newer one.
  if (!form || typed.has(keyOf(form))) return;
  fill(form, Object.entries({ agreed: now.agreed, reden: now.reden, note: now.note }));
  form.elements.seen.value = version;
}

let isStale = false;

// Brings every part of the page up to date, but the one that somebody types in: that one follows when he is done.
async function refresh() {
  isStale = false;
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return;
  }
  for (const part of document.querySelectorAll("[data-part]")) {
    const newer = fresh.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (newer) renew(part, newer);
  }
  mark();
}

function renew(part, newer) {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  if (active && isTyping(active)) {
    isStale = true;
    return;
  }
  if (part.innerHTML === newer.innerHTML) return;
  const unfolded = [...part.querySelectorAll("details[open]")].map((item) => item.id);
  part.replaceChildren(...document.adoptNode(newer).childNodes);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  restore(part);
  if (active?.id) document.getElementById(active.id)?.focus({ preventScroll: true });
}

meeting.addEventListener("focusout", () => {
  if (isStale) setTimeout(() => isTyping(document.activeElement) || refresh());
});

async function ask() {
  try {
    const answer = await fetch(`${told.stand}?na=${version}`, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 401) say(told.out, true);
    if (!answer.ok || !answer.headers.get("Content-Type")?.includes("application/json")) return;
    const stand = await answer.json();
    if (isLost) {
      isLost = false;
      say(told.back);
      await resend();
    }
    if (pauses !== undefined && pauses !== stand.pauses) {
      if (typed.size) say(told.reload);
      else location.reload();
    }
    pauses = stand.pauses;
    if (stand.version <= version) return;
    show(stand);
    say(told.moved);
    refresh();
  } catch {
    lost();
  }
}

// --- topics ----------------------------------------------------------------------------------------------------------

const topics = [...meeting.querySelectorAll("[data-topic]")];
const opened = () => topics.findIndex((topic) => topic.classList.contains("is-open"));

function mark() {
  for (const topic of topics) {
    const isOpen = topic.classList.contains("is-open");
    topic.querySelector("[data-body]").hidden = !isOpen;
    topic.querySelector("[data-open]").setAttribute("aria-expanded", String(isOpen));
  }
}

function open(place) {
  topics.forEach((topic, index) => topic.classList.toggle("is-open", index === place));
  mark();
  const topic = topics[place];
  const link = topic.querySelector("[data-open]");
  history.replaceState(null, "", link.href);
  link.focus({ preventScroll: true });
  topic.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const place = opened() + by;
  if (place >= 0 && place < topics.length) open(place);
}

meeting.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open], [data-pieces], [data-action]");
  if (!link) return;
  if ("action" in link.dataset) addAction(event, link.dataset.action);
  else {
    event.preventDefault();
    open(topics.indexOf(link.closest("[data-topic]")));
    const pieces = link.dataset.pieces;
    if (pieces) document.getElementById(`stukken-${pieces}`).focus();
  }
});

// The form of a new action stands beside the topics; it begins with the topic that it is about.
function addAction(event, words) {
  const folded = document.getElementById("actie-toevoegen");
  const text = document.getElementById("actie-text");
  if (!folded || !text) return;
  event.preventDefault();
  folded.open = true;
  if (!text.value) text.value = words;
  text.focus();
  text.scrollIntoView({ block: "nearest" });
}

// --- keys ------------------------------------------------------------------------------------------------------------

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
    remember(radio.form);
  }
});

if (restore(meeting)) say(told.kept);
resend();
setInterval(ask, EVERY);
ask();
