// The unmodified Hocuspocus provider against this server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { aino, board, eye, note, otto, restart, server, texts, until } from "./board.mjs";

function open(t, who, options = {}, line = {}) {
	const websocketProvider = new HocuspocusProviderWebsocket({
		url: `${server}/collab`,
		WebSocketPolyfill: WebSocket,
		delay: 50,
		minDelay: 50,
		maxDelay: 200,
		...line,
	});
	const document = new Y.Doc();
	const provider = new HocuspocusProvider({ websocketProvider, name: board, document, token: who.token, ...options });
	provider.attach();
	t.after(() => {
		provider.destroy();
		websocketProvider.destroy();
	});
	return provider;
}

const settled = (provider) => until("no unsynced changes", () => provider.synced && !provider.hasUnsyncedChanges);

test("two converge, a latecomer too, and changes are acknowledged", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto, { sessionAwareness: true });
	await Promise.all([settled(one), settled(two)]);
	const id = note(one.document, aino.person, "stock");
	await settled(one);
	await until("the note", () => texts(two.document).includes("stock"));
	two.document.getMap("items").get(id).get("text").insert(5, " client");
	await settled(two);
	await until("the answer", () => texts(one.document).includes("stock client"));
	const late = open(t, eye);
	await until("the latecomer", () => texts(late.document).includes("stock client"));
	assert.deepEqual(texts(late.document), texts(one.document));
});

test("typing before the server has answered waits for nothing", async (t) => {
	const one = open(t, aino);
	note(one.document, aino.person, "early");
	await settled(one);
	const two = open(t, otto);
	await until("the note", () => texts(two.document).includes("early"));
});

test("presence is stamped and leaves with its socket", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto);
	one.setAwarenessField("user", { name: "Mallory" });
	const seen = () => two.awareness.getStates().get(one.document.clientID);
	await until("presence", () => seen()?.user?.name === "Aino");
	assert.equal(seen().user.id, aino.person);
	one.configuration.websocketProvider.disconnect();
	await until("gone", () => seen() === undefined);
});

test("an observer's change is not acknowledged and nobody sees it", async (t) => {
	const one = open(t, eye);
	const two = open(t, aino);
	await Promise.all([settled(one), settled(two)]);
	assert.equal(one.authorizedScope, "readonly");
	note(one.document, eye.person, "refused");
	note(two.document, aino.person, "after");
	await until("the other's note", () => texts(one.document).includes("after"));
	assert.ok(one.hasUnsyncedChanges);
	assert.ok(!texts(two.document).includes("refused"));
});

test("forced synchronisation is acknowledged as well", async (t) => {
	const one = open(t, aino);
	await settled(one);
	one.forceSync();
	await settled(one);
});

test("a bad token is told, and the socket serves another document", async (t) => {
	let reason;
	const one = open(t, { token: "nonsense" }, { onAuthenticationFailed: (failed) => (reason = failed.reason) });
	await until("denied", () => reason !== undefined);
	assert.equal(reason, "unauthorized");
	const document = new Y.Doc();
	const websocketProvider = one.configuration.websocketProvider;
	const two = new HocuspocusProvider({ websocketProvider, name: `${board}.1`, document, token: aino.token });
	two.attach();
	t.after(() => two.destroy());
	await settled(two);
});

test("after a restart it comes back with what was typed meanwhile", async (t) => {
	const one = open(t, aino);
	const two = open(t, otto);
	await Promise.all([settled(one), settled(two)]);
	await restart();
	note(one.document, aino.person, "while away");
	await until("the note", () => texts(two.document).includes("while away"));
	await settled(one);
});

test("an idle socket stays open by the server's pings", async (t) => {
	let closed = 0;
	const one = open(t, aino, { awareness: null }, { messageReconnectTimeout: 14_000, onClose: () => (closed += 1) });
	await settled(one);
	const first = one.configuration.websocketProvider.lastMessageReceived;
	await until("a ping", () => one.configuration.websocketProvider.lastMessageReceived > first + 10_000);
	assert.equal(closed, 0);
});
