import { type Guide, codeOf, insist } from "./guide.js";

export async function visitSchool({ say, signIn }: Guide): Promise<void> {
  const query = `{ classes(first: 100) { totalCount edges { node { id name studentCount performance { averageScaled completionRate distribution { from to count } } } } } }`;
  interface Classes {
    classes: {
      totalCount: number;
      edges: {
        node: {
          id: string;
          name: string;
          studentCount: number;
          performance: {
            averageScaled: number;
            completionRate: number;
            distribution: { from: number; to: number; count: number }[];
          };
        };
      }[];
    };
  }
  const [principal, teacher, owner] = [
    await signIn("principal@nusantara.test"),
    await signIn("teacher@nusantara.test"),
    await signIn("owner@warung.test"),
  ];
  const whole = (await principal.ask<Classes>(query)).classes;
  insist(whole.totalCount > 0, "The school has no classes");
  for (const { node } of whole.edges) {
    const { averageScaled, completionRate, distribution } = node.performance;
    insist(
      distribution.reduce((sum, { count }) => sum + count, 0) === Math.round(completionRate * node.studentCount),
      `The distribution of ${node.name} does not add up`,
    );
    say(
      `${node.name}: ${node.studentCount} students, average ${averageScaled}, ${Math.round(completionRate * 100)} % have a score.`,
    );
  }
  const taught = (await teacher.ask<Classes>(query)).classes;
  insist(
    taught.totalCount > 0 && taught.totalCount < whole.totalCount,
    "The teacher does not see exactly the own classes",
  );
  say(`${teacher.tokens.user.fullName} teaches and sees ${taught.totalCount} of ${whole.totalCount} classes.`);
  const answer = await owner.run("query ($id: ID!) { class(id: $id) { id } }", { id: whole.edges[0]?.node.id });
  insist(codeOf(answer) === "NOT_FOUND", "Somebody else can open the school's class");
}

export async function visitPlatform({ say, signIn }: Guide): Promise<void> {
  const query = `{
    platformOverview { organizationCount userCount studentCount }
    organizations(first: 10) { totalCount edges { node { name kind status memberCount studentCount } } }
    attemptsPerDay(days: 7) { date started submitted }
  }`;
  interface Platform {
    platformOverview: { organizationCount: number; userCount: number; studentCount: number };
    organizations: { totalCount: number; edges: { node: { name: string; studentCount: number } }[] };
    attemptsPerDay: { date: string; started: number }[];
  }
  const admin = await signIn("admin@lentera.test");
  const { platformOverview, organizations, attemptsPerDay } = await admin.ask<Platform>(query);
  insist(organizations.totalCount >= 2, "The organizations are missing");
  insist(attemptsPerDay.length === 7 && attemptsPerDay.at(-1)!.started > 0, "Today's attempts are missing");
  say(
    `${platformOverview.organizationCount} organizations, ${platformOverview.userCount} users, ${platformOverview.studentCount} students.`,
  );
  say(`Attempts of the last seven days: ${attemptsPerDay.map(({ started }) => started).join(", ")}`);
  const refused = await (await signIn("principal@nusantara.test")).run(query);
  insist(codeOf(refused) === "INSUFFICIENT_PERMISSIONS", "A principal sees the platform's numbers");
}

export async function visitMarket({ say, signIn }: Guide): Promise<void> {
  const owner = await signIn("owner@warung.test");
  const { tutors, accounts } = await owner.ask<{
    tutors: {
      edges: {
        node: { headline: string; user: { fullName: string }; hourlyRate: { amount: string; currency: string } };
      }[];
    };
    accounts: { edges: { node: { purpose: string; balance: { amount: string; currency: string } } }[] };
  }>(`{
    tutors(first: 3) { edges { node { headline user { fullName } hourlyRate { amount currency } } } }
    accounts(first: 5) { edges { node { purpose balance { amount currency } } } }
  }`);
  insist(tutors.edges.length === 3, "No tutors are found");
  for (const { node } of tutors.edges)
    say(`${node.user.fullName}: ${node.headline}, ${node.hourlyRate.currency} ${node.hourlyRate.amount} an hour`);
  const wallet = accounts.edges[0]?.node;
  insist(wallet !== undefined, "The wallet is missing");
  say(
    `${owner.tokens.user.fullName}'s ${wallet.purpose.toLowerCase()}: ${wallet.balance.currency} ${wallet.balance.amount}`,
  );
}
