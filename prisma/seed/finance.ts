import type { ClientBase } from "pg";
import { insertRows } from "./rows.js";
import type { World } from "./world.js";

/** The owner of the platform's accounts. */
const PLATFORM = "00000000-0000-0000-0000-000000000000";
const CURRENCY = "IDR";

interface TopUp {
  readonly accountId: string;
  readonly amountMinor: number;
  readonly at: Date;
}

/** Inserts a wallet for everybody and for the organizations, with top-ups from the platform's funding account. */
export async function seedFinance(client: ClientBase, world: World): Promise<void> {
  const fundingId = world.id("platform-account", 0);
  const wallets = walletsOf(world);
  await insertRows(
    client,
    "ledger_accounts",
    {
      id: "uuid",
      ownerKind: '"AccountOwnerKind"',
      ownerId: "uuid",
      purpose: '"AccountPurpose"',
      currency: "text",
      allowNegative: "boolean",
      hot: "boolean",
      createdAt: "timestamptz",
    },
    [
      ...(["FUNDING", "FEES", "CLEARING"] as const).map((purpose, index) => ({
        id: world.id("platform-account", index),
        ownerKind: "PLATFORM",
        ownerId: PLATFORM,
        purpose,
        currency: CURRENCY,
        allowNegative: true,
        hot: true,
        createdAt: world.now,
      })),
      ...wallets.map((wallet) => ({
        ...wallet,
        purpose: "WALLET",
        currency: CURRENCY,
        allowNegative: false,
        hot: false,
      })),
    ],
  );

  const transfers = topUps(world, wallets).map((topUp, index) => ({ ...topUp, id: world.id("top-up", index) }));
  await insertRows(
    client,
    "transfers",
    {
      id: "uuid",
      kind: '"TransferKind"',
      description: "text",
      postingCount: "int",
      effectiveAt: "timestamptz",
      createdAt: "timestamptz",
    },
    transfers.map(({ id, at }) => ({
      id,
      kind: "FUNDING",
      description: "Isi saldo",
      postingCount: 2,
      effectiveAt: at,
      createdAt: at,
    })),
  );
  await insertRows(
    client,
    "postings",
    {
      transferId: "uuid",
      position: "int",
      accountId: "uuid",
      currency: "text",
      amountMinor: "bigint",
      bookedAt: "timestamptz",
    },
    transfers.flatMap(({ id: transferId, accountId, amountMinor, at: bookedAt }) => {
      const side = { transferId, currency: CURRENCY, bookedAt };
      return [
        { ...side, position: 1, accountId: fundingId, amountMinor: -amountMinor },
        { ...side, position: 2, accountId, amountMinor },
      ];
    }),
  );
  await client.query("select fold_postings()");
}

interface Wallet {
  readonly id: string;
  readonly ownerKind: "USER" | "ORGANIZATION";
  readonly ownerId: string;
  readonly createdAt: Date;
}

function walletsOf({ people, organizations, id }: World): Wallet[] {
  return [
    ...people.map((person, index) => ({
      id: id("wallet", index),
      ownerKind: "USER" as const,
      ownerId: person.id,
      createdAt: person.createdAt,
    })),
    ...organizations.map((organization, index) => ({
      id: id("organization-wallet", index),
      ownerKind: "ORGANIZATION" as const,
      ownerId: organization.id,
      createdAt: organization.createdAt,
    })),
  ];
}

/** One to three for each wallet, in multiples of 25,000 rupiah, the oldest first. */
function topUps({ now, random }: World, wallets: readonly Wallet[]): TopUp[] {
  const all = wallets.flatMap(({ id: accountId, ownerKind, createdAt }, index) => {
    const draw = random(`top-up/${index}`);
    const age = now.getTime() - createdAt.getTime();
    const scale = ownerKind === "USER" ? 25_000 : 2_500_000;
    return Array.from({ length: draw.integer(1, 3) }, () => ({
      accountId,
      amountMinor: draw.integer(1, 20) * scale,
      at: new Date(createdAt.getTime() + Math.floor(draw.next() * age)),
    }));
  });
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
