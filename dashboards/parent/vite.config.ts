import { dashboard } from "@lentera/dashboard-kit/vite";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";

const router = tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double", semicolons: true });

export default dashboard("parent", [router, react(), tailwindcss()]);
