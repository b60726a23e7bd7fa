/**
 * The event buses of an assembly: what was put on them, and who hears of it. Targets hear after the request that put the event has gone on,
 * as with EventBridge; a target that fails is a log line, and others still hear.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
import type { EventRuleModel, EventTargetModel } from '../model';
import type { BusEvent } from './data-sources';
import { matchesPattern } from './event-pattern';

export interface RecordedEvent {
  /** `default` for the bus every account has. */
  readonly bus: string;
  readonly event: BusEvent;
  /** Names of the rules it matched. */
  readonly rules: readonly string[];
}

/** Calls what a rule names. Undefined when there is no such thing here. */
export type TargetCaller = (target: EventTargetModel) => ((input: unknown) => Promise<void>) | undefined;

/** Older ones are forgotten. */
const mostRecorded = 1_000;

export class EventBuses {
  private readonly recorded: RecordedEvent[] = [];
  private rules: readonly EventRuleModel[] = [];
  private readonly deliveries = new Set<Promise<void>>();

  constructor(
    private readonly targets: TargetCaller,
    private readonly log: (line: string) => void,
  ) {}

  /** The last 1,000 events, oldest first. */
  get events(): readonly RecordedEvent[] {
    return this.recorded;
  }

  useRules(rules: readonly EventRuleModel[]): void {
    this.rules = rules;
  }

  readonly put = (busArn: string, event: BusEvent): void => {
    const bus = busArn.replace(/^.*:event-bus\//, '');
    const rules = this.rules.filter((rule) => rule.busName === bus && matchesPattern(rule.pattern, event));
    this.recorded.push({ bus, event, rules: rules.map(({ name }) => name) });
    if (this.recorded.length > mostRecorded) this.recorded.shift();
    this.log(`event bus ${bus}: ${event.source} "${event['detail-type']}" ${JSON.stringify(event.detail)}${rules.length === 0 ? ', no rule matches' : ` → ${rules.map(({ name }) => name).join(', ')}`}`);
    for (const rule of rules) for (const target of rule.targets) this.deliver(rule, target, event);
  };

  /** Once every target has heard of every event so far, and of those that hearing brought about. */
  async settled(): Promise<void> {
    while (this.deliveries.size > 0) await Promise.all(this.deliveries);
  }

  clear(): void {
    this.recorded.length = 0;
  }

  private deliver(rule: EventRuleModel, target: EventTargetModel, event: BusEvent): void {
    const call = this.targets(target);
    if (!call) return this.log(`rule ${rule.name}: its target ${target.arn} does not run locally`);
    const delivery = (async () => {
      // Not before the resolver that put the event has gone on.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        await call(inputFor(target, event, rule));
      } catch (error) {
        this.log(`rule ${rule.name}: its target ${target.arn} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    })();
    this.deliveries.add(delivery);
    void delivery.then(() => this.deliveries.delete(delivery));
  }
}

/** What a target gets: the event, a fixed text, a part, or a text made from parts, which is given as it is when it is no JSON. */
export function inputFor(target: EventTargetModel, event: BusEvent, rule: Pick<EventRuleModel, 'name' | 'busName'>): unknown {
  if (target.input !== undefined) return jsonOrText(target.input);
  if (target.inputPath !== undefined) return valueAt(target.inputPath, event);
  if (!target.transformer) return event;
  const { paths, template } = target.transformer;
  const valueOf = (name: string) => (Object.hasOwn(paths, name) ? valueAt(paths[name] ?? '', event) : reserved(name, event, rule));
  return jsonOrText(filled(template, valueOf));
}

/** Inside quotes a value is part of the text, elsewhere it is JSON. Assumed: null for a path that finds nothing. */
function filled(template: string, valueOf: (name: string) => unknown): string {
  let isInText = false;
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') isInText = !isInText;
    if (name === undefined) return token;
    const json = JSON.stringify(valueOf(name) ?? null);
    if (!isInText) return json;
    return json === 'null' ? '' : json.startsWith('"') ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
  });
}

/** Source: user guide, "Reserved variables". */
function reserved(name: string, event: BusEvent, rule: Pick<EventRuleModel, 'name' | 'busName'>): unknown {
  switch (name) {
    case 'aws.events.event.json':
      return event;
    case 'aws.events.event':
      return { ...event, detail: undefined };
    case 'aws.events.event.ingestion-time':
      return event.time;
    case 'aws.events.rule-name':
      return rule.name;
    // A rule of the bus that every account has is not named after it.
    case 'aws.events.rule-arn':
      return `arn:aws:events:${event.region}:${event.account}:rule/${rule.busName === 'default' ? '' : `${rule.busName}/`}${rule.name}`;
    default:
      return undefined;
  }
}

/** `$`, `$.detail.items[0].id`, `$.detail-type` */
function valueAt(path: string, value: unknown): unknown {
  const steps = [...path.replace(/^\$/, '').matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, name, index, quoted]) => name ?? index ?? quoted ?? '');
  return steps.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : undefined), value);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
