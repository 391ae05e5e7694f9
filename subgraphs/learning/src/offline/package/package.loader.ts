import { defineLoader } from "@lentera/kit";
import type { LearningContext } from "../../context.js";
import { toBase64url } from "../signed-token.js";
import * as store from "./package.store.js";

/** Compressed contents, base64url, of packages that the viewer holds. */
export const contentLoader = defineLoader<LearningContext, string, string>(async (ctx, contentIds) => {
  const contents = await store.findContents(ctx.db, contentIds);
  return contentIds.map((id) => toBase64url(contents.get(id) ?? new Uint8Array()));
});
