import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLEnumType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { type JsonObject, isObject } from "./json.js";
import { type FieldKeys, isIntrospection } from "./names.js";
import type { Faults } from "./faults.js";

/** What is needed while an answer is written. */
export interface Writing {
  readonly faults: Faults;
  /** Where the writer stands; every writer leaves it as it found it. */
  readonly path: (string | number)[];
  /** The answers to `__schema` and `__type`. */
  readonly introspection: Readonly<Record<string, unknown>>;
  /** What has been written of an object that can stand in several places, by the writer. */
  readonly written: Map<object, string>[];
}

/** Writes a value as JSON; undefined for a null that its place does not allow, so that the surrounding object becomes null. */
type Writer = (value: unknown, writing: Writing) => string | undefined;
type ObjectWriter = (object: JsonObject, writing: Writing) => string | undefined;

const NULL = "null";

/** What decides the shape of an answer beside its data. */
export interface ShapeOptions {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly keys: FieldKeys;
  /** The values of the Boolean variables of `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, unknown>>;
}

/**
 * Compiles a selection of a root type into a function that writes the answer: fields in the order in which they were asked
 * for, leaves checked against their types, nulls carried up to the next place that allows one.
 */
export function compileShape(type: GraphQLNamedType, selectionSet: SelectionSetNode, options: ShapeOptions): Writer {
  return new ShapeCompiler(options).object(type, [selectionSet]);
}

class ShapeCompiler {
  #writers = 0;

  constructor(private readonly options: ShapeOptions) {}

  object(type: GraphQLNamedType, selectionSets: readonly SelectionSetNode[]): Writer {
    const { schema } = this.options;
    const index = this.#writers++;
    const byType = new Map<string, ObjectWriter>();
    const writerFor = (name: string): ObjectWriter => {
      const known = byType.get(name);
      if (known !== undefined) return known;
      const runtimeType = schema.getType(name);
      const writer = isCompositeType(runtimeType) ? this.#fields(runtimeType, selectionSets) : unknownType;
      byType.set(name, writer);
      return writer;
    };
    const isAbstract = isAbstractType(type);
    return (value, writing) => {
      if (value === null || value === undefined) return NULL;
      if (!isObject(value)) return invalid(writing);
      const written = (writing.written[index] ??= new Map());
      const known = written.get(value);
      if (known !== undefined) return known;
      const name = value["__typename"];
      const { count } = writing.faults;
      const text = writerFor(isAbstract && typeof name === "string" ? name : type.name)(value, writing) ?? NULL;
      // Nulls that are told about with their place have to be told about in every place.
      if (writing.faults.count === count) written.set(value, text);
      return text;
    };
  }

  /** The fields of one type that an object can have. */
  #fields(type: GraphQLNamedType, selectionSets: readonly SelectionSetNode[]): ObjectWriter {
    const fields = new Map<string, FieldNode[]>();
    for (const selectionSet of selectionSets) this.#collect(type, selectionSet, fields);
    const writers = [...fields]
      .flatMap(([responseName, nodes]) => {
        const write = this.#field(type, responseName, nodes);
        return write === undefined ? [] : [{ responseName, write }];
      })
      .map(({ responseName, write }, index) => ({
        prefix: `${index === 0 ? "" : ","}${JSON.stringify(responseName)}:`,
        write,
      }));
    return (object, writing) => {
      let text = "{";
      for (const { prefix, write } of writers) {
        const field = write(object, writing);
        if (field === undefined) return undefined;
        text += prefix + field;
      }
      return `${text}}`;
    };
  }

