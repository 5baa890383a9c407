// Adds what only the reader's device knows: its zone, what is past by now, its clipboard. What the
// reader chooses stands in the address behind "#", so that it can be sent on, and nowhere else.
"use strict";

const Interim = (() => {
  const locale = document.documentElement.dataset.locale;
  const device = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = Date.now();
  const tools = document.querySelector(".tools");
  const chosen = { view: "list", zone: device };
  const listeners = [];

  function isZone(name) {
    try {
      return Boolean(name && new Intl.DateTimeFormat("en", { timeZone: name }));
    } catch {
      return false;
    }
  }

  // A hash without "=" is the anchor of a meeting, which stands in the list.
  function read() {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) {
      chosen.view = "list";
      return;
    }
    const said = new URLSearchParams(hash);
    chosen.view = said.get("view") === "month" ? "month" : "list";
    if (said.has("zone")) chosen.zone = isZone(said.get("zone")) ? said.get("zone") : device;
  }

  function write() {
    const said = [];
    if (chosen.view !== "list") said.push("view=" + chosen.view);
    if (chosen.zone !== device) said.push("zone=" + encodeURIComponent(chosen.zone).replaceAll("%2F", "/"));
    history.replaceState(null, "", said.length ? "#" + said.join("&") : location.pathname + location.search);
  }

  // Who goes on in another language keeps what was chosen.
  function carryOn() {
    const hash = location.hash.includes("=") ? location.hash : "";
    document.querySelectorAll(".languages a").forEach((link) => { link.hash = hash; });
  }

  function tell() {
    listeners.forEach((listener) => listener(chosen));
  }

  function choose(changes) {
    Object.assign(chosen, changes);
    write();
    tell();
  }

  function onChoice(listener) {
    listeners.push(listener);
    listener(chosen);
  }

  // A sentence of the page's language, as `tools` has it, with its places filled in.
  function say(sentence, facts) {
    return tools.dataset[sentence].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  }

  // By the page's own pattern, as in CLDR: "EEEE d 'de' MMMM".
  function dayInWords(instant, zone) {
    const format = new Intl.DateTimeFormat(locale, {
      timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
    });
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const named = { E: parts.weekday, d: parts.day, M: parts.month, y: parts.year };
    const pattern = parts.day === "1" ? tools.dataset.firstDay : tools.dataset.day;
    return pattern.replace(/'([^']*)'|E+|d+|M+|y+/g, (token, quoted) => quoted || named[token[0]]);
  }

  function clock(instant, zone) {
    return new Intl.DateTimeFormat(locale, {
      timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
      second: instant.getUTCSeconds() ? "2-digit" : undefined,
    }).format(instant);
  }

  // "Asia/Tokyo, UTC+09:00"; of a browser that knows no offsets the name alone.
  function zoneInWords(instant, zone) {
    try {
      const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(instant);
      const offset = parts.find((part) => part.type === "timeZoneName").value.replace("GMT", "UTC");
      return zone + ", " + (offset === "UTC" ? "UTC+00:00" : offset);
    } catch {
      return zone;
    }
  }

  function moment(instant, zone, time) {
    return say(zone === "UTC" ? "utc" : "moment", { day: dayInWords(instant, zone), time, zone: zoneInWords(instant, zone) });
  }

  // As the page says it: a span over midnight or over a clock change names both of its moments.
  function timeInWords(starts, ends, zone) {
    if (!ends) return moment(starts, zone, clock(starts, zone));
    const [opens, closes] = [clock(starts, zone), clock(ends, zone)];
    const same = day(starts, zone) === day(ends, zone) && zoneInWords(starts, zone) === zoneInWords(ends, zone);
    if (same) return moment(starts, zone, say("hours", { opens, closes }));
    return say("span", { start: moment(starts, zone, opens), end: moment(ends, zone, closes) });
  }

  // A bracket and what it holds, and hours, stay in one piece, as in the page's own lines.
  function unbroken(text) {
    return text.split(/([(（][^()（）]+[)）]|[\d:]+–[\d:]+)/).map((part, number) => {
      if (number % 2 === 0) return part;
      const className = part.includes("–") ? "unbroken" : "boxed";
      return Object.assign(document.createElement("bdi"), { className, textContent: part });
    });
  }

  function day(instant, zone) {
    return new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short" }).format(instant);
  }

  // A bare date ends with its day, wherever the reader is.
  function instant(text) {
    return text.includes("T") ? Date.parse(text) : Date.parse(text + "T23:59:59");
  }

  function showTime(line, zone) {
    const starts = new Date(line.dataset.starts);
    const ends = line.dataset.ends ? new Date(line.dataset.ends) : null;
    const whose = zone === device ? tools.dataset.yours : tools.dataset.theirs;
    line.replaceChildren(whose + " ", ...unbroken(timeInWords(starts, ends, zone)));
    if (day(starts, zone) !== line.dataset.day) {
      const other = document.createElement("span");
      other.className = "other-day";
      other.textContent = tools.dataset.otherDay;
      line.append(" ", other);
    }
    line.hidden = false;
  }

  // A meeting whose minutes are still due is not past.
  function isPast(entry) {
    const parts = [entry, ...entry.querySelectorAll("[data-until]")];
    return parts.every((part) => instant(part.dataset.until) < now);
  }

  function markNext(entries) {
    const next = entries.find((entry) => !isPast(entry) && !entry.querySelector("h3 s"));
    const badges = next && next.querySelector(".badges");
    if (!badges) return;
    const badge = document.createElement("span");
    badge.className = "next";
    badge.textContent = next.dataset.nextLabel;
    badges.append(" ", badge);
  }

  function foldPast(section) {
    const entries = Array.from(section.querySelectorAll("article, .line"));
    const past = entries.filter(isPast);
    past.forEach((entry) => entry.classList.add("past"));
    markNext(entries);
    const control = section.querySelector(".switch");
    // Where everything is past, hiding it would leave an empty page.
    if (past.length === 0 || past.length === entries.length) return;
    const box = control.querySelector("input");
    const apply = () => { section.dataset.past = box.checked ? "shown" : "hidden"; };
    box.addEventListener("change", apply);
    control.hidden = false;
    apply();
  }

  function option(zone, label) {
    return new Option(label || zone, zone);
  }

  function offerZones(select) {
    const near = [...new Set([device, tools.dataset.ownZone, "UTC", chosen.zone])];
    const all = document.createElement("optgroup");
    all.label = tools.dataset.allZones;
    const known = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
    all.append(...known.filter((zone) => !near.includes(zone)).map((zone) => option(zone)));
    select.append(...near.map((zone) => option(zone, zone === device ? zone + " (" + tools.dataset.device + ")" : zone)), all);
    select.addEventListener("change", () => choose({ zone: select.value }));
    onChoice(() => {
      if (!Array.from(select.options).some((each) => each.value === chosen.zone)) select.append(option(chosen.zone));
      select.value = chosen.zone;
    });
  }

  // The list has the chosen zone beside others, a month has it alone.
  function nameZone() {
    const label = tools.querySelector("[for=zone]");
    onChoice(({ view, zone }) => {
      label.textContent = label.dataset[view];
      document.querySelectorAll("[data-shown-zone]").forEach((place) => { place.textContent = zone; });
    });
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[role=status]");
    const label = button.textContent;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    if (label === button.dataset.copied) return;
    button.textContent = said.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2000);
  }

  read();
  if (tools) {
    onChoice(carryOn);
    const lines = Array.from(document.querySelectorAll("[data-starts]"));
    let shown = null;
    onChoice(({ zone }) => {
      if (zone !== shown) lines.forEach((line) => showTime(line, zone));
      shown = zone;
    });
    offerZones(document.getElementById("zone"));
    nameZone();
    foldPast(document.querySelector(".dates"));
    tools.hidden = false;
  }
  window.addEventListener("hashchange", () => { read(); tell(); });
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
  return { choose, chosen, device, instant, onChoice };
})();
