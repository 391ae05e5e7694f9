import type { CodegenConfig } from "@graphql-codegen/cli";

/** Types and documents of one dashboard package, from the operations that stand beside its components. */
function dashboard(name: string): CodegenConfig["generates"] {
  return {
    [`dashboards/${name}/src/gql/`]: {
      preset: "client",
      documents: [`dashboards/${name}/src/**/*.{graphql,tsx}`],
      presetConfig: { fragmentMasking: { unmaskFunctionName: "unmask" } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: "string", JSON: "unknown", Decimal: "string", Date: "string" },
      },
    },
  };
}

/** Reads the public schema that the gateway composed; `npm run codegen` makes both. */
const configuration: CodegenConfig = {
  schema: "gateway/schema.graphql",
  importExtension: ".js",
  ignoreNoDocuments: true,
  generates: {
    ...dashboard("kit"),
    ...dashboard("parent"),
    ...dashboard("school"),
    ...dashboard("admin"),
  },
};

export default configuration;
