// Every language is fetched before the tests, so that a test may choose one and go on.

import { fetchLanguage, LANGUAGES } from "../src/i18n/language.svelte.ts";

await Promise.all(LANGUAGES.map(fetchLanguage));
