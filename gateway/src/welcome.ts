/** What a person sees when Lentera is ready. */
export function welcome({
  host,
  port,
  hasDemo,
}: {
  readonly host: string;
  readonly port: number;
  readonly hasDemo: boolean;
}): string {
  const isEverywhere = host === "0.0.0.0" || host === "::";
  const origin = `http://${isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
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
  return `${addresses}${hasDemo ? accounts : ""}
  Ctrl+C stops it.
`;
}
