/** The dashboard: what is shown, and when. Events only change what is known; the page is drawn from that once a frame, however many come. */
import type { Alert, Device, Metric } from '../../../resolvers/iot/schema-types';
import { element, one, onSubmit } from '../elements';
import { onConnection, signIn } from '../signed-in';
import { chart, type Point } from './chart';
import { followDevice, followSite, listAlerts, listDevices, readHistory } from './fleet-client';

const metrics: readonly { readonly name: Metric; readonly label: string; readonly unit: string }[] = [
  { name: 'temperature', label: 'Temperature', unit: '°C' },
  { name: 'humidity', label: 'Humidity', unit: '%' },
  { name: 'battery', label: 'Battery', unit: '%' },
  { name: 'signalStrength', label: 'Signal', unit: 'dBm' },
];
const spans = [1, 6, 24, 168];
/** More rows than anybody reads; a search finds the others. */
const mostRows = 100;
const mostAlerts = 50;
const hourMs = 3_600_000;

interface OpenDevice {
  readonly id: string;
  /** By metric, oldest first. */
  readonly points: Readonly<Record<Metric, Point[]>>;
  /** Whether the history is among them. */
  isRead: boolean;
  stop(): void;
}

const devices = new Map<string, Device>();
const rows = new Map<string, HTMLLIElement>();
/** By id. */
const alerts = new Map<string, Alert>();
const page = { site: '', metric: metrics[0]!, hours: 1, isDrawing: false };
let open: OpenDevice | undefined;
/** The last one asked for, which is open as soon as it is read. */
let entering: OpenDevice | undefined;
let stopSite = () => {};

onSubmit('#sign-in', ({ username = '' }) =>
  void guard(async () => {
    await signIn(username);
    one('#sign-in').hidden = true;
    one('#fleet').hidden = false;
    onConnection((state) => (one('#connection').textContent = one('#connection').dataset.state = state), () => void guard(load));
    follow();
    await load();
    // Something to look at; on a phone the list comes first.
    const [first] = shownDevices();
    if (first && !open) await enter(first.id);
    setInterval(draw, 15_000);
  }),
);

one<HTMLSelectElement>('#site').addEventListener('change', ({ target }) => {
  page.site = (target as HTMLSelectElement).value;
  follow();
  draw();
});
one('#search').addEventListener('input', () => draw());
window.addEventListener('resize', () => draw());
buttons('#metrics', metrics, ({ label }) => [label, element('b', '–')], (metric) => (page.metric = metric));
buttons('#hours', spans, (hours) => [hours < 48 ? `${hours} h` : `${hours / 24} days`], (hours) => {
  page.hours = hours;
  if (open) void guard(() => enter(open?.id ?? ''));
});

function follow(): void {
  stopSite();
  stopSite = followSite(page.site || undefined, {
    device: (device) => {
      devices.set(device.id, device);
      draw();
    },
    alert: (alert) => {
      alerts.set(alert.id, alert);
      draw();
    },
    ended: complain,
  });
}

/** All that is known; also after the connection was away, since what happened meanwhile comes with no event. */
async function load(): Promise<void> {
  for (const device of await listDevices()) devices.set(device.id, device);
  const sites = [...new Set([...devices.values()].map(({ site }) => site))].sort();
  const choice = one<HTMLSelectElement>('#site');
  choice.replaceChildren(new Option('All sites', ''), ...sites.map((site) => new Option(site, site, false, site === page.site)));
  for (const found of await Promise.all(sites.map(listAlerts))) for (const alert of found) alerts.set(alert.id, alert);
  draw();
  if (open) await enter(open.id);
}

/** Opens a device, or reads the one that is open again; until it is read, what was shown of it stays. */
async function enter(id: string): Promise<void> {
  const points: OpenDevice['points'] = { temperature: [], humidity: [], battery: [], signalStrength: [] };
  const add = (reading: NonNullable<Device['metrics']>) => {
    const time = Date.parse(reading.recordedAt);
    for (const { name } of metrics) if (typeof reading[name] === 'number') points[name].push({ time, value: reading[name] });
  };
  const early: NonNullable<Device['metrics']>[] = [];
  const stop = followDevice(id, ({ metrics: reading }) => {
    // What is measured while the history is read comes after it.
    if (reading && entered.isRead) add(reading);
    else if (reading) early.push(reading);
    draw();
  }, complain);
  const entered: OpenDevice = { id, points, isRead: false, stop };
  entering = entered;
  if (open?.id !== id) show(entered);
  for (const reading of [...(await readHistory(id, page.hours)), ...early]) add(reading);
  entered.isRead = true;
  // Somebody may have gone on to another device meanwhile.
  if (entering === entered) show(entered);
  else stop();
}

function show(device: OpenDevice): void {
  if (open !== device) open?.stop();
  open = device;
  draw();
}

/** Once in the next frame. */
function draw(): void {
  if (page.isDrawing) return;
  page.isDrawing = true;
  requestAnimationFrame(() => {
    page.isDrawing = false;
    drawDevices();
    drawDevice();
    drawAlerts();
  });
}

