import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { emailAddress } from "../account/account.input.js";
import { ProofInput, proofRules } from "../totp/totp.input.js";

@InputType()
export class RequestEmailChangeInput {
  @Field(() => String)
  newEmail!: string;
  @Field(() => ProofInput)
  proof!: ProofInput;
}

export const requestEmailChangeRules = z.object({ newEmail: emailAddress, proof: proofRules });

@InputType()
export class ConfirmEmailChangeInput {
  @Field(() => String, { description: "From the link of the letter." })
  token!: string;
}
