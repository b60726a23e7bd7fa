/** The dashboard: what is shown, and when. Events only change what is known; the page is drawn from that a few times a second, however many come. */
import type { Alert, Device } from '../../../resolvers/iot/schema-types';
import { complain, element, guard, one, onSubmit, setText } from '../elements';
import { showConnection, signIn } from '../signed-in';
import { AlertList } from './alert-list';
import { chart, summaryOf } from './chart';
import { DeviceList } from './device-list';
import { followDevice, followSite, listAlerts, listDevices, readHistory } from './fleet-client';
import { metricOf, metrics } from './metrics';
import { Readings } from './readings';

const spans = [1, 6, 24, 168];
const hourMs = 3_600_000;
/** Eyes need no more, and drawing is most of what the page costs. */
const drawEveryMs = 250;
/** A chart moves to the left with time. */
const chartEveryMs = 5_000;
const paceOverMs = 5_000;

interface OpenDevice {
  readonly id: string;
  readonly readings: Readings;
  /** Whether the history is among them. */
  isRead: boolean;
  stop(): void;
}

const page = { site: '', metric: metrics[0], hours: 1, /** Whether somebody has chosen what is open. */ isChosen: false };
const devices = new DeviceList(one('#devices'), (id) => choose(id));
const alerts = new AlertList(one('#alerts'), ({ deviceId, metric }) => {
  page.metric = metricOf(metric);
  choose(deviceId);
});
let open: OpenDevice | undefined;
/** The last one asked for, which is open as soon as it is read. */
let entering: OpenDevice | undefined;
let stopSite = () => {};

onSubmit('#sign-in', ({ username = '' }) =>
  void guard(async () => {
    await signIn(username);
    one('#sign-in').hidden = true;
    one('#fleet').hidden = false;
    one('#fleet').focus();
    showConnection(one('#connection'), () => void guard(load));
    follow();
    await load();
    const first = devices.first();
    if (first && !open) await enter(first.id);
    // Time goes on without events too.
    setInterval(draw, chartEveryMs);
  }),
);

one('#site').addEventListener('change', () => {
  page.site = one<HTMLSelectElement>('#site').value;
  follow();
  drawNow();
});
for (const control of ['#search', '#status']) one(control).addEventListener('input', () => drawNow());
window.addEventListener('resize', () => draw());
buttons('#metrics', metrics, ({ label }) => [label, element('b', '–')], (metric) => (page.metric = metric));
buttons('#hours', spans, (hours) => [hours < 48 ? `${hours} h` : `${hours / 24} days`], (hours) => {
  page.hours = hours;
  if (open) void guard(() => enter(open?.id ?? ''));
});

function follow(): void {
  stopSite();
  stopSite = followSite(page.site || undefined, { device: heard, alert: (alert: Alert) => (alerts.add([alert]), draw()), ended: complain });
}

/** Readings of the last seconds: epoch milliseconds at which events came. */
const pace: number[] = [];

/** Also when a reading comes: a window that nobody looks at is not drawn, and may be left open for days. */
function forgetOldPace(now: number): void {
  while (pace[0] !== undefined && pace[0] < now - paceOverMs) pace.shift();
}

function heard(device: Device): void {
  if (device.lastSeen !== devices.get(device.id)?.lastSeen) pace.push(Date.now());
  forgetOldPace(Date.now());
  devices.put(device);
  // Until somebody chooses, a device that measures something is more to look at than one that does not.
  const isIdle = !page.isChosen && entering && !devices.get(entering.id)?.lastSeen;
  if (isIdle && device.lastSeen) void guard(() => enter(device.id));
  draw();
}

/** All that is known; also after the connection was away, since what happened meanwhile comes with no event. */
async function load(): Promise<void> {
  const known = await listDevices();
  devices.replace(known);
  const sites = new Set(known.map(({ site }) => site));
  const found = await Promise.all([...sites].map(listAlerts));
  // A server that kept nothing may have been started again.
  alerts.clear();
  alerts.add(found.flat());
  drawNow();
  const next = open && (devices.get(open.id) ?? devices.first());
  if (next) await enter(next.id);
}

function choose(id: string): void {
  page.isChosen = true;
  void guard(() => enter(id));
  // Where the page is one column, the device is below the list.
  if (matchMedia('(max-width: 860px)').matches) one('section').scrollIntoView({ behavior: 'smooth' });
}

/** Opens a device, or reads the one that is open again; until it is read, what was shown of it stays. */
async function enter(id: string): Promise<void> {
  const { hours } = page;
  const readings = new Readings(hours * hourMs);
  const early: NonNullable<Device['metrics']>[] = [];
  const stop = followDevice(id, ({ metrics: reading }) => {
    // What is measured while the history is read comes after it.
    if (reading && entered.isRead) readings.add(reading);
    else if (reading) early.push(reading);
    draw();
  }, complain);
  const entered: OpenDevice = { id, readings, isRead: false, stop };
  entering?.stop();
  entering = entered;
  if (open?.id !== id) show(entered);
  for (const reading of [...(await readHistory(id, hours)), ...early]) readings.add(reading);
  entered.isRead = true;
  // Somebody may have gone on to another device meanwhile.
  if (entering === entered) show(entered);
}

