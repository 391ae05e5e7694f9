import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { SEND_MAIL, deliverMail } from "./mail.service.js";

export function mailJobs(createContext: () => OrganizationContext): Job[] {
  return [{ name: SEND_MAIL, run: (payload) => deliverMail(createContext(), payload) }];
}
