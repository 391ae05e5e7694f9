import { DateTime, connectionOf } from "@lentera/kit";
import { DataExportStatus } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(DataExportStatus, {
  name: "DataExportStatus",
  description: "COLLECTING: being put together, for at most 24 hours. READY: can be fetched until it expires.",
});

@ObjectType({ description: "An archive of everything that is stored about a person." })
export class DataExport {
  @Field(() => ID)
  id!: string;
  @Field(() => DataExportStatus)
  status!: DataExportStatus;
  @Field(() => DateTime)
  requestedAt!: Date;
  @Field(() => DateTime, { nullable: true })
  readyAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "Until when it can be fetched." })
  expiresAt!: Date | null;
  @Field(() => [String], { description: "Parts of the platform that had not answered when the archive was made." })
  missing!: string[];
  userId!: string;
  fileId!: string | null;
}

export const DataExportConnection = connectionOf(DataExport);

@ObjectType({ description: "A person's wish to be forgotten." })
export class Erasure {
  @Field(() => ID)
  id!: string;
  @Field(() => DateTime)
  requestedAt!: Date;
  @Field(() => DateTime, { description: "Until then it can be cancelled; then it is carried out." })
  dueAt!: Date;
  @Field(() => DateTime, { nullable: true })
  cancelledAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  erasedAt!: Date | null;
}

@ObjectType()
export class RequestDataExportPayload {
  @Field(() => DataExport)
  dataExport!: DataExport;
}

@ObjectType()
export class RequestErasurePayload {
  @Field(() => Erasure)
  erasure!: Erasure;
}

@ObjectType()
export class CancelErasurePayload {
  @Field(() => Erasure)
  erasure!: Erasure;
}
