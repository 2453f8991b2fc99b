import base from "./vite.config.ts";
import { defineConfig } from "vitest/config";
export default defineConfig((env) => {
  const made = (base as unknown as (e: unknown) => Record<string, unknown>)(env);
  return { ...made, server: { proxy: { "/api": { target: "http://127.0.0.1:18461", changeOrigin: false }, "/collab": { target: "ws://127.0.0.1:18461", ws: true } } } };
});
