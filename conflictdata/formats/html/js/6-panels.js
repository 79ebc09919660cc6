"use strict";
// What stands beside the map: the list, and a page for an event, an actor, a place, a document. Every text is set as text, never as markup.

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== "") node.append(child);
  return node;
}
const viewLink = (view, text, change) => el("a", { href: addressOf({ ...readState(), claim: "", ...(change || {}), view }) }, text);

function makePanels(data) {
  const panel = document.getElementById("panel");
  const actorLink = (index) => viewLink("actor/" + data.actors[index].id, data.actors[index].name);
  const placeLink = (index) => viewLink("place/" + data.places[index].id, data.places[index].name);
  const title = (list, code) => (list.find((row) => row[0] === code) || [code, code])[1];

  function outside(url, text) {
    // Only a web address is a link; anything else is shown as text.
    return /^https?:\/\//i.test(url) ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : el("span", {}, text + " (" + url + ")");
  }

  function eventList(events, state, most = 150) {
    const list = el("ol", { class: "events" });
    const sort = SORTS[state.sort] ? state.sort : "day";
    const sorted = [...events].sort(SORTS[sort][1]);
    let at = 0;
    const more = el("button", { type: "button", on: { click: add } }, "Show more");
    function add() {
      for (const event of sorted.slice(at, at + most)) list.append(el("li", {}, eventRow(event)));
      at += most;
      more.hidden = at >= sorted.length;
      more.textContent = "Show more (" + Math.max(0, sorted.length - at) + " left)";
    }
    add();
    return [list, more];
  }
  function eventRow(event) {
    const grade = data.grades[event.grade];
    return el("a", { href: addressOf({ ...readState(), claim: "", view: "event/" + event.id }), "data-event": event.id },
      markIcon(data.types[event.type][0], grade[0]),
      el("span", {}, event.title),
      el("span", { class: "numbers" }, killed(event) && killed(event) + " killed"),
      el("span", { class: "sub when" }, windowText(event), event.place !== null ? " · " + data.places[event.place].name : "", " · " + (event.origins === 0 ? "no named source" : event.origins === 1 ? "one source" : event.origins + " independent sources"), " ",
        event.disputed.length ? el("span", { class: "tag contest" }, "disputed") : ""));
  }

  const pages = {
    events(state, events) {
      const disputed = events.filter((event) => event.disputed.length).length;
      const open = state.from || state.to ? events.filter((event) => event.from === null || event.to === null).length : 0;
      const sort = el("select", { id: "sort", on: { change: (event) => go({ sort: event.target.value === "day" ? "" : event.target.value }) } },
        Object.entries(SORTS).map(([name, [text]]) => el("option", { value: name, selected: (state.sort || "day") === name }, text)));
      return [
        el("div", { class: "bar" }, el("h2", {}, events.length + " of " + data.events.length + " events"), el("label", { for: "sort", class: "quiet" }, "Sort by "), sort),
        el("p", { class: "quiet" }, disputed + " disputed. " + events.filter((event) => !event.placed).length + " without a place on the map." + (open ? " " + open + " have no known first or last day and may lie outside these days." : "")),
        pagesOf(state),
        events.length ? eventList(events, state) : el("p", {}, data.events.length ? "No event fits these filters." : "This dataset has no events."),
      ];
    },
    spot(state, events, ids) {
      const here = ids.split(",").map((id) => data.byId.get(id)).filter(Boolean);
      return [back(), el("h2", {}, here.length + " events at one spot"), eventList(here, state)];
    },
    event(state, events, id) {
      const event = data.byId.get(id);
      if (!event) return notThere("event", id);
      const grade = data.grades[event.grade];
      return [
        back(),
        el("h2", {}, event.title),
        el("p", {}, el("span", { class: "tag" }, data.types[event.type][1]), el("span", { class: "tag" }, event.kind), el("span", { class: "tag" + (grade[0] === "contested" ? " contest" : "") }, "happened: " + grade[1].toLowerCase()),
          event.disputed.length ? el("span", { class: "tag contest" }, "disputed: " + event.disputed.join(", ").replaceAll("_", " ")) : ""),
        el("p", {}, event.summary),
        el("p", { class: "quiet" }, windowText(event), event.place !== null ? [" · ", placeLink(event.place)] : "", " · ", killed(event) ? killed(event) + " killed" : "no number of people killed"),
        el("h3", {}, "Claims, by what they are about"),
        claimGroups(event),
        event.figures.length ? [el("h3", {}, "Figures"), figureTable(event)] : "",
        el("h3", {}, "Details"),
        el("dl", {}, row("When", windowText(event) + " (" + boundText("begin", event.startBasis) + ", " + boundText("end", event.endBasis) + ")"),
          event.basis ? row("How the days were read", event.basis) : "",
          event.place !== null ? row("Where", placeLink(event.place), " · precision: " + event.precision + (event.placed ? " · within " + metres(event.radius) + " of the point" : " · no point known"), event.whereNote ? " · " + event.whereNote : "") : row("Where", "no place is told"),
          event.actors.length ? row("Participants", sides(event)) : "",
          event.means.length ? row("With", event.means.map((code) => title(data.means, code)).join(", ")) : "",
          event.target.length ? row("Target", event.target.map((code) => title(data.targets, code)).join(", ")) : "",
          event.partOf ? row("Part of", viewLink("event/" + event.partOf, (data.byId.get(event.partOf) || { title: event.partOf }).title)) : "",
          row("Grade", grade[1] + ": " + event.why)),
        event.parts.length ? [el("h3", {}, "Events that are part of it"), eventList(event.parts.map((part) => data.byId.get(part)).filter(Boolean), state, 20)] : "",
        event.external.length ? el("p", { class: "quiet" }, "Also listed as ", event.external.map(([name, other, url], n) => [n ? ", " : "", url ? outside(url, name + " " + other) : name + " " + other])) : "",
        el("h3", {}, "Cite this event"),
        el("p", { class: "quiet" }, event.cite),
        el("div", { class: "bar" }, copyButton("Copy citation", () => event.cite), copyButton("Copy as JSON", () => JSON.stringify(plain(event), null, 1)), copyButton("Copy link", () => location.href)),
      ];
    },
    actor(state, events, id) {
      const index = data.actorById.get(id);
      if (index === undefined) return notThere("actor", id);
      const actor = data.actors[index];
      const part = data.events.filter((event) => event.actors.some((one) => one[0] === index));
      const said = data.events.filter((event) => event.voices.has(index));
      const published = data.events.filter((event) => event.claims.some((claim) => claim.ev.some(([source]) => data.sources[source].by === index)));
      const alone = published.filter((event) => [...event.documents].every((source) => data.sources[source].by === index));
      const against = new Map();
      for (const event of data.events) for (const claim of event.claims) for (const other of claim.conflicts) {
        const [rival] = findClaim(other);
        if (!rival || rival.who === claim.who) continue;
        if (claim.who === index) add(against, rival.who, event);
        if (rival.who === index) add(against, claim.who, event);
      }
      return [back(), el("h2", {}, actor.name), el("p", {}, actor.description),
        el("dl", {}, row("Takes part in", count(part.length, "event")), row("Makes claims in", count(said.length, "event")), published.length ? row("Publishes", count(published.length, "event") + ", of which " + alone.length + " nobody else here tells") : ""),
        el("p", {}, el("button", { type: "button", on: { click: () => go({ view: "events", actor: id }) } }, "Show its events on the map")),
        against.size ? [el("h3", {}, "Contradicted by"), el("ul", {}, [...against].sort((a, b) => b[1].size - a[1].size).map(([other, where]) => el("li", {}, actorLink(other), " in " + count(where.size, "event") + ": ", [...where].slice(0, 8).map((event, n) => [n ? ", " : "", viewLink("event/" + event.id, event.id)]))))] : "",
        alone.length ? [el("h3", {}, "Events that only its documents tell (" + alone.length + ")"), eventList(alone, state, 40)] : "",
        part.length ? [el("h3", {}, "Events in which it takes part"), eventList(part, state, 40)] : "",
        said.length ? [el("h3", {}, "Events of which it says something"), eventList(said, state, 40)] : ""];
    },
    place(state, events, id) {
      const index = data.placeById.get(id);
      if (index === undefined) return notThere("place", id);
      const place = data.places[index];
      const here = data.events.filter((event) => event.places.has(index));
      const km = el("input", { id: "page-km", type: "number", min: 1, max: 500, value: 20, style: "width:70px" });
      return [back(), el("h2", {}, place.name),
        el("p", { class: "quiet" }, place.kind, place.within !== null && place.within !== undefined ? [" in ", placeLink(place.within)] : "", typeof place.lat === "number" ? " · " + place.lat.toFixed(4) + ", " + place.lon.toFixed(4) + " · within " + metres(place.radius) : " · no point known"),
        el("div", { class: "bar" }, el("button", { type: "button", on: { click: () => go({ view: "events", place: id, km: "" }) } }, "Show its events on the map"),
          typeof place.lat === "number" ? [el("button", { type: "button", on: { click: () => go({ view: "events", place: id, km: km.value }) } }, "Events within"), el("label", { for: "page-km" }, km, " km")] : ""),
        el("h3", {}, "Who held it"), controlTable(place), el("h3", {}, count(here.length, "event")), eventList(here, state, 60)];
    },
    document(state, events, id) {
      const index = data.sourceById.get(id);
      if (index === undefined) return notThere("document", id);
      const source = data.sources[index];
      const told = data.events.filter((event) => event.documents.has(index));
      const only = told.filter((event) => event.documents.size === 1);
      return [back(), el("h2", {}, source.title),
        el("dl", {}, source.by !== null ? row("Published by", actorLink(source.by)) : "", source.date ? row("Day", source.date) : "", source.url ? row(source.urlLabel === "page" ? "Address" : "Copy, " + source.urlLabel, outside(source.url, source.url)) : "", row("Read as", source.file), row("Text", source.composition), source.notes ? row("Notes", source.notes) : ""),
        el("h3", {}, "Coded from it: " + count(told.length, "event")), only.length ? el("p", { class: "quiet" }, only.length + " of them only this document tells.") : "", eventList(told, state, 60)];
    },
    control(state) {
      const day = state.day || (data.meta.controlDay || "2017-06-15");
      const area = state.place && data.placeById.get(state.place);
      const rows = data.places.map((place, n) => [place, n]).filter(([place, n]) => place.control.length && (area === undefined || area === "" || ancestors(data, n).has(area)))
        .map(([place]) => [place, controlOn(place, day)]);
      const known = rows.filter(([, found]) => found.now.length || found.against.length), unknown = rows.filter(([, found]) => !found.now.length && !found.against.length);
      const byName = (list) => list.sort((a, b) => TOWNS.has(b[0].kind) - TOWNS.has(a[0].kind) || a[0].name.localeCompare(b[0].name));
      const table = (list, head, cells) => el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, byName(list).map(([place, found]) => el("tr", {}, el("td", {}, placeLink(data.placeById.get(place.id))), cells(found))))));
      const input = el("input", { id: "control-day", type: "date", value: day, on: { change: (event) => isDay(event.target.value) && go({ day: event.target.value }) } });
      return [el("h2", {}, "Who held what on a day"), el("p", {}, el("label", { for: "control-day" }, "Day "), input),
        el("p", { class: "quiet" }, "Only claims that name that day count. Nothing is carried forward to later days." + (state.place ? " The filter by place applies." : "")),
        known.length ? table(known, ["Place", "Said of that day", "On whose word"], (found) => [el("td", {}, distinct([...found.now, ...found.against].map((span) => span.text)).map((text, n) => [n ? el("br") : "", text])), el("td", {}, words([...found.now, ...found.against]))])
          : el("p", {}, "No claim names that day."),
        unknown.length ? [el("h3", {}, "Not known on that day (" + unknown.length + " places): what was said last before and first after"),
          table(unknown, ["Place", "Last said before", "First said after"], (found) => [el("td", {}, nearest(found.earlier)), el("td", {}, nearest(found.later))])] : ""];
    },
    compare(state, events) {
      const speaking = new Map();
      for (const event of data.events) for (const [who] of Object.entries(event.counts)) speaking.set(Number(who), (speaking.get(Number(who)) || 0) + 1);
      const ranked = [...speaking].sort((a, b) => b[1] - a[1]).map(([who]) => who);
      const a = data.actorById.get(state.a) ?? ranked[0], b = data.actorById.get(state.b) ?? ranked.find((who) => who !== a);
      const choose = (name, chosen) => el("select", { id: "compare-" + name, on: { change: (event) => go({ [name]: event.target.value }) } }, ranked.map((who) => el("option", { value: data.actors[who].id, selected: who === chosen }, data.actors[who].name + " (" + speaking.get(who) + ")")));
      const by = state.gap === "widest" ? "widest" : "least";
      const rows = events.filter((event) => event.counts[a] && event.counts[b]).map((event) => {
        const [x, y] = [event.counts[a], event.counts[b]];
        const least = Math.max((x[0] ?? 0) - (y[1] ?? Infinity), (y[0] ?? 0) - (x[1] ?? Infinity), 0);
        const widest = Math.max((x[1] ?? Infinity) - (y[0] ?? 0), (y[1] ?? Infinity) - (x[0] ?? 0));
        return { event, x, y, least, widest };
      }).sort((one, two) => (two[by] - one[by] || 0) || most(two.event) - most(one.event));
      const order = el("select", { id: "compare-gap", on: { change: (event) => go({ gap: event.target.value }) } }, [["least", "Least difference"], ["widest", "Widest difference"]].map(([value, text]) => el("option", { value, selected: value === by }, text)));
      const heads = [["Event"], [data.actors[a]?.name, "n"], [data.actors[b]?.name, "n"], ["Least difference", "n"], ["Widest difference", "n"]];
      if (a === undefined || b === undefined) return [el("h2", {}, "Compare what two voices say of people killed"), el("p", {}, "Fewer than two voices here give a number.")];
      return [el("h2", {}, "Compare what two voices say of people killed"),
        el("div", { class: "bar" }, el("label", { for: "compare-a" }, "First ", choose("a", a)), el("label", { for: "compare-b" }, "Second ", choose("b", b)), el("label", { for: "compare-gap" }, "Sort by ", order)),
        el("p", { class: "quiet" }, count(rows.length, "selected event") + " with a number by both. Least difference: how far apart the two ranges are; 0 means that both can be right. Widest difference: from one's lowest to the other's highest number."),
        rows.length ? el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))),
          el("tbody", {}, rows.slice(0, 300).map(({ event, x, y, least, widest }) => el("tr", {}, el("td", {}, viewLink("event/" + event.id, event.title), " ", el("span", { class: "quiet" }, windowText(event))), el("td", { class: "n" }, range(...x)), el("td", { class: "n" }, range(...y)), el("td", { class: "n" }, number(least)), el("td", { class: "n" }, widest === Infinity ? "no limit" : number(widest))))))) : ""];
    },
    about() {
      return [el("h2", {}, "About this page"), data.meta.about.map((text) => el("p", {}, text)),
        el("h3", {}, "Grades"), el("dl", {}, data.grades.map(([, name, text]) => row(name, text))), el("h3", {}, "How to cite"), el("p", {}, data.meta.citation), el("h3", {}, "Credits"), data.meta.credits.map((text) => el("p", {}, text))];
    },
  };

  // The pages of what the filters name: what an outlet alone reports, who held a place, what a document was coded as.
  function pagesOf(state) {
    const links = [];
    if (data.actorById.has(state.actor)) links.push(actorLink(data.actorById.get(state.actor)));
    if (data.placeById.has(state.place)) links.push(placeLink(data.placeById.get(state.place)));
    if (data.sourceById.has(state.doc)) links.push(viewLink("document/" + state.doc, data.sources[data.sourceById.get(state.doc)].name));
    return links.length ? el("p", { id: "pages" }, "Page of ", links.map((link, n) => [n ? ", " : "", link])) : "";
  }
  const row = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];
  const count = (n, what) => n + " " + what + (n === 1 ? "" : "s");
  const metres = (m) => (m >= 1000 ? Math.round(m / 100) / 10 + " km" : m + " m");
  const back = () => el("p", {}, viewLink("events", "← All selected events"));
  const notThere = (what, id) => [back(), el("p", {}, "There is no " + what + " " + id + " in this page.")];
  const boundText = (which, basis) => which + " " + ({ stated: "as stated", inherited: "from what it is part of", report: "from the day of the report", open: "not known" }[basis] || basis);
  function add(map, key, value) {
    if (!map.has(key)) map.set(key, new Set());
    map.get(key).add(value);
  }
  function findClaim(address) {
    const [id] = address.split("#");
    const event = data.byId.get(id);
    return [event && event.claims.find((claim) => claim.id === address), event];
  }
  function sides(event) {
    const order = [1, 2, null];
    return order.map((side) => event.actors.filter((part) => part[1] === side)).filter((group) => group.length).map((group, n) => [n ? el("br", {}) : "",
      group[0][1] ? "Side " + group[0][1] + ": " : "", group.map(([actor, , role], m) => [m ? ", " : "", actorLink(actor), " (" + role + ")"])]);
  }
  function figureTable(event) {
    return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["What", "Low", "High", "Low by", "High by"].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, event.figures.map((figure) => el("tr", {}, el("td", {}, figure.what), el("td", { class: "n" }, figure.low === null ? "–" : number(figure.low)), el("td", { class: "n" }, figure.high === null ? "no upper bound reported" : number(figure.high)),
        el("td", {}, names(figure.lowBy)), el("td", {}, names(figure.highBy)))))));
  }
  const names = (list) => list.map((who, n) => [n ? ", " : "", actorLink(who)]);

  // First what is disputed, a column a side, then every other claim by what it is about.
  const SIDES_OF = { occurrence: "Whether it happened", responsibility: "Who did it", number: "How many", date: "When", place: "Where", outcome: "How it ended", control: "Who held it", movement: "Who moved where", statement: "What is said of it" };
  function claimGroups(event) {
    const shown = new Set();
    const disputes = event.disputes.map(([kind, sides]) => {
      const found = sides.map((side) => side.map((id) => [id, findClaim(id)[0]]).filter(([, claim]) => claim));
      found.flat().forEach(([id]) => shown.add(id));
      const about = kind === "number" && found.flat().length ? "How many " + found.flat()[0][1].group.split(":")[0].toLowerCase() : SIDES_OF[kind] || kind;
      return el("div", { class: "group disputed" }, el("h4", {}, el("span", {}, about), el("span", {}, found.length > 1 ? "contradicted" : "denied or doubted")),
        el("div", { class: "sides" }, found.map((side) => el("div", {}, side.map(([id, claim]) => claimBox(claim, id.startsWith(event.id + "#") ? null : id.split("#")[0]))))));
    });
    const groups = new Map();
    for (const claim of event.claims.filter((claim) => !shown.has(claim.id))) {
      if (!groups.has(claim.group)) groups.set(claim.group, []);
      groups.get(claim.group).push(claim);
    }
    return [disputes, [...groups].map(([name, claims]) => el("div", { class: "group" }, el("h4", {}, el("span", {}, name), el("span", {}, count(claims.length, "claim"))), claims.map((claim) => claimBox(claim))))];
  }
  // `elsewhere` is the event that the claim belongs to, where it is not the one shown.
  function claimBox(claim, elsewhere) {
    return el("div", { class: "claim" + (claim.status ? " gone" : ""), id: "claim-" + claim.id.replace("#", "-") },
      el("div", {}, el("span", { class: "who" }, actorLink(claim.who)), claim.stated ? " (“" + claim.stated + "”)" : "", claim.speaker ? ", " + claim.speaker : "", claim.via.length ? [", via ", names(claim.via)] : "", " ",
        el("span", { class: "stance " + claim.stance }, claim.stance), claim.hedge ? el("span", { class: "tag" }, claim.hedge) : "", claim.status ? el("span", { class: "tag" }, claim.status) : ""),
      claim.number ? el("div", { class: "number" }, claim.number) : "",
      el("div", {}, claim.text),
      el("div", { class: "source" }, evidenceOf(claim), claim.day ? " · said " + claim.day : "", " · ", elsewhere ? ["in ", viewLink("event/" + elsewhere, elsewhere), " "] : "", claim.id.split("#")[1],
        claim.conflicts.length ? [" · contradicts ", claim.conflicts.map((id, n) => [n ? ", " : "", claimLink(id, rivalName(id))])] : ""));
  }
  function rivalName(address) {
    const rival = findClaim(address)[0];
    return rival ? data.actors[rival.who].name + (rival.number ? " (" + rival.number + ")" : "") : address;
  }
  // One entry a document, with all the paragraphs that say it.
  function evidenceOf(claim) {
    const bySource = new Map();
    for (const [source, paragraph, locator] of claim.ev) {
      if (!bySource.has(source)) bySource.set(source, []);
      bySource.get(source).push(paragraph + (locator ? " (" + locator + ")" : ""));
    }
    return [...bySource].map(([index, paragraphs], n) => {
      const source = data.sources[index];
      return [n ? "; " : "", viewLink("document/" + source.id, source.name), paragraphs.length === 1 ? ", paragraph " : ", paragraphs ", paragraphs.join(", "), source.url ? [" (", outside(source.url, source.urlLabel), ")"] : ""];
    });
  }
  const TOWNS = new Set(["city", "town", "village"]);
  const distinct = (list) => [...new Set(list)];
  const claimLink = (address, text) => viewLink("event/" + address.split("#")[0], text, { claim: address.split("#")[1] });
  const words = (spans) => [...new Map(spans.map((span) => [span.claim, span])).values()].map((span, n) => [n ? ", " : "", claimLink(span.claim, data.actors[span.who].name), span.holds ? "" : " (against)"]);
  const nearest = (spans) => spans.map((span, n) => [n ? el("br") : "", span.when + ": " + span.text + " (", claimLink(span.claim, data.actors[span.who].name), ")"]);
  function controlTable(place) {
    if (!place.control.length) return el("p", { class: "quiet" }, "No claim says who held it.");
    return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["When", "State", "On whose word"].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, place.control.map((span) => el("tr", {}, el("td", {}, span.when), el("td", {}, span.text), el("td", {}, words([span])))))));
  }
  // What the claims that name the day say, and, of the place itself, the nearest before and after it.
  function controlOn(place, day) {
    const dated = place.control.filter((span) => span.days);
    const today = dated.filter((span) => span.days[0] <= day && day <= span.days[1]);
    const own = dated.filter((span) => span.own && span.holds);
    const before = own.filter((span) => span.days[1] < day).map((span) => span.days[1]).sort().pop();
    const after = own.filter((span) => span.days[0] > day).map((span) => span.days[0]).sort()[0];
    return { now: today.filter((span) => span.holds), against: today.filter((span) => !span.holds), earlier: own.filter((span) => span.days[1] === before), later: own.filter((span) => span.days[0] === after) };
  }
  function plain(event) {
    return { id: event.id, title: event.title, kind: event.kind, type: data.types[event.type][0], date_start: event.start, date_end: event.end, place: event.place === null ? null : data.places[event.place].id,
      latitude: event.placed ? event.lat : null, longitude: event.placed ? event.lon : null, radius_m: event.placed ? event.radius : null, grade: data.grades[event.grade][0], summary: event.summary,
      claims: event.claims.map((claim) => ({ id: claim.id, claimant: data.actors[claim.who].id, speaker: claim.speaker, stance: claim.stance, about: claim.group, says: claim.text, number: claim.number, hedge: claim.hedge, conflicts_with: claim.conflicts,
        evidence: claim.ev.map(([source, paragraph]) => ({ source: data.sources[source].id, paragraph, url: data.sources[source].url })) })), cite: event.cite };
  }
  function copyButton(text, value) {
    const button = el("button", { type: "button" }, text);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(value());
      } catch {
        const area = el("textarea", { "aria-label": text });
        area.value = value();
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = text; }, 1500);
    });
    return button;
  }

  let last = null, listScroll = 0;
  return function show(state, events) {
    const [name, ...rest] = state.view.split("/");
    const page = Object.hasOwn(pages, name) ? pages[name] : pages.events;
    const moved = state.view !== last, left = last;
    const narrow = matchMedia("(max-width: 800px)").matches;
    const scroller = narrow ? document.documentElement : panel;
    if (left === "events") listScroll = scroller.scrollTop;
    last = state.view;
    panel.replaceChildren(...[page(state, events, rest.join("/"))].flat(Infinity).filter((part) => part !== ""));
    const claim = state.claim && document.getElementById("claim-" + rest.join("/") + "-" + state.claim);
    if (claim) {
      claim.classList.add("named");
      claim.scrollIntoView({ block: "center" });
    } else if (moved && left !== null) {
      if (state.view === "events") {
        // Back in the list: where the reader was, at the event that was open.
        scroller.scrollTop = listScroll;
        const row = panel.querySelector('[data-event="' + CSS.escape(left.split("/")[1] || "") + '"]');
        if (row) row.focus({ preventScroll: true });
      } else {
        panel.scrollTop = 0;
        panel.focus({ preventScroll: true });
        if (narrow) panel.scrollIntoView();
      }
    }
  };
}
