// The Hocuspocus frames of docs/protocol.md, section 2: bytes to values and back. Knows no sockets and no documents.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** A frame from the server. */
export type Frame =
  | { readonly type: "step1"; readonly vector: Uint8Array }
  | { readonly type: "step2" | "update"; readonly update: Uint8Array }
  | { readonly type: "awareness"; readonly update: Uint8Array }
  | { readonly type: "accepted"; readonly scope: string }
  | { readonly type: "denied"; readonly reason: string }
  | { readonly type: "stateless"; readonly json: string }
  | { readonly type: "close"; readonly reason: string }
  | { readonly type: "ping" }
  | { readonly type: "pong" }
  /** A type this browser has no use for. */
  | { readonly type: "other" };

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STATELESS = 5;
const CLOSE = 7;
const PING = 9;
const PONG = 10;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export const ping = (): Uint8Array => Uint8Array.of(PING);
export const pong = (): Uint8Array => Uint8Array.of(PONG);

function frame(name: string, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}

function sync(name: string, step: number, bytes: Uint8Array): Uint8Array {
  return frame(name, SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export const step1 = (name: string, vector: Uint8Array): Uint8Array => sync(name, STEP_1, vector);
export const step2 = (name: string, update: Uint8Array): Uint8Array => sync(name, STEP_2, update);
export const update = (name: string, bytes: Uint8Array): Uint8Array => sync(name, UPDATE, bytes);

export function awareness(name: string, bytes: Uint8Array): Uint8Array {
  return frame(name, AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, bytes));
}

/** An empty token: the cookie tells who this is. */
export function auth(name: string, token = ""): Uint8Array {
  return frame(name, AUTH, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, token);
  });
}

export function stateless(name: string, message: object): Uint8Array {
  return frame(name, STATELESS, (encoder) => encoding.writeVarString(encoder, JSON.stringify(message)));
}

export function close(name: string, reason: string): Uint8Array {
  return frame(name, CLOSE, (encoder) => encoding.writeVarString(encoder, reason));
}

export function queryAwareness(name: string): Uint8Array {
  return frame(name, QUERY_AWARENESS, () => undefined);
}

/** The frame and its document; undefined when it cannot be read. */
export function read(bytes: Uint8Array): { readonly name: string; readonly frame: Frame } | undefined {
  if (bytes.length === 1) {
    const type = bytes[0] === PING ? "ping" : bytes[0] === PONG ? "pong" : "other";
    return { name: "", frame: { type } };
  }
  try {
    const decoder = decoding.createDecoder(bytes);
    return { name: decoding.readVarString(decoder), frame: readFrame(decoder) };
  } catch {
    return undefined;
  }
}

function readFrame(decoder: decoding.Decoder): Frame {
  switch (decoding.readVarUint(decoder)) {
    case SYNC: {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === STEP_1) return { type: "step1", vector: bytes };
      if (step === STEP_2) return { type: "step2", update: bytes };
      return step === UPDATE ? { type: "update", update: bytes } : { type: "other" };
    }
    case AWARENESS:
      return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
    case AUTH: {
      const kind = decoding.readVarUint(decoder);
      const text = decoding.readVarString(decoder);
      return kind === 2 ? { type: "accepted", scope: text } : { type: "denied", reason: text };
    }
    case STATELESS:
      return { type: "stateless", json: decoding.readVarString(decoder) };
    case CLOSE:
      return { type: "close", reason: decoding.hasContent(decoder) ? decoding.readVarString(decoder) : "" };
    case PING:
      return { type: "ping" };
    case PONG:
      return { type: "pong" };
    default:
      return { type: "other" };
  }
}
