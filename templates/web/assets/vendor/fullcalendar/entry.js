// What of FullCalendar the pages need; VENDORED.md tells how this becomes fullcalendar.js.
import { Calendar as Core } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import list from "fullcalendar/list";
import theme from "fullcalendar/themes/classic";
import en from "fullcalendar/locales/en-gb";
import ar from "fullcalendar/locales/ar";
import es from "fullcalendar/locales/es";
import fr from "fullcalendar/locales/fr";
import ru from "fullcalendar/locales/ru";
import zh from "fullcalendar/locales/zh-cn";

export class Calendar extends Core {
  constructor(element, options) {
    super(element, { ...options, plugins: [dayGrid, list, theme], locales: [en, ar, es, fr, ru, zh] });
  }
}
