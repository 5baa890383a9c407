// Adds what only the reader's device knows: its zone, what is past by now, its clipboard.
"use strict";

const locale = document.documentElement.dataset.locale;
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const now = Date.now();

function formatter(seconds) {
  return new Intl.DateTimeFormat(locale, {
    weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined,
    hourCycle: "h23",
  });
}

// A bare date ends with its day, wherever the reader is.
function instant(text) {
  return text.includes("T") ? Date.parse(text) : Date.parse(text + "T23:59:59");
}

function showViewersTime(line) {
  const starts = new Date(line.dataset.starts);
  const format = formatter(starts.getUTCSeconds() !== 0);
  const ends = line.dataset.ends ? new Date(line.dataset.ends) : null;
  const said = ends ? format.formatRange(starts, ends) : format.format(starts);
  line.textContent = line.dataset.label + " " + said + " (" + zone + ")";
  line.hidden = false;
}

function showZone(line) {
  line.textContent = line.dataset.viewer + " " + zone;
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
  if (!control || past.length === 0 || past.length === entries.length) return;
  const box = control.querySelector("input");
  const apply = () => { section.dataset.past = box.checked ? "shown" : "hidden"; };
  box.addEventListener("change", apply);
  control.hidden = false;
  apply();
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2000);
}

document.querySelectorAll("[data-starts]").forEach(showViewersTime);
document.querySelectorAll("[data-viewer]").forEach(showZone);
document.querySelectorAll("section").forEach(foldPast);
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
});
