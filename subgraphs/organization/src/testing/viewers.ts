import type { Role } from "@lentera/kit";
import { buildViewer } from "@lentera/kit/testing";
import { permissionsOf } from "../permissions.js";

/** Somebody who works for an organization, as the gateway would see them. */
export function staffViewer(organizationId: string, role: Role, userId?: string) {
  return buildViewer({
    role,
    organizationId,
    staff: true,
    permissions: permissionsOf(role),
    ...(userId !== undefined && { userId }),
  });
}

/** An admin of the platform. */
export function platformViewer() {
  return buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") });
}
