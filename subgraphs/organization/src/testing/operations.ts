import { randomUUID } from "node:crypto";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from "graphql";
import type { ForeignWorld } from "./foreign-world.js";

/** One way to call one root field. */
export interface Operation {
  readonly name: string;
  readonly kind: "query" | "mutation";
  readonly text: string;
  /** Built anew for each call, so that no idempotency key repeats. */
  variables(): Record<string, unknown>;
}

/** A browser's answer in form, of no device. */
const PASSKEY = JSON.stringify({
  id: "AA",
  rawId: "AA",
  type: "public-key",
  response: { clientDataJSON: "AA", attestationObject: "AA", authenticatorData: "AA", signature: "AA" },
});

/** What a field of an input wants to know beside what its type says, by its name or by `Type.name`. */
const VALUES: Readonly<Record<string, unknown>> = {
  academicYear: "2026/2027",
  fromAcademicYear: "2026/2027",
  toAcademicYear: "2027/2028",
  phone: "+6281234567890",
  postalCode: "40111",
  timeZone: "Asia/Jakarta",
  language: "id",
  url: "https://example.test/hook",
  country: "ID",
  countryCode: "ID",
  password: "a long enough passphrase",
  proof: { password: "a long enough passphrase" },
  newPassword: "another long passphrase",
  currentPassword: "a long enough passphrase",
  mediaType: "text/csv",
  localTime: "07:00",
  birthDate: "2008-02-29",
  "ConfirmTotpInput.code": "123456",
  "CreateApiKeyInput.scopes": "students:read",
  "CreateWebhookEndpointInput.eventTypes": "api-key.created",
  "EndEnrollmentInput.status": "INACTIVE",
  "RedeemPairingCodeInput.code": "ABCD2345",
  "RegisterPasskeyInput.response": PASSKEY,
  "ReportSectionInput.rows": ["twelve words"],
  "SignInWithPasskeyInput.response": PASSKEY,
  "UpdateSettingInput.key": "organization.leaderboard-visible",
  "UpdateSettingInput.value": false,
  "InviteMemberInput.role": "VIEWER",
  "ChangeMemberRoleInput.role": "VIEWER",
  "SignUpInput.role": "STUDENT",
};

const PEOPLE = ["user", "student", "teacher", "guardian", "child", "person", "owner", "admin", "actor", "subject"];
const MAXIMUM_DEPTH = 4;

/** Every query and mutation of a schema, several times where an id can be of several kinds. @throws for unknown scalars */
export function operationsOf(schema: GraphQLSchema, world: ForeignWorld): Operation[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return [
    ...queries.filter(({ name }) => name !== "_service").flatMap((field) => callsOf(schema, "query", field, world)),
    ...mutations.flatMap((field) => callsOf(schema, "mutation", field, world)),
  ];
}

type RootField = GraphQLField<unknown, unknown>;

function callsOf(schema: GraphQLSchema, kind: Operation["kind"], field: RootField, world: ForeignWorld): Operation[] {
  const built = new Selection(schema, field);
  const tables = built.needsAnyId ? [...world.ids.keys()] : ["organizations"];
  return tables.map((table) => ({
    name: field.name,
    kind,
    text: `${kind} ${built.text}`,
    variables: () => built.variables({ world, anyId: world.ids.get(table)?.[0] ?? randomUUID() }),
  }));
}

interface Source {
  readonly world: ForeignWorld;
  /** For ids whose name does not say of what. */
  readonly anyId: string;
}

/** The text of an operation that selects all there is, and what its variables are. */
class Selection {
  readonly text: string;
  readonly #schema: GraphQLSchema;
  readonly #arguments: { readonly variable: string; readonly argument: GraphQLArgument }[] = [];

  constructor(schema: GraphQLSchema, field: RootField) {
    this.#schema = schema;
    const body = this.#fieldText(field, []);
    const variables = this.#arguments.map(({ variable, argument }) => `$${variable}: ${String(argument.type)}`);
    this.text = `${variables.length === 0 ? "" : `(${variables.join(", ")}) `}{ ${body} }`;
  }

  get needsAnyId(): boolean {
    return this.#arguments.some(({ argument }) => wantsAnyId(argument.name, argument.type));
  }

