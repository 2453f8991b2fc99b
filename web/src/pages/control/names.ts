// A name of several languages in the one in use. Knows no records.

import { language } from "../../i18n/language.svelte.ts";
import type { Names } from "../../net/api/series.ts";
import { nameIn } from "../../i18n/names.ts";

export const names = (of: Names): string => nameIn(of, language.current);
