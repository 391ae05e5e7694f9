import { DateTime } from "@lentera/kit";
import { SittingVerdict, SyncItemKind, SyncPriority } from "@lentera/prisma/learning";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class SyncItemInput {
  @Field(() => ID, { description: "A UUID chosen by the client; whatever comes twice counts once." })
  clientId!: string;
  @Field(() => SyncItemKind)
  kind!: SyncItemKind;
  @Field(() => SyncPriority, { defaultValue: "MEDIUM" })
  priority!: SyncPriority;
  @Field(() => DateTime, { description: "By the device's clock." })
  createdAt!: Date;
  @Field(() => String, {
    description:
      'At most 16 KB. ANSWER: the entry as a compact JWS signed by the device (`typ` lentera-entry). PROGRESS: `{ sittingId, position, occurredAt }`. GAMIFICATION: `{ type: "STUDY_DAY", packageId, occurredAt }`. ANALYTICS: `{ name, occurredAt, properties }`.',
  })
  payload!: string;
}

@InputType()
export class SyncOfflineInput {
  @Field(() => ID)
  deviceId!: string;
  @Field(() => DateTime, {
    description: "What the device's clock shows as this is sent: the server corrects the device's times by it.",
  })
  sentAt!: Date;
  @Field(() => [SyncItemInput], { description: "At most 500." })
  items!: SyncItemInput[];
}

@InputType()
export class RetryDeadLetterInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class OfflineSittingFilter {
  @Field(() => SittingVerdict, { nullable: true })
  verdict?: SittingVerdict | null;
}

const id = z.uuid("This is not an id.");
const EARLIEST = new Date("1970-01-01T00:00:00Z");
const LATEST = new Date("2100-01-01T00:00:00Z");
const time = z.date().min(EARLIEST, "This is before 1970.").max(LATEST, "This is after 2100.");
const timeText = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .pipe(time);

export const syncOfflineRules = z.object({
  deviceId: id,
  sentAt: time,
  items: z
    .array(
      z.object({
        clientId: id.transform((text) => text.toLowerCase()),
        kind: z.enum(SyncItemKind),
        priority: z.enum(SyncPriority),
        // Orders items and decides nothing: a clock that is off by centuries must not keep the others out.
        createdAt: z.date().transform((given) => new Date(Math.min(Math.max(+given, +EARLIEST), +LATEST))),
        payload: z.string(),
      }),
    )
    .max(500, "Send at most 500 items at once."),
});
export type ParsedItem = z.output<typeof syncOfflineRules>["items"][number];

export const retryDeadLetterRules = z.object({ id });

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const entryRules = z
  .object({
    packageId: id,
    contentHash: hash,
    deviceId: id,
    sittingId: id,
    kind: z.enum(["START", "ANSWER", "FINISH"]),
    sequence: z.int().min(1).max(100_000),
    previousHash: hash,
    clientId: id,
    itemId: id.nullable(),
    response: z.array(z.string().max(200)).max(20),
    elapsedMs: z.int().min(0).max(2_147_483_647),
    answeredAt: timeText,
  })
  .refine(({ kind, sequence }) => (kind === "START") === (sequence === 1))
  .refine(({ kind, itemId }) => (kind === "ANSWER") === (itemId !== null));
export type ParsedEntry = z.output<typeof entryRules>;

export const progressRules = z.object({ sittingId: id, position: z.int().min(1).max(10_000), occurredAt: timeText });
export const gamificationRules = z.object({ type: z.literal("STUDY_DAY"), packageId: id, occurredAt: timeText });
export const analyticsRules = z.object({
  name: z.string().min(1).max(80),
  occurredAt: timeText,
  properties: z.record(z.string().max(80), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
});
