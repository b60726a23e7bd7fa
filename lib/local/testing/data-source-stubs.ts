/** Functions of a test that answer in place of data sources. */
import type { DataSourceModel } from '../../model';
import { askModel, type DataSource, type DataSourceCall, DataSourceRequestError } from '../data-sources';
import { setupError, unknownName } from './setup-error';

/**
 * Answers for a data source: what it returns becomes `ctx.result`, as JSON carries it. What it throws becomes `ctx.error`, with the
 * error's `type` if it has one (`DynamoDB:ConditionalCheckFailedException`), else the type AppSync gives a failure of that kind of source.
 * In place of Bedrock it has ten seconds, and answers as Converse or InvokeModel do.
 * @param request what the request handler returned
 */
export type DataSourceStub = (request: unknown, call: StubCall) => unknown;

export interface StubCall {
  /** Whoever asked. */
  readonly identity: Readonly<Record<string, unknown>> | null;
  /** Resolver or function name: `Query.listProducts`, `reserveStock`. */
  readonly resolver: string;
}

export class DataSourceStubs {
  private stubs: ReadonlyMap<string, DataSourceStub>;

  /** @param lasting those that stay through a reset */
  constructor(
    private readonly lasting: ReadonlyMap<string, DataSourceStub>,
    private readonly known: readonly string[],
  ) {
    for (const [name, stub] of lasting) this.check(name, stub);
    this.stubs = lasting;
  }

  /** @returns a function that puts back what answered before. @throws TestSetupError `RUN_TEST_NAME`, `RUN_TEST_VALUE` */
  set(name: string, stub: DataSourceStub): () => void {
    this.check(name, stub);
    const before = this.stubs.get(name);
    this.stubs = new Map(this.stubs).set(name, stub);
    return () => {
      const stubs = new Map(this.stubs);
      if (before) stubs.set(name, before);
      else stubs.delete(name);
      this.stubs = stubs;
    };
  }

  reset(): void {
    this.stubs = this.lasting;
  }

  /** A data source that asks the stub of the moment, and without one the emulation. */
  before(model: DataSourceModel, emulation: DataSource): DataSource {
    return {
      invoke: async (request, call) => {
        const stub = this.stubs.get(model.name);
        return stub ? answer(stub, request, call, model) : emulation.invoke(request, call);
      },
    };
  }

  private check(name: string, stub: unknown): void {
    if (!this.known.includes(name)) throw unknownName(`there is no data source "${name}" to replace`, name, this.known, 'the API has no data source');
    if (typeof stub !== 'function') throw setupError('RUN_TEST_VALUE', `data source "${name}" is to be replaced by ${stub === null ? 'null' : `a value of type ${typeof stub}`}`, 'give a function: async (request) => result');
  }
}

/** Puts a stub in the place of each data source that has one; for `startLocal`. @param stubs by the name of their data source */
export function standIns(stubs: ReadonlyMap<string, DataSourceStub>): (model: DataSourceModel, emulation: DataSource) => DataSource {
  return (model, emulation) => {
    const stub = stubs.get(model.name);
    return stub ? { invoke: (request, call) => answer(stub, request, call, model) } : emulation;
  };
}

async function answer(stub: DataSourceStub, request: unknown, { caller, scope }: DataSourceCall, model: DataSourceModel): ReturnType<DataSource['invoke']> {
  const ask = async (): Promise<unknown> => JSON.parse(JSON.stringify((await stub(request, { identity: caller.identity, resolver: scope })) ?? null));
  try {
    return { result: isModel(model) ? await askModel(model.name, request, ask) : await ask() };
  } catch (error) {
    if (error instanceof DataSourceRequestError) throw error;
    const type = typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string' ? error.type : failureType(model);
    return { result: null, error: { message: error instanceof Error ? error.message : String(error), type } };
  }
}

function isModel(model: DataSourceModel): boolean {
  return model.type === 'OTHER' && model.awsType === 'AMAZON_BEDROCK_RUNTIME';
}

/** Source: types of `ctx.error` in the resolver references. Assumed: those of DynamoDB, HTTP and the others. */
function failureType(model: DataSourceModel): string {
  switch (model.type) {
    case 'AWS_LAMBDA':
      return 'Lambda:Unhandled';
    case 'AMAZON_DYNAMODB':
      return 'DynamoDB:InternalServerError';
    case 'HTTP':
      return 'Http:InternalError';
    case 'NONE':
    case 'OTHER':
      return 'DataSource:Failure';
  }
}
