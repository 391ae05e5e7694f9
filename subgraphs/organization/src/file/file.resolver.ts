import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { RequestUploadInput } from "./file.input.js";
import { requestUpload } from "./file.service.js";
import { RequestUploadPayload } from "./file.type.js";

@Resolver()
export class FileResolver {
  @Authorized()
  @Mutation(() => RequestUploadPayload, {
    description:
      "The first step of an upload: gives the URL to which the file's bytes are `PUT`. Needs `students:create`.",
  })
  requestUpload(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestUploadInput) input: RequestUploadInput,
  ): Promise<RequestUploadPayload> {
    return requestUpload(ctx, input);
  }
}
