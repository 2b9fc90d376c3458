// Menus, why-panels, printing, copying and the place of the focus. Every page works without this file.

const menus = () => document.querySelectorAll("details[data-menu][open]");

function closeMenus(except) {
  for (const menu of menus()) if (menu !== except) menu.open = false;
}

function close(details) {
  details.open = false;
  details.querySelector("summary").focus();
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details[data-menu]") || !menu.open) return;
  closeMenus(menu);
  menu.querySelector("input[type=search]")?.focus();
}, true);

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));

document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));

// Escape closes the innermost open thing around the focus and gives the focus back to what opened it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const around = document.activeElement?.closest("details[data-menu][open], details[data-why][open]");
  const open = around ?? menus()[0];
  if (open) close(open);
  else if (navToggle?.getAttribute("aria-expanded") === "true") showNav(false);
});

// The navigation is one button on small screens.
const navToggle = document.querySelector(".nav-toggle");

function showNav(open) {
  navToggle.setAttribute("aria-expanded", String(open));
  const nav = document.getElementById(navToggle.getAttribute("aria-controls"));
  nav.classList.toggle("is-open", open);
  (open ? nav.querySelector("a") : navToggle).focus();
}

navToggle?.addEventListener("click", () => showNav(navToggle.getAttribute("aria-expanded") !== "true"));

// A link to a why-panel opens it and puts the focus on its heading.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !target.matches("details[data-why]")) return;
  target.open = true;
  target.querySelector("h3")?.focus();
}

addEventListener("hashchange", openTarget);
openTarget();

// After saving or a mistake: the message takes the focus.
document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if (button.matches("[data-print]")) return print();
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
  button.querySelector("[data-copied]")?.removeAttribute("hidden");
});

// The calendar is an extra beside the text field: a date input that fills it in.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-calendar]");
  if (!button) return;
  const field = document.getElementById(button.dataset.calendar);
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.className = "visually-hidden";
  picker.setAttribute("aria-hidden", "true");
  picker.addEventListener("change", () => {
    const [year, month, day] = picker.value.split("-").map(Number);
    if (year) field.value = `${day}-${month}-${year}`;
    picker.remove();
    field.focus();
  });
  button.after(picker);
  picker.showPicker();
});
