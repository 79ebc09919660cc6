"use strict";

async function main() {
  const data = prepare(await readPayload());
  const $ = (id) => document.getElementById(id);
  document.title = data.meta.title + " explorer";
  $("title").textContent = data.meta.title;
  $("subtitle").textContent = data.meta.subtitle;
  $("footer").textContent = data.meta.footer;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";

  const options = (select, first, rows) => select.replaceChildren(el("option", { value: "" }, first), ...rows.map(([value, text]) => el("option", { value }, text)));
  const used = (key) => new Set(data.events.map((event) => event[key]));
  options($("f-actor"), "all", data.actors.map((actor) => [actor.id, actor.name]).sort((a, b) => a[1].localeCompare(b[1])));
  options($("f-place"), "all", data.places.map((place) => [place.id, place.name]).sort((a, b) => a[1].localeCompare(b[1])));
  options($("f-type"), "all", data.types.filter((_, index) => used("type").has(index)));
  options($("f-grade"), "all", data.grades.filter((_, index) => used("grade").has(index)));
  options($("f-doc"), "all", data.sources.map((source) => [source.id, source.name]).sort((a, b) => a[1].localeCompare(b[1])));

  const fields = { text: "f-text", actor: "f-actor", place: "f-place", km: "f-km", type: "f-type", grade: "f-grade", doc: "f-doc", from: "f-from", to: "f-to" };
  let typing;
  for (const [name, id] of Object.entries(fields)) {
    const later = name === "text" ? 250 : 0;
    $(id).addEventListener(name === "text" ? "input" : "change", () => { clearTimeout(typing); typing = setTimeout(() => {
      // A date that is still being typed is no date yet.
      const value = $(id).value;
      if ((name === "from" || name === "to") && value && !isDay(value)) return;
      const stay = ["control", "compare"].includes(readState().view);
      go({ [name]: value, ...(stay ? {} : { view: "events" }) });
    }, later); });
  }
  $("f-disputed").addEventListener("change", () => go({ disputed: $("f-disputed").checked ? "1" : "", view: "events" }));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => go({ ...Object.fromEntries(FILTERS.map((name) => [name, ""])), view: "events" }));
  document.querySelector("[data-skip]").addEventListener("click", (event) => { event.preventDefault(); $("panel").focus(); });

  const map = makeMap(data, (event) => go({ view: "event/" + event.id }));
  const timeline = makeTimeline(data);
  const panels = makePanels(data);
  const legend = $("legend-body");
  function drawLegend() {
    const types = new Map(FAMILIES.map((family) => [family.title, family.types[0] || "other"]));
    legend.replaceChildren(...[...types].map(([text, type]) => el("div", { class: "row" }, markIcon(type, "fair"), text)),
      ...[["weak", "hollow: one voice (weak)"], ["confirmed", "ring: confirmed"], ["fair", "filled: two voices or more (fair)"], ["contested", "broken ring: contested whether or by whom"]].map(([grade, text]) => el("div", { class: "row" }, markIcon("air_strike", grade), text)),
      el("div", { class: "row" }, "Number in a circle: events that share a spot"));
  }
  drawLegend();
  $("legend").open = matchMedia("(min-width: 1000px) and (min-height: 760px)").matches;

  // A narrow screen shows the map first; the filters open on demand and say how many are in use.
  const narrow = matchMedia("(max-width: 800px)");
  const openWhereWide = () => { $("filter-box").open = !narrow.matches; };
  narrow.addEventListener("change", openWhereWide);
  openWhereWide();

  function update() {
    const state = readState();
    const events = selected(data, state);
    for (const [name, id] of Object.entries(fields)) if (document.activeElement !== $(id)) $(id).value = state[name] || "";
    const inUse = FILTERS.filter((name) => name !== "sort" && state[name]).length;
    $("filter-count").textContent = inUse ? "(" + inUse + " in use)" : "";
    $("f-disputed").checked = Boolean(state.disputed);
    const [name, id] = state.view.split("/");
    for (const tab of document.querySelectorAll("[data-tab]")) {
      tab.href = addressOf({ ...state, claim: "", view: tab.dataset.tab });
      const current = tab.dataset.tab === (["control", "compare", "about"].includes(name) ? name : "events");
      if (current) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
    }
    const chosen = name === "event" ? data.byId.get(id) || null : null;
    let shown = events;
    if (name === "place" && !state.place) shown = data.events.filter((event) => event.places.has(data.placeById.get(id)));
    if (name === "document") shown = data.events.filter((event) => event.documents.has(data.sourceById.get(id)));
    map.show(shown, chosen);
    timeline.show(shown, chosen);
    panels(state, events);
  }
  addEventListener("hashchange", update);
  document.addEventListener("selection", update);
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    drawLegend(); map.redraw(); timeline.redraw(); update();
  });
  update();
  document.body.dataset.ready = "1";
}

main().catch((error) => {
  document.getElementById("panel").textContent = "This page cannot be shown: " + error.message;
  throw error;
});
