// Composes the address of the calendar from what is chosen, and knows the reader's zone.
"use strict";

(() => {
  const form = document.querySelector(".choices");
  const zone = document.getElementById("letters-zone");

  // Not every feed is published with every wish; what it has not is not offered for it.
  function limit(what, language, alarms, active) {
    const limits = what.selectedOptions ? what.selectedOptions[0].dataset.limits : "";
    alarms.disabled = limits === "silent";
    if (alarms.disabled) alarms.checked = false;
    language.disabled = Boolean(limits) && (alarms.checked || active.checked);
    if (language.disabled) language.value = "";
  }

  function compose() {
    const fields = ["what", "language", "alarms", "active"].map((name) => document.getElementById("feed-" + name));
    limit(...fields);
    const name = fields.map((field) => (field.type === "checkbox" && !field.checked ? "" : field.value)).join("");
    form.parentElement.querySelectorAll("[data-pattern]").forEach((place) => {
      const address = place.dataset.pattern.replace("__FEED__", name);
      if (place.matches("a")) place.href = address;
      else place.value = address;
    });
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("change", compose);
    form.addEventListener("submit", (event) => event.preventDefault());
    compose(); // the browser may have kept what was chosen before
  }
  if (zone) {
    const zones = document.createElement("datalist");
    zones.id = "zones";
    const known = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
    zones.append(...known.map((name) => new Option(name, name)));
    zone.after(zones);
    zone.value = Interim.device;
  }
})();
