// What the stock client tests share: who is who, a note, waiting for a condition. Knows no provider.
import { once } from "node:events";
import { connect } from "node:net";
import * as Y from "yjs";

const env = (name) => {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: tests/it/stock_clients.rs runs these tests`);
	return value;
};

const someone = (name) => {
	const [person, token] = env(name).split(" ");
	return { person, token };
};

export const server = env("SERVER");
export const board = `board.${env("BOARD")}`;
export const aino = someone("AINO");
export const otto = someone("OTTO");
export const eye = someone("EYE");

/** Has the server restarted; resolves when it listens again. */
export async function restart() {
	const socket = connect(Number(env("CONTROL")), "127.0.0.1");
	await once(socket, "data");
	socket.destroy();
}

let count = 0;

/** Puts a note on the board, as the browser does. */
export function note(doc, person, text) {
	count += 1;
	const digits = `${process.pid}${String(count).padStart(3, "0")}`.padStart(23, "0");
	const id = `n_01J${digits}`;
	doc.transact(() => {
		const item = new Y.Map();
		doc.getMap("items").set(id, item);
		item.set("kind", "note");
		item.set("author", person);
		item.set("made", 1_790_000_000_000);
		item.set("at", [0, 0]);
		item.set("text", new Y.Text(text));
	});
	return id;
}

/** The texts of all notes, sorted. */
export const texts = (doc) =>
	[...doc.getMap("items").values()].map((item) => item.get("text").toString()).sort();

/** Resolves once `so()` is true; checks whenever anything happens in this process. */
export async function until(what, so) {
	const end = Date.now() + 30_000;
	while (!so()) {
		if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