function show(device: OpenDevice): void {
  const isAnother = open?.id !== device.id;
  open = device;
  drawNow();
  if (isAnother) devices.reveal(device.id);
}

const drawing = { timer: 0, atMs: 0, chart: '' };

/** Soon. */
function draw(): void {
  drawing.timer ||= window.setTimeout(() => requestAnimationFrame(drawNow), Math.max(0, drawing.atMs + drawEveryMs - performance.now()));
}

/** What somebody does shows at once. */
function drawNow(): void {
  clearTimeout(drawing.timer);
  drawing.atMs = performance.now();
  drawing.timer = 0;
  drawFleet();
  drawDevice();
  alerts.draw(page.site);
}

function drawFleet(): void {
  const sites = [...new Set(devices.all().map(({ site }) => site))].sort();
  const choice = one<HTMLSelectElement>('#site');
  if (choice.options.length !== sites.length + 1) choice.replaceChildren(new Option('All sites', ''), ...sites.map((site) => new Option(site, site, false, site === page.site)));
  const inSite = devices.all().filter(({ site }) => page.site === '' || site === page.site);
  setText(one('#counts'), `${inSite.filter(({ status }) => status === 'ONLINE').length} of ${inSite.length} devices online`);
  forgetOldPace(Date.now());
  setText(one('#pace'), pace.length === 0 ? '' : `${Math.round((pace.length / paceOverMs) * 1_000)} readings a second`);
  const filter = { site: page.site, status: one<HTMLSelectElement>('#status').value, text: one<HTMLInputElement>('#search').value.trim() };
  const hidden = devices.draw(filter, open?.id);
  const isEmpty = one('#devices').childElementCount === 0;
  setText(one('#more'), hidden > 0 ? `and ${hidden} more: search for them` : !isEmpty ? '' : sites.length > 0 ? 'No device is like that.' : 'There are no devices yet.');
}

function drawDevice(): void {
  const device = open && devices.get(open.id);
  for (const [i, button] of [...one('#metrics').children].entries()) {
    const metric = metrics[i] ?? page.metric;
    const value = device?.metrics?.[metric.name];
    setText(button.querySelector('b'), typeof value === 'number' ? `${value} ${metric.unit}` : '–');
    button.setAttribute('aria-pressed', String(metric === page.metric));
  }
  for (const [i, button] of [...one('#hours').children].entries()) button.setAttribute('aria-pressed', String(spans[i] === page.hours));
  if (!open || !device) return;
  setText(one('#name'), device.name);
  setText(one('#about'), `${device.site} · ${device.location} · ${device.status.toLowerCase()}${device.lastSeen ? ` · last heard of at ${new Date(device.lastSeen).toLocaleTimeString()}` : ''}`);
  drawChart(open, device);
}

function drawChart({ id, readings, isRead }: OpenDevice, device: Device): void {
  const figure = one('#chart');
  const { name, label, unit } = page.metric;
  const { clientWidth: width, clientHeight: height } = figure;
  const now = Date.now();
  const isSame = `${id} ${name} ${page.hours} ${isRead} ${readings.revision} ${width}×${height} ${Math.floor(now / chartEveryMs)}`;
  if (isSame === drawing.chart || width === 0 || height === 0) return;
  drawing.chart = isSame;
  const points = readings.of(name, now);
  const summary = summaryOf(points);
  const rounded = (value: number) => `${value.toFixed(1)} ${unit}`;
  setText(one('#summary'), summary ? `lowest ${rounded(summary.low)} · mean ${rounded(summary.mean)} · highest ${rounded(summary.high)}` : '');
  if (!isRead) figure.replaceChildren(element('p', 'Reading the history …'));
  else if (summary) figure.replaceChildren(chart(points, { from: now - page.hours * hourMs, until: now, unit, label: `${label} of ${device.name}`, width, height }));
  else figure.replaceChildren(element('p', 'Nothing was measured in this time.'), element('p', 'Devices that do come with ', element('code', 'npm run iot:simulate')));
  figure.dataset.points = String(points.length);
}

/** A row of buttons, one for each choice. */
function buttons<T>(selector: string, choices: readonly T[], content: (choice: T) => (Node | string)[], choosing: (choice: T) => void): void {
  one(selector).append(
    ...choices.map((choice) => {
      const button = element('button', ...content(choice));
      button.type = 'button';
      button.addEventListener('click', () => {
        choosing(choice);
        drawNow();
      });
      return button;
    }),
  );
}
