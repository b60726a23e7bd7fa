/**
 * A simulated fleet for the sample `Iot`: `npm run iot:simulate -- --devices 500 --rate 50`. IoT Core does not run on this machine, and so neither
 * do its rules: this sends what the rules' functions would, the same mutations with the same selections, signed with the key pair that the
 * running `appsync-local dev` has written.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { textOption, UsageError } from './commands/command';
import { defaultStateFolder, type RunningApi, runningApis } from './commands/running-apis';
import { type Message, randomFrom, SimulatedDevice } from './samples/iot-fleet';
import { deviceSelection } from './samples/iot-selections';

const apiName = 'Iot';
/** Requests on their way at once; beyond them the API sets the pace. */
const mostInFlight = 64;
const reportEveryMs = 5_000;
const mostArrearsMs = 3_000;
/** Past that is told for a few devices only: charts need some, and the API would be busy for minutes with all. */
const devicesWithPast = 3;

/** As the rules of IoT send them (bin/samples/iot.ts). */
const documents: Readonly<Record<Message['field'], string>> = {
  registerDevice: `mutation Publish($input: RegisterDeviceInput!) { registerDevice(input: $input) { ${deviceSelection} } }`,
  updateDeviceStatus: `mutation Publish($deviceId: ID!, $status: DeviceStatus!, $changedAt: AWSDateTime!) { updateDeviceStatus(deviceId: $deviceId, status: $status, changedAt: $changedAt) { ${deviceSelection} } }`,
  updateDeviceMetrics: `mutation Publish($deviceId: ID!, $recordedAt: AWSDateTime!, $metrics: DeviceMetricsInput!) { updateDeviceMetrics(deviceId: $deviceId, recordedAt: $recordedAt, metrics: $metrics) { ${deviceSelection} } }`,
};

const help = `A simulated fleet for the sample Iot, against a running "npm start"

  --devices N     how many devices (default: 50)
  --rate N        messages a second of all devices together, as long as the API keeps up (default: 10)
  --seconds N     stop after that time (default: at Ctrl-C)
  --accidents P   share of readings that begin an accident, 0 to 1 (default: 0.002)
  --past H        hours of readings to begin with, of ${devicesWithPast} devices (default: 6)
  --state DIR     the folder given to dev as --state (default: ${defaultStateFolder})`;

/** @throws UsageError when it is no use to send anything more, Error when the API refuses this message */
type Send = (message: Message) => Promise<void>;

interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Options {
  readonly devices: number;
  readonly rate: number;
  readonly seconds: number;
  readonly accidents: number;
  readonly past: number;
}

async function main(): Promise<void> {
  const values = parsed();
  if (values.help === true) return console.log(help);
  const options: Options = {
    devices: numberOption(values, 'devices', 50, { least: 1, most: 9_999 }),
    rate: numberOption(values, 'rate', 10, { least: 0.1, most: 10_000 }),
    seconds: numberOption(values, 'seconds', Infinity, { least: 1, most: 1_000_000 }),
    accidents: numberOption(values, 'accidents', 0.002, { least: 0, most: 1 }),
    past: numberOption(values, 'past', 6, { least: 0, most: 700 }),
  };
  const api = (await runningApis(values)).find(({ name }) => name === apiName);
  if (!api) throw new UsageError(`there is no API "${apiName}" among those that run: start the samples with "npm start"`);
  const send = await sender(api, await accessKey(join(textOption(values, 'state') ?? defaultStateFolder, 'aws-credentials')));

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  if (options.seconds !== Infinity) setTimeout(() => stop.abort(), options.seconds * 1_000).unref();
  console.log(`${options.devices} devices send ${options.rate} messages a second to ${api.url}, in place of the rules of IoT, which do not run here. Ctrl-C ends.`);
  await new Simulation(options, send, stop).run();
}

class Simulation {
  private sent = 0;
  private refused = 0;
  /** As it was at the last report. */
  private reported = { sent: 0, ms: Date.now() };
  private isBehind = false;
  private readonly reasons = new Set<string>();
  private readonly inFlight = new Set<Promise<void>>();
  private failure: UsageError | undefined;
  private readonly startedMs = Date.now();

  constructor(
    private readonly options: Options,
    private readonly send: Send,
    private readonly stop: AbortController,
  ) {}

  async run(): Promise<void> {
    const { devices, accidents, past } = this.options;
    const { signal } = this.stop;
    const random = randomFrom(1);
    // Each turn a device sends its next message, once its last one has been answered.
    const resting = Array.from({ length: devices }, (_, index) => new SimulatedDevice(index, random).life({ accidents, past: index < devicesWithPast ? past : 0, now: Date.now }));
    const report = setInterval(() => this.report(), reportEveryMs);
    for (let dueMs = Date.now(); !signal.aborted; dueMs = this.after(dueMs)) {
      await delay(Math.max(0, dueMs - Date.now()), undefined, { signal }).catch(() => undefined);
      while (resting.length === 0 || this.inFlight.size >= mostInFlight) await Promise.race(this.inFlight);
      if (signal.aborted) break;
      const life = resting.shift()!;
      const message = life.next().value;
      const work = this.attempt(message).finally(() => {
        this.inFlight.delete(work);
        // A past is told without waiting for everybody else's turn.
        if (isPast(message)) resting.unshift(life);
        else resting.push(life);
      });
      this.inFlight.add(work);
    }
    clearInterval(report);
    await Promise.all(this.inFlight);
    if (this.failure) throw this.failure;
    console.log(`${this.sent} messages sent, ${perSecond(this.sent, Date.now() - this.startedMs)} a second${this.refusals()}`);
  }

