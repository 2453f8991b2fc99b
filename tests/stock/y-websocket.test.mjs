// The unmodified y-websocket provider against this server.
import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { aino, board, eye, note, otto, restart, server, texts, until } from "./board.mjs";

function open(t, who, name = board) {
	const doc = new Y.Doc();
	const protocols = ["jalostamo", `bearer.${who.token}`];
	const options = { WebSocketPolyfill: WebSocket, disableBc: true, protocols, maxBackoffTime: 200 };
	const provider = new WebsocketProvider(`${server}/sync`, name, doc, options);
	t.after(() => {
		provider.destroy();
		provider.awareness.destroy();
	});
	return provider;
}

const synced = (provider) => until("synced", () => provider.synced);

test("two converge and a latecomer too", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto);
	await Promise.all([synced(one), synced(two)]);
	const id = note(one.doc, aino.person, "plain");
	await until("the note", () => texts(two.doc).includes("plain"));
	two.doc.getMap("items").get(id).get("text").insert(5, " sync");
	await until("the answer", () => texts(one.doc).includes("plain sync"));
	const late = open(t, eye);
	await until("the latecomer", () => texts(late.doc).includes("plain sync"));
});

test("presence is stamped, echoes do no harm, and it leaves with its socket", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto);
	one.awareness.setLocalStateField("user", { name: "Mallory" });
	const seen = () => two.awareness.getStates().get(one.doc.clientID);
	await until("presence", () => seen()?.user?.name === "Aino");
	assert.equal(one.awareness.getLocalState().user.name, "Mallory");
	two.awareness.setLocalStateField("cursor", [1, 2]);
	const back = () => one.awareness.getStates().get(two.doc.clientID);
	await until("the other way", () => back()?.user?.name === "Otto");
	one.disconnect();
	await until("gone", () => seen() === undefined);
	one.connect();
	await until("back", () => seen()?.user?.name === "Aino");
});

test("an observer changes nothing", async (t) => {
	const one = open(t, eye);
	const two = open(t, aino);
	await Promise.all([synced(one), synced(two)]);
	note(one.doc, eye.person, "refused");
	note(two.doc, aino.person, "after");
	await until("the other's note", () => texts(one.doc).includes("after"));
	assert.ok(!texts(two.doc).includes("refused"));
});

test("what it may not see stays closed for good", async (t) => {
	for (const [who, name, code] of [
		[{ token: "nonsense" }, board, 4401],
		[aino, `${board}x`, 4404],
		[aino, `${board}.9`, 4410],
	]) {
		const provider = open(t, who, name);
		let closed;
		provider.on("closed", (event) => (closed = event.code));
		await until(`closed with ${code}`, () => closed !== undefined);
		assert.equal(closed, code);
	}
});

test("after a restart it comes back with what was typed meanwhile", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto);
	await Promise.all([synced(one), synced(two)]);
	await restart();
	note(one.doc, aino.person, "while away");
	await until("the note", () => texts(two.doc).includes("while away"));
});
