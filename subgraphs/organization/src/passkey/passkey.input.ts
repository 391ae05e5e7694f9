import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class RegisterPasskeyInput {
  @Field(() => ID, { description: "As `beginPasskeyRegistration` gave it; good for 5 minutes, once." })
  challengeId!: string;
  @Field(() => String, { description: "What its owner calls the device; 1 to 60 characters." })
  name!: string;
  @Field(() => String, { description: "The browser's answer: JSON of the created `PublicKeyCredential`." })
  response!: string;
}

@InputType()
export class SignInWithPasskeyInput {
  @Field(() => ID, { description: "As `beginPasskeySignIn` gave it; good for 5 minutes, once." })
  challengeId!: string;
  @Field(() => String, { description: "The browser's answer: JSON of the `PublicKeyCredential` that it got." })
  response!: string;
}

@InputType()
export class RemovePasskeyInput {
  @Field(() => ID)
  passkeyId!: string;
}

const LONGEST_RESPONSE = 20_000;
const credential = { id: z.string(), rawId: z.string(), type: z.literal("public-key") };
const outputs = z.object({}).default({});

/** A field that holds JSON of this shape. */
function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .max(LONGEST_RESPONSE, "This is not the browser's answer.")
    .transform((text, check) => {
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      check.addIssue({ code: "custom", message: "This is not the browser's answer." });
      return z.NEVER;
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const registerPasskeyRules = z.object({
  challengeId: z.string(),
  name: z.string().trim().min(1, "Name the device.").max(60, "A name has at most 60 characters."),
  response: jsonOf(
    z.object({
      ...credential,
      response: z.object({ clientDataJSON: z.string(), attestationObject: z.string() }),
      clientExtensionResults: outputs,
    }),
  ),
});

export const signInWithPasskeyRules = z.object({
  challengeId: z.string(),
  response: jsonOf(
    z.object({
      ...credential,
      response: z.object({ clientDataJSON: z.string(), authenticatorData: z.string(), signature: z.string() }),
      clientExtensionResults: outputs,
    }),
  ),
});
