import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/** The names of the fields that an operation selects of the field being resolved, through fragments. */
export function selectedFields({ fieldNodes, fragments }: GraphQLResolveInfo): string[] {
  const names = new Set<string>();
  const visit = (selectionSet: SelectionSetNode | undefined): void => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else visit(fragments[selection.name.value]?.selectionSet);
    }
  };
  for (const node of fieldNodes) visit(node.selectionSet);
  return [...names];
}
