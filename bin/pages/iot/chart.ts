/**
 * A line chart over time as SVG: the mean of each slot of time as a line, its lowest and highest values as a band around it; under the
 * pointer, the slot's time and mean. Slots lie at fixed times, so that a line keeps its shape while it moves to the left.
 */
import type { Point } from './readings';

export interface ChartOptions {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly unit: string;
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
}

interface Slot {
  readonly time: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Its place among the slots of all times: a gap between two says that nothing was measured. */
  readonly index: number;
}

/** What was measured in the time of a chart. */
export interface Summary {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

const margin = { top: 12, right: 14, bottom: 24, left: 54 };
/** Wide enough for a line to show on a phone. */
const slotPixels = 5;
/** So many empty slots in a row break the line. */
const gapSlots = 12;
const minuteMs = 60_000;
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440, 2_880].map((minutes) => minutes * minuteMs);

/** Undefined when nothing was measured. */
export function summaryOf(points: readonly Point[]): Summary | undefined {
  if (points.length === 0) return undefined;
  const summary = { low: Infinity, high: -Infinity, sum: 0 };
  for (const { value } of points) {
    summary.low = Math.min(summary.low, value);
    summary.high = Math.max(summary.high, value);
    summary.sum += value;
  }
  return { low: summary.low, high: summary.high, mean: summary.sum / points.length };
}

/** @param points at least one between `from` and `until`, in order of time */
export function chart(points: readonly Point[], { from, until, unit, label, width, height }: ChartOptions): SVGSVGElement {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const slots = slotsOf(points, from, until, Math.max(2, Math.floor((right - margin.left) / slotPixels)));
  const [low, high, step] = scaleOf(slots);
  const x = (time: number) => margin.left + ((time - from) / (until - from)) * (right - margin.left);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - margin.top);

  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label });
  for (let value = low; value <= high + step / 2; value += step) {
    svg.append(shape('line', { class: 'grid', x1: margin.left, x2: right, y1: y(value), y2: y(value) }));
    svg.append(text(`${tidy(value, step)}${value + step > high + step / 2 ? ` ${unit}` : ''}`, { x: margin.left - 6, y: y(value) + 4, 'text-anchor': 'end' }));
  }
  for (const time of timesBetween(from, until, Math.max(2, Math.floor(width / 90)))) {
    svg.append(shape('line', { class: 'tick', x1: x(time), x2: x(time), y1: bottom, y2: bottom + 4 }));
    svg.append(text(clock(time, until - from), { x: Math.min(x(time), width - 22), y: height - 5, 'text-anchor': 'middle' }));
  }
  for (const run of runsOf(slots)) {
    const at = (value: (slot: Slot) => number) => run.map((slot) => `${x(slot.time).toFixed(1)},${y(value(slot)).toFixed(1)}`);
    svg.append(shape('polygon', { class: 'band', points: [...at(({ high: above }) => above), ...at(({ low: below }) => below).reverse()].join(' ') }));
    svg.append(shape('polyline', { class: 'line', points: at(({ mean }) => mean).join(' ') }));
  }
  const last = slots.at(-1);
  if (last) svg.append(shape('circle', { class: 'last', cx: x(last.time), cy: y(last.mean), r: 3.5 }));

  const pointed = shape('g', { class: 'pointed', visibility: 'hidden' });
  svg.append(pointed);
  svg.addEventListener('pointermove', ({ offsetX }) => {
    const nearest = slots.reduce((best, slot) => (Math.abs(x(slot.time) - offsetX) < Math.abs(x(best.time) - offsetX) ? slot : best));
    const place = x(nearest.time);
    const isRight = place > width / 2;
    pointed.replaceChildren(
      shape('line', { x1: place, x2: place, y1: margin.top, y2: bottom }),
      shape('circle', { cx: place, cy: y(nearest.mean), r: 3.5 }),
      text(`${tidy(nearest.mean, 0.1)} ${unit} at ${clock(nearest.time, until - from)}`, { x: place + (isRight ? -8 : 8), y: margin.top + 10, 'text-anchor': isRight ? 'end' : 'start' }),
    );
    pointed.setAttribute('visibility', 'visible');
  });
  svg.addEventListener('pointerleave', () => pointed.setAttribute('visibility', 'hidden'));
  return svg;
}

/** Points gathered by slots of equal length; empty ones are left out. */
function slotsOf(points: readonly Point[], from: number, until: number, count: number): Slot[] {
  const length = (until - from) / count;
  const gathered = new Map<number, Point[]>();
  for (const point of points) {
    if (point.time < from || point.time > until) continue;
    const index = Math.floor(point.time / length);
    const slot = gathered.get(index);
    if (slot) slot.push(point);
    else gathered.set(index, [point]);
  }
  return [...gathered].sort(([a], [b]) => a - b).map(([index, inSlot]) => {
    const values = inSlot.map(({ value }) => value);
    const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    return { index, time: mean(inSlot.map(({ time }) => time)), low: Math.min(...values), high: Math.max(...values), mean: mean(values) };
  });
}

/** Slots that belong to one line. */
function runsOf(slots: readonly Slot[]): Slot[][] {
  const runs: Slot[][] = [];
  for (const slot of slots) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && slot.index - before.index <= gapSlots) run.push(slot);
    else runs.push([slot]);
  }
  return runs;
}

/** @returns lowest and highest value of the scale, and the step between its lines: 1, 2 or 5 times a power of ten */
function scaleOf(slots: readonly Slot[]): [low: number, high: number, step: number] {
  const lowest = Math.min(...slots.map(({ low }) => low));
  const highest = Math.max(...slots.map(({ high }) => high));
  const rough = Math.max(highest - lowest, 0.5) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const low = Math.floor(lowest / step) * step;
  return [low, Math.max(low + step, Math.ceil(highest / step) * step), step];
}

/** Round times, not more than `most`. */
function timesBetween(from: number, until: number, most: number): number[] {
  const step = timeSteps.find((candidate) => (until - from) / candidate <= most) ?? 7 * 1_440 * minuteMs;
  const offset = new Date(until).getTimezoneOffset() * minuteMs;
  const times: number[] = [];
  for (let time = Math.ceil((from - offset) / step) * step + offset; time <= until; time += step) times.push(time);
  return times;
}

function clock(time: number, span: number): string {
  return span > 2 * 1_440 * minuteMs ? new Date(time).toLocaleDateString([], { day: 'numeric', month: 'short' }) : new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function tidy(value: number, step: number): string {
  return value.toFixed(step < 1 ? 1 : 0);
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): SVGTextElement {
  const made = shape('text', attributes);
  made.textContent = content;
  return made;
}

function shape<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string | number>>): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
