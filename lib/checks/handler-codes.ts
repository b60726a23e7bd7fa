/** The code of an API's handlers, each text parsed and read once, however many resolvers it serves. */
import { type HandlerRequests, type ParsedHandler, parseHandler, readRequests } from '../compiler';
import type { HandlerModel } from '../model';
import { readTemplateRequests, type TableRequests } from './template-requests';

type JavaScriptHandler = Extract<HandlerModel, { kind: 'APPSYNC_JS' }>;

export class HandlerCodes {
  private readonly parsedTexts = new Map<string, ParsedHandler>();
  private readonly read = new Map<ParsedHandler, HandlerRequests | undefined>();
  private readonly ofCode = new Map<HandlerRequests, TableRequests>();
  private readonly ofTemplate = new Map<string, TableRequests | undefined>();

  parsed({ code, sourceMap }: JavaScriptHandler): ParsedHandler {
    const known = this.parsedTexts.get(code.text);
    if (known) return known;
    const parsed = parseHandler(code, sourceMap);
    this.parsedTexts.set(code.text, parsed);
    return parsed;
  }

  /** @returns undefined for templates, and for code that does not parse */
  readonly requestsOf = (handler: HandlerModel): HandlerRequests | undefined => {
    if (handler.kind !== 'APPSYNC_JS') return undefined;
    const parsed = this.parsed(handler);
    if (!this.read.has(parsed)) this.read.set(parsed, readRequests(parsed));
    return this.read.get(parsed);
  };

  /** What code or a request template asks a table for; equal code and equal templates give the same object. */
  readonly tableRequestsOf = (handler: HandlerModel): TableRequests | undefined => {
    if (handler.kind === 'VTL') {
      const { request } = handler;
      if (!request) return undefined;
      if (!this.ofTemplate.has(request.text)) this.ofTemplate.set(request.text, readTemplateRequests(request));
      return this.ofTemplate.get(request.text);
    }
    const requests = this.requestsOf(handler);
    if (!requests) return undefined;
    const known = this.ofCode.get(requests) ?? { operations: requests.facts.operations, requests: requests.requests, locate: requests.locate };
    this.ofCode.set(requests, known);
    return known;
  };
}
