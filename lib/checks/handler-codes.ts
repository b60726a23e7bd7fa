/** The code of an API's handlers, each text parsed and read once, however many resolvers it serves. */
import { type HandlerRequests, type ParsedHandler, parseHandler, readRequests } from '../compiler';
import type { HandlerModel } from '../model';

type JavaScriptHandler = Extract<HandlerModel, { kind: 'APPSYNC_JS' }>;

export class HandlerCodes {
  private readonly parsedTexts = new Map<string, ParsedHandler>();
  private readonly read = new Map<ParsedHandler, HandlerRequests | undefined>();

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
}
