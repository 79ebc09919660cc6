"use strict";
// What a mark looks like. Shape and colour both tell the type, so that colour alone never has to (palette of Okabe and Ito).

const FAMILIES = [
  { title: "Air strike", colour: "#0072B2", shape: "circle", types: ["air_strike", "air_campaign"] },
  { title: "Shelling, chemical attack", colour: "#56B4E9", shape: "square", types: ["shelling", "chemical_attack", "grenade_attack"] },
  { title: "Bombing", colour: "#D55E00", shape: "star", types: ["suicide_bombing", "explosive_device"] },
  { title: "Fighting", colour: "#E69F00", shape: "diamond", types: ["armed_clash", "attack_repelled", "attack", "battle", "offensive", "siege", "route_cut"] },
  { title: "Change of control", colour: "#009E73", shape: "up", types: ["territory_captured", "territory_transferred", "control_changed"] },
  { title: "Violence against civilians or captives", colour: "#CC79A7", shape: "down", types: ["attack_on_civilians", "abduction", "sexual_violence", "mass_grave", "arrests"] },
  { title: "Other", colour: "#808080", shape: "cross", types: [] },
];
const FAMILY_OF = new Map(FAMILIES.flatMap((family) => family.types.map((type) => [type, family])));
const familyOf = (type) => FAMILY_OF.get(type) || FAMILIES[FAMILIES.length - 1];

function shapePath(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") ctx.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else {
    const corners = { diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]], up: [[0, -1.2], [1.1, 0.9], [-1.1, 0.9]], down: [[0, 1.2], [1.1, -0.9], [-1.1, -0.9]],
      cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
      star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [Math.sin(n * Math.PI / 5) * (n % 2 ? 0.55 : 1.3), -Math.cos(n * Math.PI / 5) * (n % 2 ? 0.55 : 1.3)]) }[shape];
    corners.forEach(([dx, dy], n) => (n ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)));
    ctx.closePath();
  }
}

// Grade: confirmed and fair are filled, weak is hollow, contested has a broken ring, discounted is faint.
function drawMark(ctx, x, y, r, type, grade, colours) {
  const { colour, shape } = familyOf(type);
  shapePath(ctx, shape, x, y, r);
  ctx.globalAlpha = grade === "discounted" ? 0.35 : 1;
  ctx.fillStyle = grade === "weak" || grade === "discounted" ? colours.paper : colour;
  ctx.fill();
  ctx.lineWidth = grade === "weak" || grade === "discounted" ? 2 : 1;
  ctx.strokeStyle = grade === "weak" || grade === "discounted" ? colour : colours.markEdge;
  ctx.stroke();
  if (grade === "confirmed" || grade === "contested") {
    ctx.beginPath();
    ctx.arc(x, y, r + 3, 0, 2 * Math.PI);
    ctx.setLineDash(grade === "contested" ? [3, 3] : []);
    ctx.strokeStyle = grade === "contested" ? colours.contest : colour;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
}

function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue("--" + name).trim();
  return { paper: read("paper"), ink: read("ink"), quiet: read("quiet"), line: read("line"), land: read("land"), water: read("water"), river: read("river"),
    border: read("border"), admin: read("admin"), contest: read("contest"), markEdge: read("mark-edge"), accent: read("accent") };
}

function markIcon(type, grade) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 36;
  canvas.style.width = canvas.style.height = "18px";
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  drawMark(ctx, 9, 9, 4.6, type, grade, themeColours());
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

// A canvas as sharp as the screen; returns its context and its size in CSS pixels.
function fitCanvas(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { ctx, width, height, ratio };
}
