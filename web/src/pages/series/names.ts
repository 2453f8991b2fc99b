// Where the names in several languages were: they are texts. Knows nothing by itself.

export * from "../../i18n/names.ts";
