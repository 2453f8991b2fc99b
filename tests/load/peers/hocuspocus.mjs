// Hocuspocus as its documentation starts it; with a file as second argument it stores documents in SQLite.
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const [port, database] = process.argv.slice(2);
const extensions = database ? [new SQLite({ database })] : [];
const server = new Server({ port: Number(port), address: "127.0.0.1", quiet: true, extensions });
await server.listen();
console.log("running");
