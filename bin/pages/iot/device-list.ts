/**
 * The list of devices: which are shown, in which order, and their rows. Rows are made once, and drawing touches those of devices that have
 * changed, so that it costs what has happened and not how many devices there are.
 */
import type { Device } from '../../../resolvers/iot/schema-types';
import { arrange, element, setText } from '../elements';

/** Beyond them, people search. */
const mostRows = 1_000;
const byName = new Intl.Collator(undefined, { numeric: true });

export interface DeviceFilter {
  /** Empty: every site. */
  readonly site: string;
  /** Empty: every status. */
  readonly status: string;
  /** Part of a name, id, site or location. */
  readonly text: string;
}

export class DeviceList {
  private devices = new Map<string, Device>();
  private readonly rows = new Map<string, HTMLLIElement>();
  private readonly changed = new Set<string>();
  /** The first of them are in the list. */
  private shown: Device['id'][] = [];
  /** What `shown` follows from; empty when devices have come, gone, or changed in what filters look at. */
  private shownFor = '';

  constructor(
    private readonly list: HTMLElement,
    private readonly choose: (id: string) => void,
  ) {}

  get(id: string): Device | undefined {
    return this.devices.get(id);
  }

  all(): readonly Device[] {
    return [...this.devices.values()];
  }

  /** The first in the list that has measured something, or the first. */
  first(): Device | undefined {
    const shown = this.shown.flatMap((id) => this.devices.get(id) ?? []);
    return shown.find(({ lastSeen }) => lastSeen) ?? shown[0];
  }

  put(device: Device): void {
    const before = this.devices.get(device.id);
    if (before?.status !== device.status || before.name !== device.name) this.shownFor = '';
    this.devices.set(device.id, device);
    this.changed.add(device.id);
  }

  /** Those that are not among them are gone. */
  replace(devices: readonly Device[]): void {
    this.devices = new Map();
    for (const device of devices) this.put(device);
    for (const id of this.rows.keys()) if (!this.devices.has(id)) this.rows.delete(id);
    this.shownFor = '';
  }

  /** @returns how many devices the filter lets through but the list is too short for */
  draw(filter: DeviceFilter, openId: string | undefined): number {
    const { site, status, text } = filter;
    if (this.shownFor !== JSON.stringify(filter)) {
      this.shownFor = JSON.stringify(filter);
      const wanted = text.toLowerCase();
      const isShown = (device: Device) =>
        (site === '' || device.site === site) && (status === '' || device.status === status) && `${device.name} ${device.id} ${device.site} ${device.location}`.toLowerCase().includes(wanted);
      this.shown = this.all().filter(isShown).sort((a, b) => byName.compare(a.name, b.name)).map(({ id }) => id);
      arrange(this.list, this.shown.slice(0, mostRows).map((id) => this.row(id)));
    }
    for (const id of this.changed) this.write(id);
    this.changed.clear();
    const current = this.list.querySelector('[aria-current]');
    const next = openId === undefined ? null : this.rows.get(openId)?.firstElementChild ?? null;
    if (current !== next) {
      current?.removeAttribute('aria-current');
      next?.setAttribute('aria-current', 'true');
    }
    return Math.max(0, this.shown.length - mostRows);
  }

  /** Scrolls the list, and nothing else, to a device. */
  reveal(id: string): void {
    const row = this.rows.get(id);
    if (!row?.isConnected) return;
    const { offsetTop, offsetHeight } = row;
    const { scrollTop, clientHeight } = this.list;
    if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight) this.list.scrollTop = offsetTop - clientHeight / 3;
  }

  private row(id: string): HTMLLIElement {
    const known = this.rows.get(id);
    if (known) return known;
    const button = element('button', element('span'), element('b'), element('small'), element('i'));
    button.type = 'button';
    button.addEventListener('click', () => this.choose(id));
    const row = element('li', button);
    row.dataset.device = id;
    this.rows.set(id, row);
    this.write(id);
    return row;
  }

  private write(id: string): void {
    const row = this.rows.get(id);
    const device = this.devices.get(id);
    if (!row || !device) return;
    const { name, site, location, status, metrics: reading } = device;
    row.dataset.status = status;
    setText(row.querySelector('span'), name);
    setText(row.querySelector('b'), typeof reading?.temperature === 'number' ? `${reading.temperature.toFixed(1)} °C` : '');
    setText(row.querySelector('small'), `${site} · ${location}`);
    setText(row.querySelector('i'), status.toLowerCase());
  }
}
