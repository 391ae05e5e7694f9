import { Money, toMoney } from "@lentera/kit";
import { Arg, Authorized, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { MarketplaceContext } from "../context.js";
import { User } from "../stubs.js";
import { UpdateTutorProfileInput } from "./tutor-profile.input.js";
import { profileOfUserLoader, tutorSubjectsLoader } from "./tutor-profile.loader.js";
import { isNew, meanRating } from "./tutor-profile.rules.js";
import { getProfile, listSubjectNames, updateProfile } from "./tutor-profile.service.js";
import { TutorProfile, TutorSubject, UpdateTutorProfilePayload } from "./tutor-profile.type.js";

@Resolver(() => TutorProfile)
export class TutorProfileResolver {
  @Query(() => TutorProfile, {
    description: "A tutor. Public; `NOT_FOUND` for a profile that is not active and verified, but for its owner.",
  })
  tutor(@Ctx() ctx: MarketplaceContext, @Arg("id", () => ID) id: string): Promise<TutorProfile> {
    return getProfile(ctx, id);
  }

  @Authorized()
  @Mutation(() => UpdateTutorProfilePayload, {
    description: "Writes the caller's own profile. The first time makes a draft, which nobody else sees. For tutors.",
  })
  updateTutorProfile(
    @Ctx() ctx: MarketplaceContext,
    @Arg("input", () => UpdateTutorProfileInput) input: UpdateTutorProfileInput,
  ): Promise<UpdateTutorProfilePayload> {
    return updateProfile(ctx, input);
  }

  @FieldResolver(() => User, { nullable: true, description: "The person; needs signing in." })
  user(@Root() profile: TutorProfile): User {
    return { id: profile.userId };
  }

  @FieldResolver(() => Money)
  hourlyRate(@Root() profile: TutorProfile): Money {
    return toMoney(profile.hourlyRateMinor, profile.currency);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Mean of the published reviews, 1 to 5; null without any.",
  })
  rating(@Root() profile: TutorProfile): number | null {
    return meanRating(profile.ratingSum, profile.ratingCount);
  }

  @FieldResolver(() => Boolean, { description: "Has fewer than three published reviews." })
  isNew(@Root() profile: TutorProfile): boolean {
    return isNew(profile.ratingCount);
  }

  @FieldResolver(() => [String], { description: "The names of the subjects taught, each once, in alphabetical order." })
  subjects(@Ctx() ctx: MarketplaceContext, @Root() profile: TutorProfile): Promise<string[]> {
    return listSubjectNames(ctx, profile.id);
  }

  @FieldResolver(() => [TutorSubject], { description: "The subjects taught with their levels and rates, at most 50." })
  offerings(@Ctx() ctx: MarketplaceContext, @Root() profile: TutorProfile): Promise<TutorSubject[]> {
    return tutorSubjectsLoader(ctx).load(profile.id);
  }
}

@Resolver(() => TutorSubject)
export class TutorSubjectResolver {
  @FieldResolver(() => Money, { description: "What an hour costs." })
  hourlyRate(@Root() offered: TutorSubject): Money {
    return toMoney(offered.rateMinor, offered.currency);
  }
}

@Resolver(() => User)
export class TutorResolver {
  @FieldResolver(() => TutorProfile, { nullable: true, description: "Null for who has none that the caller may see." })
  tutorProfile(@Ctx() ctx: MarketplaceContext, @Root() user: User): Promise<TutorProfile | null> {
    return profileOfUserLoader(ctx).load(user.id);
  }
}
