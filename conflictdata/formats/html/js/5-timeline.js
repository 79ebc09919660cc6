"use strict";
// The timeline: a bar covers all days on which an event can have happened. A brush selects days.

function makeTimeline(data) {
  const canvas = document.getElementById("timeline-canvas");
  const svg = d3.select("#timeline-brush");
  const known = data.events.filter((event) => event.from !== null || event.to !== null);
  const days = known.flatMap((event) => [event.from, event.to]).filter((day) => day !== null);
  const first = days.length ? days.reduce((a, b) => Math.min(a, b)) : dayNumber("2014-01-01");
  const last = days.length ? days.reduce((a, b) => Math.max(a, b)) : dayNumber("2018-01-01");
  const scale = d3.scaleUtc().domain([new Date((first - 10) * DAY), new Date((last + 10) * DAY)]);
  const brush = d3.brushX().on("end", brushed);
  const layer = svg.append("g");
  let shown = [], chosen = null, silent = false;

  function draw() {
    const { ctx, width, height } = fitCanvas(canvas);
    const colours = themeColours();
    const top = 8, bottom = height - 20;
    scale.range([10, width - 10]);
    ctx.clearRect(0, 0, width, height);
    ctx.font = "11px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    const ticks = scale.ticks(Math.max(3, Math.floor(width / 90)));
    const format = scale.tickFormat(ticks.length);
    for (const tick of ticks) {
      const x = scale(tick);
      ctx.strokeStyle = colours.line;
      ctx.lineWidth = 1;
      ctx.beginPath(); ctx.moveTo(x, top); ctx.lineTo(x, bottom); ctx.stroke();
      ctx.fillStyle = colours.quiet;
      ctx.fillText(format(tick), Math.min(width - 16, Math.max(16, x)), bottom + 4);
    }
    const bars = shown.filter((event) => event.from !== null || event.to !== null).map((event) => {
      const from = event.from ?? event.to, to = event.to ?? event.from;
      return { event, x0: scale(from * DAY), x1: Math.max(scale((to + 1) * DAY), scale(from * DAY) + 2), open: event.from === null || event.to === null };
    }).sort((a, b) => a.x0 - b.x0 || b.x1 - a.x1);
    const ends = [];
    for (const bar of bars) {
      let lane = ends.findIndex((end) => end <= bar.x0);
      if (lane < 0) lane = ends.length < 400 ? ends.push(0) - 1 : bar.event.index % 400;
      ends[lane] = bar.x1 + 1;
      bar.lane = lane;
    }
    const step = Math.min(9, (bottom - top) / Math.max(1, ends.length));
    for (const bar of bars) {
      ctx.globalAlpha = bar.event === chosen ? 1 : bar.x1 - bar.x0 > 60 ? 0.4 : 0.8;
      ctx.fillStyle = bar.event === chosen ? colours.accent : familyOf(data.types[bar.event.type][0]).colour;
      ctx.fillRect(bar.x0, bottom - (bar.lane + 1) * step, bar.x1 - bar.x0, Math.max(1, step - 1));
    }
    ctx.globalAlpha = 1;
    if (chosen && (chosen.from !== null || chosen.to !== null)) {
      ctx.strokeStyle = colours.accent;
      ctx.lineWidth = 2;
      const from = chosen.from ?? chosen.to, to = chosen.to ?? chosen.from;
      ctx.strokeRect(scale(from * DAY) - 1, top, Math.max(3, scale((to + 1) * DAY) - scale(from * DAY)) + 2, bottom - top);
    }
    brush.extent([[10, top], [Math.max(11, width - 10), bottom]]);
    silent = true;
    layer.call(brush);
    const state = readState();
    layer.call(brush.move, state.from || state.to ? [scale((dayNumber(state.from) ?? first - 10) * DAY), scale(((dayNumber(state.to) ?? last + 9) + 1) * DAY)].map((x) => Math.max(10, Math.min(width - 10, x))) : null);
    silent = false;
  }
  function brushed(event) {
    if (silent || !event.sourceEvent) return;
    if (!event.selection) return go({ from: "", to: "" });
    const [from, to] = event.selection.map((x) => scale.invert(x));
    go({ from: from.toISOString().slice(0, 10), to: new Date(Math.max(+from, to - DAY / 2)).toISOString().slice(0, 10) });
  }
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(canvas);
  return { show(events, event) { shown = events; chosen = event; requestAnimationFrame(draw); }, redraw: () => requestAnimationFrame(draw) };
}
