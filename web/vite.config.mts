import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the playground into web/dist/playground; the gateway serves it at /playground. */
export default defineConfig({
  root: `${import.meta.dirname}/playground`,
  base: "/playground/",
  publicDir: false,
  plugins: [react()],
  worker: { format: "es" },
  build: {
    outDir: `${import.meta.dirname}/dist/playground`,
    emptyOutDir: true,
    target: "es2022",
    // The content security policy has no room for inlined assets, and Monaco is one large chunk by nature.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // GraphiQL's modules carry notes to the React compiler, which has already run over them.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
    license: { fileName: "assets/licenses.md" },
  },
});
