/* Draws a chart from the JSON beside its table: figure.chart > .drawing, script[type="application/json"], .table-wrap.
   The kinds are those of jixiao.web.charts. A click on a point follows its link. Without this file the table stays. */
(function () {
  "use strict";

  var INK = "#1c2530", SOFT = "#4f5b69", RULE = "#e1e6ec";
  var COLORS = ["#14508c", "#c2571a", "#1d6b3c", "#7b4bb0", "#8a5a00", "#0f7a8a"];
  var HEI = '"Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

  var BELOW = { nameLocation: "middle", nameGap: 26 };  // the name of the axis that lies

  function number(text) { return text === null || text === "" ? null : Number(text); }
  /* Whether every number is a count, so that no axis says 0.5. */
  function whole(drawn) {
    return drawn.series.every(function (one) { return (one.values || ["."]).every(function (value) { return value === null || value.indexOf(".") < 0; }); });
  }
  function axis(name, more) {
    return Object.assign({
      name: name, nameTextStyle: { color: SOFT }, nameGap: 12, axisLabel: { color: INK, hideOverlap: true },
      axisLine: { lineStyle: { color: SOFT } }, splitLine: { lineStyle: { color: RULE } }
    }, more);
  }
  function values(drawn, name) { return axis(name, { type: "value", nameLocation: "end", minInterval: whole(drawn) ? 1 : 0, min: number(drawn.least), max: number(drawn.most) }); }
  function labels(drawn, name) { return axis(name, { type: "category", data: drawn.labels, axisTick: { show: false }, splitLine: { show: false } }); }

  /* One series over labels: columns, lying bars, stacked bars or a line. */
  function series(drawn, one, at) {
    return {
      name: one.name, type: drawn.kind === "line" ? "line" : "bar", stack: drawn.kind === "stack" ? "all" : undefined,
      itemStyle: { color: one.color || COLORS[at % COLORS.length] }, barMaxWidth: 36, symbolSize: 7,
      label: { show: drawn.series.length === 1 && drawn.labels.length <= 24, position: drawn.kind === "line" ? "top" : drawn.kind === "bar" ? "top" : "right", color: INK },
      data: one.values.map(function (value, n) { return { value: number(value), link: one.links[n] }; })
    };
  }
  function overLabels(drawn) {
    var lying = drawn.kind === "lying" || drawn.kind === "stack";
    var names = labels(drawn, lying ? "" : drawn.across), sizes = values(drawn, drawn.up);
    Object.assign(lying ? sizes : names, BELOW);
    if (lying) { names.inverse = true; names.axisLabel.width = 150; names.axisLabel.overflow = "truncate"; }
    return { xAxis: lying ? sizes : names, yAxis: lying ? names : sizes, series: drawn.series.map(function (one, at) { return series(drawn, one, at); }) };
  }
  function points(drawn) {
    return {
      xAxis: Object.assign(values(drawn, drawn.across), BELOW, { min: number(drawn.from), max: number(drawn.to), scale: true }),
      yAxis: Object.assign(values(drawn, drawn.up), { scale: true }),
      series: drawn.series.map(function (one, at) {
        return {
          name: one.name, type: "scatter", symbolSize: 8, symbol: ["circle", "triangle", "rect"][at % 3],
          itemStyle: { color: one.color || COLORS[at % COLORS.length], opacity: .75 },
          data: one.points.map(function (point) { return { value: [number(point.x), number(point.y)], name: point.name, link: point.link, said: point.x + "，" + point.y }; })
        };
      })
    };
  }

  function option(drawn) {
    var many = drawn.series.length > 1;
    var rest = drawn.kind === "points" ? points(drawn) : overLabels(drawn);
    return Object.assign(rest, {
      animation: false, textStyle: { color: INK, fontFamily: HEI }, color: COLORS,
      grid: { left: 12, right: 28, top: many ? 40 : 30, bottom: 28, containLabel: true },
      legend: { show: many, top: 0, textStyle: { color: INK } },
      aria: { enabled: true, label: { enabled: false }, decal: { show: many && drawn.kind !== "points" && drawn.kind !== "line" } },
      tooltip: drawn.kind === "points"
        ? { formatter: function (at) { return plain(at.data.name) + "<br>" + plain(at.data.said); } }
        : { trigger: "axis", axisPointer: { type: "shadow" } }
    });
  }
  function plain(text) {
    var place = document.createElement("i");
    place.textContent = text || "";
    return place.innerHTML;
  }

  function draw(figure) {
    var place = figure.querySelector(".drawing");
    var drawn = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    if (drawn.kind !== "points" && drawn.kind !== "bar" && drawn.kind !== "line") { place.style.height = Math.max(160, 90 + drawn.labels.length * 28 * (drawn.kind === "lying" ? drawn.series.length : 1)) + "px"; }
    var chart = window.echarts.getInstanceByDom(place) || window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option(drawn), true);
    chart.off("click");
    chart.on("click", function (at) { if (at.data && at.data.link) { window.location.assign(at.data.link); } });
    window.addEventListener("resize", function () { chart.resize(); });
  }

  function show(figure, wanted) {
    figure.querySelectorAll("[data-shows]").forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.shows === wanted)); });
    figure.querySelector(".drawing").hidden = wanted !== "drawing";
    figure.querySelector(".table-wrap").hidden = wanted !== "table";
    if (wanted === "drawing") { draw(figure); }
  }

  function drawAll(within) {
    if (!window.echarts) { return; }
    within.querySelectorAll("figure.chart").forEach(function (figure) {
      figure.querySelector(".switch").hidden = false;
      show(figure, "drawing");
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("figure.chart [data-shows]");
    if (button) { show(button.closest("figure.chart"), button.dataset.shows); }
  });
  document.addEventListener("DOMContentLoaded", function () { drawAll(document); });
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) { drawAll(event.target); } });
})();
