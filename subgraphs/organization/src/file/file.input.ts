import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";
import { MAXIMUM_UPLOAD_BYTES } from "./file.rules.js";

@InputType()
export class RequestUploadInput {
  @Field(() => String, { description: "The file's name, e.g. `siswa.csv`." })
  name!: string;
  @Field(() => String, { description: "E.g. `text/csv`." })
  mediaType!: string;
  @Field(() => Int, { description: "Exactly how many bytes will be sent, at most 10,485,760." })
  sizeBytes!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

export const requestUploadRules = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the file's name.")
    .max(200, "A file's name has at most 200 characters.")
    .regex(/^[^/\\\p{Cc}]*$/u, "A file's name has no slashes and no control characters."),
  mediaType: z.string().regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/i, "A media type looks like text/csv."),
  sizeBytes: z
    .int()
    .min(1, "An empty file cannot be uploaded.")
    .max(MAXIMUM_UPLOAD_BYTES, "A file has at most 10 MB (10,485,760 bytes)."),
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});
