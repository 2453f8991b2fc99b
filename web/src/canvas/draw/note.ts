// A note: a sheet of paper in one of eight colours, its text as large as fits. Knows no camera.

import { part, setMain, type Draw } from "./types.ts";

export const NOTE_SIZES = [24, 20, 18, 16, 14, 12] as const;
const PAD_X = 32;
const PAD_Y = 28;

export const note: Draw = (element) => {
  const text = part("jb-text", element);
  text.dir = "auto";
  return {
    text,
    fill(item, ink) {
      const [w, h] = item.size;
      const fit = ink.fit(item.text, (w - PAD_X) * 0.97, h - PAD_Y, NOTE_SIZES);
      setMain(text, item.text, fit, h - PAD_Y);
    },
  };
};
