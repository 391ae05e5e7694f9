import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { SimulateLoansInput } from "./loan-simulation.input.js";
import { simulateLoans } from "./loan-simulation.service.js";
import { LoanComparison } from "./loan-simulation.type.js";

@Resolver()
export class LoanSimulationResolver {
  @Query(() => LoanComparison, {
    description:
      "What a loan would cost under 1 to 10 offers, the lowest effective rate first. For everybody, without signing in.",
  })
  simulateLoans(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SimulateLoansInput) input: SimulateLoansInput,
  ): LoanComparison {
    return simulateLoans(ctx, input);
  }
}
