// How the browser app is built, and served while developing.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    outDir: "dist",
    assetsDir: "assets",
    // The page's policy: no inline script, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: {
      "/api": { target: "http://localhost:8080", changeOrigin: false },
      "/collab": { target: "ws://localhost:8080", ws: true },
    },
  },
});
