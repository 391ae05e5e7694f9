/** Every text of the dashboards, one function per message; a bundle carries only those it calls. */
export { m } from "../dist/paraglide/messages.js";
