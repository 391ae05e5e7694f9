import {
  type ASTVisitor,
  type DirectiveNode,
  type GraphQLSchema,
  Kind,
  buildSchema,
  findBreakingChanges,
  parse,
  print,
  visit,
} from "graphql";

/** What is deprecated stays this long, so that whoever calls it has time to leave. */
const NOTICE_MONTHS = 6;

/** How the reason of a deprecation ends, as in `Use totalCount. Since 2026-05-20.` */
const SINCE = /\bSince (\d{4}-\d{2}-\d{2})\.$/;

/**
 * What was promised in `released` and `current` no longer keeps, one sentence each. A field, argument, input field or enum value
 * whose deprecation was released more than six months before `today` is no promise any more.
 */
export function brokenPromises(released: string, current: string, today: Date): string[] {
  return findBreakingChanges(promised(released, today), buildSchema(current)).map(({ description }) => description);
}

/** The deprecations of a schema whose reason does not say when they began. */
export function undatedDeprecations(sdl: string): string[] {
  const undated: string[] = [];
  visit(parse(sdl), {
    Directive: (directive) => {
      if (directive.name.value === "deprecated" && sinceOf(directive) === undefined) undated.push(print(directive));
    },
  });
  return undated;
}

/** The schema without what has been deprecated for long enough. */
function promised(sdl: string, today: Date): GraphQLSchema {
  const unlessOver = ({ directives }: { readonly directives?: readonly DirectiveNode[] }): null | undefined =>
    directives?.some((directive) => isOver(directive, today)) === true ? null : undefined;
  const pruning: ASTVisitor = {
    FieldDefinition: unlessOver,
    InputValueDefinition: unlessOver,
    EnumValueDefinition: unlessOver,
  };
  return buildSchema(print(visit(parse(sdl), pruning)));
}

function isOver(directive: DirectiveNode, today: Date): boolean {
  const since = sinceOf(directive);
  if (directive.name.value !== "deprecated" || since === undefined) return false;
  const end = new Date(since);
  end.setUTCMonth(end.getUTCMonth() + NOTICE_MONTHS);
  return end <= today;
}

function sinceOf({ arguments: given = [] }: DirectiveNode): Date | undefined {
  const reason = given.find(({ name }) => name.value === "reason")?.value;
  const date = reason?.kind === Kind.STRING ? SINCE.exec(reason.value)?.[1] : undefined;
  return date === undefined || Number.isNaN(Date.parse(date)) ? undefined : new Date(date);
}
