// How the browser app's unit tests run. Knows nothing of the tests themselves.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  // Tests mount components as a browser does; without this Svelte resolves to its server build.
  resolve: { conditions: ["browser"] },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    // Two cores, several builds at once: slow is not wrong.
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
