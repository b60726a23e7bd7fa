/** The list of alerts: the newest of all sites or of one, and their rows. */
import type { Alert } from '../../../resolvers/iot/schema-types';
import { arrange, element } from '../elements';
import { metricOf } from './metrics';

const mostShown = 50;
/** Of all sites, so that each has some when it is chosen; beyond them the oldest are forgotten. */
const mostKept = 500;

export class AlertList {
  /** Newest first. */
  private alerts: Alert[] = [];
  private readonly rows = new Map<Alert, HTMLLIElement>();
  private drawnFor: string | undefined;

  constructor(
    private readonly list: HTMLElement,
    private readonly choose: (alert: Alert) => void,
  ) {}

  /** Those known already stay as they are. */
  add(alerts: readonly Alert[]): void {
    const known = new Set(this.alerts.map(({ id }) => id));
    const added = alerts.filter(({ id }) => !known.has(id));
    if (added.length === 0) return;
    this.alerts = [...added, ...this.alerts].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, mostKept);
    this.drawnFor = undefined;
  }

  clear(): void {
    this.alerts = [];
    this.drawnFor = undefined;
  }

  /** @param site empty for all */
  draw(site: string): void {
    if (this.drawnFor === site) return;
    this.drawnFor = site;
    const shown = this.alerts.filter((alert) => site === '' || alert.site === site).slice(0, mostShown);
    arrange(this.list, shown.map((alert) => this.row(alert)));
    for (const alert of this.rows.keys()) if (!shown.includes(alert)) this.rows.delete(alert);
  }

  private row(alert: Alert): HTMLLIElement {
    const known = this.rows.get(alert);
    if (known) return known;
    const { id, deviceName, site, metric, kind, severity, value, expected, recordedAt } = alert;
    const { label, unit } = metricOf(metric);
    const what = { HIGH: `above ${expected}`, LOW: `below ${expected}`, UNUSUAL: `unusual, mostly ${expected}` }[kind];
    const time = element('time', new Date(recordedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
    time.dateTime = recordedAt;
    const button = element('button', element('span', deviceName), element('b', `${label} ${value} ${unit}`), element('small', `${what} ${unit} · ${site}`), time, element('i', severity.toLowerCase()));
    button.type = 'button';
    button.addEventListener('click', () => this.choose(alert));
    const row = element('li', button);
    row.dataset.alert = id;
    row.dataset.severity = severity;
    this.rows.set(alert, row);
    return row;
  }
}
