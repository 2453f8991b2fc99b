// How the browser app's unit tests run. Knows nothing of the tests themselves.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    // Two cores, several builds at once: slow is not wrong.
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
