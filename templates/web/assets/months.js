// The month view: FullCalendar, fetched when it is first asked for, fed from the list on the page,
// so that the two cannot differ. Where it does not come, the tables of the page stand in for it.
"use strict";

(() => {
  const section = document.querySelector(".dates");
  const place = section && section.querySelector(".calendar");
  if (!place) {
    document.querySelectorAll(".views").forEach((views) => { views.hidden = true; });
    return;
  }
  const list = section.querySelector(".list");
  const tables = section.querySelector(".months");
  const heading = place.querySelector("h3");
  const buttons = section.querySelectorAll("[data-view]");
  const told = place.querySelector(".told");
  const narrow = matchMedia("(max-width: 40rem)");
  const LOCALES = { en: "en-gb", zh: "zh-cn" };
  const COLORS = {
    confirmed: "--good", tentative: "--warn", postponed: "--warn", cancelled: "--off",
    deadline: "--accent", event: "--quiet",
  };
  let calendar = null;
  let loading = null;
  let telling = null; // the entry whose times are shown beside it

  function view() {
    return narrow.matches ? "listMonth" : "dayGridMonth";
  }

  function dayAfter(date) {
    const day = new Date(date + "T00:00:00Z");
    day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
  }

  function address(entry) {
    const link = entry.matches(".line") && entry.querySelector("h3 a");
    if (link) return link.href;
    return "#" + (entry.id || entry.closest("section").getAttribute("aria-labelledby"));
  }

  function toEvent(entry) {
    const { from, until, entry: title, kind } = entry.dataset;
    const whole = !from.includes("T");
    const ends = whole ? dayAfter(until) : until;
    return {
      title, start: from, end: ends === from ? undefined : ends, allDay: whole,
      url: address(entry), className: kind, extendedProps: { entry },
      color: "var(" + COLORS[kind.split(" ")[0]] + ")", contrastColor: "var(--card)",
    };
  }

  // The lines of its time in the list: agreed, in UTC and, first, in the chosen zone.
  function times(entry) {
    const place = entry.querySelector(".agreed, .days").parentElement;
    const lines = Array.from(place.querySelectorAll(":scope > p:not(.badges, [hidden])"));
    return lines.sort((a, b) => b.matches(".yours") - a.matches(".yours"));
  }

  // The blank keeps the time and the name apart for who hears them. A list of days, as a phone has
  // it, tells everything at once: nothing can be pointed at there.
  function content({ timeText, event, view }) {
    const [whole, time, name] = ["span", "span", "bdi"].map((tag) => document.createElement(tag));
    time.textContent = timeText;
    name.textContent = event.title;
    whole.append(...(timeText ? [time, " "] : []), name);
    if (view.type === "listMonth") {
      times(event.extendedProps.entry).forEach((line) => whole.append(spanOf(line)));
    }
    return { domNodes: [whole] };
  }

  function spanOf(line) {
    const span = Object.assign(document.createElement("span"), { className: "times" });
    span.append(...line.cloneNode(true).childNodes);
    return span;
  }

  // What an entry is and when, in each zone with its date, beside what is pointed at or has the focus.
  function tell(link, event) {
    if (narrow.matches) return;
    const name = Object.assign(document.createElement("strong"), { textContent: event.title, dir: "auto" });
    told.replaceChildren(name, ...times(event.extendedProps.entry).map((line) => line.cloneNode(true)));
    if (!told.showPopover) {
      link.title = Array.from(told.children, (line) => line.textContent.trim()).join("\n");
      return;
    }
    told.hidden = false;
    told.showPopover();
    telling = link;
    stand();
  }

  // Again at each scrolling: a browser scrolls to what gets the focus.
  function stand() {
    if (!telling) return;
    const [at, box] = [telling.getBoundingClientRect(), told.getBoundingClientRect()];
    const below = at.bottom + box.height < innerHeight || at.top < box.height;
    told.style.top = (below ? at.bottom : at.top - box.height) + "px";
    told.style.left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.width - 8)) + "px";
  }

  function hush() {
    if (told.matches("[popover]:not([hidden])")) told.hidePopover();
    told.hidden = true;
    telling = null;
  }

  // Who moves from the entry into the box is still reading it.
  function leave(event) {
    if (!told.contains(event.relatedTarget)) hush();
  }

  function listen({ el, event }) {
    const link = el.matches("a") ? el : el.querySelector("a") || el;
    link.setAttribute("aria-describedby", told.id);
    ["mouseenter", "focus"].forEach((kind) => link.addEventListener(kind, () => tell(link, event)));
    ["mouseleave", "blur"].forEach((kind) => link.addEventListener(kind, leave));
  }

  function firstDate(entries) {
    const ahead = entries.filter((entry) => Interim.instant(entry.dataset.until) >= Date.now());
    const times = (ahead.length ? ahead : entries.slice(-1)).map((entry) => Interim.instant(entry.dataset.from));
    return new Date(Math.min(...times));
  }

  function fetchParts() {
    place.dataset.styles.split(" ").forEach((href) => {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    });
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = place.dataset.script;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function make() {
    const entries = Array.from(document.querySelectorAll("[data-entry]"));
    const language = document.documentElement.lang;
    calendar = new FullCalendar.Calendar(place.querySelector(".grid"), {
      initialView: view(), initialDate: firstDate(entries), events: entries.map(toEvent),
      timeZone: Interim.chosen.zone, locale: LOCALES[language] || language,
      direction: document.documentElement.dir, firstDay: Number(place.dataset.firstDay),
      headerToolbar: false, height: "auto", fixedWeekCount: false, dayMaxEvents: 4,
      // A deadline at the last second of a day belongs to that day alone.
      defaultTimedEventDuration: "00:00:01", displayEventEnd: false,
      eventTimeFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
      eventContent: content, eventDidMount: listen,
      datesSet: (info) => { heading.textContent = info.view.title; },
    });
    calendar.render();
    narrow.addEventListener("change", () => calendar.changeView(view()));
    told.addEventListener("mouseleave", hush);
    addEventListener("scroll", stand);
    addEventListener("keydown", (event) => { if (event.key === "Escape") hush(); });
    place.querySelectorAll("[data-step]").forEach((button) => {
      button.addEventListener("click", () => calendar[button.dataset.step]());
    });
  }

  async function showMonth(zone) {
    tables.hidden = true;
    place.hidden = false;
    try {
      loading = loading || fetchParts();
      await loading;
      if (!calendar) make();
      calendar.setOption("timeZone", zone);
    } catch {
      place.hidden = true;
      tables.hidden = false;
      tables.open = true;
    }
  }

  function show({ view: wanted, zone }) {
    const month = wanted === "month";
    document.documentElement.dataset.view = wanted;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === wanted)));
    const wasHidden = list.hidden;
    list.hidden = month;
    hush();
    if (month) {
      showMonth(zone);
      return;
    }
    place.hidden = true;
    tables.hidden = true;
    // The browser looked for the anchor while the list was not there.
    const target = wasHidden && location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      target.tabIndex = -1;
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    }
  }

  buttons.forEach((button) => {
    button.addEventListener("click", () => Interim.choose({ view: button.dataset.view }));
  });
  Interim.onChoice(show);
})();
