// The start of the browser app: language, theme and address first, then the page. Knows no page.

import { mount } from "svelte";
import App from "./App.svelte";
import { startLanguage } from "./i18n/language.svelte.ts";
import { loadPage } from "./pages/load.ts";
import { router, startRouter } from "./ui/router.svelte.ts";
import { startTheme } from "./ui/theme.svelte.ts";
import "./ui/tokens.css";
import "./ui/font.css";
import "./ui/base.css";

startTheme();
startRouter();
// The page's own scripts come with the texts, not after them; what fails is asked for again and told by the page.
void loadPage(router.route)?.catch(() => undefined);
await startLanguage();

const target = document.getElementById("app");
if (target !== null) mount(App, { target });
