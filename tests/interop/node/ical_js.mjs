// What ical.js makes of feeds: node ical_js.mjs FOLDER-OF-MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const found = createRequire(`${folder}/`).resolve("ical.js");
const { default: ICAL } = await import(pathToFileURL(found));

function shown(component) {
  const value = (name) => component.getFirstPropertyValue(name);
  const ends = component.name === "vtodo" ? "due" : "dtend";
  return [value("uid"), moment(value("dtstart")), moment(value(ends)), value("status"), value("sequence")];
}

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

// Each file is a calendar program of its own: it declares its zones and knows of no other's.
const read = {};
for (const file of files) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const found = ["vevent", "vtodo"].flatMap((name) => calendar.getAllSubcomponents(name));
  read[file] = found.map(shown);
}
console.log(JSON.stringify(read));