function shownDevices(): Device[] {
  const wanted = one<HTMLInputElement>('#search').value.trim().toLowerCase();
  const isShown = ({ name, id, site, location }: Device) => (page.site === '' || site === page.site) && `${name} ${id} ${site} ${location}`.toLowerCase().includes(wanted);
  // Those that have measured something lately come first, then by name; the order does not change with every reading.
  const isSilent = ({ lastSeen }: Device) => Number(!lastSeen);
  return [...devices.values()].filter(isShown).sort((a, b) => isSilent(a) - isSilent(b) || a.name.localeCompare(b.name));
}

function drawDevices(): void {
  const shown = shownDevices();
  const inSite = [...devices.values()].filter(({ site }) => page.site === '' || site === page.site);
  one('#counts').textContent = `${inSite.filter(({ status }) => status === 'ONLINE').length} of ${inSite.length} devices online`;
  const list = one('#devices');
  const wanted = shown.slice(0, mostRows).map((device) => rowOf(device));
  if (wanted.length !== list.children.length || wanted.some((row, i) => row !== list.children[i])) list.replaceChildren(...wanted);
  one('#more').textContent = shown.length > mostRows ? `and ${shown.length - mostRows} more: search for them` : '';
}

/** Rows are made once, and only their texts change. */
function rowOf({ id, name, site, location, status, metrics: reading }: Device): HTMLLIElement {
  let row = rows.get(id);
  if (!row) {
    const button = element('button', element('span', name), element('b'), element('small', `${site} · ${location}`), element('i'));
    button.addEventListener('click', () => void guard(() => enter(id)));
    row = element('li', button);
    row.dataset.device = id;
    rows.set(id, row);
  }
  row.dataset.status = status;
  row.firstElementChild?.toggleAttribute('aria-current', open?.id === id);
  setText(row.querySelector('b'), typeof reading?.temperature === 'number' ? `${reading.temperature.toFixed(1)} °C` : '');
  setText(row.querySelector('i'), status.toLowerCase());
  return row;
}

function drawDevice(): void {
  const device = open && devices.get(open.id);
  for (const [i, button] of [...one('#metrics').children].entries()) {
    const metric = metrics[i]!;
    const value = device?.metrics?.[metric.name];
    setText(button.querySelector('b'), typeof value === 'number' ? `${value} ${metric.unit}` : '–');
    button.toggleAttribute('aria-current', metric === page.metric);
  }
  for (const [i, button] of [...one('#hours').children].entries()) button.toggleAttribute('aria-current', spans[i] === page.hours);
  if (!open || !device) return;
  setText(one('#name'), device.name);
  setText(one('#about'), `${device.site} · ${device.location} · ${device.status.toLowerCase()}${device.lastSeen ? ` · last heard of at ${new Date(device.lastSeen).toLocaleTimeString()}` : ''}`);
  const figure = one('#chart');
  const { name, label, unit } = page.metric;
  const now = Date.now();
  const options = { from: now - page.hours * hourMs, until: now, unit, label: `${label} of ${device.name}`, width: figure.clientWidth, height: figure.clientHeight };
  if (!open.isRead) figure.replaceChildren(element('p', 'Reading the history …'));
  else if (options.width > 0 && options.height > 0) figure.replaceChildren(chart(open.points[name], options));
  figure.dataset.points = String(open.points[name].length);
}

function drawAlerts(): void {
  const shown = [...alerts.values()].filter(({ site }) => page.site === '' || site === page.site).sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, mostAlerts);
  const list = one('#alerts');
  const known = new Map([...list.children].map((row) => [(row as HTMLElement).dataset.alert, row]));
  const wanted = shown.map((alert) => known.get(alert.id) ?? alertRow(alert));
  if (wanted.length !== list.children.length || wanted.some((row, i) => row !== list.children[i])) list.replaceChildren(...wanted);
}

function alertRow({ id, deviceId, deviceName, site, metric, kind, severity, value, expected, recordedAt }: Alert): HTMLLIElement {
  const { label = metric, unit = '' } = metrics.find(({ name }) => name === metric) ?? {};
  const what = { HIGH: `above ${expected}`, LOW: `below ${expected}`, UNUSUAL: `unusual, mostly ${expected}` }[kind];
  const button = element('button', element('span', deviceName), element('b', `${label} ${value} ${unit}`), element('small', `${what} ${unit} · ${site} · ${new Date(recordedAt).toLocaleTimeString([], { timeStyle: 'short' })}`));
  button.addEventListener('click', () => {
    page.metric = metrics.find(({ name }) => name === metric) ?? page.metric;
    void guard(() => enter(deviceId));
  });
  const row = element('li', button);
  row.dataset.alert = id;
  row.dataset.severity = severity;
  return row;
}

/** A row of buttons, one for each choice. */
function buttons<T>(selector: string, choices: readonly T[], content: (choice: T) => (Node | string)[], choose: (choice: T) => void): void {
  one(selector).append(
    ...choices.map((choice) => {
      const button = element('button', ...content(choice));
      button.type = 'button';
      button.addEventListener('click', () => {
        choose(choice);
        draw();
      });
      return button;
    }),
  );
}

function setText(target: Element | null, text: string): void {
  if (target && target.textContent !== text) target.textContent = text;
}

/** Shows what went wrong, in the part of the page that is on. */
async function guard(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    complain('');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

function complain(problem: string): void {
  one(one('#fleet').hidden ? '#sign-in .problem' : 'section .problem').textContent = problem;
}
