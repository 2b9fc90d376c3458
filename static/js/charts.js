// Draws the Plotly figures whose data stand in a JSON script tag. The page gives the numbers; this file gives only the manner.
// Plotly is large, so it comes when a figure comes near or is asked for: by its switch, as a picture or on paper.

const NEAR = "400px";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const dutch = () => ({
  moduleType: "locale",
  name: "nl",
  dictionary: {},
  format: {
    days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
    months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    shortMonths: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    date: "%-d-%-m-%Y",
    decimal: ",",
    thousands: ".",
  },
});

const CONFIG = {
  locale: document.documentElement.lang.startsWith("nl") ? "nl" : "en",
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  responsive: true,
  doubleClick: false,
  scrollZoom: false,
};

function axis(own = {}) {
  return {
    gridcolor: token("--grid"),
    linecolor: token("--edge"),
    zeroline: false,
    fixedrange: true,
    automargin: true,
    tickfont: { size: 12, color: token("--ink-2") },
    ...own,
  };
}

function layout(own) {
  const axes = Object.entries(own).filter(([key]) => /^[xy]axis\d*$/.test(key));
  return {
    showlegend: false,
    margin: { l: 40, r: 24, t: 16, b: 32 },
    separators: CONFIG.locale === "nl" ? ",." : ".,",
    paper_bgcolor: token("--card"),
    plot_bgcolor: token("--card"),
    hoverlabel: { font: { family: token("--font"), size: 13 } },
    ...own,
    font: { family: token("--font"), size: 12.5, color: token("--ink"), ...own.font },
    ...Object.fromEntries([["xaxis", axis({ showgrid: false })], ["yaxis", axis()]]),
    ...Object.fromEntries(axes.map(([key, value]) => [key, axis(key.startsWith("x") ? { showgrid: false, ...value } : value)])),
    autosize: true,
  };
}

let loading;

// A failed load may be tried again: the next question for a drawing starts anew.
function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector("script[data-plotly]").dataset.plotly;
    script.addEventListener("load", () => resolve(Plotly.register(dutch())));
    script.addEventListener("error", () => reject(new Error(`Could not load ${script.src}`)));
    document.head.append(script);
  }).catch((fault) => {
    loading = undefined;
    throw fault;
  });
  return loading;
}

function drawNow(plot) {
  if (!plot.offsetWidth) return undefined;
  if (plot.dataset.drawn) return Plotly.Plots.resize(plot);
  plot.dataset.drawn = "yes";
  const figure = JSON.parse(document.getElementById(plot.dataset.plot).textContent);
  return Plotly.newPlot(plot, figure.data, layout(figure.layout ?? {}), CONFIG);
}

async function draw(plot) {
  await load();
  await drawNow(plot);
}

const plots = (root = document) => [...root.querySelectorAll("[data-plot]")];

const drawAll = (root) => Promise.all(plots(root).map(draw));

document.addEventListener("view", (event) => drawAll(event.target));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-png]");
  if (!button) return;
  const figure = button.closest("[data-figure]");
  const plot = figure.querySelector("[data-plot]");
  // A drawing that is not on the screen has no size yet.
  if (!plot.offsetWidth) figure.querySelector("[data-view=chart]").click();
  await draw(plot);
  Plotly.downloadImage(plot, { format: "png", scale: 2, width: 900, height: plot.offsetHeight || 420, filename: button.dataset.png });
});

// On paper columns stand below each other: a drawing takes the width of the sheet, and no more than most of its height.
const PAPER = { width: 680, height: 580 };

function fitPaper(plot) {
  if (plot.dataset.drawn) Plotly.relayout(plot, { autosize: false, width: PAPER.width, height: Math.min(PAPER.height, plot.offsetHeight) });
}

function fitScreen(plot) {
  if (plot.dataset.drawn) Plotly.relayout(plot, { autosize: true, width: null, height: null });
}

// A page cannot wait once the browser prints, so the button and the keys draw first. Printed from the browser's own menu,
// what was not drawn yet gives its place to the table.
async function drawAndPrint(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  await drawAll().catch(() => undefined);
  print();
}

addEventListener("click", (event) => event.target.closest("[data-print]") && drawAndPrint(event), true);
addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "p" && drawAndPrint(event));
addEventListener("beforeprint", () => {
  if (!window.Plotly) return;
  for (const plot of plots()) if (!plot.dataset.drawn) drawNow(plot);
  plots().forEach(fitPaper);
});
addEventListener("afterprint", () => window.Plotly && plots().forEach(fitScreen));

// The words of the page come first: the watch starts when they are all there.
function watch() {
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  }, { rootMargin: NEAR });
  for (const plot of plots()) near.observe(plot);
}

if (document.readyState === "complete") watch();
else addEventListener("load", watch);
