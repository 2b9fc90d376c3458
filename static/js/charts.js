// Draws the Plotly figures whose data stand in a JSON script tag. The page gives the numbers; this file gives only the manner.

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

Plotly.register({
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

function draw(plot) {
  if (plot.dataset.drawn || !plot.offsetWidth) return;
  plot.dataset.drawn = "yes";
  const figure = JSON.parse(document.getElementById(plot.dataset.plot).textContent);
  Plotly.newPlot(plot, figure.data, layout(figure.layout ?? {}), CONFIG);
}

function drawAll(root = document) {
  for (const plot of root.querySelectorAll("[data-plot]")) {
    if (plot.dataset.drawn && plot.offsetWidth) Plotly.Plots.resize(plot);
    else draw(plot);
  }
}

document.addEventListener("view", (event) => drawAll(event.target));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-png]");
  if (!button) return;
  const plot = button.closest("[data-figure]").querySelector("[data-plot]");
  draw(plot);
  Plotly.downloadImage(plot, { format: "png", scale: 2, width: 900, height: plot.offsetHeight || 420, filename: button.dataset.png });
});

drawAll();
