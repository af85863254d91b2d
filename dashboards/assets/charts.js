// Starts the charts of a page: reads each chart's options, fills in the style
// sheet's colours for light or dark, and redraws when the window or the colours
// change. It also folds tables away, filters the list of jobs and lets a query be
// run where a server answers. Values never become code or markup here: tooltips are
// rich text.
"use strict";
(function () {
  const root = document.documentElement;
  const charts = [];
  const narrow = 560;
  const day = 864e5;
  root.classList.replace("no-js", "js");

  // A colour of the style sheet as the page wears it: light-dark() is resolved by
  // an element that has it.
  let probe = null;
  function colour(name) {
    if (!probe) {
      probe = document.createElement("span");
      probe.hidden = true;
      document.body.append(probe);
    }
    probe.style.color = "var(--" + name + ")";
    return getComputedStyle(probe).color;
  }

  // How ticks are written: with as many decimals as their step has.
  function short(percent, step) {
    const hundredths = percent ? 100 : 1;
    const decimals = Math.max(0, -Math.floor(Math.log10(step * hundredths) + 1e-9));
    return function (v) {
      const a = Math.abs(v) * hundredths, sign = v < 0 ? "−" : "";
      if (percent) return sign + a.toFixed(decimals) + "\u00a0%";
      if (a >= 1e9) return sign + a / 1e9 + " bn";
      if (a >= 1e6) return sign + a / 1e6 + " m";
      if (a >= 1e4) return sign + a / 1e3 + " k";
      return sign + a.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    };
  }

  function textWidth(texts) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    return Math.ceil(Math.max(0, ...texts.map((t) => pen.measureText(t).width)));
  }

  // A step of 1, 2 or 5 times a power of ten that needs at most n to reach high.
  function niceStep(high, n) {
    const rough = high / n, power = Math.pow(10, Math.floor(Math.log10(rough)));
    return [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough * 0.999);
  }

  const numbers = (s) => s.data.map((d) => d.value[1]).filter((v) => typeof v === "number");

  // The value axis of all frames: from nought to the highest value or interval.
  function scale(p, series, steps) {
    let high = p.max || 0;
    for (const s of series) {
      const ends = (p.spans && p.spans[s.name] || []).filter(Boolean).map((x) => x[1]);
      if (!p.max) high = Math.max(high, ...numbers(s), ...ends);
    }
    if (p.percent) high = Math.min(high, 1);
    const step = Math.max(niceStep(high || 1, steps), p.percent ? 0 : 1);
    return { step: step, max: step * Math.max(1, Math.ceil(high / step - 1e-9)), write: short(p.percent, step) };
  }

  function valueAxis(to, frame, label) {
    return {
      type: "value", gridIndex: frame, min: 0, max: to.max, interval: to.step,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: colour("rule") } },
      axisLabel: { show: label, color: colour("ink-soft"), fontSize: 12, formatter: to.write, showMaxLabel: true },
    };
  }

  // Years, or months where there are few, as many as have room; none that would run
  // over an end by more than there is beside it.
  function timeTicks(from, to, width, left, margin) {
    const out = [], a = new Date(from), b = new Date(to), years = (to - from) / day / 365.25;
    const unit = years > 2.5 ? 12 : 1, label = unit === 12 ? 44 : 62;
    const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
    const room = Math.max(1, Math.floor(width / label));
    const every = (unit === 12 ? [1, 2, 5, 10] : [1, 3, 6, 12]).find((k) => months / (k * unit) <= room) || 20;
    for (let k = 0; k <= months; k++) {
      const at = Date.UTC(a.getUTCFullYear(), a.getUTCMonth() + k, 1), d = new Date(at);
      const count = unit === 12 ? d.getUTCFullYear() : d.getUTCFullYear() * 12 + d.getUTCMonth();
      const x = (at - from) / (to - from) * width, half = label / 2 - 6;
      if (at >= from && at <= to && x >= half - left && x + half <= width + margin && (unit === 1 || d.getUTCMonth() === 0) && count % every === 0) out.push(at);
    }
    return out.length ? out : [from];
  }

  function timeAxis(p, frame, grid, labels, margin) {
    const ticks = timeTicks(p.axis.from, p.axis.to, grid.width, Math.min(grid.left, 20), margin), years = (p.axis.to - p.axis.from) / day / 365.25 > 2.5;
    return {
      type: "value", gridIndex: frame, min: p.axis.from, max: p.axis.to,
      axisLine: { onZero: false, lineStyle: { color: colour("rule-strong") } }, splitLine: { show: false },
      axisTick: { show: labels, customValues: ticks, lineStyle: { color: colour("rule-strong") } },
      axisLabel: { show: labels, customValues: ticks, color: colour("ink-soft"), fontSize: 12, hideOverlap: true,
        formatter: (v) => new Date(v).toISOString().slice(0, years ? 4 : 7) },
    };
  }

  // What a series looks like in the frame that is its own.
  function dress(s, p, frame) {
    const c = colour(p.colours[s.name]), dash = p.dashes && p.dashes[s.name];
    const out = Object.assign({}, s, { xAxisIndex: frame, yAxisIndex: frame, animation: false, z: 3, itemStyle: { color: c }, emphasis: { disabled: true } });
    if (s.type === "bar") {
      out.data = s.data.map((d) => Object.assign({}, d, { itemStyle: d.itemStyle ? { color: "transparent", borderColor: c, borderWidth: 1.5, borderType: [3, 2] } : { color: c } }));
      return out;
    }
    out.symbolSize = 7;
    out.lineStyle = dash === "none" ? { opacity: 0 } : { color: c, width: p.spans && p.spans[s.name] && !isBand(p, s.name) ? 1 : 2, type: dash || "solid" };
    return out;
  }

  function isBand(p, name) { return (p.bands || []).includes(name); }

  // Intervals as whiskers: a line from low to high through each point.
  function whiskers(s, p) {
    const spans = p.spans && p.spans[s.name];
    if (!spans || isBand(p, s.name)) return [];
    return s.data.flatMap((d, i) => spans[i] ? [[{ coord: [d.value[0], spans[i][0]] }, { coord: [d.value[0], spans[i][1]] }]] : []);
  }

  // Intervals as one band, cut off where the frame ends.
  function band(s, p, frame) {
    const spans = p.spans && p.spans[s.name];
    if (!spans || !isBand(p, s.name)) return [];
    let ends = s.data.flatMap((d, i) => spans[i] ? [[d.value[0], spans[i][0], spans[i][1]]] : []);
    if (p.kind === "curve") ends = ends.flatMap((e, i) => i ? [[e[0], ends[i - 1][1], ends[i - 1][2]], e] : [e]); // steps, as the lines are
    return [{
      type: "custom", name: "\u2060band " + s.name, xAxisIndex: frame, yAxisIndex: frame, silent: true, animation: false, clip: true, tooltip: { show: false }, z: 1, data: ends.slice(0, 1),
      renderItem: (params, api) => ({
        type: "polygon", shape: { points: ends.map((e) => api.coord([e[0], e[2]])).concat(ends.map((e) => api.coord([e[0], e[1]])).reverse()) },
        style: { fill: colour(p.colours[s.name]), opacity: 0.22 },
      }),
    }];
  }

  // The beginnings and ends of large sources, through the frame: what begins has its
  // name right of its line, what ends left of it, and only where there is room.
  function mainMarks(p, grid) {
    let free = -2;
    return (p.axis.main || []).map(function (m) {
      const x = (m.at - p.axis.from) / (p.axis.to - p.axis.from) * grid.width, wide = textWidth([m.text]) + 6;
      const left = m.end ? x - wide : x, fits = left >= free && left + wide <= grid.width + 16;
      if (fits) free = left + wide + 8;
      return { xAxis: m.at, name: fits ? m.text : "", lineStyle: { color: colour("mark"), type: "dotted", width: 1.25 },
        label: { show: fits, position: "end", distance: 3, align: m.end ? "right" : "left", formatter: (d) => d.name, color: colour("mark"), fontSize: 12 } };
    });
  }

  function gapAreas(p, grid, named) {
    return (p.axis.gaps || []).map(function (g) {
      const wide = (g[1] - g[0]) / (p.axis.to - p.axis.from) * grid.width;
      return [{ xAxis: g[0], name: named && wide > 112 ? "no source watched" : "" }, { xAxis: g[1] }];
    });
  }

  // The strip below a frame: how many sources were watched, by the root so that one
  // is seen beside many, and when that changed.
  function strip(p, frame) {
    const a = p.axis, data = (a.watched || []).filter((w) => w[0] < a.to).map((w) => [w[0], Math.sqrt(w[1])]);
    if (data.length) data.push([a.to, data.at(-1)[1]]);
    const before = data.filter((w) => w[0] <= a.from).at(-1);
    const shown = data.filter((w) => w[0] > a.from);
    if (before) shown.unshift([a.from, before[1]]);
    return {
      type: "line", name: "\u2060watched", step: "end", xAxisIndex: frame, yAxisIndex: frame, silent: true, animation: false, symbol: "none", tooltip: { show: false },
      lineStyle: { width: 0 }, areaStyle: { color: colour("rule-strong"), opacity: 0.6 }, data: shown,
      markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: colour("mark"), type: "solid", width: 1.25 }, data: (a.ticks || []).map((t) => ({ xAxis: t })) },
    };
  }

  // Frames of time: one for all series, or one for each with the others in grey.
  function frames(p, width, height) {
    const o = p.option, all = o.series, panels = p.kind === "panels", columns = !panels ? 1 : width < narrow ? 2 : 3;
    const rows = panels ? Math.ceil(all.length / columns) : 1, to = scale(p, all, panels ? 2 : 4);
    const left = textWidth([to.write(to.max), to.write(to.step)]) + 10, right = 18, top = panels ? 24 : 44, below = 24;
    const watched = p.axis.watched && p.axis.watched.length, under = watched ? 16 : 0, frame = (width - left - (panels ? 0 : right)) / columns;
    const margin = panels ? 8 : right, head = panels ? 34 : 0, tall = (height - top - (panels ? 0 : below + under + 4)) / rows;
    o.grid = []; o.xAxis = []; o.yAxis = []; o.series = [];
    const heads = [];
    const cells = panels ? all.map((s) => [s]) : [all];
    cells.forEach(function (own, i) {
      const column = i % columns, row = Math.floor(i / columns), x = left + column * frame, y = top + row * tall, foot = panels ? below + under + 4 : 0;
      const grid = { left: x, top: y + head, width: frame - (panels ? 28 : 0), height: tall - head - foot };
      const at = o.grid.push(grid) - 1;
      o.xAxis.push(timeAxis(p, at, grid, !watched, margin));
      o.yAxis.push(valueAxis(to, at, column === 0));
      if (panels) heads.push({ text: "{s|■} " + own[0].name, left: x, top: y + 10, padding: 0, textStyle: { color: colour("ink"), fontSize: 13, fontWeight: 600, rich: { s: { color: colour(p.colours[own[0].name]), fontSize: 14 } } } });
      if (panels && own[0].type === "line") {
        for (const s of all) {
          if (s !== own[0]) o.series.push({ type: "line", name: s.name, data: s.data.map((d) => d.value), xAxisIndex: at, yAxisIndex: at, symbol: "none", silent: true, animation: false, tooltip: { show: false }, z: 2, lineStyle: { color: colour("rule-strong"), width: 1, opacity: 0.75 } });
        }
      }
      own.forEach(function (s, k) {
        const dressed = dress(s, p, at);
        if (s.type === "bar") dressed.barWidth = barWidth(s, p, grid.width);
        const c = colour(p.colours[s.name]);
        const lines = whiskers(s, p).map((w) => (w[0].lineStyle = { color: c, width: 2.5, type: "solid", opacity: 0.85 }, w));
        dressed.markLine = { silent: true, symbol: "none", animation: false, label: { show: false }, data: lines.concat(k === 0 && !panels ? mainMarks(p, grid) : []) };
        if (k === 0) dressed.markArea = { silent: true, animation: false, itemStyle: { color: colour("rule"), opacity: 0.6 }, label: { position: "inside", color: colour("ink-soft"), fontSize: 12 }, data: gapAreas(p, grid, !panels) };
        o.series.push(...band(s, p, at), dressed);
      });
      if (watched) {
        const beneath = o.grid.push({ left: x, top: grid.top + grid.height + 4, width: grid.width, height: under - 4 }) - 1;
        o.xAxis.push(timeAxis(p, beneath, grid, true, margin));
        o.yAxis.push({ type: "value", gridIndex: beneath, min: 0, show: false });
        o.series.push(strip(p, beneath));
      }
    });
    o.title = o.title.concat(heads);
    tips(p, all.map((s) => s.name));
  }

  function barWidth(s, p, width) {
    const xs = s.data.map((d) => d.value[0]);
    if (xs.length < 2) return Math.min(40, width * 0.3);
    return Math.max(1.5, Math.min(46, width * 0.72 * (xs[1] - xs[0]) / (p.axis.to - p.axis.from)));
  }

  // What is said of the point that is pointed at was written where it was counted.
  function tips(p, names) {
    p.option.tooltip.formatter = function (rows) {
      const shown = rows.filter((r) => names.includes(r.seriesName) && r.data && r.data.name);
      if (!shown.length) return "";
      const said = [...new Set(shown.map((r) => (p.kind === "panels" ? r.seriesName + ": " : "") + r.data.name))];
      const [when, ...more] = p.axis ? (p.axis.periods[shown[0].data.value[0]] || "").split("\n") : [shown[0].data.value[0] + " days"];
      return [when].concat(said, more).join("\n");
    };
  }

  // Steps over a number of days.
  function curve(p, width, height) {
    const o = p.option, to = scale(p, o.series, 4), left = textWidth([to.write(to.max)]) + 10, last = o.series[0].data.at(-1).value[0];
    const weeks = Math.max(1, Math.ceil(last / 7 / Math.max(1, Math.floor(width / 60))));
    o.grid = [{ left: left, top: 30, width: width - left - 18, height: height - 74 }];
    o.xAxis = [{
      type: "value", min: 0, max: last, interval: 7 * weeks, name: "days since the ad was first seen", nameLocation: "middle", nameGap: 26, nameTextStyle: { color: colour("ink-soft"), fontSize: 12 },
      axisLine: { lineStyle: { color: colour("rule-strong") } }, splitLine: { show: false }, axisLabel: { color: colour("ink-soft"), fontSize: 12, showMaxLabel: false },
    }];
    o.yAxis = [valueAxis(to, 0, true)];
    const names = o.series.map((s) => s.name);
    o.series = o.series.flatMap((s) => [...band(s, p, 0), Object.assign(dress(s, p, 0), { step: "end" })]);
    tips(p, names);
  }

  function draw(entry) {
    const p = JSON.parse(entry.source.textContent), o = p.option, width = entry.box.clientWidth, unit = o.yAxis[0].name;
    o.backgroundColor = "transparent";
    o.useUTC = true;
    o.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    o.tooltip = Object.assign({}, o.tooltip, {
      renderMode: "richText", confine: true, order: "seriesAsc", axisPointer: { type: "line", lineStyle: { color: colour("rule-strong") } },
      backgroundColor: colour("paper"), borderColor: colour("rule-strong"), borderWidth: 1, textStyle: { color: colour("ink"), fontSize: 12, lineHeight: 17 },
    });
    delete o.color;
    delete o.toolbox;
    o.title = unit ? [{ text: unit, left: 0, top: 2, padding: [3, 0, 3, 0], textStyle: { color: colour("ink-soft"), fontSize: 12, fontWeight: "normal" } }] : [];
    (p.kind === "curve" ? curve : frames)(p, width, entry.box.clientHeight);
    entry.chart.setOption(o, true);
    entry.box.setAttribute("role", "img");
    entry.box.setAttribute("aria-label", entry.box.dataset.alt);
  }

  function start() {
    const boxes = document.querySelectorAll(".chart");
    if (!window.echarts && boxes.length) root.classList.add("no-charts");
    if (!window.echarts || !boxes.length) return;
    for (const box of boxes) {
      const entry = { box: box, source: document.getElementById(box.id + "_options"), chart: window.echarts.init(box, null, { renderer: "canvas" }) };
      charts.push(entry);
      draw(entry);
    }
    let waiting = 0;
    new ResizeObserver(function () {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(function () { fit(false); });
    }).observe(document.querySelector("main"));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { charts.forEach(draw); });
  }

  function fit(always) {
    for (const e of charts) {
      if (!always && e.chart.getWidth() === e.box.clientWidth) continue;
      e.chart.resize();
      draw(e);
    }
  }

  // Paper is light, and nothing on it can be opened: what a claim rests on is. Charts
  // have been drawn, so their numbers stay folded.
  function print() {
    const opened = [];
    window.addEventListener("beforeprint", function () {
      root.classList.add("printing");
      for (const d of document.querySelectorAll("main details:not([open]):not(.ad):not(figure details)")) {
        d.open = true;
        opened.push(d);
      }
      for (const e of charts) {
        e.chart.resize({ width: Math.min(e.box.clientWidth, 700) });
        draw(e);
      }
    });
    window.addEventListener("afterprint", function () {
      root.classList.remove("printing");
      for (const d of opened.splice(0)) d.open = false;
      fit(true);
    });
  }

  function pictures() {
    for (const b of document.querySelectorAll(".picture")) {
      b.hidden = charts.length === 0;
      b.addEventListener("click", function () {
        const e = charts.find((c) => c.box.id === b.dataset.chart), a = document.createElement("a");
        a.href = e.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("paper") });
        a.download = b.dataset.chart + ".png";
        a.click();
      });
    }
  }

  // Jobs whose row holds all the words, of the field that is chosen. An address may
  // ask for both: jobs.html#field=crypto&q=acme.
  function filter() {
    const form = document.getElementById("filter"), rows = [...document.querySelectorAll("#jobs tbody tr")];
    if (!form) return;
    const read = () => {
      const asked = new URLSearchParams(location.hash.slice(1));
      form.elements.q.value = asked.get("q") || "";
      form.elements.field.value = asked.get("field") || "";
      show();
    };
    const show = () => {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean), field = form.elements.field.value;
      let n = 0;
      for (const r of rows) {
        const text = r.textContent.toLowerCase();
        r.hidden = Boolean(field && r.dataset.field !== field) || !words.every((w) => text.includes(w));
        if (!r.hidden) n++;
      }
      form.querySelector("output").textContent = n + " of " + rows.length + " shown";
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("submit", (e) => e.preventDefault());
    window.addEventListener("hashchange", read);
    read();
  }

  // Where a server answers, queries can be run.
  function served() {
    if (!location.protocol.startsWith("http")) return;
    for (const a of document.querySelectorAll(".served")) {
      a.hidden = false;
      if (a.classList.contains("run")) a.href = "sql?q=" + encodeURIComponent(a.closest("details").querySelector("pre code").textContent);
    }
  }

  // The choice of light or dark outlives the page where the browser lets it.
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem("colours");
      localStorage.setItem("colours", value);
    } catch (e) { /* a browser that keeps nothing for local files */ }
    return null;
  }
  function wear(choice) {
    if (choice === "light" || choice === "dark") root.dataset.colours = choice;
  }
  function toggle() {
    const button = document.getElementById("colours");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      const dark = root.dataset.colours ? root.dataset.colours === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
      wear(dark ? "light" : "dark");
      stored(root.dataset.colours);
      charts.forEach(draw);
    });
  }

  wear(stored());
  document.addEventListener("DOMContentLoaded", function () {
    for (const d of document.querySelectorAll(".fold")) {
      d.open = false;
      d.classList.add("ready");
    }
    toggle();
    served();
    filter();
    start();
    pictures();
    print();
  });
})();
