// Time that runs 30 times as fast as the world's: loaded before everything else. Knows no provider.
export const SPEED = 30;

const start = Date.now();
const real = { now: Date.now, setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
Date.now = () => start + (real.now() - start) * SPEED;
globalThis.setTimeout = (run, delay, ...args) => real.setTimeout(run, (delay ?? 0) / SPEED, ...args);
globalThis.setInterval = (run, delay, ...args) => real.setInterval(run, (delay ?? 0) / SPEED, ...args);
