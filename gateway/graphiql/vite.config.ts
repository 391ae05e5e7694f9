import { defineConfig } from "vite";

/** GraphiQL with everything it needs, so that it works without the internet. */
export default defineConfig({
  base: "/graphiql/",
  build: { outDir: "../dist/graphiql", emptyOutDir: true, chunkSizeWarningLimit: 10_000, reportCompressedSize: false },
  worker: { format: "es" },
});
