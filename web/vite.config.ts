// How the browser app is built, served while developing, and tested.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** The document, its commands and the surface, but for what somebody has to do something for. */
const ALWAYS =
  /\/src\/(?:canvas\/(?!laser)|tools\/|model\/|commands\/(?!paste|attending)|net\/(?:connection|frames|leftover|ledger|offline|presence|provider|refused|shelf|store|surroundings|tray|wire)\.|outline\/(?:words|tree|view|shown)|session\/(?:desk|said|announce|page|stepScript|run)|pages\/board\/(?:guide|keys))/;

/** What every page needs: the framework, words, the frame around a page, asking the server. */
const FRAME =
  /\/node_modules\/(?:svelte|clsx|esm-env)\/|preload-helper|\/src\/(?:App|pages\/(?:load|Missing)|i18n\/(?:language|format|names)|ui\/(?:Icon|Menu|Preferences|arrival|notices|Notices|Frame|Loaded|ProblemNote|part|once|help|router|announce|letters|layers|theme|copy)|net\/(?:http|api|session|script|attention)\.|net\/api\/|session\/server)/;

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // Tests mount components as a browser does; without this Svelte resolves to its server build.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  build: {
    target: "es2022",
    outDir: "dist",
    assetsDir: "assets",
    // The page's policy: no inline script, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          // What an open board always needs is one file, and what every page does another: many small ones, shared with what is
          // fetched later, compress worse. Each group must hold all that it imports, but for groups above it: files that import
          // each other do not start.
          groups: [
            { name: "frame", test: FRAME },
            { name: "surface", test: ALWAYS },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": { target: "http://localhost:8080", changeOrigin: false },
      "/collab": { target: "ws://localhost:8080", ws: true },
    },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    setupFiles: ["tests/texts.ts"],
    // Property tests take as long as a busy machine needs.
    testTimeout: 60_000,
  },
}));
