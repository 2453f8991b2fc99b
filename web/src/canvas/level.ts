// Whether items are elements or painted, by zoom and number. Knows no items.

/** Elements are drawn again at each step of a zoom: below this zoom they are too small to be worth it. */
const LEAST_ZOOM = 0.14;
/** From this zoom on texts are read, and more elements are worth their time. */
const READABLE = 0.36;
/** More items than this within reach of the screen are painted. */
const MOST = 500;
const MOST_SMALL = 250;
/** Painted items become elements again only when there are clearly fewer, so that panning does not flicker. */
const CLEARLY = 0.8;

/** `was`: whether they were painted in the last frame. */
export function isFar(zoom: number, items: number, was: boolean): boolean {
  const most = zoom < READABLE ? MOST_SMALL : MOST;
  return zoom < LEAST_ZOOM || items > (was ? most * CLEARLY : most);
}
