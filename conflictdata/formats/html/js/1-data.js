"use strict";
// The payload: base64 of deflated JSON, so that no text of a record can ever be read as markup.

async function readPayload() {
  const packed = Uint8Array.from(atob(document.getElementById("payload").textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const DAY = 86400000;
const dayNumber = (iso) => (iso ? Date.parse(iso + "T00:00:00Z") / DAY : null);

// Letters as people type them: no case, no accents, no apostrophes; hyphens are spaces.
function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'’‘ʿʾ`]/g, "").replace(/[-‐-―_]/g, " ").replace(/\s+/g, " ");
}

function kilometres(a, b) {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad, dLon = (b.lon - a.lon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
}

// Adds what every view needs to the payload: day numbers, indexes, folded text.
function prepare(data) {
  data.events.forEach((event, index) => {
    event.index = index;
    event.from = dayNumber(event.start);
    event.to = dayNumber(event.end);
    event.placed = typeof event.lat === "number";
    event.voices = new Set(event.claims.map((claim) => claim.who));
    event.documents = new Set(event.claims.flatMap((claim) => claim.ev.map((piece) => piece[0])));
    event.words = fold([event.id, event.title, event.summary, ...event.claims.map((claim) => claim.text + " " + (claim.speaker || ""))].join(" "));
    event.places = ancestors(data, event.place);
    // Whoever takes part, speaks or publishes: the filter by actor finds an outlet's events too.
    event.actorSet = new Set([...event.actors.map((part) => part[0]), ...event.voices, ...[...event.documents].map((source) => data.sources[source].by)]);
  });
  data.byId = new Map(data.events.map((event) => [event.id, event]));
  data.actorById = new Map(data.actors.map((actor, index) => [actor.id, index]));
  data.placeById = new Map(data.places.map((place, index) => [place.id, index]));
  data.sourceById = new Map(data.sources.map((source, index) => [source.id, index]));
  return data;
}

function ancestors(data, place) {
  const found = new Set();
  while (place !== null && place !== undefined && !found.has(place)) {
    found.add(place);
    place = data.places[place].within;
  }
  return found;
}

// How an event's number of dead is shown, from its first figure of people killed.
function killed(event) {
  return event.killed && (event.killed[0] !== null || event.killed[1] !== null) ? range(event.killed[0], event.killed[1]) : "";
}
const isDay = (text) => /^(19|20)\d\d-\d\d-\d\d$/.test(text);
const number = (n) => n.toLocaleString("en");
function range(low, high) {
  if (low === null && high === null) return "not given";
  if (high === null) return number(low) + " or more";
  if (low === null) return "up to " + number(high);
  return low === high ? number(low) : number(low) + "–" + number(high);
}
function windowText(event) {
  if (!event.start && !event.end) return "day not known";
  if (event.start === event.end) return event.start;
  return (event.start || "?") + " to " + (event.end || "?");
}
