// Unmodified stock providers that say nothing for 20 minutes of their own time stay connected. Run with
// `fast-clock.mjs`, against a server whose times are as much shorter.
import assert from "node:assert/strict";
import test from "node:test";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { aino, board, note, otto, server, texts } from "./board.mjs";

const MINUTE = 60_000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(what, so, patience = 10 * MINUTE) {
	const end = Date.now() + patience;
	while (!so()) {
		if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
		await pause(100);
	}
}

test("20 idle minutes", async (t) => {
	const ends = [];
	const one = new Y.Doc();
	const protocols = ["jalostamo", `bearer.${aino.token}`];
	const plain = new WebsocketProvider(`${server}/sync`, board, one, {
		WebSocketPolyfill: WebSocket,
		disableBc: true,
		protocols,
	});
	plain.on("connection-close", () => ends.push("y-websocket"));
	const two = new Y.Doc();
	const websocketProvider = new HocuspocusProviderWebsocket({ url: `${server}/collab`, WebSocketPolyfill: WebSocket });
	const framed = new HocuspocusProvider({
		websocketProvider,
		name: board,
		document: two,
		token: otto.token,
		awareness: null,
		onClose: () => ends.push("hocuspocus"),
	});
	framed.attach();
	t.after(() => {
		plain.destroy();
		plain.awareness.destroy();
		framed.destroy();
		websocketProvider.destroy();
	});
	await until("both in step", () => plain.synced && framed.synced);
	const begun = Date.now();
	// By the clock: a timer may come a moment before its time.
	await until("twenty minutes", () => Date.now() - begun >= 20 * MINUTE, 30 * MINUTE);
	assert.deepEqual(ends, [], "nobody was cut off");
	note(one, aino.person, "after a long silence");
	await until("the note", () => texts(two).includes("after a long silence"));
	note(two, otto.person, "and back");
	await until("the answer", () => texts(one).includes("and back"));
	assert.deepEqual(ends, [], "nobody had to come back");
});
