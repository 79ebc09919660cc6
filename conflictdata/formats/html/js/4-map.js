"use strict";
// The map: the basemap and the marks are drawn on one canvas. Marks that share a spot are one circle with a number.

function makeMap(data, open) {
  const canvas = document.getElementById("map-canvas");
  const tip = document.getElementById("map-tip");
  const projection = d3.geoMercator().center([40, 35.5]).scale(3200).translate([0, 0]);
  const path = d3.geoPath(projection);
  const base = Object.fromEntries(Object.entries(data.basemap).map(([name, shape]) => [name, new Path2D(path(shape) || "")]));
  const points = new Map(data.events.filter((event) => event.placed).map((event) => [event, projection([event.lon, event.lat])]));
  const labels = data.places.filter((place) => typeof place.lat === "number" && ["city", "town"].includes(place.kind))
    .map((place) => ({ name: place.name, at: projection([place.lon, place.lat]), rank: place.n + (place.kind === "city" ? 1000 : 0) }))
    .sort((a, b) => b.rank - a.rank);
  let view = { k: 1, x: 0, y: 0 }, shown = [], clusters = [], clusteredAt = null, chosen = null, waiting = false, size = { width: 0, height: 0 };

  const zoom = d3.zoom().scaleExtent([0.35, 220]).on("zoom", (event) => { view = event.transform; hideTip(); later(); });
  const target = d3.select(canvas).call(zoom).on("dblclick.zoom", null);

  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }

  // Marks are gathered in cells of 26 pixels at the present scale, and cells whose circles would touch become one.
  // Panning keeps the groups, zooming makes them anew.
  function cluster() {
    const cell = 26 / view.k, found = new Map();
    for (const event of shown) {
      const [x, y] = points.get(event);
      const key = Math.round(x / cell) + ":" + Math.round(y / cell);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(event);
    }
    const groups = [...found.values()].map(gather).sort((a, b) => b.events.length - a.events.length);
    clusters = [];
    for (const group of groups) {
      const near = clusters.findIndex((other) => Math.hypot(other.x - group.x, other.y - group.y) * view.k < reach(other) + reach(group));
      if (near < 0) clusters.push(group);
      else clusters[near] = gather([...clusters[near].events, ...group.events]);
    }
    clusteredAt = view.k;
  }

  function gather(events) {
    const xs = events.map((event) => points.get(event));
    return { events, x: xs.reduce((sum, p) => sum + p[0], 0) / xs.length, y: xs.reduce((sum, p) => sum + p[1], 0) / xs.length };
  }
  const reach = (group) => (group.events.length === 1 ? 7 : Math.min(20, 8 + 2.2 * Math.log2(group.events.length)));

  function draw() {
    const { ctx, width, height, ratio } = fitCanvas(canvas);
    if (size.width !== width || size.height !== height) size = { width, height };
    const colours = themeColours();
    ctx.fillStyle = colours.water;
    ctx.fillRect(0, 0, width, height);
    ctx.save();
    ctx.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * view.x, ratio * view.y);
    ctx.fillStyle = colours.land;
    ctx.fill(base.land);
    for (const [name, colour, thick] of [["admin", colours.admin, 1], ["rivers", colours.river, 1.6], ["borders", colours.border, 1.3]]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = thick / view.k;
      ctx.stroke(base[name]);
    }
    ctx.restore();
    if (clusteredAt !== view.k) cluster();
    const onScreen = clusters.map((group) => ({ group, x: group.x * view.k + view.x, y: group.y * view.k + view.y }))
      .filter((mark) => mark.x > -40 && mark.y > -40 && mark.x < width + 40 && mark.y < height + 40);
    drawLabels(ctx, colours, width, height, onScreen);
    if (chosen && chosen.placed) drawRadius(ctx, chosen, colours);
    for (const mark of onScreen) {
      const { events } = mark.group;
      if (events.length === 1) {
        drawMark(ctx, mark.x, mark.y, 6, data.types[events[0].type][0], data.grades[events[0].grade][0], colours);
      } else {
        const r = reach(mark.group);
        ctx.beginPath();
        ctx.arc(mark.x, mark.y, r, 0, 2 * Math.PI);
        ctx.fillStyle = colours.paper;
        ctx.globalAlpha = 0.92;
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.lineWidth = 2.5;
        ctx.strokeStyle = familyOf(commonest(events)).colour;
        ctx.stroke();
        ctx.fillStyle = colours.ink;
        ctx.font = "600 11.5px system-ui, sans-serif";
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillText(events.length, mark.x, mark.y);
      }
    }
    if (chosen && chosen.placed) {
      const [x, y] = points.get(chosen);
      ctx.beginPath();
      ctx.arc(x * view.k + view.x, y * view.k + view.y, 12, 0, 2 * Math.PI);
      ctx.lineWidth = 3;
      ctx.strokeStyle = colours.accent;
      ctx.stroke();
    }
    drawScale(ctx, colours, width, height);
    marks = onScreen;
  }
  let marks = [];

  function commonest(events) {
    const counts = new Map();
    for (const event of events) {
      const type = data.types[event.type][0];
      counts.set(type, (counts.get(type) || 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  }

  function drawRadius(ctx, event, colours) {
    const [x, y] = points.get(event);
    const metre = pixelsPerKilometre(event.lat) / 1000;
    ctx.beginPath();
    ctx.arc(x * view.k + view.x, y * view.k + view.y, Math.max(2, event.radius * metre), 0, 2 * Math.PI);
    ctx.fillStyle = colours.accent;
    ctx.globalAlpha = 0.12;
    ctx.fill();
    ctx.globalAlpha = 0.9;
    ctx.lineWidth = 1.5;
    ctx.setLineDash([5, 4]);
    ctx.strokeStyle = colours.accent;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  function pixelsPerKilometre(lat) {
    return (3200 * view.k) / (6371.0088 * Math.cos((lat * Math.PI) / 180));
  }

  // A label stands beside its place where neither a mark nor another label is; else it is left out.
  function drawLabels(ctx, colours, width, height, onScreen) {
    const taken = onScreen.map((mark) => { const r = reach(mark.group) + 1; return [mark.x - r, mark.y - r, mark.x + r, mark.y + r]; });
    let drawn = 0;
    ctx.font = "12px system-ui, sans-serif";
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const label of labels) {
      const px = label.at[0] * view.k + view.x, py = label.at[1] * view.k + view.y;
      if (px < 0 || py < 0 || px > width || py > height) continue;
      const w = ctx.measureText(label.name).width;
      const spot = [[10, -13], [12, 0], [10, 14], [-w - 10, -13], [-w - 12, 0], [-w - 10, 14], [-w / 2, -26], [-w / 2, 27]].map(([dx, dy]) => [px + dx, py + dy])
        .find(([x, y]) => x > 4 && y > 10 && x + w < width - 44 && y < height - 24 && !taken.some((box) => x < box[2] && x + w > box[0] && y - 8 < box[3] && y + 8 > box[1]));
      if (!spot) continue;
      const [x, y] = spot;
      taken.push([x - 3, y - 8, x + w + 3, y + 8]);
      ctx.strokeStyle = colours.land;
      ctx.lineWidth = 3;
      ctx.strokeText(label.name, x, y);
      ctx.fillStyle = colours.ink;
      ctx.fillText(label.name, x, y);
      if (++drawn > 40) break;
    }
  }

  function drawScale(ctx, colours, width, height) {
    const perKm = pixelsPerKilometre(35.5);
    const km = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => step * perKm >= 50) || 500;
    const right = width - 14, y = height - 14;
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(right - km * perKm, y - 5); ctx.lineTo(right - km * perKm, y); ctx.lineTo(right, y); ctx.lineTo(right, y - 5);
    ctx.stroke();
    ctx.fillStyle = colours.ink;
    ctx.font = "11px system-ui, sans-serif";
    ctx.textAlign = "right";
    ctx.textBaseline = "bottom";
    ctx.fillText(km + " km", right, y - 5);
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    let best = null, nearest = 22;
    for (const mark of marks) {
      const distance = Math.hypot(mark.x - x, mark.y - y);
      if (distance < nearest) { best = mark; nearest = distance; }
    }
    return best;
  }
  function hideTip() { tip.hidden = true; }
  canvas.addEventListener("mousemove", (event) => {
    const mark = at(event);
    canvas.style.cursor = mark ? "pointer" : "grab";
    if (!mark) return hideTip();
    const { events } = mark.group;
    tip.textContent = events.length === 1 ? events[0].title + " · " + windowText(events[0]) : events.length + " events. Click to open them.";
    tip.hidden = false;
    tip.style.left = Math.min(mark.x + 14, size.width - 290) + "px";
    tip.style.top = Math.max(4, mark.y - 34) + "px";
  });
  canvas.addEventListener("mouseleave", hideTip);
  canvas.addEventListener("click", (event) => {
    const mark = at(event);
    if (!mark) return;
    const { events } = mark.group;
    if (events.length === 1) return open(events[0]);
    const xs = events.map((one) => points.get(one));
    const spread = Math.max(...xs.map((p) => Math.hypot(p[0] - mark.group.x, p[1] - mark.group.y)));
    if (spread * view.k < 1 || view.k > 150) go({ view: "spot/" + events.map((one) => one.id).join(",") });
    else fit(events, 4);
  });

  function fit(events, atLeast = 1) {
    const xs = events.filter((event) => event.placed).map((event) => points.get(event));
    const { width, height } = canvas.getBoundingClientRect();
    if (!xs.length || !width) return;
    const [x0, x1] = [Math.min(...xs.map((p) => p[0])), Math.max(...xs.map((p) => p[0]))];
    const [y0, y1] = [Math.min(...xs.map((p) => p[1])), Math.max(...xs.map((p) => p[1]))];
    const wanted = Math.min(0.82 * width / Math.max(x1 - x0, 1e-3), 0.82 * height / Math.max(y1 - y0, 1e-3));
    const k = Math.max(0.35, Math.min(wanted, Math.max(view.k * atLeast, xs.length === 1 ? 14 : 40), 220));
    target.call(zoom.transform, d3.zoomIdentity.translate(width / 2 - (k * (x0 + x1)) / 2, height / 2 - (k * (y0 + y1)) / 2).scale(k));
  }
  function home() {
    // The middle nine tenths of the events, so that one event far away does not make all others a dot.
    const placed = shown.filter((event) => event.placed);
    const inner = (axis) => {
      const sorted = placed.map((event) => points.get(event)[axis]).sort((a, b) => a - b);
      return [sorted[Math.floor(sorted.length * 0.05)], sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]];
    };
    if (!placed.length) return fit(data.events);
    const [x0, x1] = inner(0), [y0, y1] = inner(1);
    fit(placed.filter((event) => { const [x, y] = points.get(event); return x >= x0 && x <= x1 && y >= y0 && y <= y1; }));
  }
  for (const button of document.querySelectorAll("[data-map]")) {
    button.addEventListener("click", () => {
      if (button.dataset.map === "home") home();
      else target.call(zoom.scaleBy, button.dataset.map === "in" ? 1.6 : 1 / 1.6);
    });
  }
  new ResizeObserver(later).observe(canvas);
  let first = true;
  return {
    show(events, event) {
      shown = events.filter((one) => one.placed);
      if (event && event.placed && !shown.includes(event)) shown = [...shown, event];
      const moved = event && event !== chosen;
      chosen = event;
      clusteredAt = null;
      if (first) { first = false; home(); }
      if (moved && event.placed) {
        const [x, y] = points.get(event);
        const { width, height } = canvas.getBoundingClientRect();
        const sx = x * view.k + view.x, sy = y * view.k + view.y;
        if (sx < 20 || sy < 20 || sx > width - 20 || sy > height - 20) target.call(zoom.translateTo, x, y);
      }
      later();
    },
    redraw: later,
    home,
  };
}
