// The time of this device, followed twice a second while anything shows it. Knows no timer.

import { createSubscriber } from "svelte/reactivity";

const follow = createSubscriber((update) => {
  const timer = setInterval(update, 500);
  return () => clearInterval(timer);
});

export const clock = {
  /** Milliseconds since 1970; inside a component it goes on. */
  get now(): number {
    follow();
    return Date.now();
  },
};
