import { CalendarDate } from "@lentera/kit";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "The platform at the end of one day in Jakarta." })
export class PlatformStatistic {
  @Field(() => CalendarDate)
  day!: string;
  @Field(() => Int)
  organizationCount!: number;
  @Field(() => Int, { description: "Organizations that can work: TRIAL or ACTIVE when the day was counted." })
  activeOrganizationCount!: number;
  @Field(() => Int, { description: "People with an account that was not erased." })
  userCount!: number;
  @Field(() => Int)
  studentCount!: number;
  @Field(() => Int, { description: "Sessions that were started on that day." })
  signInCount!: number;
}
