// Stock Yjs clients, both providers mixed, that work on one board at random, go offline and come back. Prints what
// each has in the end. Run by tests/it/traces.rs; knows no verdicts.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const { server, board, people, seed, steps, markers } = JSON.parse(process.env.TRACE);

/** Numbers from a seed (mulberry32). */
function random(from) {
	let state = from >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (end) => Math.floor(next() * end);
	return { below, pick: (list) => list[below(list.length)] };
}

function yWebsocket(doc, who) {
	const protocols = ["jalostamo", `bearer.${who.token}`];
	const options = { WebSocketPolyfill: WebSocket, disableBc: true, protocols, maxBackoffTime: 100 };
	const provider = new WebsocketProvider(`ws://${server}/sync`, `board.${board}`, doc, options);
	return {
		kind: "y-websocket",
		off: () => provider.disconnect(),
		on: () => provider.connect(),
	};
}

function hocuspocus(doc, who) {
	const websocketProvider = new HocuspocusProviderWebsocket({
		url: `ws://${server}/collab`,
		WebSocketPolyfill: WebSocket,
		delay: 20,
		minDelay: 20,
		maxDelay: 100,
	});
	const provider = new HocuspocusProvider({
		websocketProvider,
		name: `board.${board}`,
		document: doc,
		token: who.token,
	});
	provider.attach();
	return {
		kind: "hocuspocus",
		off: () => websocketProvider.disconnect(),
		on: () => websocketProvider.connect(),
		pending: () => provider.hasUnsyncedChanges,
	};
}

let count = 0;
const newId = (prefix, worker) => {
	count += 1;
	return `${prefix}_01J${String(worker).padStart(3, "0")}${String(count).padStart(20, "0")}`;
};

function put(doc, root, id, fields) {
	const object = new Y.Map();
	doc.getMap(root).set(id, object);
	for (const [key, value] of Object.entries(fields)) object.set(key, value);
}

const words = ["ä", "työ ", "🧩", "next ", "é", "asiakas ", "\n", "👩‍👩‍👧", "x"];

/** A place in a text that does not stand between the halves of a character. */
function place(text, dice) {
	const string = text.toString();
	const at = dice.below(string.length + 1);
	const code = string.charCodeAt(at);
	return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** One edit. */
function step(one) {
	const { doc, dice, undo, who, number } = one;
	const items = doc.getMap("items");
	const links = doc.getMap("links");
	const ids = [...items.keys()].sort();
	const id = dice.pick(ids);
	const item = id && items.get(id);
	const text = item?.get("text");
	const made = 1_790_000_000_000 + dice.below(1000);
	const edit = (work) => doc.transact(work, one);
	const kind = dice.below(100);
	undo.stopCapturing();
	if (!item || kind < 14) {
		const at = [dice.below(2000), dice.below(2000)];
		return edit(() =>
			put(doc, "items", newId("n", number), {
				kind: "note", author: who.person, made, at, text: new Y.Text(dice.pick(words)),
			}),
		);
	}
	if (kind < 18) {
		const types = new Y.Map();
		return edit(() => {
			put(doc, "items", newId("o", number), {
				kind: "obstacle", author: who.person, made, at: [0, 0], text: new Y.Text("este"), types,
			});
			types.set("funding", true);
		});
	}
	if (kind < 46) return text && text.length < 500 && edit(() => text.insert(place(text, dice), dice.pick(words)));
	if (kind < 58) {
		if (!text?.length) return;
		const [a, b] = [place(text, dice), place(text, dice)].sort((x, y) => x - y);
		return b > a && edit(() => text.delete(a, b - a));
	}
	if (kind < 66) return edit(() => item.set("at", [dice.below(2000), dice.below(2000)]));
	if (kind < 70) return edit(() => item.set("color", dice.pick(["yellow", "green", "blue"])));
	if (kind < 74) return edit(() => item.set("gone", true));
	if (kind < 76) return item.has("gone") && edit(() => item.delete("gone"));
	if (kind < 80) {
		const types = item.get("types");
		const type = dice.pick(["funding", "culture", "language"]);
		return types && edit(() => (types.has(type) ? types.delete(type) : types.set(type, true)));
	}
	if (kind < 84) {
		return edit(() =>
			put(doc, "links", newId("f", number), {
				kind: "sequence", author: who.person, made, from: id, to: dice.pick(ids), text: new Y.Text(""),
			}),
		);
	}
	if (kind < 86) {
		const link = links.get(dice.pick([...links.keys()].sort()));
		return link && edit(() => link.set("to", id));
	}
	return kind < 95 ? undo.undo() : undo.redo();
}

const pause = (milliseconds) =>
	new Promise((resolve) => (milliseconds ? setTimeout(resolve, milliseconds) : setImmediate(resolve)));

async function work(one) {
	let offline = 0;
	for (let number = 0; number < steps; number += 1) {
		step(one);
		if (offline > 0) {
			offline -= 1;
			if (offline === 0) one.line.on();
		} else if (one.dice.below(40) === 0) {
			one.line.off();
			offline = 1 + one.dice.below(25);
		}
		await pause(one.dice.below(4));
	}
	if (offline > 0) one.line.on();
	one.doc.transact(() =>
		put(one.doc, "items", newId("n", one.number), {
			kind: "note", author: one.who.person, made: 0, at: [0, 0], text: new Y.Text(`marker ${one.number}`),
		}),
	);
}

const clients = people.map((who, number) => {
	const doc = new Y.Doc();
	const roots = ["items", "links", "comments"].map((name) => doc.getMap(name));
	const line = (number % 2 ? hocuspocus : yWebsocket)(doc, who);
	const one = { doc, who, number, line, dice: random(seed * 31 + number) };
	one.undo = new Y.UndoManager(roots, { captureTimeout: 0, trackedOrigins: new Set([one]) });
	return one;
});

const seen = (doc) =>
	[...doc.getMap("items").values()].filter((item) => item.get("text")?.toString().startsWith("marker ")).length;

await Promise.all(clients.map(work));
const end = Date.now() + 30_000;
while (!clients.every((one) => seen(one.doc) >= markers && !one.line.pending?.()) && Date.now() < end) await pause(5);
const roots = ["items", "links", "comments", "meta"];
const report = clients.map(({ doc, line }) => ({
	kind: line.kind,
	markers: seen(doc),
	pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null || (line.pending?.() ?? false),
	content: Object.fromEntries(roots.map((root) => [root, doc.getMap(root).toJSON()])),
}));
process.stdout.write(JSON.stringify(report), () => process.exit(0));
