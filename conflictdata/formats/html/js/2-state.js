"use strict";
// One selection that all views follow. The address after # holds it, so that a link shows what the sender saw.

const FILTERS = ["text", "actor", "place", "km", "type", "grade", "doc", "from", "to", "disputed", "sort"];

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  const state = { view: given.get("view") || "events" };
  for (const name of FILTERS) if (given.get(name)) state[name] = given.get(name);
  for (const name of ["day", "a", "b", "gap", "claim"]) if (given.get(name)) state[name] = given.get(name);
  return state;
}

function addressOf(state) {
  const kept = new URLSearchParams();
  if (state.view && state.view !== "events") kept.set("view", state.view);
  for (const name of [...FILTERS, "day", "a", "b", "gap", "claim"]) if (state[name]) kept.set(name, state[name]);
  return "#" + kept.toString();
}

function go(change) {
  const next = { ...readState(), claim: "", ...change };
  const address = addressOf(next);
  if (address !== location.hash) location.hash = address;
  else document.dispatchEvent(new Event("selection"));
}

function selected(data, state) {
  const words = state.text ? fold(state.text).split(" ").filter(Boolean) : [];
  const actor = state.actor ? data.actorById.get(state.actor) : undefined;
  const place = state.place ? data.placeById.get(state.place) : undefined;
  const doc = state.doc ? data.sourceById.get(state.doc) : undefined;
  const km = Number(state.km) || 0;
  const middle = place === undefined ? null : data.places[place];
  const from = dayNumber(state.from), to = dayNumber(state.to);
  return data.events.filter((event) => {
    if (words.length && !words.every((word) => event.words.includes(word))) return false;
    if (state.actor && !event.actorSet.has(actor)) return false;
    if (state.type && data.types[event.type][0] !== state.type) return false;
    if (state.grade && data.grades[event.grade][0] !== state.grade) return false;
    if (state.disputed && !event.disputed.length) return false;
    if (state.doc && !event.documents.has(doc)) return false;
    if (state.place) {
      const near = km > 0 && event.placed && middle && typeof middle.lat === "number" && kilometres(middle, event) <= km;
      if (!near && !(event.places.has(place))) return false;
    }
    // An event is in a span of days if its window overlaps it; an open end overlaps everything on its side.
    if (from !== null && event.to !== null && event.to < from) return false;
    if (to !== null && event.from !== null && event.from > to) return false;
    if ((from !== null || to !== null) && event.from === null && event.to === null) return false;
    return true;
  });
}

const SORTS = {
  day: ["Day", (a, b) => open(a) - open(b) || middle(a) - middle(b)],
  killed: ["Most killed", (a, b) => most(b) - most(a)],
  claims: ["Most claims", (a, b) => b.claims.length - a.claims.length],
  voices: ["Most voices", (a, b) => b.origins - a.origins],
};
function most(event) {
  return event.killed ? Math.max(event.killed[0] ?? 0, event.killed[1] ?? 0) : -1;
}
// Under a filter by day, events whose window is open come after those that certainly touch the days.
function open(event) {
  const state = readState();
  return (state.from || state.to) && (event.from === null || event.to === null) ? 1 : 0;
}
// Events are put in order by the middle of their windows; a window with an open end by the end that is known.
function middle(event) {
  if (event.from === null && event.to === null) return Infinity;
  return ((event.from ?? event.to) + (event.to ?? event.from)) / 2;
}