  /** When the next message is due. What could not be sent in time is made up for, but not by more than a few seconds' worth. */
  private after(dueMs: number): number {
    const nextMs = dueMs + 1_000 / this.options.rate;
    const earliestMs = Date.now() - mostArrearsMs;
    this.isBehind ||= nextMs < earliestMs;
    return Math.max(nextMs, earliestMs);
  }

  private async attempt(message: Message): Promise<void> {
    try {
      await this.send(message);
      this.sent++;
    } catch (error) {
      if (error instanceof UsageError) {
        this.failure ??= error;
        this.stop.abort();
        return;
      }
      this.refused++;
      const reason = (error as Error).message;
      if (!this.reasons.has(reason)) console.error(`refused: ${reason}`);
      this.reasons.add(reason);
    }
  }

  private report(): void {
    const ms = Date.now();
    const pace = perSecond(this.sent - this.reported.sent, ms - this.reported.ms);
    const isSlow = this.isBehind && Number(pace) < this.options.rate;
    console.log(`${this.sent} messages sent, ${pace} a second${isSlow ? `: the API answers no faster, and ${this.options.rate} were asked for` : ''}${this.refusals()}`);
    this.reported = { sent: this.sent, ms };
    this.isBehind = false;
  }

  private refusals(): string {
    return this.refused > 0 ? `, ${this.refused} refused` : '';
  }
}

function perSecond(count: number, ms: number): string {
  return ((count / ms) * 1_000).toFixed(1);
}

function isPast(message: Message): boolean {
  return message.field === 'updateDeviceMetrics' && Date.parse(message.variables.recordedAt) < Date.now() - 60_000;
}

/** Signed as the rules' functions sign. Amplify takes longer to load than everything else, and so is loaded once there is something to send. */
async function sender(api: RunningApi, credentials: AccessKey): Promise<Send> {
  const [{ Amplify }, { generateClient }] = await Promise.all([import('aws-amplify'), import('aws-amplify/api')]);
  Amplify.configure(
    { API: { GraphQL: { endpoint: api.url, region: regionOf(api), defaultAuthMode: 'iam' } } },
    { Auth: { credentialsProvider: { getCredentialsAndIdentityId: async () => ({ credentials }), clearCredentialsAndIdentityId: () => undefined } } },
  );
  const client = generateClient();
  return async ({ field, variables }) => {
    try {
      await client.graphql({ query: documents[field], variables: { ...variables } });
    } catch (error) {
      throw explained(error, api);
    }
  };
}

/** Amplify throws what the API has answered, or an error about the network. */
function explained(error: unknown, api: RunningApi): Error {
  const [first] = (error as { errors?: { message: string; errorType?: string; originalError?: Error }[] }).errors ?? [];
  if (!first || first.originalError?.name === 'NetworkError' || first.message === 'Network Error') return new UsageError(`nothing answers at ${api.url}: is "npm start" still running?`);
  if (/Signature|UnrecognizedClient|security token/.test(`${first.errorType} ${first.message}`)) return new UsageError(`${api.url} does not accept the key of its own folder (${first.message}): start "npm start" again`);
  return new Error(`${first.errorType ?? 'Error'}: ${first.message}`);
}

/** An API is in the region of its user pool. */
function regionOf({ userPools: [pool] }: RunningApi): string {
  const [, region] = /cognito-idp\.([\w-]+)\.amazonaws/.exec(pool?.issuer ?? '') ?? [];
  if (region === undefined) throw new UsageError(`the API "${apiName}" that runs has no user pool: it is not the sample`);
  return region;
}

async function accessKey(file: string): Promise<AccessKey> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, accessKeyId] = /^aws_access_key_id\s*=\s*(\S+)/m.exec(text) ?? [];
  const [, secretAccessKey] = /^aws_secret_access_key\s*=\s*(\S+)/m.exec(text) ?? [];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new UsageError(`there is no key to sign with in ${file}: start "npm start" again`);
  return { accessKeyId, secretAccessKey };
}

function parsed(): Readonly<Record<string, unknown>> {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { devices: text, rate: text, seconds: text, accidents: text, past: text, state: text, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; --help lists the options`);
  }
}

function numberOption(values: Readonly<Record<string, unknown>>, name: string, usual: number, { least, most }: { readonly least: number; readonly most: number }): number {
  const text = textOption(values, name);
  if (text === undefined) return usual;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= least && value <= most) || (name === 'devices' && !Number.isInteger(value))) throw new UsageError(`--${name} is a ${name === 'devices' ? 'whole ' : ''}number from ${least} to ${most}, not "${text}"`);
  return value;
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