  variables(source: Source): Record<string, unknown> {
    return Object.fromEntries(
      this.#arguments.map(({ variable, argument }) => [
        variable,
        valueOf(this.#schema, argument.name, "", argument.type, source),
      ]),
    );
  }

  #fieldText(field: RootField, path: readonly string[]): string {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || isWorthGiving(argument.name));
    const passed = given.map((argument) => {
      const variable = `v${this.#arguments.push({ variable: `v${this.#arguments.length}`, argument }) - 1}`;
      return `${argument.name}: $${variable}`;
    });
    const inner = this.#selectionText(field.type, path);
    return `${field.name}${passed.length === 0 ? "" : `(${passed.join(", ")})`}${inner === "" ? "" : ` ${inner}`}`;
  }

  #selectionText(type: GraphQLOutputType, path: readonly string[]): string {
    const named = getNamedType(type);
    if (isUnionType(named) || isInterfaceType(named)) {
      const members = this.#schema.getPossibleTypes(named);
      return `{ __typename ${members.map((member) => `... on ${member.name} ${this.#aliased(member, path)}`).join(" ")} }`;
    }
    return isObjectType(named) ? this.#objectText(named, path) : "";
  }

  /** Members of a union may have fields of one name and several types. */
  #aliased(member: GraphQLOutputType, path: readonly string[]): string {
    const named = getNamedType(member);
    if (!isObjectType(named)) return "";
    const fields = this.#fieldsOf(named, path).map((field) => {
      const text = this.#fieldText(field, [...path, named.name]);
      return `${named.name}_${field.name}: ${text}`;
    });
    return `{ ${["__typename", ...fields].join(" ")} }`;
  }

  #objectText(named: GraphQLObjectType, path: readonly string[]): string {
    const fields = this.#fieldsOf(named, path).map((field) => this.#fieldText(field, [...path, named.name]));
    return `{ ${["__typename", ...fields].join(" ")} }`;
  }

  #fieldsOf(named: GraphQLObjectType, path: readonly string[]): RootField[] {
    const deep = path.length >= MAXIMUM_DEPTH || path.includes(named.name);
    return Object.values(named.getFields()).filter((field) => {
      const leads = getNamedType(field.type);
      const isLeaf = !isObjectType(leads) && !isUnionType(leads) && !isInterfaceType(leads);
      return isLeaf || !deep;
    });
  }
}

/** What is given although it need not be: whatever could reach somebody else's rows. */
function isWorthGiving(name: string): boolean {
  return name === "first" || /ids?$/i.test(name) || /email/i.test(name);
}

function wantsAnyId(name: string, type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.values(named.getFields()).some(
      (field) => isGiven(field) && getNamedType(field.type) !== named && wantsAnyId(field.name, field.type),
    );
  return named.name === "ID" && tableOf(name) === undefined;
}

function isGiven(field: GraphQLInputField): boolean {
  return isRequiredInputField(field) || isWorthGiving(field.name);
}

/** `classId` and `classIds` are of `classes`; people have many names. */
function tableOf(name: string): string | undefined {
  const noun = /^(.+?)Ids?$/.exec(name)?.[1];
  if (noun === undefined) return undefined;
  const snake = noun.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (PEOPLE.some((person) => snake === person || snake.endsWith(`_${person}`))) return "users";
  return TABLES[snake] ?? (snake.endsWith("s") ? `${snake}es` : `${snake}s`);
}

const TABLES: Readonly<Record<string, string>> = { application: "onboarding_applications" };

function valueOf(schema: GraphQLSchema, name: string, parent: string, type: GraphQLInputType, source: Source): unknown {
  if (isNonNullType(type)) return valueOf(schema, name, parent, type.ofType, source);
  if (isListType(type)) {
    const named = getNamedType(type);
    if (named.name === "_Any") return representationsOf(schema, source);
    return [valueOf(schema, name, parent, type.ofType, source)];
  }
  const special = VALUES[`${parent}.${name}`] ?? VALUES[name];
  if (special !== undefined) return special;
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isGiven);
    return Object.fromEntries(
      fields.map((field) => [field.name, valueOf(schema, field.name, type.name, field.type, source)]),
    );
  }
  return scalarOf(name, type.name, source);
}

function scalarOf(name: string, type: string, { world, anyId }: Source): unknown {
  switch (type) {
    case "ID": {
      const table = tableOf(name);
      if (table === "users") return world.studentId;
      return table === undefined ? anyId : (world.ids.get(table)?.[0] ?? anyId);
    }
    case "String":
      if (name === "idempotencyKey") return randomUUID();
      if (/email/i.test(name)) return world.studentEmail;
      return "twelve words";
    case "Int":
      return name === "first" ? 100 : 1;
    case "Float":
      return 1;
    case "Boolean":
      return true;
    case "DateTime":
      return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
    case "Date":
      return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    case "JSON":
    case "JSONObject":
      return {};
    default:
      throw new Error(`Say in testing/operations.ts what a ${type} looks like: ${name} needs one.`);
  }
}

/** Every entity of the schema with every foreign id. */
function representationsOf(schema: GraphQLSchema, { world }: Source): object[] {
  const entities = schema.getType("_Entity");
  if (!isUnionType(entities)) return [];
  return entities
    .getTypes()
    .flatMap(({ name }) => [...world.ids.values()].flat().map((id) => ({ __typename: name, id })));
}
