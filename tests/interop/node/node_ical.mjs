// What node-ical makes of feeds: node node_ical.mjs FOLDER-OF-MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, ...files] = process.argv.slice(2);
const ical = createRequire(`${folder}/`)("node-ical");

function moment(date) {
  // node-ical gives a day as midnight of the machine's own zone
  const pad = (number) => String(number).padStart(2, "0");
  return date.dateOnly
    ? `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
    : date.toISOString();
}

const read = {};
for (const file of files) {
  read[file] = Object.values(ical.sync.parseICS(readFileSync(file, "utf8")))
    .filter((component) => ["VEVENT", "VTODO"].includes(component.type))
    .map((found) => [
      found.uid,
      moment(found.start),
      moment(found.type === "VTODO" ? found.due : found.end),
      found.status,
      Number(found.sequence),
    ]);
}
console.log(JSON.stringify(read));
