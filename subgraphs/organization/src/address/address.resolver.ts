import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { AddAddressInput, RemoveAddressInput, UpdateAddressInput } from "./address.input.js";
import { ownAddressesLoader } from "./address.loader.js";
import { addAddress, removeAddress, updateAddress } from "./address.service.js";
import {
  AddAddressPayload,
  type Address,
  AddressConnection,
  RemoveAddressPayload,
  UpdateAddressPayload,
} from "./address.type.js";

@Resolver(() => User)
export class AddressResolver {
  @Authorized()
  @Mutation(() => AddAddressPayload, { description: "Adds an address of the caller's, of which there are 20 at most." })
  addAddress(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => AddAddressInput) input: AddAddressInput,
  ): Promise<AddAddressPayload> {
    return addAddress(ctx, input);
  }

  @Authorized()
  @Mutation(() => UpdateAddressPayload, { description: "Replaces what one of the caller's addresses says." })
  updateAddress(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateAddressInput) input: UpdateAddressInput,
  ): Promise<UpdateAddressPayload> {
    return updateAddress(ctx, input);
  }

  @Authorized()
  @Mutation(() => RemoveAddressPayload, { description: "Removes one of the caller's addresses." })
  removeAddress(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RemoveAddressInput) input: RemoveAddressInput,
  ): Promise<RemoveAddressPayload> {
    return removeAddress(ctx, input.addressId);
  }

  @FieldResolver(() => AddressConnection, { description: "The caller's own, oldest first; empty for everybody else." })
  addresses(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Address>> {
    return ownAddressesLoader(ctx).load({ parentId: user.id, args });
  }
}
