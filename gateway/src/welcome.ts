/** What a person sees when Lentera is ready. */
export function welcome({
  host,
  port,
  hasDemo,
  simulators = [],
}: {
  readonly host: string;
  readonly port: number;
  readonly hasDemo: boolean;
  /** Payment providers that run beside us. */
  readonly simulators?: readonly { readonly name: string; readonly url: string }[];
}): string {
  const origin = originOf(host, port);
  const addresses = `
  Parents     ${origin}/parent
  Schools     ${origin}/school
  Platform    ${origin}/admin
  GraphQL     ${origin}/graphql   (HTTP and WebSocket)
  Try it      ${origin}/graphiql
`;
  const accounts = `
  Demo accounts, all with the password lentera-demo:
    parent@nusantara.test      a parent              /parent
    principal@nusantara.test   a school's principal  /school
    teacher@nusantara.test     a teacher             /school
    admin@lentera.test         the platform          /admin
    student@nusantara.test     a student
    tutor@lentera.test         a tutor
    owner@warung.test          a small business
`;
  const providers = simulators.map(({ name, url }) => `    ${name.padEnd(10)} ${url}\n`).join("");
  const payments = `
  Simulated payment providers, where you pay without money (set a provider's keys to use the real ones):
${providers}`;
  return `${addresses}${hasDemo ? accounts : ""}${simulators.length > 0 ? payments : ""}
  Ctrl+C stops it.
`;
}

/** Where this machine reaches what listens on that address. */
export function originOf(host: string, port: number): string {
  const isEverywhere = host === "0.0.0.0" || host === "::";
  return `http://${isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
