// Starts the charts of a page: reads each chart's options, fills in the style
// sheet's colours for light or dark, and redraws when the window or the colours
// change. Values never become code or markup here: tooltips are rich text.
"use strict";
(function () {
  const root = document.documentElement;
  const charts = [];
  const narrow = 560;

  function colour(name) {
    return getComputedStyle(root).getPropertyValue("--" + name).trim() || "#777";
  }

  function format(percent) {
    return function (v) {
      if (v === "-" || v === null || v === undefined || Number.isNaN(v)) return "no data";
      if (percent) return (v * 100).toFixed(Math.abs(v) < 0.1 ? 1 : 0) + " %";
      return Number(v).toLocaleString("en", { maximumFractionDigits: 1 });
    };
  }

  function short(percent) {
    return function (v) {
      const a = Math.abs(v);
      if (percent) {
        const hundredths = a * 100, whole = Math.round(hundredths);
        return (v < 0 ? "−" : "") + (Math.abs(hundredths - whole) < 0.05 ? whole : hundredths.toFixed(1)) + "\u00a0%";
      }
      if (a >= 1e9) return v / 1e9 + " bn";
      if (a >= 1e6) return v / 1e6 + " m";
      if (a >= 1e4) return v / 1e3 + " k";
      return v.toLocaleString("en");
    };
  }

  function axis(a, percent, value) {
    const ink = colour("ink-soft");
    a.axisLine = { show: !value, lineStyle: { color: colour("rule-strong") } };
    a.axisTick = { show: false };
    a.splitLine = { show: value, lineStyle: { color: colour("rule") } };
    a.axisLabel = Object.assign({}, a.axisLabel, { color: ink, fontSize: 12, hideOverlap: true });
    a.nameTextStyle = { color: ink, fontSize: 12 };
    if (a.nameLocation !== "middle") delete a.name;
    if (value) a.axisLabel.formatter = short(percent);
    return a;
  }

  function common(option, width) {
    option.backgroundColor = "transparent";
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    option.aria = { enabled: true };
    option.tooltip = Object.assign({}, option.tooltip, {
      renderMode: "richText", confine: true,
      backgroundColor: colour("paper"), borderColor: colour("rule-strong"), borderWidth: 1,
      textStyle: { color: colour("ink"), fontSize: 12 },
    });
    delete option.color;
    delete option.toolbox;
    // The value axis' unit stands above it, where no label is cut off.
    const unit = option.yAxis[0].type === "value" ? option.yAxis[0].name : "";
    option.title = unit ? { text: unit, left: 0, top: 2, padding: [3, 0, 3, 0], textStyle: { color: colour("ink-soft"), fontSize: 12, fontWeight: "normal" } } : {};
  }

  // Where marks are many they stand back, and the list below tells them apart.
  function manyMarks(marks) { return marks.length > 6; }
  function markStyle(marks) {
    return { color: colour("mark"), type: "dotted", width: 1, opacity: manyMarks(marks) ? 0.3 : 1 };
  }

  // Numbers of marks, one label for those that stand too close to read apart.
  function markLabels(marks, categories, width) {
    const step = width / Math.max(1, categories.length - 1);
    let open = null;
    return marks.map(function (m) {
      const at = categories.indexOf(m.At) * step;
      const mark = { xAxis: m.At, name: String(m.Number) };
      if (open && at - open.at < 18) {
        open.mark.name = open.mark.name.split("–")[0] + "–" + m.Number;
        open.at = at;
        mark.name = "";
      } else {
        open = { at: at, mark: mark };
      }
      return mark;
    });
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

  // Whether lines end so near to the axis, one on the other, that names at their
  // ends would lie on it.
  function endsMeet(series) {
    const numbers = (s) => s.data.map((d) => d.value).filter((v) => typeof v === "number");
    const high = Math.max(...series.flatMap(numbers));
    return series.every((s) => numbers(s).at(-1) < high * 0.1);
  }

  // How many rows the legend breaks into: a symbol, a gap and the name an item.
  function legendRows(series, width) {
    let rows = 1, at = 0;
    for (const s of series) {
      const item = 22 + 5 + textWidth([s.name]) + 12;
      if (at > 0 && at + item > width) {
        rows++;
        at = 0;
      }
      at += item;
    }
    return rows;
  }

  // An axis of days is labelled by whole weeks.
  function weekly(axis, width) {
    const weeks = Math.max(1, Math.ceil(axis.data.length / 7 / Math.max(1, Math.floor(width / 60))));
    axis.axisLabel.interval = (k) => k % (7 * weeks) === 0;
  }

  function lines(p, width) {
    const o = p.option, wide = width >= narrow;
    const named = o.series.filter((s) => !s.name.startsWith("\u2060"));
    const legend = named.length > 1 && (!wide || endsMeet(named));
    const direct = named.length > 1 && !legend;
    const x = axis(o.xAxis[0], false, false);
    x.boundaryGap = x.data.length < 2;
    const half = Math.ceil(textWidth([x.data.at(-1)]) / 2); // of a label, that the axis' ends must leave room for
    if (x.data[0] === "0") weekly(x, width);
    const y = axis(o.yAxis[0], p.percent, true);
    y.minInterval = p.percent ? 0 : 1;
    y.min = 0;
    o.grid = { left: Math.max(2, half - 20), right: direct ? 84 : Math.max(18, half), top: p.marks && p.marks.length ? 44 : 30, bottom: legend ? 14 + 21 * legendRows(named, width) : 8, containLabel: true };
    o.legend = {
      show: legend, bottom: 0, left: 0, data: named.map((s) => s.name), itemWidth: 22, itemHeight: 8, itemGap: 12,
      textStyle: { color: colour("ink-soft"), fontSize: 12 },
    };
    for (const s of o.series) {
      const band = s.name.startsWith("\u2060");
      const name = band ? s.name.split(" ").slice(1).join(" ") : s.name;
      const c = colour(p.colours[name]);
      s.symbol = "circle";
      s.symbolSize = 6;
      if (band) {
        s.lineStyle = { opacity: 0 };
        s.itemStyle = { color: c, opacity: 0 };
        s.silent = true;
        s.showSymbol = false;
        s.tooltip = { show: false };
        if (s.areaStyle) s.areaStyle = { color: c, opacity: 0.18 };
        continue;
      }
      s.lineStyle = { color: c, width: 2, type: p.dashes[name] || "solid" };
      s.itemStyle = { color: c };
      s.emphasis = { focus: named.length > 1 ? "series" : "none" };
      if (direct) {
        s.endLabel = { show: true, formatter: () => p.labels[name], color: c, fontSize: 12, distance: 6 };
        s.labelLayout = { moveOverlap: "shiftY" };
      }
    }
    if (p.marks && p.marks.length && named.length) {
      named[0].markLine = {
        silent: true, symbol: "none", animation: false,
        lineStyle: markStyle(p.marks),
        label: { show: !manyMarks(p.marks), formatter: (d) => d.name, color: colour("mark"), fontSize: 11, distance: 2 },
        data: markLabels(p.marks, o.xAxis[0].data, width - 60),
      };
    }
    o.tooltip.order = "valueDesc";
    o.tooltip.formatter = function (rows) {
      const value = format(p.percent);
      const shown = rows.filter((r) => !r.seriesName.startsWith("\u2060"));
      shown.sort((a, b) => (Number(b.value) || 0) - (Number(a.value) || 0));
      return [rows[0].axisValueLabel].concat(shown.map((r) => value(r.value) + "  " + r.seriesName)).join("\n");
    };
  }

  function dots(p, width) {
    const o = p.option;
    o.xAxis[0].nameLocation = "middle";
    const x = axis(o.xAxis[0], p.percent, true);
    x.min = p.percent && o.series[0].data.every((d) => d.value >= 0) ? 0 : null;
    const ends = o.series[0].data.map((d, i) => d.value + o.series[1].data[i].value);
    if (x.min === 0 && Math.max(...ends) > 0.8) x.max = 1;
    x.nameGap = 32;
    x.splitNumber = width < narrow ? 4 : 8;
    const y = axis(o.yAxis[0], false, false);
    y.axisLabel.color = colour("ink");
    y.axisLabel.interval = 0;
    y.axisLabel.hideOverlap = false;
    y.axisLine.show = false;
    const names = o.yAxis[0].data;
    // A long name breaks into lines rather than leave the drawing no room.
    const room = Math.min(textWidth(names), Math.floor(width * 0.4));
    Object.assign(y.axisLabel, { width: room, overflow: "break", lineHeight: 15 });
    o.grid = { left: room + 14, right: 24, top: 8, bottom: 48 };
    // Stacked whatever the sign: an interval from −0.1 to 0.3 begins at −0.1.
    for (const s of o.series.slice(0, 2)) s.stackStrategy = "all";
    o.series[0].itemStyle = { color: "transparent" };
    o.series[0].silent = true;
    o.series[1].data = o.series[1].data.map((d, i) => ({ value: d.value, itemStyle: { color: colour(p.colours[names[i]]), opacity: 0.45, borderRadius: 2 } }));
    o.series[2].data = o.series[2].data.map((d, i) => ({ value: d.value, symbolSize: 11, itemStyle: { color: colour(p.colours[names[i]]) } }));
    for (const s of o.series) s.emphasis = { disabled: true };
    if (x.min === null) {
      o.series[2].markLine = { silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: colour("ink-soft"), type: "solid", width: 1 }, data: [{ xAxis: 0 }] };
    }
    o.tooltip.axisPointer = { type: "none" };
    o.tooltip.formatter = function (rows) {
      const value = format(p.percent), by = {};
      for (const r of rows) by[r.seriesName] = Array.isArray(r.value) ? r.value[0] : r.value;
      return rows[0].name + "\n" + value(by.share) + "  (" + value(by.low) + " to " + value(by.low + by.interval) + ")";
    };
  }

  // Nine lines in one frame hide each other: each gets a frame of its own, on
  // one scale, with the others in grey behind it.
  function panels(p, width) {
    const o = p.option, names = o.series.map((s) => s.name), categories = o.xAxis[0].data;
    const columns = width < narrow ? 2 : 3, rows = Math.ceil(names.length / columns);
    const last = categories.length - 1, top = 26, gap = 40, bottom = 22;
    const all = o.series.map((s) => s.data.map((d) => d.value));
    let high = Math.max(0, ...all.flat().filter((v) => typeof v === "number"));
    const stride = Math.max(niceStep(high || 1, 2), p.percent ? 0 : 1);
    high = stride * Math.max(1, Math.ceil(high / stride));
    const left = textWidth([short(p.percent)(high), short(p.percent)(stride)]) + 12;
    const frame = (width - left) / columns, height = (o.height - top) / rows;
    const grids = [], xs = [], ys = [], titles = [o.title], series = [];
    names.forEach(function (name, i) {
      const column = i % columns, row = Math.floor(i / columns), c = colour(p.colours[name]);
      const x = left + column * frame, y = top + row * height;
      grids.push({ left: x, top: y + gap, width: frame - 26, height: height - gap - bottom });
      titles.push({ text: name, left: x, top: y + 8, padding: 0, textStyle: { color: c, fontSize: 13, fontWeight: 600 } });
      xs.push(Object.assign(axis({ type: "category", data: categories, boundaryGap: last === 0 }, false, false), { gridIndex: i }));
      const label = xs[i].axisLabel;
      label.interval = (k) => k === 0 || k === last;
      label.hideOverlap = false;
      label.alignMinLabel = "left";
      label.alignMaxLabel = "right";
      ys.push(Object.assign(axis({ type: "value", min: 0, max: high, interval: stride }, p.percent, true), { gridIndex: i }));
      ys[i].axisLabel.show = column === 0;
      ys[i].axisLabel.showMaxLabel = true;
      all.forEach(function (data, k) {
        const own = k === i;
        series.push({
          type: "line", name: names[k], data: data, xAxisIndex: i, yAxisIndex: i, symbol: "circle", symbolSize: 6,
          showSymbol: own && last < 2, silent: !own, z: own ? 3 : 2, animation: false, tooltip: { show: own },
          lineStyle: { color: own ? c : colour("rule"), width: own ? 2 : 1 }, itemStyle: { color: own ? c : colour("rule") },
          emphasis: { disabled: true },
        });
      });
      if (p.marks && p.marks.length) {
        series[series.length - names.length + i].markLine = {
          silent: true, symbol: "none", animation: false, lineStyle: markStyle(p.marks),
          label: { show: row === 0 && !manyMarks(p.marks), formatter: (d) => d.name, color: colour("mark"), fontSize: 11, distance: 1 },
          data: markLabels(p.marks, categories, frame - 26),
        };
      }
    });
    o.tooltip.formatter = function (shown) {
      const own = shown.filter((r) => names.indexOf(r.seriesName) === r.axisIndex);
      return own.map((r) => r.axisValueLabel + "\n" + format(p.percent)(r.value) + "  " + r.seriesName).join("\n");
    };
    o.legend = { show: false };
    Object.assign(o, { grid: grids, xAxis: xs, yAxis: ys, title: titles, series: series });
    delete o.height;
  }

  function draw(entry) {
    const p = JSON.parse(entry.source.textContent);
    const width = entry.box.clientWidth;
    common(p.option, width);
    p.option.height = entry.box.clientHeight;
    ({ dots: dots, panels: panels, lines: lines })[p.kind](p, width);
    delete p.option.height;
    entry.chart.setOption(p.option, true);
    entry.box.setAttribute("role", "img");
    entry.box.setAttribute("aria-label", entry.box.dataset.alt);
  }

  function start() {
    if (!window.echarts) {
      root.classList.add("no-charts");
      return;
    }
    for (const box of document.querySelectorAll(".chart")) {
      const source = document.getElementById(box.id + "_options");
      const entry = { box: box, source: source, chart: window.echarts.init(box, null, { renderer: "canvas" }) };
      charts.push(entry);
      draw(entry);
    }
    let waiting = 0;
    new ResizeObserver(function () {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(function () {
        for (const e of charts) {
          if (e.chart.getWidth() === e.box.clientWidth) continue;
          e.chart.resize();
          draw(e);
        }
      });
    }).observe(document.querySelector("main"));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { charts.forEach(draw); });
    window.addEventListener("beforeprint", function () { charts.forEach(function (e) { e.chart.resize(); }); });
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
  wear(stored());
  document.addEventListener("DOMContentLoaded", function () {
    const toggle = document.getElementById("colours");
    if (toggle) {
      toggle.hidden = false;
      toggle.addEventListener("click", function () {
        const dark = root.dataset.colours ? root.dataset.colours === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
        wear(dark ? "light" : "dark");
        stored(root.dataset.colours);
        charts.forEach(draw);
      });
    }
    start();
  });
})();