  /** Writes a field of the object it is given. */
  #field(type: GraphQLNamedType, responseName: string, nodes: readonly FieldNode[]): ObjectWriter | undefined {
    const [node] = nodes;
    if (node === undefined) return undefined;
    if (isIntrospection(node))
      return (_object, { introspection }) => JSON.stringify(introspection[responseName] ?? null);
    if (node.name.value === "__typename") return isObjectType(type) ? () => JSON.stringify(type.name) : () => undefined;
    const definition = "getFields" in type ? type.getFields()[node.name.value] : undefined;
    if (definition === undefined || !("args" in definition)) return undefined;
    const key = this.options.keys.of(node);
    const complete = this.#complete(
      definition.type,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    return (object, writing) => {
      writing.path.push(responseName);
      const text = complete(object[key], writing);
      writing.path.pop();
      return text;
    };
  }

  #complete(type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[]): Writer {
    if (isNonNullType(type)) return nonNull(this.#complete(type.ofType, selectionSets));
    if (isListType(type)) return list(this.#complete(type.ofType, selectionSets));
    return isLeafType(type) ? leaf(type) : this.object(type, selectionSets);
  }

  #collect(type: GraphQLNamedType, { selections }: SelectionSetNode, fields: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const responseName = selection.alias?.value ?? selection.name.value;
        const nodes = fields.get(responseName);
        if (nodes === undefined) fields.set(responseName, [selection]);
        else nodes.push(selection);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.options.fragments.get(selection.name.value) : selection;
      if (fragment !== undefined && this.#applies(fragment.typeCondition?.name.value, type))
        this.#collect(type, fragment.selectionSet, fields);
    }
  }

  #applies(condition: string | undefined, type: GraphQLNamedType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.options.schema.getType(condition);
    if (!isAbstractType(wanted)) return false;
    return "getFields" in type && "getInterfaces" in type && this.options.schema.isSubType(wanted, type);
  }

  #isIncluded({ directives = [] }: SelectionSetNode["selections"][number]): boolean {
    return directives.every(({ name: { value: name }, arguments: given = [] }) => {
      if (name !== "skip" && name !== "include") return true;
      const condition = given.find((argument) => argument.name.value === "if")?.value;
      const isTrue =
        condition?.kind === Kind.VARIABLE
          ? this.options.conditions[condition.name.value] === true
          : condition?.kind === Kind.BOOLEAN && condition.value;
      return isTrue === (name === "include");
    });
  }
}

function nonNull(write: Writer): Writer {
  return (value, writing) => {
    const text = write(value, writing);
    if (text !== NULL && text !== undefined) return text;
    writing.faults.forbiddenNull(writing.path);
    return undefined;
  };
}

function list(write: Writer): Writer {
  return (value, writing) => {
    if (value === null || value === undefined) return NULL;
    if (!Array.isArray(value)) return invalid(writing);
    const { path } = writing;
    const depth = path.length;
    let text = "[";
    for (let index = 0; index < value.length; index++) {
      path[depth] = index;
      const element = write(value[index], writing);
      if (element === undefined) {
        path.length = depth;
        return NULL;
      }
      text += index === 0 ? element : `,${element}`;
    }
    path.length = depth;
    return `${text}]`;
  };
}

function leaf(type: GraphQLLeafType): Writer {
  const write = isEnumType(type) ? enumWriter(type) : (LEAVES[type.name] ?? anything);
  return (value, writing) => {
    if (value === null || value === undefined) return NULL;
    return write(value) ?? invalid(writing);
  };
}

function enumWriter(type: GraphQLEnumType): (value: unknown) => string | undefined {
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
  return (value) => texts.get(value);
}

const LARGEST_INT = 2 ** 31 - 1;
const PLAIN = /^[ !#-[\]-~]*$/;

function string(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.length < 40 && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** How values of the built-in scalars are written; undefined when they are none. */
const LEAVES: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  String: string,
  ID: (value) => (Number.isInteger(value) ? `"${String(value)}"` : string(value)),
  Int: (value) =>
    typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= LARGEST_INT + 1
      ? String(value)
      : undefined,
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : undefined),
  Boolean: (value) => (typeof value === "boolean" ? String(value) : undefined),
};

function anything(value: unknown): string | undefined {
  return JSON.stringify(value);
}

function invalid({ faults, path }: Writing): string {
  faults.add(new GraphQLError("A subgraph answered with a value that its type does not have.", { path: [...path] }));
  return NULL;
}

function unknownType(_object: JsonObject, { faults, path }: Writing): undefined {
  faults.add(
    new GraphQLError("A subgraph answered with an object of a type that is unknown here.", { path: [...path] }),
  );
  return undefined;
}
