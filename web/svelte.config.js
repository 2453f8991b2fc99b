// How Svelte compiles: runes everywhere, styles into files (the page's policy allows no inline ones).

/** @type {import("@sveltejs/vite-plugin-svelte").SvelteConfig} */
export default {
  compilerOptions: { runes: true, css: "external" },
};
