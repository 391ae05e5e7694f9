const subgraph = "^subgraphs/(organization|learning|marketplace|finance|community)/";
const test = "[.]test[.]tsx?$|/testing/|^gateway/e2e/";
const database = "^prisma/|node_modules/(@prisma|pg|graphile-worker)/";

/** Says who may import whom. The comment of a rule is what a person reads when it fails: it says what to do instead. */
/** @satisfies {import("dependency-cruiser").IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: "no-cycle",
      severity: "error",
      comment:
        "Two files that need each other at run time are one idea or hide a third: move what both need into a file of its own.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "This import leads nowhere: correct the path, or add the package to this workspace's package.json.",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "subgraph-to-subgraph",
      severity: "error",
      comment:
        "A subgraph knows another one only by its events: import from '@lentera/<other>/events', or read through the graph with an entity stub.",
      from: { path: subgraph },
      to: { path: subgraph, pathNot: ["^subgraphs/$1/", "^subgraphs/[^/]+/(src|dist)/events[.]"] },
    },
    {
      name: "subgraph-to-own-database",
      severity: "error",
      comment: "A subgraph has one database, its own: ask the owner of that data through the graph or by an event.",
      from: { path: subgraph, pathNot: test },
      to: {
        path: "^prisma/",
        pathNot: ["^prisma/(dist/)?$1/", "^prisma/(dist/)?(migrate|embedded)[.]"],
      },
    },
    {
      name: "subgraph-to-outside",
      severity: "error",
      comment: "Subgraphs stand below the gateway and the dashboards: move what both need into subgraphs/kit.",
      from: { path: "^(subgraphs|prisma)/" },
      to: { path: "^(gateway|dashboards|bench|tools)/" },
    },
    {
      name: "kit-knows-no-domain",
      severity: "error",
      comment: "The kit has no domain noun: take the domain's part as an argument, or leave the code in the subgraph.",
      from: { path: "^subgraphs/kit/", pathNot: test },
      to: { path: [subgraph, "^prisma/"] },
    },
    {
      name: "prisma-knows-no-subgraph",
      severity: "error",
      comment: "The databases stand below the subgraphs: move what both need into prisma/.",
      from: { path: "^prisma/", pathNot: test },
      to: { path: "^subgraphs/" },
    },
    {
      name: "dashboard-to-server",
      severity: "error",
      comment:
        "Dashboards know the server by its schema only: write an operation and use its generated types in src/gql.",
      from: { path: "^dashboards/", pathNot: test },
      to: { path: "^(subgraphs|gateway|prisma|bench|tools)/" },
    },
    {
      name: "dashboard-to-dashboard",
      severity: "error",
      comment: "An app does not import another app: move what both need into dashboards/kit.",
      from: { path: "^dashboards/(parent|school|admin)/" },
      to: { path: "^dashboards/(parent|school|admin)/", pathNot: "^dashboards/$1/" },
    },
    {
      name: "dashboard-kit-to-app",
      severity: "error",
      comment: "The dashboards' kit knows no app: take the app's part as a property.",
      from: { path: "^dashboards/kit/" },
      to: { path: "^dashboards/(parent|school|admin)/" },
    },
    {
      name: "feature-to-feature",
      severity: "error",
      comment: "A feature of a dashboard does not import another feature: move what both need into dashboards/kit.",
      from: { path: "^dashboards/([^/]+)/src/features/([^/]+)/" },
      to: { path: "^dashboards/[^/]+/src/features/", pathNot: "^dashboards/$1/src/features/$2/" },
    },
    {
      name: "only-all-in-one-hosts-subgraphs",
      severity: "error",
      comment:
        "Only gateway/src/all-in-one.ts hosts the subgraphs (tools/codegen.ts prints their schemas, benchmarks measure them): reach them through a data source, or through kit's types.",
      from: {
        path: "^(gateway|tools)/",
        pathNot: ["^gateway/src/all-in-one[.]ts$", "^tools/codegen[.]ts$", test],
      },
      to: { path: subgraph },
    },
    {
      name: "resolver-asks-service",
      severity: "error",
      comment:
        "A resolver parses, calls the service and returns: move the query into the feature's *.store.ts behind its service.",
      from: { path: "[.]resolver[.]ts$" },
      to: { path: [database, "[.]store[.]ts$"] },
    },
    {
      name: "rules-are-pure",
      severity: "error",
      comment:
        "Rules and policies decide, they do not read: let the service load the data and the clock and pass them as arguments.",
      from: { path: "[.](rules|policy)[.]ts$" },
      to: {
        path: [
          database,
          "[.](store|service|loader|resolver|job|reference)[.]ts$",
          "^subgraphs/kit/src/(database|jobs|events|pubsub|server|context|audit)[.]ts$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "rules-use-no-node",
      severity: "error",
      comment: "Rules and policies do no I/O: let the service do it and pass the result as an argument.",
      from: { path: "[.](rules|policy)[.]ts$" },
      // Hashing is arithmetic.
      to: { dependencyTypes: ["core"], dependencyTypesNot: ["type-only"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "only-stores-touch-the-database",
      severity: "error",
      comment: "Only *.store.ts speaks SQL or Prisma: write a function there that takes the transaction, and call it.",
      from: {
        path: "^(subgraphs|gateway|dashboards)/",
        pathNot: [
          "[.]store[.]ts$",
          // A GraphQL enum is the database's enum, registered; and a subgraph.ts creates the client that stores are given.
          "[.](type|input)[.]ts$",
          "^subgraphs/[^/]+/src/events[.]ts$",
          "^subgraphs/[^/]+/src/(subgraph|context)[.]ts$",
          "^subgraphs/kit/",
          "^gateway/src/(all-in-one|distributed)[.]ts$",
          test,
        ],
      },
      to: { path: database, pathNot: "^prisma/(dist/)?(embedded|migrate|seed/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-test-in-product",
      severity: "error",
      comment: "What runs in production does not import tests or their helpers: move the shared part out of testing/.",
      from: { path: "^(subgraphs|gateway|prisma|dashboards)/", pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules|^prisma/[^/]+/client/" },
    exclude: { path: "(^|/)(dist|gql|[.]types)/|[.]gen[.]ts$" },
    enhancedResolveOptions: {
      conditionNames: ["source", "import", "node", "browser", "default", "types"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json", ".css"],
    },
  },
};

export default configuration;
