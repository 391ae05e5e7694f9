import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { type LearningContext } from "../../context.js";
import { RegisterOfflineDeviceInput, RevokeOfflineDeviceInput } from "./device.input.js";
import { listDevices, registerDevice, revokeDevice } from "./device.service.js";
import {
  OfflineDevice,
  OfflineDeviceConnection,
  RegisterOfflineDevicePayload,
  RevokeOfflineDevicePayload,
} from "./device.type.js";

@Resolver(() => OfflineDevice)
export class OfflineDeviceResolver {
  @Authorized()
  @Query(() => OfflineDeviceConnection, { description: "The caller's devices, the newest first." })
  offlineDevices(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<OfflineDevice>> {
    return listDevices(ctx, args);
  }

  @Authorized()
  @Mutation(() => RegisterOfflineDevicePayload, {
    description: "Registers a device for offline work by its public key; at most five at a time.",
  })
  async registerOfflineDevice(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => RegisterOfflineDeviceInput) input: RegisterOfflineDeviceInput,
  ): Promise<RegisterOfflineDevicePayload> {
    return { device: await registerDevice(ctx, input) };
  }

  @Authorized()
  @Mutation(() => RevokeOfflineDevicePayload, {
    description: "Ends a device, e.g. a lost one: nothing that it delivers from now on counts.",
  })
  async revokeOfflineDevice(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => RevokeOfflineDeviceInput) input: RevokeOfflineDeviceInput,
  ): Promise<RevokeOfflineDevicePayload> {
    return { device: await revokeDevice(ctx, input) };
  }
}
